//! Tests on real clusters. Some of them kill a process: that process is this program again, and a variable says what it
//! does (`child`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking"
)]

mod child;
mod folder;
mod kept;
mod programs;
mod psql;
mod shared;
mod temporary;
