//! The machine under test: a private cluster, servers on it, and their processes.

pub mod commands;
pub mod processes;
pub mod program;
pub mod server;
pub mod test_bed;
