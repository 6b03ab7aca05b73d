//! A crowd over HTTP against a running server, and the baselines that it is compared with.
//!
//! [`crowd`] keeps a number of requests in flight: a script writes each request and takes its answer. [`sale`] has the
//! script of a sale, and compares every answer with the tables afterwards. [`machine`] starts the private cluster and
//! the servers. [`compare`] measures sales beside baselines, [`trouble`] sells while something goes wrong, and [`chaos`]
//! does so on two servers, one fault after the other.

pub mod chaos;
pub mod cli;
pub mod compare;
pub mod crowd;
pub mod error;
pub mod machine;
pub mod sale;
pub mod trouble;
