//! Who did what, for admins.

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

use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::{id, one_of};
use crate::openapi::formats::{EmailAddress, PersonName, SubjectKind};
use crate::state::State;

/// Who did it.
pub(crate) const ACTOR: Parameter = Parameter::optional("actor_id", "What this person did only.", id);

/// What it was done to.
pub(crate) const SUBJECT: Parameter =
    Parameter::optional("subject_id", "What was done to this person or event only.", id);

/// What was done.
pub(crate) const ACTION: Parameter =
    Parameter::optional("action", "What was done.", || one_of(Action::ALL.map(Action::as_str)));

/// Something that was done.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
struct EntryBody {
    id: Uuid,
    at: DateTime<Utc>,
    /// Who did it. Null: the server by itself.
    #[schema(required)]
    actor: Option<ActorBody>,
    /// What was done. There may come more than the parameter `action` takes.
    action: String,
    #[schema(value_type = SubjectKind)]
    subject_kind: String,
    subject_id: Uuid,
    /// Name and address of the person, or the event's title, as they are now. Null if it is gone.
    #[schema(required)]
    subject_name: Option<String>,
    /// What changed, as it was before.
    #[schema(required, value_type = Option<BTreeMap<String, Value>>)]
    before: Option<Value>,
    /// What changed, as it was after.
    #[schema(required, value_type = Option<BTreeMap<String, Value>>)]
    after: Option<Value>,
}

/// Who did something, as they are now.
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

/// What was done, the newest first.
pub(crate) async fn list(state: Data<State>, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<Uuid>()?);
    let filter = Filter {
        actor: parameters.parsed(ACTOR.name, "must be the id of a person")?,
        subject: parameters.parsed(SUBJECT.name, "must be the id of a person or an event")?,
        action: parameters
            .parsed(ACTION.name, &format!("must be one of {}", Action::ALL.map(Action::as_str).join(", ")))?,
    };
    let found = state.pool.run(async |connection| stored::list(connection, filter, before, limit + 1).await).await?;
    let page = Page::of(found, limit, |entry| entry.id.to_string(), |entry| EntryBody::from(entry));
    Ok(HttpResponse::Ok().json(page))
}
