//! The shape of a row of the table of problems, and the macro that makes the type `Problem` of all rows.

use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::http::schemas::{Named, Presence, named};

/// The parts that all problems of one code have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) status: StatusCode,
    /// The end of the problem's `type`. Stable: callers rely on it.
    pub(crate) code: &'static str,
    /// The problem in a few words.
    pub(crate) title: &'static str,
    /// When callers meet it, and what they can do.
    pub(crate) meaning: &'static str,
}

/// A header that tells the client what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advice<'a> {
    /// `Retry-After`, in seconds.
    RetryAfter(u64),
    /// `Retry-After`: at least so many seconds, and more for some, so that not everybody comes back at once.
    RetryAfterAbout(u64),
    /// `WWW-Authenticate`.
    Challenge(&'static str),
    /// `Allow`: the methods, separated by commas.
    Allow(&'a str),
}

/// A member that the problems of one code have beyond the standard ones.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    pub(crate) presence: Presence,
    pub(crate) schema: RefOr<Schema>,
    /// The schemas that `schema` refers to.
    pub(crate) schemas: Vec<Named>,
}

/// How a field of a problem is told as a member: whether always, and with which schema.
pub(super) struct Told {
    presence: Presence,
    schema: RefOr<Schema>,
    schemas: Vec<Named>,
}

/// A member that is always there.
pub(super) fn always(schema: impl Into<RefOr<Schema>>) -> Told {
    Told { presence: Presence::Required, schema: schema.into(), schemas: Vec::new() }
}

/// A member that is left out where the field is `None`.
pub(super) fn if_any(schema: impl Into<RefOr<Schema>>) -> Told {
    Told { presence: Presence::Optional, ..always(schema) }
}

/// A member that is always there, and has the schema of `T`.
pub(super) fn always_as<T: ToSchema>() -> Told {
    let (schema, schemas) = named::<T>();
    Told { schemas, ..always(schema) }
}

impl Told {
    pub(super) fn member(self, name: &'static str, says: &'static str) -> Member {
        let Self { presence, schema, schemas } = self;
        Member { name, says: says.trim(), presence, schema, schemas }
    }
}

/// Adds a member, unless its value is `None`.
pub(super) fn tell(members: &mut Map<String, Value>, name: &str, value: &impl Serialize) {
    match serde_json::to_value(value) {
        Ok(Value::Null) | Err(_) => {}
        Ok(value) => {
            members.insert(name.to_owned(), value);
        }
    }
}

/// Makes the enum `Problem` of its rows, each of which says all that there is to one code:
///
/// ```text
/// SalesNotOpen {
///     status: CONFLICT,                   // a constant of `StatusCode`
///     code: "sales-not-open",             // the end of the problem's `type`
///     title: "...",                       // a few words, the same every time
///     detail: ("... {0}.", expression),   // what went wrong this time, as in `#[error(...)]`
///     meaning: "...",                     // for the description of the API, and the documentation of the variant
///     fields: {                           // if it has any
///         /// For the description of the API. One line.
///         opens_at: DateTime<Utc> = sample => always(schema);     // also a member of the answer
///         reason: String = sample;                                // not a member of the answer
///     },
///     advice: RetryAfter(2),              // if a header tells what to do next; the fields can be used by name
/// }
/// ```
///
/// `Variant(name: Type = sample) { ... }` is a problem with one value that is not a member of the answer.
macro_rules! problems {
    ($(
        $variant:ident $( ( $(#[$source:ident])? $held:ident: $held_type:ty = $held_sample:expr ) )? {
            status: $status:ident,
            code: $code:literal,
            title: $title:literal,
            detail: $detail:tt,
            meaning: $meaning:literal,
            $( fields: {
                $( #[doc = $says:literal] $field:ident: $type:ty = $sample:expr $( => $told:expr )?; )*
            }, )?
            $( advice: $advice:expr, )?
        }
    )*) => {
        /// A reason why a request did not get what it asked for. Its text is what callers read as `detail`.
        #[derive(Debug, thiserror::Error)]
        pub(crate) enum Problem {
            $(
                #[doc = $meaning]
                #[error $detail]
                $variant $( ( $(#[$source])? $held_type ) )? $( { $( #[doc = $says] $field: $type, )* } )?,
            )*
        }

        impl Problem {
            /// One problem of each code, with values as they may well be.
            pub(crate) fn samples() -> Vec<Self> {
                vec![$( Self::$variant $( ( $held_sample ) )? $( { $( $field: $sample, )* } )? ),*]
            }

            /// The parts that it has in common with all problems of its code.
            pub(crate) fn kind(&self) -> Kind {
                match self {
                    $( Self::$variant { .. } => Kind {
                        status: StatusCode::$status,
                        code: $code,
                        title: $title,
                        meaning: $meaning,
                    }, )*
                }
            }

            /// Its members beyond the standard ones.
            pub(crate) fn members(&self) -> Map<String, Value> {
                let mut members = Map::new();
                match self {
                    $( Self::$variant { $( $( $field, )* )? .. } => {
                        $( $( problems!(@tell members $field $( $told )?); )* )?
                    } )*
                }
                members
            }

            /// The description of its members beyond the standard ones.
            pub(crate) fn described_members(&self) -> Vec<Member> {
                match self {
                    $( Self::$variant { .. } => vec![
                        $( $( $( $told.member(stringify!($field), $says), )? )* )?
                    ], )*
                }
            }

            /// The header that tells the client what to do next.
            pub(crate) fn advice(&self) -> Option<Advice<'_>> {
                match self {
                    $( Self::$variant $( ( $held ) )? $( { $( $field, )* } )? => {
                        $( let _ = $held; )?
                        $( $( let _ = $field; )* )?
                        [$( $advice )?].into_iter().next()
                    } )*
                }
            }
        }
    };
    (@tell $members:ident $field:ident) => {
        let _ = $field;
    };
    (@tell $members:ident $field:ident $told:expr) => {
        tell(&mut $members, stringify!($field), $field);
    };
}

pub(super) use problems;
