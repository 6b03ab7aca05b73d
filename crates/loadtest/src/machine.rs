//! The machine under test: a private cluster, servers on it, and their processes.

pub mod clocks;
pub mod commands;
pub mod disks;
pub mod locks;
pub mod processes;
pub mod program;
pub mod server;
pub mod sessions;
pub mod test_bed;
