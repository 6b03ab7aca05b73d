//! A private PostgreSQL cluster, made by the installed programs. It is kept in a data folder for `cargo run`
//! ([`Cluster::open`]), removed after a test ([`Cluster::temporary`]), or shared by all test processes of one `cargo
//! test` ([`shared_test_cluster`]).
//!
//! A cluster listens on a Unix socket only, in a folder that only its user can enter. That folder is its only access
//! control. This crate has no SQL and no async code.

mod cluster;
mod error;
mod folders;
mod greeting;
mod instance;
mod layout;
mod places;
mod processes;
mod programs;
mod settings;
mod shared;
mod user;
mod versions;
mod watchdog;

pub use cluster::Cluster;
pub use error::Error;
pub use programs::Programs;
pub use settings::Durability;
pub use shared::{SharedCluster, shared_test_cluster};
pub use versions::OLDEST_MAJOR_VERSION;
