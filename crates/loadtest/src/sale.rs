//! People who book and who give their seats up, and whether every answer stands in the tables.

pub mod checks;
pub mod give_ups;
pub mod results;
pub mod script;
