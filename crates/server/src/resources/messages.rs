//! Messages to people: everybody's own, an event's, and all of them.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::ids::{EventId, MessageId, UserId};
use domain::messages::{MessageKind, MessageState};
use notices::facts::Facts;
use notices::words::{Detail, Templates, Words};
use repository::messages::{self as stored, ListedMessage, Whose};
use repository::{AsyncPgConnection, journal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, MessagePath, NoBody};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::one_of;
use crate::openapi::formats::{EmailAddress, PersonName, Title};
use crate::resources::own_events::run_by;
use crate::state::State;

/// The state of messages.
pub(crate) const STATE: Parameter = Parameter::optional("state", "Only messages in this state.", || {
    one_of(MessageState::ALL.map(MessageState::as_str))
});

/// A message to a person about a booking.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageBody {
    id: MessageId,
    kind: MessageKind,
    event: MessageEvent,
    /// One line. The event's title, if the message was not told yet.
    subject: String,
    /// One line, which stands above the text. Empty, if the message was not told yet.
    heading: String,
    paragraphs: Vec<String>,
    /// The facts of the event and the booking, in short.
    details: Vec<DetailBody>,
    state: MessageState,
    created_at: DateTime<Utc>,
    /// When it was sent, shown or found untrue, or when its last try failed. Null while it is due.
    #[schema(required)]
    ended_at: Option<DateTime<Utc>>,
    /// How often its sending was tried.
    #[schema(minimum = 0)]
    tries: i16,
    /// Why the last try failed.
    #[schema(required)]
    last_error: Option<String>,
    /// Its receiver. Null among one's own messages.
    #[schema(required)]
    person: Option<ReceiverBody>,
}

/// A fact in short.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = MessageDetail)]
struct DetailBody {
    label: &'static str,
    value: String,
}

/// The event of a message.
#[derive(Clone, Serialize, ToSchema)]
struct MessageEvent {
    id: EventId,
    #[schema(value_type = Title)]
    title: String,
}

/// The receiver of a message.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = MessageReceiver)]
struct ReceiverBody {
    id: UserId,
    #[schema(value_type = PersonName)]
    name: String,
    #[schema(value_type = EmailAddress)]
    email: String,
}

/// Whether a list names the receivers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Receivers {
    Named,
    LeftOut,
}

impl MessageBody {
    fn of(message: &ListedMessage, words: &Templates, receivers: Receivers) -> Self {
        let message = message.clone();
        let (event, title) = message.event;
        let told = message.told.and_then(|facts| serde_json::from_value::<Facts>(facts).ok());
        let told = told.and_then(|facts| {
            let words = words.words(message.kind, &facts);
            words.inspect_err(|error| tracing::error!(%error, "a message could not be put into words")).ok()
        });
        let Words { subject, heading, paragraphs, details } = told.unwrap_or_else(|| Words {
            subject: title.clone(),
            heading: String::new(),
            paragraphs: Vec::new(),
            details: Vec::new(),
        });
        let (id, name, email) = message.person;
        Self {
            id: message.id,
            kind: message.kind,
            event: MessageEvent { id: event, title },
            subject,
            heading,
            paragraphs,
            details: details.into_iter().map(|Detail { label, value }| DetailBody { label, value }).collect(),
            state: message.state,
            created_at: message.created_at,
            ended_at: message.ended_at,
            tries: message.tries,
            last_error: message.last_error.filter(|_| receivers == Receivers::Named),
            person: (receivers == Receivers::Named).then_some(ReceiverBody { id, name, email }),
        }
    }
}

/// The caller's messages, the newest first.
pub(crate) async fn list_own(
    state: Data<State>,
    caller: Caller,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    page(&state, Whose::Person(caller.user), &parameters, Receivers::LeftOut).await
}

/// An event's messages, the newest first.
pub(crate) async fn list_of_event(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    page(&state, Whose::Event(event), &parameters, Receivers::Named).await
}

/// All messages, the newest first.
pub(crate) async fn list_all(state: Data<State>, parameters: Parameters) -> Result<HttpResponse, Problem> {
    page(&state, Whose::Everybody, &parameters, Receivers::Named).await
}

async fn page(
    state: &State,
    whose: Whose,
    parameters: &Parameters,
    receivers: Receivers,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<MessageId>()?);
    let of = parameters.named(STATE.name, MessageState::ALL.map(|state| (state.as_str(), state)))?;
    let list = async |connection: &mut AsyncPgConnection| stored::list(connection, whose, of, before, limit + 1).await;
    let found = state.pool.run(list).await?;
    let body = |message: &ListedMessage| MessageBody::of(message, &state.words, receivers);
    Ok(HttpResponse::Ok().json(Page::of(found, limit, |message| message.id.to_string(), body)))
}

/// Has a message of an event sent once more.
pub(crate) async fn resend_of_event(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    MessagePath(message): MessagePath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    resend_any(&state, Some(event), message).await
}

/// Has any message sent once more.
pub(crate) async fn resend(
    state: Data<State>,
    MessagePath(message): MessagePath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    resend_any(&state, None, message).await
}

async fn resend_any(state: &State, event: Option<EventId>, message: MessageId) -> Result<HttpResponse, Problem> {
    let resend = async |connection: &mut AsyncPgConnection| match stored::resend(connection, event, message).await {
        Err(repository::Error::NotFound) => Ok(false),
        other => other.map(|()| true),
    };
    if state.pool.run(resend).await? {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(Problem::NotFound("message"))
    }
}

/// How the telling of messages goes.
#[derive(Serialize, ToSchema)]
struct Outbox {
    /// Messages that are due, now or later.
    #[schema(minimum = 0)]
    due: i64,
    /// Messages that could not be delivered.
    #[schema(minimum = 0)]
    failed: i64,
    /// Since when the oldest one is due that should have been told. Null if there is none.
    #[schema(required)]
    oldest_due_at: Option<DateTime<Utc>>,
    /// How long the oldest change has waited to become messages. Null if none waits.
    #[schema(required, minimum = 0)]
    journal_lag_seconds: Option<u64>,
    mail: MailState,
    /// Why the last mail was not taken, if it was not.
    #[schema(required)]
    mail_error: Option<String>,
}

/// Whether mail goes out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum MailState {
    /// None is set up. Messages stand in the program alone.
    Off,
    /// The mail server takes it.
    Ready,
    /// The mail server did not take the last mail. Mail is tried again.
    Failing,
}

/// How the telling goes on this server, and what is left to tell on all.
pub(crate) async fn show_outbox(state: Data<State>) -> Result<HttpResponse, Problem> {
    let read = async |connection: &mut AsyncPgConnection| {
        Ok((stored::telling(connection).await?, journal::lag(connection).await?))
    };
    let (telling, lag) = state.pool.run(read).await?;
    let mail_error = state.messages.failing();
    Ok(HttpResponse::Ok().json(Outbox {
        due: telling.due,
        failed: telling.failed,
        oldest_due_at: telling.oldest_due_at,
        journal_lag_seconds: lag.map(|lag| lag.as_secs()),
        mail: match (state.messages.has_mail(), &mail_error) {
            (false, _) => MailState::Off,
            (true, None) => MailState::Ready,
            (true, Some(_)) => MailState::Failing,
        },
        mail_error,
    }))
}
