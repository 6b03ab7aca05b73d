//! A crowd over HTTP against a running server, and the baselines that it is compared with.
//!
//! [`crowd`] keeps so many requests in flight and asks a script what to send and what to make of each answer; [`sale`] is
//! the script of a sale, and holds every answer against the tables afterwards. [`arena`] makes the private cluster and the
//! servers that [`compare`] measures beside [`baselines`].

pub mod arena;
pub mod baselines;
pub mod compare;
pub mod crowd;
pub mod error;
pub mod figures;
pub mod give_ups;
pub mod http;
pub mod people;
pub mod picture;
pub mod processes;
pub mod reads;
pub mod sale;
pub mod streams;
pub mod target;
pub mod trouble;
pub mod untrue;
