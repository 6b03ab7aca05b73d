//! The audit log, for admins.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::ids::UserId;
use repository::audit::{self as stored, Action, Entry, Filter};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::{id, one_of};
use crate::openapi::formats::{EmailAddress, PersonName, SubjectKind};
use crate::state::State;

/// The person who acted.
pub(crate) const ACTOR: Parameter = Parameter::optional("actor_id", "Only actions of this person.", id);

/// The person or event that was changed.
pub(crate) const SUBJECT: Parameter = Parameter::optional("subject_id", "Only actions on this person or event.", id);

/// The action.
pub(crate) const ACTION: Parameter =
    Parameter::optional("action", "Only this action.", || one_of(Action::ALL.map(Action::as_str)));

/// An action in the audit log.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
struct EntryBody {
    id: Uuid,
    at: DateTime<Utc>,
    /// The person who acted. Null if the server acted by itself.
    #[schema(required)]
    actor: Option<ActorBody>,
    /// The action. Later versions may have more actions.
    action: String,
    #[schema(value_type = SubjectKind)]
    subject_kind: String,
    subject_id: Uuid,
    /// The person's name and e-mail address, or the event's title, as they are now. Null if it no longer exists.
    #[schema(required)]
    subject_name: Option<String>,
    /// The changed fields, before.
    #[schema(required, value_type = Option<BTreeMap<String, Value>>)]
    before: Option<Value>,
    /// The changed fields, after.
    #[schema(required, value_type = Option<BTreeMap<String, Value>>)]
    after: Option<Value>,
}

/// The person who acted, with the current name and e-mail address.
#[derive(Serialize, ToSchema)]
#[schema(as = Actor)]
struct ActorBody {
    id: UserId,
    #[schema(value_type = PersonName)]
    name: String,
    #[schema(value_type = EmailAddress)]
    email: String,
}

impl From<&Entry> for EntryBody {
    fn from(entry: &Entry) -> Self {
        let entry = entry.clone();
        Self {
            id: entry.id,
            at: entry.at,
            actor: entry.actor.map(|actor| ActorBody { id: actor.id, name: actor.name, email: actor.email }),
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject_id: entry.subject_id,
            subject_name: entry.subject_name,
            before: entry.before,
            after: entry.after,
        }
    }
}

/// The audit log, the newest entry first.
pub(crate) async fn list(state: Data<State>, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<Hyphenated>()?.map(Hyphenated::into_uuid));
    let filter = Filter {
        actor: parameters.parsed(ACTOR.name, "must be the id of a person")?,
        subject: parameters.parsed(SUBJECT.name, "must be the id of a person or an event")?.map(Hyphenated::into_uuid),
        action: parameters
            .parsed(ACTION.name, &format!("must be one of {}", Action::ALL.map(Action::as_str).join(", ")))?,
    };
    let found = state.pool.run(async |connection| stored::list(connection, filter, before, limit + 1).await).await?;
    let page = Page::of(found, limit, |entry| entry.id.to_string(), |entry| EntryBody::from(entry));
    Ok(HttpResponse::Ok().json(page))
}
