//! Problems: the answers to requests that do not get what they ask for (RFC 9457), one stable type for each cause.
//!
//! To add a problem, add its row to [`table`]; its description and its example in the API's description follow from
//! it. Name the problem in the descriptions of the routes that answer with it, and let the page know its code if it
//! has something to say to people (`static/scripts`). Errors of other crates become problems in [`causes`].

mod answers;
mod causes;
mod rows;
mod spread;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use self::answers::{CONTENT_TYPE, InShort};
pub(crate) use self::rows::{Advice, Kind, Member};
pub(crate) use self::table::{Check, KeyRefusal, NoSession, Problem};
