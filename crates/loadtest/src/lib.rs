//! A crowd over HTTP against a running server, and the baselines that it is compared with.
//!
//! [`crowd`] keeps so many requests in flight and asks a script what to send and what to make of each answer; [`sale`] is
//! the script of a sale, and holds every answer against the tables afterwards. [`machine`] makes the private cluster and
//! the servers, [`compare`] measures sales beside baselines, and [`trouble`] sells while something goes wrong.

pub mod compare;
pub mod crowd;
pub mod error;
pub mod machine;
pub mod sale;
pub mod trouble;
