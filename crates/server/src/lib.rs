//! The onsale server: routes, errors as problem details, settings, the log, the files of the page.
//!
//! [`routes::table`] is the whole surface with the permission of each route; one module per resource answers them.
//! [`application`] puts it together. A handler reads through `repository`, and asks the box office for everything that
//! changes an event's places; it never opens a transaction.

pub mod application;
pub mod http;
mod openapi;
pub mod process;
pub mod resources;
pub mod routes;
pub mod services;
pub mod settings;
mod state;

pub use application::Application;
