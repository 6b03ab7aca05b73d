//! The process: how it starts and stops, its commands, its signals, its log, the demo.

pub mod cluster;
pub mod commands;
pub mod console;
pub mod database;
pub mod demo;
pub(crate) mod huge_pages;
pub(crate) mod open_files;
pub mod signals;
pub mod startup;
pub mod telemetry;
