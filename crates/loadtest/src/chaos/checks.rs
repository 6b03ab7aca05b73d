//! The comparison of everything that people were told in a round with the tables.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::history::{self, What};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::limits::{GIVEN_UP_PER_PERSON_MAX, LAPSES_PER_PERSON_MAX};
use domain::registrations::{CancellationCause, Registration, RegistrationStatus};
use repository::{AsyncPgConnection, events, histories, registrations};

use crate::chaos::organizers::LastEdits;
use crate::chaos::told::{Answered, Asked, Sale, Told};
use crate::crowd::findings::Findings;
use crate::error::Error;
use crate::sale::answers::{Answer, SeatsByPrice};

/// Everything that was told in a round.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) began: Instant,
    pub(super) sales: Vec<Sale>,
    pub(super) told: Vec<Told>,
    pub(super) edits: Vec<LastEdits>,
    pub(super) deadlines: Vec<Deadline>,
}

/// A deadline that all holds of a round have got which had none soon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    /// Holds of seats that were given later have not got it.
    pub(super) set_until: DateTime<Utc>,
    /// No hold lapses earlier.
    pub(super) due_from: DateTime<Utc>,
}

impl Deadline {
    /// Whether a hold has lapsed by this deadline.
    fn explains(&self, lapsed: &Registration) -> bool {
        lapsed.seated_at.is_some_and(|at| at <= self.set_until)
            && lapsed.cancelled_at.is_some_and(|at| at >= self.due_from)
    }
}

impl Record {
    /// Compares every answer with the tables, replays the history of each event beside the answers, and checks the
    /// promises there.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub(super) async fn check(&self, connection: &mut AsyncPgConnection, findings: &mut Findings) -> Result<(), Error> {
        for sale in &self.sales {
            let event = sale.event;
            let rows = registrations::list_of_event(connection, event).await?;
            let told: Vec<_> = self.told.iter().filter(|told| told.event == event).collect();
            compare(&rows, &told, findings);
            compare_lapses(&rows, &self.deadlines, findings);
            if let Some(history) = histories::read(connection, event).await? {
                let known = of_history(&rows, &told, *sale, self.began);
                let verdict = history::verdict(&history, &known);
                for nth in 0..verdict.count {
                    findings.add(|| match verdict.violations.get(nth) {
                        Some(violation) => format!("event {event}: {violation}"),
                        None => format!("event {event}: one more violation of its history"),
                    });
                }
                let mut types = history.types.clone();
                types.sort_by_key(|one| one.number);
                let capacities = types.iter().map(|one| i64::from(one.capacity)).collect();
                let location = events::find(connection, event).await?.map(|found| found.details.location);
                self.compare_edits(event, capacities, location, findings);
            }
            findings.add_broken_promises(connection, Some(event)).await?;
        }
        Ok(())
    }

    fn compare_edits(&self, event: EventId, capacities: Vec<i64>, location: Option<String>, findings: &mut Findings) {
        for last in self.edits.iter().filter(|last| last.event == Some(event)) {
            if last.capacities.as_ref().is_some_and(|told| *told != capacities) {
                findings.add(|| format!("the organizer of event {event} was told {last:?}, but it has {capacities:?}"));
            }
            if last.location.is_some() && last.location != location {
                findings.add(|| format!("the organizer of event {event} was told {last:?}, but it is at {location:?}"));
            }
        }
    }
}

/// What somebody was told of a registration, in the order of the answers.
struct Life<'a> {
    told: Vec<(&'a Told, Answer)>,
}

/// Compares what was told with the rows of an event.
fn compare(rows: &[Registration], told: &[&Told], findings: &mut Findings) {
    let mut lives: HashMap<RegistrationId, Life<'_>> = HashMap::new();
    let mut in_doubt = HashSet::new();
    for told in told {
        match &told.answer {
            Answered::Stands { answer, .. } => {
                let life = lives.entry(answer.id.into()).or_insert_with(|| Life { told: Vec::new() });
                life.told.push((told, *answer));
            }
            Answered::Refused(problem) => {
                if !is_true_refusal(problem, told.user, rows) {
                    findings.add(|| format!("{} was refused as {problem}, which is not so: {told:?}", told.user));
                }
            }
            Answered::Other(status, body) => {
                findings.add(|| format!("{} was answered with {status} {body}: {told:?}", told.user));
            }
            Answered::Unknown => in_doubt.extend(match &told.asked_for {
                Asked::Booking(wish) => Some((told.user, wish.ticket_type)),
                Asked::GivingUp | Asked::Fewer(_) => None,
            }),
        }
    }
    for row in rows {
        match lives.remove(&row.id) {
            Some(life) => life.compare(row, findings),
            None if row.idempotency_key.is_none() && in_doubt.remove(&(row.user, row.ticket_type)) => {}
            None => findings.add(|| format!("nobody was told of {row:?}")),
        }
    }
    for (id, Life { told }) in lives {
        findings.add(|| format!("{id} is not stored, but somebody was told {:?}", told.first()));
    }
}

/// Looks for holds that have lapsed before they were due.
fn compare_lapses(rows: &[Registration], deadlines: &[Deadline], findings: &mut Findings) {
    let has_lapsed = |row: &&Registration| {
        row.cancellation.as_ref().is_some_and(|cancellation| cancellation.cause() == CancellationCause::Lapsed)
    };
    for row in rows.iter().filter(has_lapsed) {
        if !deadlines.iter().any(|deadline| deadline.explains(row)) {
            findings.add(|| format!("a hold lapsed before it was due: {row:?}"));
        }
    }
}

/// Whether somebody has cancelled so often that the rules refuse another booking.
fn is_true_refusal(problem: &str, user: UserId, rows: &[Registration]) -> bool {
    let cancelled = |cause: Option<CancellationCause>| {
        let causes = rows.iter().filter(|row| row.user == user).filter_map(|row| row.cancellation.as_ref());
        causes.filter(|one| cause.is_none_or(|cause| one.cause() == cause)).count()
    };
    match problem {
        "too-many-lapses" => cancelled(Some(CancellationCause::Lapsed)) >= LAPSES_PER_PERSON_MAX,
        "too-many-registrations" => cancelled(None) >= GIVEN_UP_PER_PERSON_MAX,
        _ => false,
    }
}

impl Life<'_> {
    /// Compares a registration's answers with its row, and with each other.
    fn compare(&self, row: &Registration, findings: &mut Findings) {
        let mut before: Option<Answer> = None;
        let mut originals = 0;
        for (told, answer) in &self.told {
            if let Some(wrong) = wrong_about(told, answer, row) {
                findings.add(|| format!("{wrong}: {told:?}, but stored is {row:?}"));
            }
            if let Some(before) = before
                && (rank(answer.status) < rank(before.status) || answer.seat_count > before.seat_count)
            {
                findings.add(|| format!("a registration went back from {before:?}: {told:?}"));
            }
            before = Some(*answer);
            let is_original = matches!(told.answer, Answered::Stands { is_replay: false, .. });
            originals += usize::from(is_original && matches!(told.asked_for, Asked::Booking(_)));
        }
        if originals > 1 {
            findings.add(|| format!("{} was made {originals} times by the answers", row.id));
        }
        // Nobody but its person changes its seats.
        if let Some(last) = before
            && (last.seats, last.amount) != (Some(SeatsByPrice::from(&row.split)), Some(row.amount))
        {
            findings.add(|| format!("the last answer told {last:?}, but stored is {row:?}"));
        }
        let asked_to_cancel = self.told.iter().any(|(told, _)| matches!(told.asked_for, Asked::GivingUp));
        let is_right = match row.cancellation.as_ref().map(|cancellation| cancellation.cause()) {
            None => !row.status.is_over(),
            Some(CancellationCause::GivenUp) => asked_to_cancel,
            Some(CancellationCause::Lapsed) => row.amount > 0,
            Some(_) => false,
        };
        if !is_right {
            findings.add(|| format!("nobody has cancelled {row:?}"));
        }
    }
}

/// The order in which a registration has its statuses.
fn rank(status: RegistrationStatus) -> u8 {
    match status {
        RegistrationStatus::Waitlisted => 0,
        RegistrationStatus::Held | RegistrationStatus::Confirmed => 1,
        RegistrationStatus::Cancelled => 2,
    }
}

/// What is wrong about an answer, if the row says so.
fn wrong_about(told: &Told, answer: &Answer, row: &Registration) -> Option<&'static str> {
    let Answered::Stands { status, is_replay, .. } = told.answer else { return None };
    let seated = RegistrationStatus::of_seated(row.amount, false);
    let key = row.idempotency_key.as_ref().map(|key| key.as_str());
    if (row.user, row.decision, Some(row.ticket_type)) != (told.user, answer.decision, answer.ticket_type) {
        return Some("an answer told of somebody else's registration, or of another number or type");
    }
    if key != told.key.as_deref() {
        return Some("an answer told of a registration of another key");
    }
    let is_possible = match answer.status {
        RegistrationStatus::Waitlisted => row.seated_decision != Some(row.decision),
        RegistrationStatus::Held | RegistrationStatus::Confirmed => {
            row.seated_decision.is_some() && answer.status == seated
        }
        RegistrationStatus::Cancelled => row.status.is_over(),
    };
    if !is_possible {
        return Some("an answer told of a status that the registration never had");
    }
    match &told.asked_for {
        Asked::Booking(wish) => {
            let is_told_by_status = match status {
                201 => answer.status.takes_seat(),
                202 => answer.status.waits(),
                200 => is_replay && answer.status.is_over(),
                _ => false,
            };
            let is_seated = row.seated_decision == Some(row.decision);
            let is_as_made = is_replay || (answer.is_as_asked(Some(wish)) && answer.status.takes_seat() == is_seated);
            if row.booked != wish.split.seats() {
                Some("another number of seats was booked than was asked for")
            } else if !is_told_by_status {
                Some("the HTTP status contradicts the registration")
            } else if !is_as_made {
                Some("an answer told of other seats than were asked for or given")
            } else {
                None
            }
        }
        Asked::GivingUp => (!answer.status.is_over()).then_some("a registration that was given up still stands"),
        Asked::Fewer(fewer) => {
            let has_fewer = answer.seats == Some(fewer.into());
            // Whoever was shown the waitlist keeps all seats, if they have come meanwhile.
            let may_have_come = row.seated_decision.is_some_and(|number| number != row.decision);
            let is_right = has_fewer || answer.status.is_over() || (may_have_come && answer.status.takes_seat());
            (!is_right).then_some("a registration has more seats than remain")
        }
    }
}

/// What was told, for the replay of a history. Times are counted from `began`.
fn of_history(rows: &[Registration], told: &[&Told], sale: Sale, began: Instant) -> Vec<history::Told> {
    let rows: HashMap<RegistrationId, &Registration> = rows.iter().map(|row| (row.id, row)).collect();
    let mut given_up = HashSet::new();
    let mut known = Vec::with_capacity(told.len());
    for told in told {
        let Answered::Stands { is_replay, answer, .. } = &told.answer else { continue };
        let registration = RegistrationId::from(answer.id);
        let what = match &told.asked_for {
            Asked::Booking(_) => Some(What::Made {
                number: answer.decision,
                is_seated: (!is_replay).then_some(answer.status.takes_seat()),
                // Places in the lines of parties are read after the decision.
                position: answer.position.filter(|_| !is_replay && sale.tickets.party == 1),
            }),
            // A hold may have lapsed before its person gave it up.
            Asked::GivingUp => rows.get(&registration).and_then(|row| {
                let is_by_person =
                    row.cancellation.as_ref().is_some_and(|one| one.cause() == CancellationCause::GivenUp);
                let number = row.cancelled_decision.filter(|_| is_by_person && given_up.insert(registration));
                number.map(|number| What::Cancelled { number })
            }),
            Asked::Fewer(_) => None,
        };
        let since = |at: Instant| at.saturating_duration_since(began);
        let (asked, answered) = (since(told.asked), since(told.answered));
        known.extend(what.map(|what| history::Told { registration, what, asked, answered }));
    }
    known
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::TimeDelta;
    use domain::registrations::{Cancellation, IdempotencyKey};
    use domain::tickets::{Part, Split};
    use uuid::Uuid;

    use super::*;
    use crate::crowd::tickets::Tickets;
    use crate::sale::{answers, samples};

    /// Parties at an event where one has to pay.
    const TICKETS: Tickets = Tickets { types: 2, party: 3, amount: 2_500 };

    /// One buyer's story: a row, and what was told of it.
    struct Story {
        sale: Sale,
        row: Registration,
        told: Vec<Told>,
        began: Instant,
    }

    impl Story {
        /// Somebody has booked three seats, and got them at once.
        fn begin() -> Self {
            let wish = TICKETS.wish(1, 3).unwrap();
            let row = Registration {
                booked: 3,
                split: wish.split.clone(),
                amount: wish.amount,
                idempotency_key: Some(IdempotencyKey::parse("1-1").unwrap()),
                ..samples::registration(5, RegistrationStatus::Held)
            };
            let sale = Sale { event: Uuid::now_v7().into(), tickets: TICKETS };
            let mut story = Self { sale, row, told: Vec::new(), began: Instant::now() };
            story.tell(Asked::Booking(wish), 201, false);
            story
        }

        /// An answer that is true now, between the seconds of its place in the order.
        fn tell(&mut self, asked_for: Asked, status: u16, is_replay: bool) {
            let (_, answer) = answers::of_rows(std::slice::from_ref(&self.row)).remove(0);
            self.tell_of(asked_for, Answered::Stands { status, is_replay, answer });
        }

        fn tell_of(&mut self, asked_for: Asked, answer: Answered) {
            let second = u64::try_from(self.told.len()).unwrap();
            self.told.push(Told {
                user: self.row.user,
                event: self.sale.event,
                key: Some("1-1".to_owned()),
                asked_for,
                answer,
                asked: self.began + Duration::from_secs(second),
                answered: self.began + Duration::from_secs(second + 1),
            });
        }

        /// Some seats are given up, and then the rest.
        fn reduce(&mut self) {
            let fewer = Split::of(vec![Part { price: 1.into(), seats: 2 }]).unwrap();
            (self.row.split, self.row.amount) = (fewer.clone(), 5_000);
            self.tell(Asked::Fewer(fewer), 200, false);
        }

        fn cancel(&mut self, cause: Cancellation) {
            (self.row.status, self.row.cancellation) = (RegistrationStatus::Cancelled, Some(cause));
            (self.row.cancelled_decision, self.row.cancelled_at) = (Some(9), Some(DateTime::UNIX_EPOCH));
            self.row.hold = None;
        }

        fn give_up(&mut self) {
            self.cancel(Cancellation::GivenUp);
            self.tell(Asked::GivingUp, 200, false);
        }

        fn findings(&self) -> (u64, String) {
            let mut findings = Findings::default();
            compare(std::slice::from_ref(&self.row), &self.told.iter().collect::<Vec<_>>(), &mut findings);
            (findings.count, findings.examples.join("; "))
        }

        fn last(&mut self) -> &mut Answer {
            match &mut self.told.last_mut().unwrap().answer {
                Answered::Stands { answer, .. } => answer,
                other => panic!("{other:?}"),
            }
        }
    }

    /// The findings of a whole story in which something is wrong.
    fn found(wrong: impl FnOnce(&mut Story)) -> (u64, String) {
        let mut story = Story::begin();
        let wish = TICKETS.wish(1, 3).unwrap();
        story.tell(Asked::Booking(wish), 201, true);
        story.reduce();
        story.give_up();
        wrong(&mut story);
        story.findings()
    }

    #[test]
    fn true_answers_give_no_finding() {
        assert_eq!(found(|_| {}), (0, String::new()));
        let mut lapsed = Story::begin();
        lapsed.cancel(Cancellation::Lapsed);
        lapsed.tell(Asked::Fewer(Split::single(1.into())), 200, false);
        lapsed.tell(Asked::GivingUp, 200, false);
        assert_eq!(lapsed.findings(), (0, String::new()), "it had lapsed before");
        let mut came = Story::begin();
        (came.row.status, came.row.hold) = (RegistrationStatus::Waitlisted, None);
        (came.row.seated_decision, came.row.seated_at) = (None, None);
        came.told.clear();
        came.tell(Asked::Booking(TICKETS.wish(1, 3).unwrap()), 202, false);
        (came.row.status, came.row.seated_decision) = (RegistrationStatus::Held, Some(7));
        came.tell(Asked::Fewer(Split::single(1.into())), 200, false);
        assert_eq!(came.findings(), (0, String::new()), "whoever was shown the waitlist keeps the seats that came");
    }

    #[test]
    fn answers_that_are_not_true_are_found() {
        type Wrong = fn(&mut Story);
        let wrongs: [(Wrong, &str); 10] = [
            (|story| story.row.user = Uuid::now_v7().into(), "somebody else's"),
            (|story| story.row.decision = 6, "of another number"),
            (|story| story.row.idempotency_key = None, "of another key"),
            (|story| story.row.seated_decision = None, "never had"),
            (|story| story.row.booked = 2, "another number of seats"),
            (|story| story.last().status = RegistrationStatus::Held, "still stands"),
            (|story| story.last().seat_count = Some(3), "went back"),
            (|story| story.last().amount = Some(1), "the last answer told"),
            (|story| story.row.cancellation = Some(Cancellation::Passed), "nobody has cancelled"),
            (
                |story| {
                    story.told.pop();
                },
                "nobody has cancelled",
            ),
        ];
        for (wrong, words) in wrongs {
            let (count, found) = found(wrong);
            assert!(count > 0 && found.contains(words), "{words}: {found}");
        }
    }

    #[test]
    fn a_second_original_and_a_contradicting_status_are_found() {
        let of = |status, is_replay| {
            let mut story = Story::begin();
            story.tell(Asked::Booking(TICKETS.wish(1, 3).unwrap()), status, is_replay);
            story.findings()
        };
        assert_eq!(of(201, true).0, 0);
        assert!(of(201, false).1.contains("made 2 times"));
        assert!(of(202, true).1.contains("contradicts"));
    }

    #[test]
    fn what_is_stored_and_what_was_told_are_the_same_registrations() {
        let mut untold = Story::begin();
        untold.told.clear();
        assert!(untold.findings().1.contains("nobody was told"));
        let mut in_doubt = Story::begin();
        in_doubt.told.clear();
        in_doubt.tell_of(Asked::Booking(TICKETS.wish(1, 3).unwrap()), Answered::Unknown);
        assert!(in_doubt.findings().1.contains("nobody was told"), "a request with a key is never in doubt");
        in_doubt.row.idempotency_key = None;
        assert_eq!(in_doubt.findings().0, 0);
        in_doubt.row.ticket_type = 2.into();
        assert!(in_doubt.findings().1.contains("nobody was told"), "it was for another type");
        let mut lost = Story::begin();
        lost.row.id = Uuid::now_v7().into();
        let (count, words) = lost.findings();
        assert!(count == 2 && words.contains("is not stored"), "{words}");
    }

    #[test]
    fn only_those_are_refused_who_have_cancelled_too_often() {
        let refused = |problem: &str, rows: &[Registration]| {
            let user = rows[0].user;
            is_true_refusal(problem, user, rows)
        };
        let mut story = Story::begin();
        story.cancel(Cancellation::Lapsed);
        let lapsed = vec![story.row.clone(); LAPSES_PER_PERSON_MAX];
        assert!(refused("too-many-lapses", &lapsed));
        assert!(!refused("too-many-lapses", &lapsed[1..]));
        assert!(!refused("too-many-registrations", &lapsed));
        assert!(refused("too-many-registrations", &vec![story.row.clone(); GIVEN_UP_PER_PERSON_MAX]));
        assert!(!refused("already-registered", &lapsed));
        let mut other = Story::begin();
        other.tell_of(Asked::GivingUp, Answered::Refused("checked-in".to_owned()));
        other.tell_of(Asked::GivingUp, Answered::Other(500, "{}".to_owned()));
        assert_eq!(other.findings().0, 2);
    }

    #[test]
    fn the_history_is_told_what_was_made_and_given_up_with_the_times() {
        let mut story = Story::begin();
        story.give_up();
        let told: Vec<_> = story.told.iter().collect();
        let known = of_history(std::slice::from_ref(&story.row), &told, story.sale, story.began);
        let whats: Vec<_> = known.iter().map(|told| told.what).collect();
        let made = What::Made { number: 5, is_seated: Some(true), position: None };
        assert_eq!(whats, [made, What::Cancelled { number: 9 }]);
        assert_eq!((known[1].asked, known[1].answered), (Duration::from_secs(1), Duration::from_secs(2)));
        story.row.cancellation = Some(Cancellation::Lapsed);
        let known = of_history(std::slice::from_ref(&story.row), &told, story.sale, story.began);
        assert_eq!(known.len(), 1, "it may have lapsed long before");
    }

    #[test]
    fn a_hold_that_lapsed_before_it_was_due_is_found() {
        let mut story = Story::begin();
        story.cancel(Cancellation::Lapsed);
        let found = |seated: i64, lapsed: i64| {
            let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
            let deadline = Deadline { set_until: at(10), due_from: at(12) };
            let row = Registration { seated_at: Some(at(seated)), cancelled_at: Some(at(lapsed)), ..story.row.clone() };
            let mut findings = Findings::default();
            compare_lapses(&[row], &[deadline], &mut findings);
            findings.count
        };
        assert_eq!([found(9, 12), found(9, 11), found(11, 13)], [0, 1, 1]);
        let mut none = Findings::default();
        compare_lapses(&[story.row.clone()], &[], &mut none);
        assert_eq!(none.count, 1);
    }

    #[test]
    fn an_edit_that_is_not_stored_is_found() {
        let event = Uuid::now_v7().into();
        let last =
            LastEdits { event: Some(event), capacities: Some(vec![10, 12]), location: Some("Hall 3".to_owned()) };
        let record = Record {
            began: Instant::now(),
            sales: Vec::new(),
            told: Vec::new(),
            edits: vec![last],
            deadlines: Vec::new(),
        };
        let found = |capacities: &[i64], location: &str| {
            let mut findings = Findings::default();
            record.compare_edits(event, capacities.to_vec(), Some(location.to_owned()), &mut findings);
            findings.count
        };
        assert_eq!([found(&[10, 12], "Hall 3"), found(&[10, 11], "Hall 3"), found(&[10, 12], "Hall 2")], [0, 1, 1]);
    }
}
