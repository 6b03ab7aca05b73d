//! Check-ins: scans of tickets at the gates of an event, one by one or many at once.

pub(crate) mod bodies;
pub(crate) mod describe;

use std::collections::HashSet;
use std::time::Instant;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::ticket_codes::{NotACode, TicketCode};
use domain::check_ins::{CheckInState, Obstacle, Scan, ScanPlace, Ticket, takes_place, undo_reason};
use domain::ids::ScanId;
use domain::limits::{SCANS_MAX, SEATS_PER_REGISTRATION_MAX};
use repository::AsyncPgConnection;
use repository::check_ins::{self as stored, Decided, Opening};
use repository::doors::Door;
use uuid::Uuid;

use self::bodies::{Answer, Answers, KeptBody, ListedBody, Outcome, ScanBody, Scans, UndoBody};
use crate::http::access::Caller;
use crate::http::extractors::{CheckInPath, EventPath, Json};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::one_of;
use crate::resources::door_access::{door_of_staff, known_key_of};
use crate::resources::own_events::run_by;
use crate::services::cache::ReadFailed;
use crate::state::State;

/// The state of check-ins.
pub(crate) const STATE: Parameter = Parameter::optional("state", "Only check-ins in this state.", || {
    one_of(CheckInState::ALL.map(CheckInState::as_str))
});

/// The longest text that is looked at as a code: a gate may scan whatever people hold before it.
const CODE_BYTES_MAX: usize = 200;

/// A scan whose ticket is to be looked up, or was.
enum Read {
    Scan(Scan),
    /// Its code leads to no ticket, for this reason.
    NoTicket(ScanId, Outcome),
}

/// Checks one ticket in.
pub(crate) async fn scan(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    Json(body): Json<ScanBody>,
) -> Result<HttpResponse, Problem> {
    let door = door_of_staff(&state, caller, event).await?;
    let mut answers = decide(&state, caller, &door, vec![body]).await?;
    let answer = answers.pop().ok_or_else(|| Problem::internal("a scan has no answer"))?;
    Ok(HttpResponse::Ok().json(answer))
}

/// Checks many tickets in, each by itself: a whole party, or the scans of a gate that was alone.
pub(crate) async fn scan_all(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    Json(Scans { scans }): Json<Scans>,
) -> Result<HttpResponse, Problem> {
    if scans.is_empty() || scans.len() > SCANS_MAX {
        return Err(Problem::field("scans", format!("must be 1 to {SCANS_MAX} scans")));
    }
    let door = door_of_staff(&state, caller, event).await?;
    Ok(HttpResponse::Ok().json(Answers { answers: decide(&state, caller, &door, scans).await? }))
}

async fn decide(state: &State, caller: Caller, door: &Door, bodies: Vec<ScanBody>) -> Result<Vec<Answer>, Problem> {
    let event = door.event.id;
    let mut ids = HashSet::with_capacity(bodies.len());
    let mut read = Vec::with_capacity(bodies.len());
    // One for all, so that codes that are unknown share a read.
    let asked_at = Instant::now();
    for body in bodies {
        let scan = self::read(state, caller, door, body, asked_at).await?;
        let (Read::Scan(Scan { id, .. }) | Read::NoTicket(id, _)) = &scan;
        if !ids.insert(*id) {
            return Err(Problem::field("id", "must be another one for each scan"));
        }
        read.push(scan);
    }
    let scans: Vec<Scan> =
        read.iter().filter_map(|read| if let Read::Scan(scan) = read { Some(scan.clone()) } else { None }).collect();
    let opens_at = door.settings.opens_at(&door.event);
    let opening = if takes_place(door.event.status) { Opening::From(opens_at) } else { Opening::Never };
    let decided = if scans.is_empty() {
        Vec::new()
    } else {
        let pool = state.door_pool.clone();
        let decide = async move |opening: Opening, scans: &[Scan]| {
            let check_in =
                async |connection: &mut AsyncPgConnection| stored::check_in(connection, event, opening, scans).await;
            pool.run(check_in).await.map_err(ReadFailed::of)
        };
        state.scans.decide(event, opening, scans, decide).await?
    };
    let mut decided = decided.into_iter();
    let answer = |read: Read| match read {
        Read::NoTicket(id, outcome) => Ok(Answer::without_ticket(id, outcome)),
        Read::Scan(scan) => {
            let decided = decided.next().ok_or_else(|| Problem::internal("a scan has no decision"))?;
            Ok(answer(&scan, decided, door))
        }
    };
    read.into_iter().map(answer).collect()
}

/// Finds the ticket of a scan.
async fn read(state: &State, caller: Caller, door: &Door, body: ScanBody, asked_at: Instant) -> Result<Read, Problem> {
    let id = body.id.unwrap_or_else(|| ScanId::from(Uuid::now_v7()));
    let place = ScanPlace::parse(&body.gate, &body.device, body.scanned_at.0)?;
    let ticket = match (&body.code, body.registration_id, body.number) {
        (Some(code), None, None) => match find(state, door, code, asked_at).await? {
            Ok(ticket) => ticket,
            Err(outcome) => return Ok(Read::NoTicket(id, outcome)),
        },
        (None, Some(registration), Some(number)) => Ticket { registration, number: ticket_number(number.0)? },
        _ => return Err(Problem::field("code", "must be given, or registration_id and number in its place")),
    };
    Ok(Read::Scan(Scan { id, ticket, place, by: caller.user, let_in: body.let_in }))
}

/// Checks the number of a ticket.
fn ticket_number(number: i64) -> Result<i16, Problem> {
    let number =
        i16::try_from(number).ok().filter(|number| (1..=SEATS_PER_REGISTRATION_MAX).contains(&(*number).into()));
    number.ok_or_else(|| {
        Problem::field("number", format!("must be a whole number from 1 to {SEATS_PER_REGISTRATION_MAX}"))
    })
}

/// The ticket that a code is of, or the reason why there is none.
async fn find(state: &State, door: &Door, code: &str, asked_at: Instant) -> Result<Result<Ticket, Outcome>, Problem> {
    let event = door.event.id;
    let code = match code.len() {
        ..=CODE_BYTES_MAX => TicketCode::read(code, event),
        _ => Err(NotACode::Shape),
    };
    let code = match code {
        Ok(code) => code,
        Err(NotACode::OtherEvent) => return Ok(Err(Outcome::OtherEvent)),
        Err(NotACode::Mistyped) => return Ok(Err(Outcome::Mistyped)),
        Err(NotACode::Shape) => return Ok(Err(Outcome::Unknown)),
    };
    let Some(key) = known_key_of(door) else { return Ok(Err(Outcome::Unknown)) };
    let read = async || {
        let shown = async |connection: &mut AsyncPgConnection| stored::shown(connection, event).await;
        Ok(state.pool.run(shown).await?)
    };
    Ok(state.doors.ticket(event, &key, &code, asked_at, read).await?.ok_or(Outcome::Unknown))
}

fn answer(scan: &Scan, decided: Decided, door: &Door) -> Answer {
    let Decided { found, obstacle, check_in } = decided;
    let is_undone = check_in.as_ref().is_some_and(|check_in| check_in.id == scan.id && check_in.undone.is_some());
    let outcome = match (&found, obstacle) {
        (None, _) => Outcome::Unknown,
        (Some(_), None) if is_undone => Outcome::Undone,
        (Some(_), None) => Outcome::Admitted,
        (Some(_), Some(Obstacle::AlreadyIn)) if scan.let_in => Outcome::Double,
        (Some(_), Some(obstacle)) => obstacle.into(),
    };
    let opens_at = if outcome == Outcome::TooEarly { door.settings.opens_at(&door.event) } else { None };
    Answer::of(scan, outcome, check_in.as_ref(), found, &door.tickets, opens_at)
}

/// Undoes a check-in, so that its ticket lets in again.
pub(crate) async fn undo(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    CheckInPath(check_in): CheckInPath,
    Json(UndoBody { reason }): Json<UndoBody>,
) -> Result<HttpResponse, Problem> {
    let reason = undo_reason(&reason)?;
    door_of_staff(&state, caller, event).await?;
    let undo = async |connection: &mut AsyncPgConnection| {
        stored::undo(connection, event, check_in, caller.user, &reason).await
    };
    let undone = state.pool.run(undo).await?.ok_or(Problem::NotFound("check-in"))?;
    Ok(HttpResponse::Ok().json(KeptBody::from(&undone)))
}

/// The check-ins of an event that the caller runs, the newest first.
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    let wanted = parameters.named(STATE.name, CheckInState::ALL.map(|state| (state.as_str(), state)))?;
    let (limit, before) = (parameters.limit()?, parameters.cursor::<ScanId>()?);
    run_by(&state, caller, event).await?;
    let door = door_of_staff(&state, caller, event).await?;
    let list =
        async |connection: &mut AsyncPgConnection| stored::list(connection, event, wanted, before, limit + 1).await;
    let found = state.pool.run(list).await?;
    let page =
        Page::of(found, limit, |listed| listed.check_in.id.to_string(), |listed| ListedBody::of(listed, &door.tickets));
    Ok(HttpResponse::Ok().json(page))
}
