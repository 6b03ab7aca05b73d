//! The page in a real browser against the real program.
//!
//! A test is a [`story()`]: people with browsers of their own, a server on a database of its own, and a wire between
//! them that a story can cut. It reads as a person acts: [`Browser::open`], [`Part::press`], [`Part::see`]. Parts of a
//! page are found by role and accessible name, as assistive technology finds them. Every action waits until it can be
//! done, and fails with the text of the page.
//!
//! When a story ends, its checks run: the consoles hold nothing that the story does not expect, and `onsale verify`
//! finds every promise kept.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "only tests use it, and a test fails by panicking"
)]

mod accessibility;
mod api;
mod browser;
mod console;
mod driver;
mod film;
mod guard;
mod layout;
mod mailbox;
mod program;
mod story;
mod visits;
mod wait;
mod wire;

pub use api::{ADMIN, ALICE, Account, Api, BOB, ORGANIZER};
pub use browser::{Browser, Key, Part};
pub use console::Expected;
pub use mailbox::Mailbox;
pub use story::{Stage, story, story_with_mail};
pub use visits::Visit;
pub use wait::until;
pub use wire::{Request, Wire};
