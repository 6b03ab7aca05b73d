//! Scans that come in together are decided together: one transaction of an event at a time, with all scans that have
//! come in since the last one began. So a thousand scans a second need some tens of commits.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::check_ins::Scan;
use domain::ids::EventId;
use repository::check_ins::{Decided, Opening};
use tokio::sync::oneshot;

use crate::http::problems::Problem;
use crate::services::cache::ReadFailed;

/// The most scans of one transaction. A request with more scans has a transaction of its own.
const TOGETHER_MAX: usize = 500;

/// The most scans of an event that wait. Some seconds of them: whoever comes later is told to come back.
const WAITING_MAX: usize = 5_000;

/// What somebody who came too late waits for, in seconds.
const RETRY_AFTER_SECONDS: u64 = 1;

type Answer = Result<Vec<Decided>, ReadFailed>;

/// The scans of one request.
struct Waiting {
    opening: Opening,
    scans: Vec<Scan>,
    answer: oneshot::Sender<Answer>,
}

/// The scans of an event that wait for the transaction that runs.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    scans: usize,
}

/// The scans that wait, by event. An event has a queue while a transaction of it runs.
#[derive(Clone, Default)]
pub(crate) struct Scans {
    queues: Arc<Mutex<HashMap<EventId, Queue>>>,
}

impl Scans {
    /// Decides scans of an event by `decide`, together with those that other requests have brought meanwhile. It takes
    /// scans with one opening, and returns their decisions in their order.
    pub(crate) async fn decide<D>(
        &self,
        event: EventId,
        opening: Opening,
        scans: Vec<Scan>,
        decide: D,
    ) -> Result<Vec<Decided>, Problem>
    where
        D: AsyncFn(Opening, &[Scan]) -> Answer + 'static,
    {
        let (answer, answered) = oneshot::channel();
        if self.join(event, Waiting { opening, scans, answer })? {
            // It goes on if the request that began it is given up.
            let flights = Flights { scans: self.clone(), event, is_over: false };
            actix_web::rt::spawn(flights.run(decide));
        }
        let ended = |_: oneshot::error::RecvError| Problem::busy(RETRY_AFTER_SECONDS);
        Ok(answered.await.map_err(ended)??)
    }

    /// Puts scans into the queue, and tells whether they are the first, for which a transaction is to be begun.
    fn join(&self, event: EventId, new: Waiting) -> Result<bool, Problem> {
        let mut queues = self.queues();
        let (queue, is_first) = match queues.entry(event) {
            Entry::Occupied(known) => (known.into_mut(), false),
            Entry::Vacant(free) => (free.insert(Queue::default()), true),
        };
        if queue.scans + new.scans.len() > WAITING_MAX {
            return Err(Problem::busy(RETRY_AFTER_SECONDS));
        }
        queue.scans += new.scans.len();
        queue.waiting.push_back(new);
        Ok(is_first)
    }

    /// The next scans to be decided together; none: nobody waits, and the event has no queue any more.
    fn next(&self, event: EventId) -> Vec<Waiting> {
        let mut queues = self.queues();
        let Entry::Occupied(mut entry) = queues.entry(event) else { return Vec::new() };
        let queue = entry.get_mut();
        let (mut taken, mut count) = (Vec::<Waiting>::new(), 0);
        while let Some(next) = queue.waiting.pop_front_if(|next| {
            let is_first = taken.is_empty();
            let fits = count + next.scans.len() <= TOGETHER_MAX;
            is_first || (fits && taken.iter().all(|one| one.opening == next.opening))
        }) {
            count += next.scans.len();
            taken.push(next);
        }
        queue.scans = queue.scans.saturating_sub(count);
        if taken.is_empty() {
            entry.remove();
        }
        taken
    }

    /// All that wait.
    fn rest(&self, event: EventId) -> VecDeque<Waiting> {
        self.queues().get_mut(&event).map(std::mem::take).unwrap_or_default().waiting
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<EventId, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The transactions of an event, one after the other, until nobody waits. Whoever waits is told to come back if they end
/// before that.
struct Flights {
    scans: Scans,
    event: EventId,
    is_over: bool,
}

impl Flights {
    async fn run(mut self, decide: impl AsyncFn(Opening, &[Scan]) -> Answer) {
        loop {
            let batch = self.scans.next(self.event);
            let Some(opening) = batch.first().map(|one| one.opening) else { break };
            let mut all = Vec::new();
            let mut requests = Vec::with_capacity(batch.len());
            for Waiting { scans, answer, .. } in batch {
                requests.push((scans.len(), answer));
                all.extend(scans);
            }
            let decided = decide(opening, &all).await;
            if matches!(decided, Err(ReadFailed::Unavailable)) {
                // A database that hangs would keep each of the next batches for as long as this one.
                requests.extend(self.scans.rest(self.event).into_iter().map(|one| (0, one.answer)));
            }
            let mut decided = decided.map(Vec::into_iter);
            for (count, answer) in requests {
                let own = match &mut decided {
                    Ok(decided) => Ok(decided.by_ref().take(count).collect()),
                    Err(failed) => Err(*failed),
                };
                // Its request may have been given up.
                let _ = answer.send(own);
            }
        }
        self.is_over = true;
    }
}

impl Drop for Flights {
    fn drop(&mut self) {
        if !self.is_over {
            self.scans.queues().remove(&self.event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use chrono::{DateTime, Utc};
    use domain::check_ins::{ScanPlace, Ticket};
    use futures_util::future::join_all;
    use uuid::Uuid;

    fn scan(number: i16) -> Scan {
        let place = ScanPlace { gate: "North".to_owned(), device: "Phone".to_owned(), scanned_at: Utc::now() };
        let ticket = Ticket { registration: Uuid::nil().into(), number };
        Scan { id: Uuid::now_v7().into(), ticket, place, by: Uuid::nil().into(), let_in: false }
    }

    /// A decision that tells its scan by its admitted numbers.
    fn decision(scan: &Scan) -> Decided {
        let found = repository::check_ins::Found {
            name: String::new(),
            ticket_name: None,
            ticket_type: 1.into(),
            seats: 10,
            admitted: vec![scan.ticket.number],
        };
        Decided { found: Some(found), obstacle: None, check_in: None }
    }

    fn number(decided: &Decided) -> i16 {
        decided.found.as_ref().unwrap().admitted[0]
    }

    #[actix_web::test]
    async fn what_comes_in_meanwhile_is_decided_together_and_everybody_gets_the_own_answers() {
        let (scans, event) = (Scans::default(), EventId::from(Uuid::now_v7()));
        let batches = Rc::new(RefCell::new(Vec::new()));
        let ask = |numbers: Vec<i16>| {
            let batches = Rc::clone(&batches);
            let decide = async move |_: Opening, all: &[Scan]| {
                batches.borrow_mut().push(all.len());
                tokio::task::yield_now().await;
                Ok(all.iter().map(decision).collect())
            };
            let wanted = numbers.iter().copied().map(scan).collect();
            let decided = scans.decide(event, Opening::From(None), wanted, decide);
            async move { (numbers, decided.await.unwrap()) }
        };
        for (numbers, decided) in join_all([vec![1], vec![2, 3], vec![4], vec![5, 6, 7]].map(ask)).await {
            assert_eq!(decided.iter().map(number).collect::<Vec<_>>(), numbers);
        }
        assert_eq!(batches.borrow().iter().sum::<usize>(), 7);
        assert!(batches.borrow().len() < 4, "{batches:?}");
        assert!(scans.queues().is_empty(), "nothing is left of an event at which nobody scans");
    }

    #[actix_web::test]
    async fn scans_with_other_openings_and_too_many_at_once_have_a_transaction_of_their_own() {
        let (scans, event) = (Scans::default(), EventId::from(Uuid::now_v7()));
        let put = |opening, count: usize| {
            let (answer, _) = oneshot::channel();
            scans.join(event, Waiting { opening, scans: (0..count).map(|_| scan(1)).collect(), answer }).map(drop)
        };
        let later = Opening::From(Some(DateTime::<Utc>::MAX_UTC));
        for (opening, count) in [(later, 300), (later, 200), (later, 1), (Opening::Never, 1), (later, 600), (later, 1)]
        {
            put(opening, count).unwrap();
        }
        let taken = std::iter::from_fn(|| Some(scans.next(event)).filter(|taken| !taken.is_empty()));
        let counts: Vec<Vec<usize>> = taken.map(|all| all.iter().map(|one| one.scans.len()).collect()).collect();
        assert_eq!(counts, [vec![300, 200], vec![1], vec![1], vec![600], vec![1]]);
        for _ in 0..WAITING_MAX / 500 {
            put(later, 500).unwrap();
        }
        assert!(matches!(put(later, 1), Err(Problem::Busy { .. })));
    }

    #[actix_web::test]
    async fn a_failure_is_told_to_all_and_a_panic_ends_nothing_but_its_own_batch() {
        let (scans, event) = (Scans::default(), EventId::from(Uuid::now_v7()));
        let runs = Rc::new(Cell::new(0));
        let ask = |number| {
            let counted = Rc::clone(&runs);
            let fails = async move |_: Opening, _: &[Scan]| -> Answer {
                counted.set(counted.get() + 1);
                tokio::task::yield_now().await;
                Err(ReadFailed::Unavailable)
            };
            scans.decide(event, Opening::Never, vec![scan(number)], fails)
        };
        for decided in join_all((1..4).map(ask)).await {
            assert!(matches!(decided, Err(Problem::Unavailable(_))), "{decided:?}");
        }
        assert_eq!(runs.replace(0), 1, "whoever waits does not wait for a database that hangs");
        let counted = Rc::clone(&runs);
        let panics = async move |_: Opening, _: &[Scan]| -> Answer {
            counted.set(counted.get() + 1);
            panic!("on purpose")
        };
        let decided = scans.decide(event, Opening::Never, vec![scan(1)], panics).await;
        assert!(matches!(decided, Err(Problem::Busy { .. })), "{decided:?}");
        let works = async |_: Opening, all: &[Scan]| Ok(all.iter().map(decision).collect());
        let decided = scans.decide(event, Opening::Never, vec![scan(2)], works).await.unwrap();
        assert_eq!(decided.iter().map(number).collect::<Vec<_>>(), [2]);
        assert_eq!(runs.get(), 1);
    }
}
