//! People, what they ask a server over HTTP, and what is found out about its answers.

pub mod connection;
pub mod people;
pub mod play;
pub mod reads;
pub mod streams;
pub mod target;
pub mod untrue;
