//! The onsale server.

pub mod home;
pub mod settings;
pub mod telemetry;
