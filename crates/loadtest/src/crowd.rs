//! People, the requests that they send over HTTP, and findings about the answers.

pub mod connection;
pub mod findings;
pub mod gates;
pub mod numbers;
pub mod people;
pub mod play;
pub mod request_loop;
pub mod streams;
pub mod target;
pub mod tickets;
pub mod visits;

mod accounts;
