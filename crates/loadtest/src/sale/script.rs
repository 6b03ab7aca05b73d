//! The script of a sale: every buyer books once, some send the request twice.

use std::io;
use std::io::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use domain::registrations::RegistrationStatus;
use hdrhistogram::Histogram;

use crate::crowd::connection::Reply;
use crate::crowd::findings::Findings;
use crate::crowd::people::People;
use crate::crowd::play::{Next, Script, Timing};
use crate::crowd::tickets::Wish;
use crate::sale::answers::Answer;
use crate::sale::refusals::Refusal;

/// Latencies keep three significant digits, up to an hour: a request is given up long before.
const LATENCY_DIGITS: u8 = 3;
const LATENCY_MICROSECONDS_MAX: u64 = 3_600_000_000;

/// Which events are sold, to whom, and how often a buyer asks.
#[derive(Clone)]
pub struct Plan {
    pub(super) events: Vec<EventId>,
    pub(super) people: Arc<People>,
    pub(super) buyers: Range<usize>,
    wishes: Vec<Wish>,
    pub(super) repeats_percent: usize,
    pub(super) progress: Arc<AtomicU64>,
    pub(super) allows_replays: bool,
    pub(super) was_asked_before: bool,
}

impl Plan {
    /// These of the people book once each. The events are dealt to them in turn.
    pub fn new(events: impl Into<Vec<EventId>>, people: &Arc<People>, buyers: Range<usize>) -> Self {
        Self {
            events: events.into(),
            people: Arc::clone(people),
            buyers,
            wishes: Vec::new(),
            repeats_percent: 0,
            progress: Arc::default(),
            allows_replays: false,
            was_asked_before: false,
        }
    }

    /// Buyers ask for these in turn. Without any, they name nothing, and get one free seat of the only type.
    #[must_use]
    pub fn asking(self, wishes: Vec<Wish>) -> Self {
        Self { wishes, ..self }
    }

    /// This many in a hundred buyers send their request twice; at most 100.
    #[must_use]
    pub fn repeating(self, repeats_percent: usize) -> Self {
        Self { repeats_percent, ..self }
    }

    /// A buyer's only answer may be marked as a repeat: the server may lose a commit's outcome and find it again.
    #[must_use]
    pub fn allowing_replays(self) -> Self {
        Self { allows_replays: true, ..self }
    }

    /// Buyers may have asked before the sale. So their answers may be marked as repeats, and nobody knows when they were
    /// first asked for.
    #[must_use]
    pub fn asked_before(self) -> Self {
        Self { was_asked_before: true, ..self.allowing_replays() }
    }

    /// Counts the buyers who have their answer, for a progress bar.
    #[must_use]
    pub fn counting(self, progress: Arc<AtomicU64>) -> Self {
        Self { progress, ..self }
    }
}

/// A sale under way.
pub struct Sale {
    pub(super) plan: Plan,
    pub(super) next: usize,
    pub(super) repeat: Option<usize>,
    /// The first answer of each buyer.
    pub(super) first_answers: Vec<Option<Answer>>,
    /// When each buyer's first request was sent, and when the first answer was there.
    pub(super) calls: Vec<(Option<Instant>, Option<Instant>)>,
    /// Whether each buyer has an answer that is not marked as a repeat.
    pub(super) has_original: Vec<bool>,
    /// Whether each buyer may have a registration without having been told so.
    pub(super) may_have_registration: Vec<bool>,
    /// When each buyer got the first answer, in the order of time.
    pub(super) answered_at: Vec<(Instant, RegistrationStatus)>,
    /// The latency of each buyer's first answer.
    pub(super) latency_microseconds: Histogram<u64>,
    pub(super) answers: u64,
    pub(super) replays: u64,
    pub(super) busy: u64,
    pub(super) outcome_unknown: u64,
    pub(super) broken_connections: u64,
    pub(super) lost: u64,
    pub(super) longest_wait: Duration,
    pub(super) findings: Findings,
}

impl Sale {
    /// A sale that has not begun yet.
    #[expect(clippy::expect_used, reason = "the bounds and the precision are constants that a histogram accepts")]
    pub fn new(plan: Plan) -> Self {
        let latency_microseconds = Histogram::new_with_bounds(1, LATENCY_MICROSECONDS_MAX, LATENCY_DIGITS)
            .expect("the bounds and the precision are valid");
        Self {
            next: 0,
            repeat: None,
            first_answers: vec![None; plan.buyers.len()],
            calls: vec![(None, None); plan.buyers.len()],
            has_original: vec![false; plan.buyers.len()],
            may_have_registration: vec![plan.allows_replays; plan.buyers.len()],
            answered_at: Vec::with_capacity(plan.buyers.len()),
            latency_microseconds,
            answers: 0,
            replays: 0,
            busy: 0,
            outcome_unknown: 0,
            broken_connections: 0,
            lost: 0,
            longest_wait: Duration::ZERO,
            findings: Findings::default(),
            plan,
        }
    }

    fn repeats(&self, buyer: usize) -> bool {
        let percent = self.plan.repeats_percent;
        (buyer + 1) * percent / 100 > buyer * percent / 100
    }

    pub(super) fn event_of(&self, buyer: usize) -> Option<EventId> {
        self.plan.events.get(buyer % self.plan.events.len().max(1)).copied()
    }

    /// What a buyer asks for, if it is named.
    pub(super) fn wish_of(&self, buyer: usize) -> Option<&Wish> {
        self.plan.wishes.get(buyer % self.plan.wishes.len().max(1))
    }

    fn note(&mut self, buyer: usize, answer: Answer, latency: Duration) {
        let Some(slot) = self.first_answers.get_mut(buyer) else { return };
        match slot {
            None => {
                let now = Instant::now();
                *slot = Some(answer);
                self.answered_at.push((now, answer.status));
                if let Some((_, answered)) = self.calls.get_mut(buyer) {
                    *answered = Some(now);
                }
                self.plan.progress.fetch_add(1, Ordering::Relaxed);
                self.latency_microseconds.saturating_record(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX));
            }
            // Nobody cancels during a sale, so nothing about a registration changes.
            Some(first) if *first != answer => {
                let first = *first;
                self.findings.add(|| format!("buyer {buyer} was told {first:?}, and then {answer:?}"));
            }
            Some(_) => {}
        }
    }

    fn note_original(&mut self, buyer: usize) {
        let Some(has_original) = self.has_original.get_mut(buyer) else { return };
        if std::mem::replace(has_original, true) {
            self.findings.add(|| format!("buyer {buyer} has two answers that are not marked as repeats"));
        }
    }

    fn note_may_have_registration(&mut self, buyer: usize) {
        if let Some(may_have_registration) = self.may_have_registration.get_mut(buyer) {
            *may_have_registration = true;
        }
    }

    /// Adds a finding for each buyer whose registration was created by a request that the server refused or did not
    /// answer: every answer of theirs is marked as a repeat.
    pub(super) fn check_replays(&mut self) {
        let each = self.first_answers.iter().zip(&self.has_original).zip(&self.may_have_registration).enumerate();
        for (buyer, ((answer, has_original), may_have_registration)) in each {
            if answer.is_some() && !has_original && !may_have_registration {
                self.findings
                    .add(|| format!("buyer {buyer} has a registration, but only answers that are marked as repeats"));
            }
        }
    }
}

impl Script for Sale {
    type Tag = usize;

    fn next(&mut self, request: &mut Vec<u8>) -> Option<usize> {
        let buyer = match self.repeat.take() {
            Some(buyer) => buyer,
            None if self.next < self.plan.buyers.len() => {
                let buyer = self.next;
                self.next += 1;
                if self.repeats(buyer) {
                    self.repeat = Some(buyer);
                }
                buyer
            }
            None => return None,
        };
        if let Some((asked, _)) = self.calls.get_mut(buyer) {
            asked.get_or_insert_with(Instant::now);
        }
        let event = self.event_of(buyer)?;
        let token = self.plan.people.token(self.plan.buyers.start + buyer);
        // Writing to memory does not fail.
        let _ = write!(
            request,
            "POST /events/{event}/register HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
             Idempotency-Key: load-{buyer}"
        );
        let _ = match self.wish_of(buyer) {
            None => write!(request, "\r\nContent-Length: 0\r\n\r\n"),
            // The same people may ask for several types of an event, and a key is for one request.
            Some(Wish { ticket_type, body, .. }) => write!(
                request,
                "-{ticket_type}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        };
        Some(buyer)
    }

    fn answered(&mut self, buyer: usize, reply: &Reply<'_>, timing: Timing) -> Next {
        self.answers += 1;
        self.longest_wait = self.longest_wait.max(timing.last_attempt);
        match (reply.status, serde_json::from_slice::<Answer>(reply.body)) {
            (201 | 202, Ok(answer)) => {
                self.replays += u64::from(reply.is_replay);
                if (reply.status == 201) != answer.status.takes_seat() {
                    self.findings.add(|| format!("buyer {buyer} was answered with {} and {answer:?}", reply.status));
                }
                if !reply.is_replay {
                    self.note_original(buyer);
                }
                self.note(buyer, answer, timing.total);
                Next::Done
            }
            (503, _) => {
                let body = String::from_utf8_lossy(reply.body);
                match Refusal::parse(&body) {
                    Some(Refusal::Busy) => self.busy += 1,
                    Some(Refusal::OutcomeUnknown) => {
                        self.outcome_unknown += 1;
                        self.note_may_have_registration(buyer);
                    }
                    None => self.findings.add(|| format!("buyer {buyer} was answered with 503: {body}")),
                }
                if reply.retry_after_seconds.is_none() {
                    self.findings.add(|| format!("a 503 to buyer {buyer} has no Retry-After: {body}"));
                }
                Next::Retry(Duration::from_secs(reply.retry_after_seconds.unwrap_or(1)))
            }
            (status, _) => {
                let body = String::from_utf8_lossy(reply.body).into_owned();
                self.findings.add(|| format!("buyer {buyer} was answered with {status}: {body}"));
                Next::Done
            }
        }
    }

    fn failed(&mut self, buyer: usize, error: &io::Error, is_final: bool) {
        self.broken_connections += 1;
        self.note_may_have_registration(buyer);
        if is_final {
            self.lost += 1;
            self.findings.add(|| format!("buyer {buyer} got no answer: {error}"));
        } else if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::InvalidData) {
            self.findings.add(|| format!("a request of buyer {buyer} got no valid answer: {error}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::crowd::tickets::Tickets;

    fn plan(buyers: usize) -> Plan {
        let people = People { ids: Vec::new(), tokens: Vec::new() };
        Plan::new([EventId::from(Uuid::now_v7())], &Arc::new(people), 0..buyers)
    }

    fn sale(buyers: usize) -> Sale {
        Sale::new(plan(buyers).repeating(50))
    }

    fn reply(status: u16, body: &str) -> Reply<'_> {
        Reply { status, is_replay: false, retry_after_seconds: Some(2), body: body.as_bytes() }
    }

    fn answer(sale: &mut Sale, status: u16, body: &str) -> Next {
        let timing = Timing { last_attempt: Duration::from_millis(1), total: Duration::from_millis(2) };
        sale.answered(0, &reply(status, body), timing)
    }

    fn answer_again(sale: &mut Sale, status: u16, body: &str) {
        let timing = Timing { last_attempt: Duration::from_millis(1), total: Duration::from_millis(2) };
        sale.answered(0, &Reply { is_replay: true, ..reply(status, body) }, timing);
    }

    fn place(status: &str, decision: i64) -> String {
        format!(
            "{{\"id\":\"01900000-0000-7000-8000-000000000001\",\"status\":\"{status}\",\"position\":null,\
             \"decision\":{decision}}}"
        )
    }

    #[test]
    fn every_buyer_books_once_and_some_send_it_twice() {
        let (mut sale, mut asked) = (sale(4), Vec::new());
        while let Some(buyer) = sale.next(&mut Vec::new()) {
            asked.push(buyer);
        }
        assert_eq!(asked, [0, 1, 1, 2, 3, 3]);
    }

    #[test]
    fn buyers_send_their_wishes_in_turn_each_with_a_key_of_its_own() {
        let tickets = Tickets { types: 2, party: 1, amount: 2_500 };
        let mut sale = Sale::new(plan(3).asking(tickets.wishes().unwrap()));
        for (buyer, (key, of)) in ["-1", "-2", "-1"].into_iter().zip([1, 2, 1]).enumerate() {
            let mut request = Vec::new();
            sale.next(&mut request);
            let request = String::from_utf8(request).unwrap();
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            let length = body.len();
            let end = format!("load-{buyer}{key}\r\nContent-Type: application/json\r\nContent-Length: {length}");
            assert!(head.ends_with(&end), "{request}");
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let expected =
                serde_json::json!({ "ticket_type": of, "seats": [{ "price": of, "count": 1 }], "amount": 2_500 });
            assert_eq!(body, expected);
        }
        let mut request = Vec::new();
        self::sale(1).next(&mut request);
        assert!(request.ends_with(b"Idempotency-Key: load-0\r\nContent-Length: 0\r\n\r\n"));
    }

    #[test]
    fn two_different_answers_are_found() {
        let mut sale = sale(1);
        assert_eq!(answer(&mut sale, 201, &place("CONFIRMED", 3)), Next::Done);
        answer_again(&mut sale, 201, &place("CONFIRMED", 3));
        assert_eq!(sale.findings.count, 0, "{:?}", sale.findings);
        answer_again(&mut sale, 201, &place("CONFIRMED", 4));
        assert_eq!(sale.findings.count, 1, "{:?}", sale.findings);
    }

    #[test]
    fn exactly_one_answer_to_a_buyer_is_not_marked_as_a_repeat() {
        let found = |play: fn(&mut Sale)| {
            let mut sale = sale(1);
            play(&mut sale);
            sale.check_replays();
            sale.findings.count
        };
        assert_eq!(
            found(|sale| {
                answer(sale, 201, &place("CONFIRMED", 3));
            }),
            0
        );
        // Both are sent at once: either answer may come first.
        assert_eq!(
            found(|sale| {
                answer_again(sale, 201, &place("CONFIRMED", 3));
                answer(sale, 201, &place("CONFIRMED", 3));
            }),
            0
        );
        assert_eq!(
            found(|sale| {
                answer(sale, 201, &place("CONFIRMED", 3));
                answer(sale, 201, &place("CONFIRMED", 3));
            }),
            1
        );
        // "Busy" means that nothing was changed, and something was.
        assert_eq!(
            found(|sale| {
                answer(sale, 503, "{\"type\":\"/problems/busy\"}");
                answer_again(sale, 201, &place("CONFIRMED", 3));
            }),
            1
        );
        assert_eq!(
            found(|sale| {
                answer(sale, 503, "{\"type\":\"/problems/outcome-unknown\"}");
                answer_again(sale, 201, &place("CONFIRMED", 3));
            }),
            0
        );
        assert_eq!(
            found(|sale| {
                sale.failed(0, &io::ErrorKind::UnexpectedEof.into(), false);
                answer_again(sale, 201, &place("CONFIRMED", 3));
            }),
            0
        );
        assert_eq!(found(|sale| sale.failed(0, &io::ErrorKind::TimedOut.into(), false)), 1);
    }

    #[test]
    fn a_status_that_contradicts_the_registration_is_found() {
        let mut held = sale(1);
        answer(&mut held, 201, &place("HELD", 3));
        assert_eq!(held.findings.count, 0, "{:?}", held.findings);
        for (status, place) in [
            (202, place("CONFIRMED", 3)),
            (202, place("HELD", 3)),
            (201, place("WAITLISTED", 3)),
            (201, place("CANCELLED", 3)),
        ] {
            let mut sale = sale(1);
            answer(&mut sale, status, &place);
            assert_eq!(sale.findings.count, 1, "{status}");
        }
    }

    #[test]
    fn a_refusal_is_retried_when_it_says_and_no_other_answer_is_one() {
        let mut sale = sale(1);
        for problem in ["busy", "outcome-unknown"] {
            let next = answer(&mut sale, 503, &format!("{{\"type\":\"/problems/{problem}\"}}"));
            assert_eq!(next, Next::Retry(Duration::from_secs(2)));
        }
        assert_eq!((sale.busy, sale.outcome_unknown, sale.findings.count), (1, 1, 0));
        for (status, body) in
            [(503, "{\"type\":\"/problems/not-ready\"}"), (500, "{}"), (409, "{}"), (201, "{}"), (200, "")]
        {
            let before = sale.findings.count;
            answer(&mut sale, status, body);
            assert_eq!(sale.findings.count, before + 1, "{status} {body}");
        }
        let busy = Reply { retry_after_seconds: None, ..reply(503, "{\"type\":\"/problems/busy\"}") };
        let before = sale.findings.count;
        sale.answered(0, &busy, Timing { last_attempt: Duration::ZERO, total: Duration::ZERO });
        assert_eq!(sale.findings.count, before + 1, "there was no Retry-After");
    }

    #[test]
    fn a_request_without_an_answer_is_lost_only_when_it_is_given_up() {
        let mut sale = sale(1);
        sale.failed(0, &io::ErrorKind::ConnectionReset.into(), false);
        assert_eq!((sale.lost, sale.findings.count), (0, 0));
        sale.failed(0, &io::ErrorKind::ConnectionReset.into(), true);
        assert_eq!((sale.lost, sale.findings.count), (1, 1));
    }
}
