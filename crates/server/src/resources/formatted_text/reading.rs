//! Reads Markdown into a tree. Its time grows with the text's length, its size and depth are bounded.

use std::mem;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use super::links::{href, linked};
use super::tree::{Block, DEPTH_MAX, Inline, NODES_MAX};

/// The blocks of a text. A single line end is a break, and HTML is text, so that text without any formatting looks as
/// it was typed. Beyond the bounds of size and depth, the rest is one paragraph as it was typed.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    // Definitions of links would vanish. An escaped colon makes none.
    let has_definitions = Parser::new_ext(text, Options::empty()).reference_definitions().iter().next().is_some();
    if !has_definitions {
        return read(text, |text| text.to_owned());
    }
    read(&text.replace(DEFINES, ESCAPED), |text| text.replace(ESCAPED, DEFINES))
}

/// The text without its formatting, for previews: words, and white space between them.
pub(crate) fn plain(text: &str) -> String {
    let mut words = String::new();
    for block in blocks(text) {
        block.write_words(&mut words);
    }
    words
}

const DEFINES: &str = "]:";
const ESCAPED: &str = "]\\:";

/// `raw` undoes the escapes where Markdown leaves them.
fn read(source: &str, raw: fn(&str) -> String) -> Vec<Block> {
    let mut tree = Tree { frames: Vec::new(), root: Frame::new(Container::Quote), nodes: 0 };
    for (event, range) in Parser::new_ext(source, Options::empty()).into_offset_iter() {
        if tree.take(event, raw).is_none() {
            let rest = source.get(range.start..).unwrap_or_default();
            return tree.finish(Some(raw(rest.trim_end())));
        }
    }
    tree.finish(None)
}

/// An element that has begun.
enum Container {
    Quote,
    List {
        ordered: bool,
        start: u64,
    },
    Item,
    Paragraph,
    Heading,
    /// Lines that begin with spaces: code in Markdown, and no such thing to people who type plain text.
    Indented,
    Code,
    Strong,
    Emphasis,
    Link(String),
    /// Its parts stand for it: an image, and a link that goes nowhere.
    Nothing,
}

impl Container {
    fn is_block(&self) -> bool {
        match self {
            Self::Quote | Self::List { .. } | Self::Paragraph | Self::Heading | Self::Indented | Self::Code => true,
            Self::Item | Self::Strong | Self::Emphasis | Self::Link(_) | Self::Nothing => false,
        }
    }
}

/// An element with what it has so far.
struct Frame {
    container: Container,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    inlines: Vec<Inline>,
}

impl Frame {
    fn new(container: Container) -> Self {
        Self { container, blocks: Vec::new(), items: Vec::new(), inlines: Vec::new() }
    }
}

struct Tree {
    frames: Vec<Frame>,
    root: Frame,
    nodes: usize,
}

impl Tree {
    /// Adds an event. `None` if there is no room for it.
    fn take(&mut self, event: Event<'_>, raw: fn(&str) -> String) -> Option<()> {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(_) => {
                self.close();
                Some(())
            }
            Event::Text(text) => match self.top().container {
                Container::Code => self.text(&raw(&text)),
                Container::Indented => self.lines(&raw(&text)),
                _ => self.lines(&text),
            },
            Event::Html(text) | Event::InlineHtml(text) => self.lines(&raw(&text)),
            Event::Code(text) => self.inline(Inline::Code { text: raw(&text) }),
            Event::SoftBreak | Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => {
                self.count(1)?;
                self.block(Block::Rule);
                Some(())
            }
            // No option asks for these.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
            Event::TaskListMarker(_) => Some(()),
        }
    }

    fn count(&mut self, nodes: usize) -> Option<()> {
        let sum = self.nodes.saturating_add(nodes);
        (sum <= NODES_MAX).then(|| self.nodes = sum)
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    fn open(&mut self, tag: Tag<'_>) -> Option<()> {
        if self.frames.len() >= DEPTH_MAX {
            return None;
        }
        // The texts of an item may come without the paragraph that they become.
        self.count(if let Tag::Item = tag { 2 } else { 1 })?;
        let container = match tag {
            Tag::BlockQuote(_) => Container::Quote,
            Tag::List(start) => Container::List { ordered: start.is_some(), start: start.unwrap_or(1) },
            Tag::Item => Container::Item,
            Tag::Heading { .. } => Container::Heading,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => Container::Code,
            Tag::Strong => Container::Strong,
            Tag::Emphasis => Container::Emphasis,
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => link(&format!("mailto:{dest_url}")),
            Tag::Link { dest_url, .. } => link(&dest_url),
            Tag::Image { .. } | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => Container::Nothing,
            Tag::CodeBlock(CodeBlockKind::Indented) => Container::Indented,
            Tag::Paragraph | Tag::HtmlBlock => Container::Paragraph,
            // No option asks for these.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::MetadataBlock(_) => Container::Paragraph,
        };
        if container.is_block() {
            self.gather();
        }
        self.frames.push(Frame::new(container));
        Some(())
    }

    /// Text of several lines.
    fn lines(&mut self, text: &str) -> Option<()> {
        let lines: Vec<&str> = text.split('\n').collect();
        // All of it or nothing: the rest begins where the first refused event does.
        if self.nodes.saturating_add(lines.len().saturating_mul(2)) > NODES_MAX {
            return None;
        }
        for (n, line) in lines.into_iter().enumerate() {
            if n > 0 {
                self.inline(Inline::Break)?;
            }
            self.text(line.trim_end_matches('\r'))?;
        }
        Some(())
    }

    /// Text within one line, or code.
    fn text(&mut self, more: &str) -> Option<()> {
        if more.is_empty() {
            return Some(());
        }
        if let Some(Inline::Text { text }) = self.top().inlines.last_mut() {
            text.push_str(more);
            return Some(());
        }
        self.inline(Inline::Text { text: more.to_owned() })
    }

    fn inline(&mut self, inline: Inline) -> Option<()> {
        self.count(1)?;
        self.top().inlines.push(inline);
        Some(())
    }

    /// Ends the last element.
    fn close(&mut self) {
        let Some(mut frame) = self.frames.pop() else { return };
        if let Container::Code = frame.container {
            let text = frame.inlines.into_iter().map(|inline| match inline {
                Inline::Text { text } => text,
                _ => String::new(),
            });
            let text: String = text.collect();
            return self.block(Block::Code { text: text.trim_end_matches('\n').to_owned() });
        }
        let inlines = self.finished(&frame.container, mem::take(&mut frame.inlines));
        match frame.container {
            Container::Paragraph | Container::Indented => self.top().blocks.extend(paragraph(inlines)),
            Container::Heading => self.block(Block::Heading { inlines: trimmed(inlines) }),
            Container::Quote => {
                frame.blocks.extend(paragraph(inlines));
                self.block(Block::Quote { blocks: frame.blocks });
            }
            Container::Item => {
                frame.blocks.extend(paragraph(inlines));
                self.top().items.push(frame.blocks);
            }
            Container::List { ordered, start } => self.block(Block::List { ordered, start, items: frame.items }),
            Container::Strong => self.top().inlines.push(Inline::Strong { inlines }),
            Container::Emphasis => self.top().inlines.push(Inline::Emphasis { inlines }),
            Container::Link(href) => self.top().inlines.push(Inline::Link { href, inlines }),
            Container::Nothing => self.join(inlines),
            Container::Code => {}
        }
    }

    /// Adds inlines, whose first text continues the last one.
    fn join(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            let last = self.top().inlines.last_mut();
            if let (Some(Inline::Text { text }), Inline::Text { text: more }) = (last, &inline) {
                text.push_str(more);
                continue;
            }
            self.top().inlines.push(inline);
        }
    }

    /// The inlines of an element that ends, with links where addresses stand by themselves. A link has none within it.
    fn finished(&mut self, container: &Container, inlines: Vec<Inline>) -> Vec<Inline> {
        let is_link = |container: &Container| matches!(container, Container::Link(_) | Container::Nothing);
        if is_link(container) || self.frames.iter().any(|frame| is_link(&frame.container)) {
            return inlines;
        }
        let mut all = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match inline {
                Inline::Text { text } => {
                    let parts = linked(text, NODES_MAX.saturating_sub(self.nodes));
                    let links = parts.iter().filter(|part| matches!(part, Inline::Link { .. })).count();
                    self.nodes = self.nodes.saturating_add((parts.len() + links).saturating_sub(1));
                    all.extend(parts);
                }
                other => all.push(other),
            }
        }
        all
    }

    /// Makes a paragraph of inlines that stand among blocks, as in the items of a tight list.
    fn gather(&mut self) {
        let inlines = mem::take(&mut self.top().inlines);
        let inlines = self.finished(&Container::Paragraph, inlines);
        self.top().blocks.extend(paragraph(inlines));
    }

    fn block(&mut self, block: Block) {
        self.gather();
        self.top().blocks.push(block);
    }

    /// Ends everything, and adds the rest.
    fn finish(mut self, rest: Option<String>) -> Vec<Block> {
        while !self.frames.is_empty() {
            self.close();
        }
        self.gather();
        let rest = rest.filter(|text| !text.is_empty());
        self.root.blocks.extend(rest.map(|text| Block::Paragraph { inlines: vec![Inline::Text { text }] }));
        self.root.blocks
    }
}

fn link(address: &str) -> Container {
    href(address).map_or(Container::Nothing, Container::Link)
}

fn paragraph(inlines: Vec<Inline>) -> Option<Block> {
    let inlines = trimmed(inlines);
    (!inlines.is_empty()).then_some(Block::Paragraph { inlines })
}

/// Without breaks at its end.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    while let Some(Inline::Break) = inlines.last() {
        inlines.pop();
    }
    inlines
}

#[cfg(test)]
mod tests;
