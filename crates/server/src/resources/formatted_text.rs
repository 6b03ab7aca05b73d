//! Formatted text: the part of Markdown that people may use, as a tree. Pages make nodes of it, so no markup of theirs
//! is ever run.

mod links;
mod reading;
mod tree;

pub(crate) use reading::{blocks, plain};
pub(crate) use tree::Block;
