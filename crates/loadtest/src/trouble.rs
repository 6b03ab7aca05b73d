//! Load that the server must bear while something goes wrong.

pub mod run;

mod crowds;
mod databases;
mod onlookers;
mod stage;
mod watchers;
