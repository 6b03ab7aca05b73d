//! Sales on two servers while processes are killed and stopped, connections cut and frozen, disks and pools full and
//! clocks apart; and the comparison of everything that anybody was told with the tables.

pub mod report;
pub mod run;
pub mod tally;

mod buyers;
mod chance;
mod checks;
mod deck;
mod faults;
mod organizers;
mod requests;
mod rounds;
mod service;
mod stage;
mod told;
