//! Turns the page's files into the few that browsers load.
//!
//! The files in `static/` are what developers read: a module for each subject, a style sheet for each part. A crowd
//! gets [`Page`] instead: the scripts that every buyer needs in one file, those of organizers and administrators in
//! files of their own, one style sheet, without comments and compressed ahead, and [`Document`], which names them. The
//! scanner at the door is a document of its own, with a script and a style sheet of its own, and a service worker that
//! keeps them.
//!
//! Nothing here knows HTTP or the server.

mod compressed;
mod document;
mod error;
mod graph;
mod linking;
mod modules;
mod packed;

pub use compressed::Compressed;
pub use document::{Document, Filling, escaped};
pub use error::PageError;
pub use packed::{Asset, Page};
