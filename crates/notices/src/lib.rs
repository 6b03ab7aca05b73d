//! What people are told outside of the page: which messages are due, what they say, their mail, and calendar files.
//!
//! [`telling`] takes messages that are due and looks at what they are about. [`facts`] says what is to be told,
//! [`words`] puts it into words, and [`mail`] sends it. There is no SQL and no HTTP here.

pub mod calendar;
pub mod facts;
pub mod mail;
pub mod places;
pub mod telling;
pub mod times;
pub mod words;
