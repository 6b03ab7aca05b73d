//! A private PostgreSQL cluster, made with the programs that are installed: kept in a data folder for `cargo run`
//! ([`Cluster::open`]), thrown away after a test ([`Cluster::temporary`]), or shared by all test processes of one
//! `cargo test` ([`shared_test_cluster`]).
//!
//! A cluster listens on a Unix socket only, in a folder that nobody but its user can enter; that folder is the whole of
//! its access control. Nothing here speaks SQL, and nothing here is async.

mod cluster;
mod error;
mod folders;
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
