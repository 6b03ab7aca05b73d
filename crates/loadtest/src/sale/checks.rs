//! The comparison of every answer with the tables.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use domain::history::{self, What};
use domain::ids::{EventId, UserId};
use domain::tickets::TypeNumber;
use repository::{AsyncPgConnection, histories, registrations};

use crate::crowd::findings::Findings;
use crate::crowd::play::Played;
use crate::crowd::tickets::Wish;
use crate::error::Error;
use crate::sale::answers::{self, Answer};
use crate::sale::results::SaleResult;
use crate::sale::script::Sale;

/// What a buyer was told first, and what they had asked for.
#[derive(Clone, Copy)]
struct Told<'a> {
    /// `None` if there was no answer.
    answer: Option<Answer>,
    wish: Option<&'a Wish>,
    /// When the first request was sent, if nobody has sent one before the sale, and when the first answer was there.
    call: (Option<Instant>, Option<Instant>),
}

impl Told<'_> {
    /// The same, for a history. Times are counted from `began`.
    fn of_history(&self, began: Instant) -> Option<history::Told> {
        let Answer { id, status, position, decision: number, .. } = self.answer?;
        let (asked, answered) = self.call;
        let since = |at: Instant| at.saturating_duration_since(began);
        Some(history::Told {
            registration: id.into(),
            // Nobody cancels during a sale, so that every answer tells of the place as it was made.
            what: What::Made { number, is_seated: Some(status.takes_seat()), position },
            asked: asked.map(since).unwrap_or_default(),
            answered: since(answered?),
        })
    }
}

/// Compares every answer of finished sales with the tables, replays the histories of their events beside the answers,
/// and checks the promises in the tables. Only these sales may have booked at their events or, if all buyers named a
/// ticket type, only they may have booked those types.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(
    connection: &mut AsyncPgConnection,
    sales: Vec<Played<Sale>>,
) -> Result<(Vec<SaleResult>, Findings), Error> {
    let mut findings = Findings::default();
    let told = told_at_events(&sales);
    let began = sales.iter().map(|sale| sale.began).min();
    // For many events, one check of all events takes less time than a check of each.
    let scope = if told.len() == 1 { told.keys().next().copied() } else { None };
    for (event, told) in told {
        let rows = match types_of(&told) {
            Some(types) => registrations::list_of_types(connection, event, &types).await?,
            None => registrations::list_of_event(connection, event).await?,
        };
        if let (Some(began), Some(history)) = (began, histories::read(connection, event).await?) {
            let told: Vec<_> = told.values().filter_map(|told| told.of_history(began)).collect();
            let verdict = history::verdict(&history, &told);
            for nth in 0..verdict.count {
                findings.add(|| match verdict.violations.get(nth) {
                    Some(violation) => format!("event {event}: {violation}"),
                    None => format!("event {event}: one more violation of its history"),
                });
            }
        }
        compare(answers::of_rows(&rows), told, &mut findings);
    }
    findings.add_broken_promises(connection, scope).await?;
    let results = sales.into_iter().map(|sale| result(sale, &mut findings));
    Ok((results.collect(), findings))
}

/// As [`check`], where the true answers were read elsewhere, without tickets. The promises are not checked.
pub fn check_with(actual: Vec<(UserId, Answer)>, sale: Played<Sale>) -> (SaleResult, Findings) {
    let mut findings = Findings::default();
    let told = told_at_events(std::slice::from_ref(&sale)).into_values().flatten();
    let told = told.map(|(user, told)| (user, Told { answer: told.answer.map(Answer::without_tickets), ..told }));
    compare(actual, told.collect(), &mut findings);
    (result(sale, &mut findings), findings)
}

fn result(sale: Played<Sale>, findings: &mut Findings) -> SaleResult {
    let Played { mut script, began, took } = sale;
    script.check_replays();
    findings.absorb(std::mem::take(&mut script.findings));
    SaleResult::of(&script, began, took)
}

fn told_at_events(sales: &[Played<Sale>]) -> HashMap<EventId, HashMap<UserId, Told<'_>>> {
    let mut told: HashMap<EventId, HashMap<UserId, Told<'_>>> = HashMap::new();
    for Played { script: sale, .. } in sales {
        for (buyer, answer) in sale.first_answers.iter().enumerate() {
            let user = sale.plan.people.ids.get(sale.plan.buyers.start + buyer);
            if let (Some(user), Some(event)) = (user, sale.event_of(buyer)) {
                let wish = sale.wish_of(buyer);
                let (asked, answered) = sale.calls.get(buyer).copied().unwrap_or_default();
                let call = (asked.filter(|_| !sale.plan.was_asked_before), answered);
                told.entry(event).or_default().insert(*user, Told { answer: *answer, wish, call });
            }
        }
    }
    told
}

/// The ticket types that were asked for; `None` if somebody named none.
fn types_of(told: &HashMap<UserId, Told<'_>>) -> Option<Vec<TypeNumber>> {
    let types: Option<BTreeSet<_>> = told.values().map(|told| Some(told.wish?.ticket_type)).collect();
    types.map(|types| types.into_iter().collect())
}

/// Compares the first answers of all who booked with the true ones, and those with the wishes.
fn compare(actual: Vec<(UserId, Answer)>, mut told: HashMap<UserId, Told<'_>>, findings: &mut Findings) {
    for (user, actual) in actual {
        let Some(Told { answer, wish, .. }) = told.remove(&user) else {
            findings.add(|| format!("nobody asked for {actual:?} of {user}"));
            continue;
        };
        match answer {
            Some(answer) if answer == actual => {}
            Some(answer) => findings.add(|| format!("{user} was told {answer:?}, but has {actual:?}")),
            None => findings.add(|| format!("{user} was told nothing, but has {actual:?}")),
        }
        if !actual.is_as_asked(wish) {
            findings.add(|| format!("{user} asked for {wish:?}, but has {actual:?}"));
        }
    }
    for (user, Told { answer, .. }) in told {
        match answer {
            Some(answer) => findings.add(|| format!("{user} was told {answer:?}, but has no registration")),
            None => findings.add(|| format!("{user} was told nothing")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::registrations::{Registration, RegistrationStatus};
    use domain::tickets::{Part, Split};
    use uuid::Uuid;

    use super::*;
    use crate::crowd::tickets::Tickets;
    use crate::sale::samples;

    fn row(number: i64, status: RegistrationStatus) -> Registration {
        samples::registration(number, status)
    }

    /// Two with a seat, two on the waitlist, and their true answers.
    fn sale() -> (Vec<Registration>, Vec<Answer>) {
        use RegistrationStatus::{Confirmed, Waitlisted};
        let rows = vec![row(3, Confirmed), row(4, Confirmed), row(5, Waitlisted), row(6, Waitlisted)];
        let told = answers::of_rows(&rows).into_iter().map(|(_, answer)| answer).collect();
        (rows, told)
    }

    fn found(rows: &[Registration], told: impl IntoIterator<Item = (UserId, Option<Answer>)>) -> (u64, String) {
        let told =
            told.into_iter().map(|(user, answer)| (user, Told { answer, wish: None, call: (None, None) })).collect();
        found_of(rows, told)
    }

    fn found_of(rows: &[Registration], told: HashMap<UserId, Told<'_>>) -> (u64, String) {
        let mut findings = Findings::default();
        compare(answers::of_rows(rows), told, &mut findings);
        (findings.count, findings.examples.join("; "))
    }

    /// The findings if one of them was told something else.
    fn found_where(buyer: usize, lie: impl FnOnce(&mut Answer)) -> (u64, String) {
        let (rows, mut told) = sale();
        lie(&mut told[buyer]);
        found(&rows, rows.iter().zip(told).map(|(row, told)| (row.user, Some(told))))
    }

    #[test]
    fn true_answers_give_no_finding() {
        assert_eq!(found_where(0, |_| {}), (0, String::new()));
    }

    #[test]
    fn a_wrong_answer_is_found() {
        type Lie = fn(&mut Answer);
        let lies: [(usize, Lie); 11] = [
            (0, |told| told.status = RegistrationStatus::Waitlisted),
            (2, |told| told.status = RegistrationStatus::Confirmed),
            (2, |told| told.position = Some(2)),
            (3, |told| told.position = None),
            (1, |told| told.decision = 3),
            (1, |told| told.id = Uuid::now_v7()),
            (0, |told| told.seat_count = Some(2)),
            (0, |told| told.amount = Some(1)),
            (0, |told| told.ticket_type = None),
            (0, |told| told.held_until = Some(chrono::DateTime::UNIX_EPOCH)),
            (3, |told| told.seats_ahead = Some(2)),
        ];
        for (buyer, lie) in lies {
            let (count, words) = found_where(buyer, lie);
            assert_eq!(count, 1, "{words}");
            assert!(words.contains("was told"), "{words}");
        }
    }

    #[test]
    fn an_answer_is_told_to_the_history_with_its_times() {
        let (_, told) = sale();
        let began = Instant::now();
        let at = |seconds| Some(began + Duration::from_secs(seconds));
        let of = |answer, call| Told { answer, wish: None, call }.of_history(began);
        let seated = of(Some(told[0]), (at(1), at(3))).unwrap();
        assert_eq!(seated.what, What::Made { number: 3, is_seated: Some(true), position: None });
        assert_eq!((seated.asked, seated.answered), (Duration::from_secs(1), Duration::from_secs(3)));
        let waiting = of(Some(told[3]), (None, at(3))).unwrap();
        assert_eq!(waiting.what, What::Made { number: 6, is_seated: Some(false), position: Some(2) });
        assert_eq!(waiting.asked, Duration::ZERO, "it may have been asked for before the sale");
        assert_eq!(of(None, (at(1), None)), None);
    }

    #[test]
    fn two_people_with_the_same_answer_are_found() {
        let (rows, told) = sale();
        let both = [told[0], told[0], told[2], told[3]];
        let (count, words) = found(&rows, rows.iter().zip(both).map(|(row, told)| (row.user, Some(told))));
        assert_eq!(count, 1, "{words}");
    }

    #[test]
    fn an_answer_without_a_registration_is_found() {
        let (rows, told) = sale();
        let everybody = rows.iter().zip(told).map(|(row, told)| (row.user, Some(told)));
        let (count, words) = found(&rows[..3], everybody);
        assert!(count == 1 && words.ends_with("but has no registration"), "{count} {words}");
    }

    #[test]
    fn a_registration_without_an_answer_is_found() {
        let (rows, told) = sale();
        let last = rows[3].user;
        let everybody = rows.iter().zip(told).map(|(row, told)| (row.user, (row.user != last).then_some(told)));
        let (count, words) = found(&rows, everybody);
        assert!(count == 1 && words.contains("was told nothing, but has"), "{count} {words}");
    }

    #[test]
    fn a_request_without_an_answer_or_a_registration_is_found() {
        let (rows, told) = sale();
        let everybody = rows.iter().zip(told).map(|(row, told)| (row.user, Some(told)));
        let (count, words) = found(&rows, everybody.chain([(Uuid::now_v7().into(), None)]));
        assert!(count == 1 && words.ends_with("was told nothing"), "{count} {words}");
    }

    #[test]
    fn a_registration_that_nobody_asked_for_is_found() {
        let (mut rows, told) = sale();
        let everybody: Vec<_> = rows.iter().zip(told).map(|(row, told)| (row.user, Some(told))).collect();
        rows.push(Registration { user: rows[0].user, ..row(7, RegistrationStatus::Waitlisted) });
        rows.push(row(8, RegistrationStatus::Waitlisted));
        let (count, words) = found(&rows, everybody);
        assert!(count == 2 && words.starts_with("nobody asked for"), "{count} {words}");
    }

    #[test]
    fn a_registration_that_is_not_what_was_asked_for_is_found() {
        let tickets = Tickets { types: 2, party: 3, amount: samples::AMOUNT.try_into().unwrap() };
        let wish = tickets.wish(2, 3).unwrap();
        let asked = Registration {
            ticket_type: wish.ticket_type,
            split: wish.split.clone(),
            amount: wish.amount,
            ..row(3, RegistrationStatus::Held)
        };
        let split = |price: i16, seats| Split::of(vec![Part { price: price.into(), seats }]).unwrap();
        let others = [
            Registration { ticket_type: 1.into(), ..asked.clone() },
            Registration { split: split(3, 3), ..asked.clone() },
            Registration { split: split(3, 2), ..asked.clone() },
            Registration { amount: wish.amount - 1, ..asked.clone() },
        ];
        for (row, count) in std::iter::once((asked, 0)).chain(others.into_iter().map(|other| (other, 1))) {
            let answer = answers::of_rows(std::slice::from_ref(&row)).first().map(|(_, answer)| *answer);
            let told = HashMap::from([(row.user, Told { answer, wish: Some(&wish), call: (None, None) })]);
            assert_eq!(types_of(&told), Some(vec![wish.ticket_type]));
            let (found, words) = found_of(std::slice::from_ref(&row), told);
            assert!(found == count && (count == 0 || words.contains("asked for")), "{row:?}: {words}");
            let told = HashMap::from([(row.user, Told { answer, wish: None, call: (None, None) })]);
            assert_eq!(types_of(&told), None);
            assert_eq!(found_of(&[row], told).0, 1, "a request without a wish is for one free seat");
        }
    }
}
