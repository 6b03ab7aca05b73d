//! Announcements: an organizer's words to many people at once.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::events::EventStatus;
use domain::limits::{ANNOUNCEMENT_CHARACTERS_MAX, SUBJECT_CHARACTERS_MAX};
use domain::messages::Audience;
use domain::text;
use repository::AsyncPgConnection;
use repository::announcements::{self as stored, Announcement, AudienceCounts, Draft, Written};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, IDEMPOTENCY_REPLAYED, Json, RequestKey, WholeNumber};
use crate::http::problems::Problem;
use crate::openapi::formats::{AnnouncementText, MessageSubject, PEOPLE_MAX, People};
use crate::resources::own_events::run_by;
use crate::state::State;

/// By how many people an announcement may miss the number that its author saw: a tenth, and some more at small events.
/// People come and go while an organizer writes.
const FEW: i64 = 10;

/// An announcement to attendees.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Announcement)]
struct AnnouncementBody {
    /// Its number among the event's.
    #[schema(minimum = 1)]
    number: i64,
    audience: Audience,
    #[schema(value_type = MessageSubject)]
    subject: String,
    #[schema(value_type = AnnouncementText)]
    text: String,
    /// For how many people there is a message by now.
    #[schema(minimum = 0)]
    told: i32,
    /// Whether there is a message for everybody.
    is_complete: bool,
    created_at: DateTime<Utc>,
}

impl From<Announcement> for AnnouncementBody {
    fn from(announcement: Announcement) -> Self {
        Self {
            number: announcement.number,
            audience: announcement.audience,
            subject: announcement.subject,
            text: announcement.text,
            told: announcement.people,
            is_complete: announcement.walked_at.is_some(),
            created_at: announcement.created_at,
        }
    }
}

/// All announcements of an event, the newest first.
#[derive(Serialize, ToSchema)]
struct Announcements {
    items: Vec<AnnouncementBody>,
}

/// How many people each audience has now.
#[derive(Serialize, ToSchema)]
#[schema(as = AudienceCounts)]
struct CountsBody {
    #[schema(minimum = 0)]
    confirmed: i64,
    #[schema(minimum = 0)]
    waiting: i64,
    /// Somebody may have seats and wait for others.
    #[schema(minimum = 0)]
    both: i64,
}

/// An announcement to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAnnouncement {
    audience: Audience,
    #[schema(value_type = MessageSubject)]
    subject: String,
    #[schema(value_type = AnnouncementText)]
    text: String,
    /// How many people it goes to, as its author was shown.
    #[schema(value_type = People)]
    people: WholeNumber,
}

/// Lists an event's announcements.
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let found =
        state.pool.run(async |connection: &mut AsyncPgConnection| stored::list(connection, event).await).await?;
    Ok(HttpResponse::Ok().json(Announcements { items: found.into_iter().map(Into::into).collect() }))
}

/// How many people an announcement would go to now.
pub(crate) async fn count(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let count = async |connection: &mut AsyncPgConnection| stored::count(connection, event).await;
    let AudienceCounts { confirmed, waiting, both } = state.pool.run(count).await?;
    Ok(HttpResponse::Ok().json(CountsBody { confirmed, waiting, both }))
}

/// Writes to an event's attendees.
pub(crate) async fn write(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RequestKey(key): RequestKey,
    Json(new): Json<NewAnnouncement>,
) -> Result<HttpResponse, Problem> {
    let draft = Draft {
        audience: new.audience,
        subject: text::line("subject", &new.subject, SUBJECT_CHARACTERS_MAX)?,
        text: filled(text::paragraphs("text", &new.text, ANNOUNCEMENT_CHARACTERS_MAX)?)?,
    };
    let shown = new.people.0;
    if !(0..=PEOPLE_MAX).contains(&shown) {
        return Err(Problem::field("people", format!("must be a whole number from 0 to {PEOPLE_MAX}")));
    }
    let found = run_by(&state, caller, event).await?;
    if found.status == EventStatus::Draft {
        return Err(Problem::EventNotPublished);
    }
    if found.is_under_test() {
        return Err(Problem::EventUnderTest);
    }
    let most = shown.saturating_add((shown / 10).max(FEW));
    let write = async |connection: &mut AsyncPgConnection| {
        stored::write(connection, event, caller.user, key.as_ref(), &draft, most).await
    };
    let (announcement, is_new) = match state.pool.run(write).await? {
        Written::Made(announcement) => (announcement, true),
        Written::Replayed(announcement) => (announcement, false),
        Written::TooMany => return Err(Problem::TooManyAnnouncements),
        Written::AudienceGrew(people) => return Err(Problem::AudienceGrew { people }),
    };
    let mut created = HttpResponse::Created();
    if !is_new {
        created.insert_header((IDEMPOTENCY_REPLAYED, "true"));
    }
    Ok(created.json(AnnouncementBody::from(announcement)))
}

fn filled(text: String) -> Result<String, Problem> {
    if text.is_empty() { Err(Problem::field("text", "must not be empty")) } else { Ok(text) }
}
