//! The structure that ARCHITECTURE.md draws: the edges between the crates, and the rooms inside them.

mod crates;
mod imports;
mod rooms;
