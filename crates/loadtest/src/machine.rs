//! What a crowd plays against: a private cluster, servers on it, and their processes.

pub mod arena;
pub mod processes;
