//! The onsale server: routes, errors as problem details, settings, the log, the files of the page.
//!
//! [`routes::table`] is the whole surface with the permission of each route; one module per resource answers them.
//! [`application`] puts it together. A handler reads through `repository`, and asks the box office for everything that
//! changes an event's places; it never opens a transaction.

mod access;
pub mod access_list;
mod accounts;
pub mod analytics;
pub mod application;
mod attendees;
mod audit;
mod background;
mod bookings;
mod client_address;
pub mod cluster;
pub mod commands;
mod connections;
pub mod console;
pub mod database;
pub mod demo;
pub mod endpoints;
pub mod events;
mod extract;
mod freshness;
mod health;
pub mod home;
mod hosts;
mod huge_pages;
mod live;
mod metrics;
mod negotiation;
mod open_files;
pub mod openapi;
mod organizer;
mod passwords;
pub mod problems;
mod query;
mod releases;
mod requests;
pub mod routes;
pub mod settings;
pub mod signals;
mod simulations;
pub mod startup;
mod state;
pub mod telemetry;
mod turns;
mod ui;
mod users;

pub use application::Application;
