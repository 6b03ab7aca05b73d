//! The comparison as a picture: a bar for each sale and baseline, in bookings per second on a logarithmic scale.

use std::fmt::Write;

use crate::compare::figures::Figures;
use crate::crowd::numbers::{as_number, grouped};

/// The figures to draw, from the top down, and whether each is a sale of ours.
const BARS: [(&str, bool); 9] = [
    ("classic, 1 client", false),
    ("classic, 8 clients", false),
    ("classic, 100 clients", false),
    ("sale, 1 in flight", true),
    ("sale, 10 in flight", true),
    ("sale, 100 in flight", true),
    ("sale, 1,000 in flight", true),
    ("sale, 3,000 in flight", true),
    ("rows inserted by SQL alone", false),
];

const WIDTH: f64 = 760.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 90.0;
const TOP: f64 = 60.0;
const STEP: f64 = 34.0;
const BAR: f64 = 22.0;

/// The start of the scale, and its grid lines, as powers of ten.
const DECADES_FROM: f64 = 2.0;
const DECADES: [f64; 4] = [2.0, 3.0, 4.0, 5.0];

/// Draws an SVG with colours for light and for dark pages.
pub fn draw(figures: &Figures, caption: &str) -> String {
    let bars: Vec<(&str, bool, f64)> =
        BARS.iter().filter_map(|(name, is_ours)| Some((*name, *is_ours, figures.spread(name)?.median))).collect();
    let rows = as_number(bars.len());
    let (bottom, height) = (TOP + rows * STEP, TOP + rows * STEP + 48.0);
    let x = |per_second: f64| {
        let decades = (per_second.max(1.0).log10() - DECADES_FROM).max(0.0);
        LEFT + decades / 3.0 * (WIDTH - LEFT - RIGHT)
    };
    let mut svg = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"system-ui, \
         sans-serif\" font-size=\"13\">\n<title>Bookings per second</title>\n<style>text {{ fill: #1f2430 }} .grid {{ \
         stroke: #8a93a6; stroke-opacity: .35 }} .ours {{ fill: #4c5fd5 }} .theirs {{ fill: #9aa3b5 }}\n@media \
         (prefers-color-scheme: dark) {{ text {{ fill: #e8ebf3 }} .ours {{ fill: #8c9bff }} .theirs {{ fill: #6b7388 \
         }} }}</style>"
    );
    let _ = writeln!(
        svg,
        "<text x=\"12\" y=\"26\" font-size=\"17\" font-weight=\"600\">Bookings per second, one hot event</text>"
    );
    for decade in DECADES {
        let at = x(10_f64.powf(decade));
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\"/>\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\">{}</text>",
            TOP - 8.0,
            bottom + 14.0,
            grouped(10_f64.powf(decade))
        );
    }
    let mut y = TOP;
    for (name, is_ours, per_second) in bars {
        let class = if is_ours { "ours" } else { "theirs" };
        let end = x(per_second);
        let middle = y + BAR * 0.72;
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{middle:.1}\" text-anchor=\"end\">{name}</text>\
             <rect class=\"{class}\" x=\"{LEFT}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{BAR}\" rx=\"4\"/>\
             <text x=\"{:.1}\" y=\"{middle:.1}\">{}</text>",
            LEFT - 10.0,
            (end - LEFT).max(1.0),
            end + 8.0,
            grouped(per_second)
        );
        y += STEP;
    }
    let _ =
        writeln!(svg, "<text x=\"12\" y=\"{:.1}\" font-size=\"11\">{}</text>\n</svg>", bottom + 36.0, escaped(caption));
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_that_was_measured_is_drawn() {
        let mut figures = Figures::default();
        figures.add("classic, 1 client", 900.0);
        figures.add("sale, 1,000 in flight", 25_000.0);
        let svg = draw(&figures, "2 < 3 & so on");
        assert_eq!(svg.matches("<rect").count(), 2);
        assert!(svg.contains("25,000") && svg.contains("2 &lt; 3 &amp; so on"), "{svg}");
    }
}
