//! The tree, as it is sent.

use serde::Serialize;
use utoipa::ToSchema;

/// How deep blocks and inlines nest: more than people write, and far less than a browser's stack.
pub(super) const DEPTH_MAX: usize = 16;

/// The most blocks, items and inlines of one text: 500 lines, each with its break. Their JSON adds at most 80 KB.
pub(super) const NODES_MAX: usize = 1_000;

/// A block of formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Block)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph { inlines: Vec<Inline> },
    /// A heading.
    Heading { inlines: Vec<Inline> },
    /// What somebody else has said.
    Quote {
        #[schema(no_recursion)]
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// Whether the items have numbers.
        ordered: bool,
        /// The number of the first item; 1 if they have none.
        start: u64,
        #[schema(no_recursion)]
        items: Vec<Vec<Block>>,
    },
    /// A line between blocks.
    Rule,
    /// Text whose spaces and line ends count.
    Code { text: String },
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Inline)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Inline {
    /// Text. It has line ends where the text is too long or too deep to be formatted.
    Text { text: String },
    /// The end of a line.
    Break,
    /// Important.
    Strong {
        #[schema(no_recursion)]
        inlines: Vec<Inline>,
    },
    /// Stressed.
    Emphasis {
        #[schema(no_recursion)]
        inlines: Vec<Inline>,
    },
    /// Code within a line.
    Code { text: String },
    /// A link.
    Link {
        /// An address that starts with `https://`, `http://` or `mailto:`.
        #[schema(pattern = "^(https?://|mailto:)")]
        href: String,
        #[schema(no_recursion)]
        inlines: Vec<Inline>,
    },
}

impl Block {
    /// Appends its words, each block on lines of its own.
    pub(super) fn write_words(&self, words: &mut String) {
        match self {
            Self::Paragraph { inlines } | Self::Heading { inlines } => write_all(inlines, words),
            Self::Quote { blocks } => blocks.iter().for_each(|block| block.write_words(words)),
            Self::List { items, .. } => items.iter().flatten().for_each(|block| block.write_words(words)),
            Self::Rule => {}
            Self::Code { text } => words.push_str(text),
        }
        words.push('\n');
    }
}

fn write_all(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => words.push_str(text),
            Inline::Break => words.push('\n'),
            Inline::Strong { inlines } | Inline::Emphasis { inlines } | Inline::Link { inlines, .. } => {
                write_all(inlines, words);
            }
        }
    }
}
