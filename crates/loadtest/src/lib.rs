//! A crowd over HTTP against a running server, and the baselines that it is compared with.
//!
//! [`crowd`] keeps a number of requests in flight: a script writes each request and takes its answer. [`sale`] has the
//! script of a sale, and compares every answer with the tables afterwards. [`machine`] starts the private cluster and
//! the servers. [`compare`] measures sales beside baselines, and [`trouble`] sells while something goes wrong.

pub mod cli;
pub mod compare;
pub mod crowd;
pub mod error;
pub mod machine;
pub mod sale;
pub mod trouble;
