//! Texts, set in lines: in any script that a font has, in both directions, and never larger than their place.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use krilla::Data;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::paint::FillRule;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use parley::layout::{Alignment, AlignmentOptions, GlyphRun, PositionedLayoutItem};
use parley::style::{FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{BaseDirection, FontContext, Layout, LayoutContext};

use crate::fonts::Fonts;

/// Shown for letters that no font has.
pub(crate) const MISSING: &str = "[…]";

/// Shown at the end of a text that its place cannot hold.
const CUT: char = '…';

/// The height of a line, in sizes of the font. The accents of capital letters fit.
const LINE_HEIGHT: f32 = 1.25;

/// How far letters may reach out of their lines, in points.
const OVERHANG: f32 = 2.0;

/// How often a text is set anew without the letters that turned out to be missing. One time is enough, unless a font
/// that was chosen for a letter and its accents lacks a letter that another had.
const ATTEMPTS_MAX: usize = 4;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Sizes of the font in points, from the largest that it may have to the smallest.
    pub(crate) sizes: &'static [f32],
    pub(crate) weight: FontWeight,
}

/// Where a text may be, in points, and nowhere else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// Sets texts and draws them. One for each document.
pub(crate) struct Texts<'a> {
    fonts: &'a Fonts,
    context: FontContext,
    layouts: LayoutContext<()>,
    faces: HashMap<Face, Option<Font>>,
    /// Whether a text had letters that no font has.
    pub(crate) is_missing_letters: bool,
}

/// A font as the document knows it: a file, which of its fonts, and the shape of one that is variable.
type Face = (u64, u32, Vec<([u8; 4], u32)>);

/// A text in lines.
struct Block {
    text: String,
    layout: Layout<()>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            context: fonts.context.clone(),
            layouts: LayoutContext::new(),
            faces: HashMap::new(),
            is_missing_letters: false,
        }
    }

    /// Draws a text into its place and returns the height that it took, in points. It gets the largest of the style's
    /// sizes in which it fits. If it does not fit in the smallest, its end is cut off, which is shown.
    pub(crate) fn draw(&mut self, surface: &mut Surface<'_>, text: &str, style: Style, place: Place) -> f32 {
        let cleaned = cleaned(text);
        let mut block = None;
        for size in style.sizes {
            let set = self.complete(&cleaned, *size, style.weight, place.width);
            let fits = set.layout.height() <= place.height;
            block = Some((set, *size));
            if fits {
                break;
            }
        }
        let Some((mut block, size)) = block else { return 0.0 };
        if block.layout.height() > place.height {
            block = self.cut(block, size, style.weight, place);
        }
        let height = block.layout.height().min(place.height);
        // Marks can be stacked upon each other without end.
        let clip = Rect::from_xywh(
            place.left - OVERHANG,
            place.top - OVERHANG,
            place.width + 2.0 * OVERHANG,
            height + 2.0 * OVERHANG,
        );
        let Some(clip) = clip.and_then(|clip| {
            let mut path = PathBuilder::new();
            path.push_rect(clip);
            path.finish()
        }) else {
            return 0.0;
        };
        surface.push_clip_path(&clip, &FillRule::NonZero);
        for line in block.layout.lines() {
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    self.draw_run(surface, &block.text, &run, place);
                }
            }
        }
        surface.pop();
        height
    }

    /// Sets a text of which every letter has a font.
    fn complete(&mut self, text: &str, size: f32, weight: FontWeight, width: f32) -> Block {
        let mut block = self.set(text.to_owned(), size, weight, width);
        for _ in 0..ATTEMPTS_MAX {
            let missing = missing(&block.layout);
            if missing.is_empty() {
                break;
            }
            self.is_missing_letters = true;
            block = self.set(replaced(&block.text, missing), size, weight, width);
        }
        block
    }

    /// Sets a text in lines.
    fn set(&mut self, text: String, size: f32, weight: FontWeight, width: f32) -> Block {
        // Positions between pixels: paper has none.
        let mut builder = self.layouts.ranged_builder(&mut self.context, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(self.fonts.stack()));
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.set_base_direction(BaseDirection::Auto);
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        Block { text, layout }
    }

    /// The start of a text that is too long for its place, with a sign that more is missing.
    fn cut(&mut self, mut block: Block, size: f32, weight: FontWeight, place: Place) -> Block {
        loop {
            let mut bottom = 0.0;
            let lines = block.layout.lines().take_while(|line| {
                bottom += line.metrics().line_height;
                bottom <= place.height
            });
            let fitting = lines.last().map_or(0, |line| line.text_range().end);
            let end = grapheme_before(&block.layout, fitting);
            let start = block.text.get(..end).unwrap_or_default().trim_end_matches([CUT, ' ']);
            if start.is_empty() {
                return self.set(CUT.to_string(), size, weight, place.width);
            }
            let shorter = format!("{start}{CUT}");
            block = self.set(shorter, size, weight, place.width);
            if block.layout.height() <= place.height {
                return block;
            }
        }
    }

    /// Draws letters of one font that stand beside each other in one direction.
    fn draw_run(&mut self, surface: &mut Surface<'_>, text: &str, run: &GlyphRun<'_, ()>, place: Place) {
        let Some(font) = self.face(run) else { return };
        let size = run.run().font_size();
        // In the order of the text. Letters that became part of another have no shapes of their own, but belong to it.
        let mut clusters: Vec<(Range<usize>, Vec<KrillaGlyph>)> = Vec::new();
        for cluster in run.run().clusters() {
            let range = cluster.text_range();
            let glyphs: Vec<KrillaGlyph> = cluster
                .glyphs()
                .map(|glyph| {
                    let (x, y) = (glyph.x / size, -glyph.y / size);
                    KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance / size, x, y, 0.0, 0..0, None)
                })
                .collect();
            match clusters.last_mut() {
                Some((last, _)) if glyphs.is_empty() => last.end = last.end.max(range.end),
                _ => clusters.push((range, glyphs)),
            }
        }
        if run.run().is_rtl() {
            clusters.reverse();
        }
        let glyphs: Vec<KrillaGlyph> = clusters
            .into_iter()
            .flat_map(|(range, glyphs)| {
                glyphs.into_iter().map(move |glyph| KrillaGlyph { text_range: range.clone(), ..glyph })
            })
            .collect();
        let start = Point::from_xy(place.left + run.offset(), place.top + run.baseline());
        surface.draw_glyphs(start, &glyphs, font, text, size, false);
    }

    /// The font of these letters, as the document knows it. `None` if it cannot be read.
    fn face(&mut self, run: &GlyphRun<'_, ()>) -> Option<Font> {
        let (font, synthesis) = (run.run().font(), run.run().synthesis());
        let shape: Vec<([u8; 4], f32)> =
            synthesis.variation_settings().iter().map(|(tag, value)| (tag.into_bytes(), *value)).collect();
        let key = (font.data.id(), font.index, shape.iter().map(|(tag, value)| (*tag, value.to_bits())).collect());
        let face = self.faces.entry(key).or_insert_with(|| {
            let file: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(font.data.clone());
            let shape: Vec<(Tag, f32)> = shape.iter().map(|(tag, value)| (Tag::new(tag), *value)).collect();
            Font::new_variable(Data::from(file), font.index, &shape)
        });
        face.clone()
    }
}

/// The ranges of a text for which no font has a shape, in their order.
fn missing(layout: &Layout<()>) -> Vec<Range<usize>> {
    let runs = layout.lines().flat_map(|line| line.runs());
    let clusters = runs.flat_map(|run| run.clusters());
    let mut missing: Vec<Range<usize>> =
        clusters.filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0)).map(|c| c.text_range()).collect();
    missing.sort_by_key(|range| range.start);
    missing
}

/// The text with [`MISSING`] for these ranges: once for those that only spaces part.
fn replaced(text: &str, missing: Vec<Range<usize>>) -> String {
    let mut replaced = String::new();
    let mut end = 0;
    for range in missing {
        let between = text.get(end..range.start).unwrap_or_default();
        if end == 0 || !between.trim().is_empty() {
            replaced.push_str(between);
            replaced.push_str(MISSING);
        }
        end = range.end.max(end);
    }
    replaced.push_str(text.get(end..).unwrap_or_default());
    replaced
}

/// Where the last letter before a place in a text begins, with its marks: 0 if there is none.
fn grapheme_before(layout: &Layout<()>, place: usize) -> usize {
    let runs = layout.lines().flat_map(|line| line.runs());
    let starts = runs.flat_map(|run| run.clusters()).map(|cluster| cluster.text_range().start);
    starts.filter(|start| *start < place).max().unwrap_or(0)
}

/// The text in one line, without characters that show nothing but change how others are read. Those that join letters
/// or choose between shapes and directions of single letters stay.
pub(crate) fn cleaned(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect();
    let kept = |c: &char| {
        !matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{feff}')
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
    };
    let shown: String = shown.chars().filter(kept).collect();
    shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
