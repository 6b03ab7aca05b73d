//! The comparison as text: two tables in Markdown.

use std::fmt::Write as _;

use crate::compare::run::Comparison;
use crate::crowd::numbers::grouped;

/// The table of figures and the table of ratios, under a line with the date and the machine.
pub fn text(comparison: &Comparison, date: &str) -> String {
    let settings: Vec<String> = comparison.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let mut text = format!(
        "{} rounds on {} cores, PostgreSQL {}, {}, a commit takes {:.2} ms, {date}\n\n| measured | median | lowest | highest |\n|---|---|---|---|\n",
        comparison.rounds,
        comparison.cores,
        comparison.postgres,
        settings.join(", "),
        comparison.commit_milliseconds,
    );
    // Writing to a string does not fail.
    for (name, spread) in comparison.figures.spreads() {
        let number = |value: f64| match value {
            value if value < 10.0 => format!("{value:.2}"),
            value if value < 1_000.0 => format!("{value:.1}"),
            value => grouped(value),
        };
        let [median, lowest, highest] = [spread.median, spread.lowest, spread.highest].map(number);
        let _ = writeln!(text, "| {name} | {median} | {lowest} | {highest} |");
    }
    text.push_str("\n| compared | ratio | lowest | highest | at least | aim | |\n|---|---|---|---|---|---|---|\n");
    for row in &comparison.rows {
        let (ratio, mark) = (row.ratio, if row.is_reached { "reached" } else { "not reached" });
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.2} | {:.2} | {} | {} | {mark} |",
            row.what, ratio.median, ratio.lowest, ratio.highest, row.at_least, row.aim
        );
    }
    text
}
