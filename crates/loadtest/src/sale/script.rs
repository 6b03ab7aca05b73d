//! A sale: everybody wants a place, one request each and some twice, and every answer is held against the tables.

use std::io;
use std::io::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use domain::registrations::RegistrationStatus;
use serde::Deserialize;
use uuid::Uuid;

use crate::crowd::connection::Reply;
use crate::crowd::people::People;
use crate::crowd::play::{Script, Then, Took};
use crate::crowd::untrue::Untrue;

/// What the server told a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Told {
    pub(super) id: Uuid,
    pub(super) status: RegistrationStatus,
    pub(super) position: Option<i64>,
    pub(super) decision: i64,
}

/// What is sold, and to whom.
#[derive(Clone)]
pub struct Plan {
    pub(super) events: Vec<EventId>,
    pub(super) people: Arc<People>,
    pub(super) buyers: Range<usize>,
    pub(super) repeats_percent: usize,
    pub(super) progress: Arc<AtomicU64>,
    pub(super) excuses_replays: bool,
}

impl Plan {
    /// These of the people want a place, one request each. The events are dealt to them in turn.
    pub fn new(events: impl Into<Vec<EventId>>, people: &Arc<People>, buyers: Range<usize>) -> Self {
        Self {
            events: events.into(),
            people: Arc::clone(people),
            buyers,
            repeats_percent: 0,
            progress: Arc::default(),
            excuses_replays: false,
        }
    }

    /// So many of a hundred, at most 100, send their request twice.
    #[must_use]
    pub fn repeating(self, repeats_percent: usize) -> Self {
        Self { repeats_percent, ..self }
    }

    /// Some may have asked before, or commits may be lost and found again by the server: then somebody's only answer may say
    /// that it repeats another.
    #[must_use]
    pub fn excusing_replays(self) -> Self {
        Self { excuses_replays: true, ..self }
    }

    /// Counts buyers who have their answer, for whoever watches.
    #[must_use]
    pub fn counting(self, progress: Arc<AtomicU64>) -> Self {
        Self { progress, ..self }
    }
}

/// A sale as it goes.
pub struct Sale {
    pub(super) plan: Plan,
    pub(super) next: usize,
    pub(super) repeat: Option<usize>,
    /// What each buyer was told first.
    pub(super) told: Vec<Option<Told>>,
    /// Whether each buyer was told that a registration was made for this request.
    pub(super) was_made: Vec<bool>,
    /// Whether one may have been made of which the buyer was not told.
    pub(super) may_stand: Vec<bool>,
    /// When each buyer was told, in the order in which they were.
    pub(super) answered_at: Vec<(Instant, RegistrationStatus)>,
    /// Of each buyer's first answer.
    pub(super) latencies: Vec<Duration>,
    pub(super) answers: u64,
    pub(super) replays: u64,
    pub(super) busy: u64,
    pub(super) unknown: u64,
    pub(super) broken_connections: u64,
    pub(super) lost: u64,
    pub(super) longest_wait: Duration,
    pub(super) untrue: Untrue,
}

impl Sale {
    /// A sale that has not begun.
    pub fn new(plan: Plan) -> Self {
        Self {
            next: 0,
            repeat: None,
            told: vec![None; plan.buyers.len()],
            was_made: vec![false; plan.buyers.len()],
            may_stand: vec![plan.excuses_replays; plan.buyers.len()],
            answered_at: Vec::with_capacity(plan.buyers.len()),
            latencies: Vec::with_capacity(plan.buyers.len()),
            answers: 0,
            replays: 0,
            busy: 0,
            unknown: 0,
            broken_connections: 0,
            lost: 0,
            longest_wait: Duration::ZERO,
            untrue: Untrue::default(),
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

    fn note(&mut self, buyer: usize, told: Told, took: Duration) {
        let Some(slot) = self.told.get_mut(buyer) else { return };
        match slot {
            None => {
                *slot = Some(told);
                self.answered_at.push((Instant::now(), told.status));
                self.plan.progress.fetch_add(1, Ordering::Relaxed);
                self.latencies.push(took);
            }
            // Nobody gives a place up, so nothing about it can change.
            Some(first) if *first != told => {
                let first = *first;
                self.untrue.add(|| format!("buyer {buyer} was told {first:?}, and then {told:?}"));
            }
            Some(_) => {}
        }
    }
}

impl Sale {
    fn note_made(&mut self, buyer: usize) {
        let Some(was_made) = self.was_made.get_mut(buyer) else { return };
        if std::mem::replace(was_made, true) {
            self.untrue.add(|| format!("buyer {buyer} was told twice that a registration was made"));
        }
    }

    fn note_may_stand(&mut self, buyer: usize) {
        if let Some(may_stand) = self.may_stand.get_mut(buyer) {
            *may_stand = true;
        }
    }

    /// Notes whom the server told of nothing, or that nothing was changed, while it made them a registration: all that they
    /// heard of it was that they had it.
    pub(super) fn judge_replays(&mut self) {
        let each = self.told.iter().zip(&self.was_made).zip(&self.may_stand).enumerate();
        for (buyer, ((told, was_made), may_stand)) in each {
            if told.is_some() && !was_made && !may_stand {
                self.untrue.add(|| format!("buyer {buyer} was never told that a registration was made, and it stands"));
            }
        }
    }
}

impl Script for Sale {
    type Turn = usize;

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
        let event = self.event_of(buyer)?;
        // Writing to memory does not fail.
        let _ = write!(
            request,
            "POST /events/{event}/register HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
             Idempotency-Key: load-{buyer}\r\nContent-Length: 0\r\n\r\n",
            self.plan.people.token(self.plan.buyers.start + buyer)
        );
        Some(buyer)
    }

    fn answered(&mut self, buyer: usize, reply: &Reply<'_>, took: Took) -> Then {
        self.answers += 1;
        self.longest_wait = self.longest_wait.max(took.last);
        match (reply.status, serde_json::from_slice::<Told>(reply.body)) {
            (201 | 202, Ok(told)) => {
                self.replays += u64::from(reply.is_replay);
                if (reply.status == 201) != (told.status == RegistrationStatus::Confirmed) {
                    self.untrue.add(|| format!("buyer {buyer}: status {} with {told:?}", reply.status));
                }
                if !reply.is_replay {
                    self.note_made(buyer);
                }
                self.note(buyer, told, took.all);
                Then::Done
            }
            (503, _) => {
                let body = String::from_utf8_lossy(reply.body);
                match refusal(&body) {
                    Some(Refusal::Busy) => self.busy += 1,
                    Some(Refusal::OutcomeUnknown) => {
                        self.unknown += 1;
                        self.note_may_stand(buyer);
                    }
                    None => self.untrue.add(|| format!("buyer {buyer} was answered with 503: {body}")),
                }
                if reply.retry_after_seconds.is_none() {
                    self.untrue.add(|| format!("buyer {buyer} was not told when to come back: {body}"));
                }
                Then::Again(Duration::from_secs(reply.retry_after_seconds.unwrap_or(1)))
            }
            (status, _) => {
                let body = String::from_utf8_lossy(reply.body).into_owned();
                self.untrue.add(|| format!("buyer {buyer} was answered with {status}: {body}"));
                Then::Done
            }
        }
    }

    fn broke(&mut self, buyer: usize, error: &io::Error, is_final: bool) {
        self.broken_connections += 1;
        self.note_may_stand(buyer);
        if is_final {
            self.lost += 1;
            self.untrue.add(|| format!("buyer {buyer} has no answer: {error}"));
        } else if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::InvalidData) {
            self.untrue.add(|| format!("a request of buyer {buyer} was not answered: {error}"));
        }
    }
}

/// A 503 that somebody who books may get.
pub(crate) enum Refusal {
    Busy,
    OutcomeUnknown,
}

pub(crate) fn refusal(problem: &str) -> Option<Refusal> {
    if problem.contains("/problems/busy\"") {
        Some(Refusal::Busy)
    } else if problem.contains("/problems/outcome-unknown\"") {
        Some(Refusal::OutcomeUnknown)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(buyers: usize) -> Sale {
        let people = People { ids: Vec::new(), tokens: Vec::new() };
        let event = EventId::from(Uuid::now_v7());
        Sale::new(Plan::new([event], &Arc::new(people), 0..buyers).repeating(50))
    }

    fn reply(status: u16, body: &str) -> Reply<'_> {
        Reply { status, is_replay: false, retry_after_seconds: Some(2), body: body.as_bytes() }
    }

    fn answer(sale: &mut Sale, status: u16, body: &str) -> Then {
        let took = Took { last: Duration::from_millis(1), all: Duration::from_millis(2) };
        sale.answered(0, &reply(status, body), took)
    }

    fn answer_again(sale: &mut Sale, status: u16, body: &str) {
        let took = Took { last: Duration::from_millis(1), all: Duration::from_millis(2) };
        sale.answered(0, &Reply { is_replay: true, ..reply(status, body) }, took);
    }

    fn place(status: &str, decision: i64) -> String {
        format!(
            "{{\"id\":\"01900000-0000-7000-8000-000000000001\",\"status\":\"{status}\",\"position\":null,\
             \"decision\":{decision}}}"
        )
    }

    #[test]
    fn every_buyer_asks_once_and_so_many_of_a_hundred_once_more() {
        let (mut sale, mut asked) = (sale(4), Vec::new());
        while let Some(buyer) = sale.next(&mut Vec::new()) {
            asked.push(buyer);
        }
        assert_eq!(asked, [0, 1, 1, 2, 3, 3]);
    }

    #[test]
    fn who_is_told_two_things_is_found() {
        let mut sale = sale(1);
        assert_eq!(answer(&mut sale, 201, &place("CONFIRMED", 3)), Then::Done);
        answer_again(&mut sale, 201, &place("CONFIRMED", 3));
        assert_eq!(sale.untrue.count, 0, "{:?}", sale.untrue);
        answer_again(&mut sale, 201, &place("CONFIRMED", 4));
        assert_eq!(sale.untrue.count, 1, "{:?}", sale.untrue);
    }

    #[test]
    fn what_is_made_is_told_of_once_as_made() {
        let found = |play: fn(&mut Sale)| {
            let mut sale = sale(1);
            play(&mut sale);
            sale.judge_replays();
            sale.untrue.count
        };
        assert_eq!(
            found(|sale| {
                answer(sale, 201, &place("CONFIRMED", 3));
            }),
            0
        );
        // Both sent at once: either answer may come first.
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
        // "Nothing was changed" was not true.
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
                sale.broke(0, &io::ErrorKind::UnexpectedEof.into(), false);
                answer_again(sale, 201, &place("CONFIRMED", 3));
            }),
            0
        );
        assert_eq!(found(|sale| sale.broke(0, &io::ErrorKind::TimedOut.into(), false)), 1);
    }

    #[test]
    fn a_status_that_is_not_that_of_the_place_is_found() {
        for (status, place) in [(202, place("CONFIRMED", 3)), (201, place("WAITLISTED", 3))] {
            let mut sale = sale(1);
            answer(&mut sale, status, &place);
            assert_eq!(sale.untrue.count, 1, "{status}");
        }
    }

    #[test]
    fn an_honest_refusal_is_asked_again_when_it_says_and_no_other_answer_is_one() {
        let mut sale = sale(1);
        for problem in ["busy", "outcome-unknown"] {
            let then = answer(&mut sale, 503, &format!("{{\"type\":\"/problems/{problem}\"}}"));
            assert_eq!(then, Then::Again(Duration::from_secs(2)));
        }
        assert_eq!((sale.busy, sale.unknown, sale.untrue.count), (1, 1, 0));
        for (status, body) in
            [(503, "{\"type\":\"/problems/not-ready\"}"), (500, "{}"), (409, "{}"), (201, "{}"), (200, "")]
        {
            let before = sale.untrue.count;
            answer(&mut sale, status, body);
            assert_eq!(sale.untrue.count, before + 1, "{status} {body}");
        }
        let busy = Reply { retry_after_seconds: None, ..reply(503, "{\"type\":\"/problems/busy\"}") };
        let before = sale.untrue.count;
        sale.answered(0, &busy, Took { last: Duration::ZERO, all: Duration::ZERO });
        assert_eq!(sale.untrue.count, before + 1, "when to come back was not said");
    }

    #[test]
    fn a_request_that_is_given_up_is_lost_and_one_that_is_sent_again_is_not() {
        let mut sale = sale(1);
        sale.broke(0, &io::ErrorKind::ConnectionReset.into(), false);
        assert_eq!((sale.lost, sale.untrue.count), (0, 0));
        sale.broke(0, &io::ErrorKind::ConnectionReset.into(), true);
        assert_eq!((sale.lost, sale.untrue.count), (1, 1));
    }
}
