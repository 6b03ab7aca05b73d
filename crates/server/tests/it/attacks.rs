//! What somebody tries who wants more than is theirs: for every route there will ever be, where a table of routes can
//! say what to try.

mod confusion;
mod foreign_ids;
mod injection;
mod smuggling;
mod stored;
