//! What the types of a handler's arguments say about its route.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::web::Data;
use domain::ids::{EventId, RegistrationId, UserId};
use utoipa::ToSchema;
use utoipa::openapi::Required;

use super::Operation;
use super::formats::{EventTag, Key, Preferences};
use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{
    EventPath, ExpectedVersion, Json, NoBody, Nothing, RegistrationPath, RequestKey, RespondAsync, UserPath,
};
use crate::http::negotiation::Format;
use crate::http::problems::Problem;
use crate::http::query::Parameters;
use crate::state::State;

/// An argument of a handler, or all of them: what of a request it reads, and how that may fail.
pub(crate) trait Argument {
    /// Adds this to the route's description.
    fn describe(operation: &mut Operation);
}

macro_rules! all_of {
    ($($argument:ident)*) => {
        impl<$($argument: Argument),*> Argument for ($($argument,)*) {
            fn describe(_operation: &mut Operation) {
                $($argument::describe(_operation);)*
            }
        }
    };
}

all_of! {}
all_of! { A }
all_of! { A B }
all_of! { A B C }
all_of! { A B C D }
all_of! { A B C D E }
all_of! { A B C D E F }
all_of! { A B C D E F G }

/// Arguments that say nothing: what they read, and how it fails, is said with the permission, the table, or the
/// description.
macro_rules! silent {
    ($($argument:ty),*) => {$(
        impl Argument for $argument {
            fn describe(_: &mut Operation) {}
        }
    )*};
}

silent! { Caller, Option<Caller>, ClientAddress, HttpRequest, Method, Parameters }

/// Whoever has the state asks the database, unless the description says otherwise.
impl Argument for Data<State> {
    fn describe(operation: &mut Operation) {
        operation.database();
    }
}

impl Argument for EventPath {
    fn describe(operation: &mut Operation) {
        operation.id::<EventId>("id", "The event.");
        operation.problem(Problem::NotFound("event"));
    }
}

impl Argument for UserPath {
    fn describe(operation: &mut Operation) {
        operation.id::<UserId>("id", "The person.");
        operation.problem(Problem::NotFound("user"));
    }
}

impl Argument for RegistrationPath {
    fn describe(operation: &mut Operation) {
        operation.id::<RegistrationId>("registration_id", "The registration.");
        operation.problem(Problem::NotFound("registration"));
    }
}

impl<T: ToSchema> Argument for Json<T> {
    fn describe(operation: &mut Operation) {
        operation.body::<T>(Required::True);
        may_have_a_body(operation);
        operation.problem(Problem::InvalidBody {
            field: Some("capacity".to_owned()),
            reason: "capacity: invalid type: string \"many\", expected i64".to_owned(),
        });
    }
}

impl Argument for NoBody {
    fn describe(operation: &mut Operation) {
        operation.body::<Nothing>(Required::False);
        may_have_a_body(operation);
        operation.problem(Problem::InvalidBody {
            field: Some("force".to_owned()),
            reason: "force: unknown field `force`, there are no fields".to_owned(),
        });
    }
}

fn may_have_a_body(operation: &mut Operation) {
    operation.problem(Problem::MalformedJson { reason: "expected value at line 1 column 10".to_owned() });
    operation.problem(Problem::RequestTimeout);
    operation.problem(Problem::BodyTooLarge { limit_bytes: 131_072 });
    operation.problem(Problem::UnsupportedMediaType);
    operation.problem(Problem::UnsupportedEncoding);
}

impl Argument for RequestKey {
    fn describe(operation: &mut Operation) {
        let says = "The caller's name for this request. The same request again, with the same key, makes nothing new: it \
                    gets the registration that the first one made, as it stands. Counts per person and event.";
        operation.header::<Key>("Idempotency-Key", says);
    }
}

impl Argument for RespondAsync {
    fn describe(operation: &mut Operation) {
        let says = "`respond-async`: not to wait for what takes long, but to get an answer as soon as it has begun (RFC \
                    7240). Other preferences are passed over.";
        operation.header::<Preferences>("Prefer", says);
    }
}

/// OpenAPI has no parameter for `Accept`: the media types of the answer stand for it.
impl Argument for Format {
    fn describe(operation: &mut Operation) {
        operation.problem(Self::not_acceptable());
    }
}

impl Argument for ExpectedVersion {
    fn describe(operation: &mut Operation) {
        let says = "An ETag of the event: the edit is refused if somebody else edited it since. `*`, or none, takes what \
                    is there. Bookings do not count as edits.";
        operation.header::<EventTag>("If-Match", says);
        operation.problem(Self::malformed());
        operation.problem(Problem::EditConflict { current_version: 4 });
    }
}
