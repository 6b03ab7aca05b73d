//! On real clusters. Some of what is tested is what happens to a process that is killed: such a process is this program
//! again, told by a variable what to do (`child`).
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
