//! Buyers: each books, asks again, gives up and takes fewer seats, one request after the other, until the round is
//! over.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::ids::UserId;
use domain::registrations::RegistrationStatus;
use domain::tickets::{Part, Split};
use serde_json::json;
use uuid::Uuid;

use crate::chaos::chance::Chance;
use crate::chaos::requests::{Caller, Request, Subject};
use crate::chaos::told::{Answered, Asked, Sale, Told};
use crate::crowd::tickets::Wish;
use crate::error::Error;

/// The pause before each step.
const PAUSE: Range<Duration> = Duration::from_millis(20)..Duration::from_millis(250);

/// Out of a hundred steps with a booking: it is given up; some of its seats are. Otherwise it is asked for again.
const GIVE_UP_PERCENT: usize = 40;
const FEWER_PERCENT: usize = 30;

/// Out of a hundred bookings, so many are asked for without a key.
const WITHOUT_KEY_PERCENT: usize = 20;

/// Somebody who buys.
pub(super) struct Buyer {
    /// The number in the crowd.
    pub(super) number: usize,
    pub(super) user: UserId,
    pub(super) token: String,
    pub(super) sales: Arc<[Sale]>,
    pub(super) caller: Caller,
    pub(super) chance: Chance,
}

/// What a buyer did in a round.
pub(super) struct Bought {
    pub(super) told: Vec<Told>,
    pub(super) caller: Caller,
}

/// A booking that stands, as far as its buyer knows.
#[derive(Debug, Clone)]
struct Booking {
    key: Option<String>,
    wish: Wish,
    id: Uuid,
    status: RegistrationStatus,
    remaining: Split,
}

/// One step. It is chosen whatever the answers were, so that a seed repeats it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    pause: Duration,
    sale: usize,
    ticket_type: usize,
    seats: usize,
    has_key: bool,
    then: Then,
}

/// What a buyer does with a booking that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    AskAgain,
    GiveUp,
    TakeFewer,
}

impl Step {
    fn choose(chance: &mut Chance, sales: &[Sale]) -> Option<Self> {
        let pause = chance.time(PAUSE);
        let sale = chance.below(sales.len());
        let tickets = sales.get(sale)?.tickets;
        let (ticket_type, seats) = (1 + chance.below(tickets.types), 1 + chance.below(tickets.party));
        let then = match chance.below(100) {
            percent if percent < GIVE_UP_PERCENT => Then::GiveUp,
            percent if percent < GIVE_UP_PERCENT + FEWER_PERCENT => Then::TakeFewer,
            _ => Then::AskAgain,
        };
        let has_key = !chance.happens(WITHOUT_KEY_PERCENT);
        Some(Self { pause, sale, ticket_type, seats, has_key, then })
    }
}

impl Buyer {
    /// Takes step after step until `is_over`.
    ///
    /// # Errors
    /// [`Error::Failed`] if nobody can wish for what was chosen.
    pub(super) async fn run(mut self, is_over: Arc<AtomicBool>) -> Result<Bought, Error> {
        let mut bookings: HashMap<(usize, usize), Booking> = HashMap::new();
        let (mut told, mut steps, mut in_doubt) = (Vec::new(), 0, HashSet::new());
        while !is_over.load(Ordering::Relaxed) {
            let Some(step) = Step::choose(&mut self.chance, &self.sales) else { break };
            let Some(sale) = self.sales.get(step.sale).copied() else { break };
            tokio::time::sleep(step.pause).await;
            steps += 1;
            let place = (step.sale, step.ticket_type);
            if in_doubt.contains(&place) {
                continue;
            }
            let booking = bookings.remove(&place);
            let (key, wish) = match &booking {
                Some(Booking { key, wish, .. }) => (key.clone(), wish.clone()),
                None => {
                    let key = step.has_key.then(|| format!("{}-{steps}", self.number));
                    (key, sale.tickets.wish(step.ticket_type, step.seats)?)
                }
            };
            let (asked_for, request) = self.request(sale, step.then, booking.as_ref(), key.as_deref(), &wish);
            let may_repeat = key.is_some() || !matches!(asked_for, Asked::Booking(_));
            let mut tell = |answer, asked, answered| {
                let (user, event, key, asked_for) = (self.user, sale.event, key.clone(), asked_for.clone());
                told.push(Told { user, event, key, asked_for, answer, asked, answered });
            };
            let began = Instant::now();
            let reply = match may_repeat {
                true => self.caller.ask(&request).await,
                false => self.caller.ask_without_key(&request).await,
            };
            match reply {
                Some(reply) => {
                    let answer = Answered::of(&reply);
                    bookings.extend(standing(&answer, &asked_for, booking, &key, &wish).map(|one| (place, one)));
                    tell(answer, reply.asked, reply.answered);
                }
                // It may still be carried out, also after whatever this buyer would do next there.
                None => {
                    in_doubt.insert(place);
                    tell(Answered::Unknown, began, Instant::now());
                }
            }
        }
        Ok(Bought { told, caller: self.caller })
    }

    fn request(
        &self,
        sale: Sale,
        then: Then,
        booking: Option<&Booking>,
        key: Option<&str>,
        wish: &Wish,
    ) -> (Asked, Request) {
        let (number, event, token) = (self.number, sale.event, &self.token);
        let path = |booking: &Booking| format!("/events/{event}/registrations/{}", booking.id);
        let send = |words: &str, line: &str, header: &str, body: &str| {
            let words = format!("buyer {number}, who {words} {key:?} of event {event},");
            Request::new(Subject::Seats, words, line, token, header, body)
        };
        match (then, booking, booking.and_then(|booking| fewer(&booking.remaining))) {
            (Then::TakeFewer, Some(booking), Some(fewer)) => {
                let seats = fewer.parts().iter().map(|part| json!({ "price": part.price, "count": part.seats }));
                let body = json!({ "seats": seats.collect::<Vec<_>>(), "status": booking.status }).to_string();
                (Asked::Fewer(fewer), send("takes fewer seats of", &format!("PATCH {}", path(booking)), "", &body))
            }
            // Without a key, asking again is another booking.
            (Then::GiveUp, Some(booking), _) | (_, Some(booking @ Booking { key: None, .. }), _) => {
                (Asked::GivingUp, send("gives up", &format!("DELETE {}", path(booking)), "", ""))
            }
            _ => {
                let header = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
                let line = format!("POST /events/{event}/register");
                (Asked::Booking(wish.clone()), send("books", &line, &header, &wish.body))
            }
        }
    }
}

/// What a buyer knows of a booking after an answer; `None` if none stands.
fn standing(
    answer: &Answered,
    asked_for: &Asked,
    before: Option<Booking>,
    key: &Option<String>,
    wish: &Wish,
) -> Option<Booking> {
    let Answered::Stands { answer, .. } = answer else { return None };
    let remaining = match asked_for {
        Asked::Fewer(fewer) if answer.seats == Some(fewer.into()) => fewer.clone(),
        // Whoever was shown the waitlist keeps all seats, if they have come meanwhile.
        _ => before.map_or_else(|| wish.split.clone(), |before| before.remaining),
    };
    let booking = Booking { key: key.clone(), wish: wish.clone(), id: answer.id, status: answer.status, remaining };
    (!answer.status.is_over()).then_some(booking)
}

/// One seat less, of the last price; `None` if that leaves none.
fn fewer(seats: &Split) -> Option<Split> {
    let mut parts: Vec<Part> = seats.parts().to_vec();
    let last = parts.last_mut()?;
    last.seats -= 1;
    parts.retain(|part| part.seats > 0);
    Split::of(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crowd::tickets::Tickets;

    fn steps(seed: u64) -> Vec<Step> {
        let parties = Tickets { types: 2, party: 3, amount: 2_500 };
        let sales = [Tickets::SIMPLE, parties].map(|tickets| Sale { event: Uuid::now_v7().into(), tickets });
        let mut chance = Chance::new(seed);
        (0..300).map(|_| Step::choose(&mut chance, &sales).unwrap()).collect()
    }

    #[test]
    fn a_seed_repeats_a_buyers_steps() {
        assert_eq!(steps(5), steps(5));
        assert_ne!(steps(5), steps(6));
    }

    #[test]
    fn steps_are_of_every_sale_type_size_and_kind() {
        let steps = steps(5);
        for (ticket_type, seats) in [(1, 1), (1, 3), (2, 2)] {
            assert!(steps.iter().any(|s| (s.sale, s.ticket_type, s.seats) == (1, ticket_type, seats)));
        }
        assert!(steps.iter().all(|step| step.sale == 1 || (step.ticket_type, step.seats) == (1, 1)));
        assert!([true, false].iter().all(|has_key| steps.iter().any(|step| step.has_key == *has_key)));
        for then in [Then::AskAgain, Then::GiveUp, Then::TakeFewer] {
            assert!(steps.iter().any(|step| step.then == then), "{then:?}");
        }
    }

    #[test]
    fn one_seat_less_is_one_of_the_last_price() {
        let split = |parts: &[(i16, i16)]| {
            Split::of(parts.iter().map(|&(price, seats)| Part { price: price.into(), seats }).collect()).unwrap()
        };
        assert_eq!(fewer(&split(&[(1, 2), (2, 1)])), Some(split(&[(1, 2)])));
        assert_eq!(fewer(&split(&[(1, 2)])), Some(split(&[(1, 1)])));
        assert_eq!(fewer(&split(&[(1, 1)])), None);
    }
}
