//! Sales while something goes wrong, and whether the server bears it.

pub mod run;
pub mod stage;

mod crowds;
mod databases;
mod live_streams;
mod probes;
