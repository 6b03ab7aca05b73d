//! Who did what, for admins.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::ids::UserId;
use repository::audit::{self as stored, Action, Entry, Filter};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::problems::Problem;
use crate::query::{Page, Parameters};
use crate::state::State;

#[derive(Serialize)]
struct EntryBody {
    id: Uuid,
    at: DateTime<Utc>,
    /// Null: the server by itself.
    actor: Option<ActorBody>,
    action: String,
    subject_kind: String,
    subject_id: Uuid,
    subject_name: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
}

#[derive(Serialize)]
struct ActorBody {
    id: UserId,
    name: String,
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
        actor: parameters.parsed("actor_id", "must be the id of a person")?,
        subject: parameters.parsed("subject_id", "must be the id of a person or an event")?,
        action: parameters
            .parsed("action", &format!("must be one of {}", Action::ALL.map(Action::as_str).join(", ")))?,
    };
    let found = state.pool.run(async |connection| stored::list(connection, filter, before, limit + 1).await).await?;
    let page = Page::of(found, limit, |entry| entry.id.to_string(), |entry| EntryBody::from(entry));
    Ok(HttpResponse::Ok().json(page))
}
