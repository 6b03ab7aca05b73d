//! The comparison of every answer with the tables.

use std::collections::HashMap;

use domain::ids::{EventId, UserId};
use domain::registrations::Registration;
use repository::{AsyncPgConnection, registrations};

use crate::crowd::findings::Findings;
use crate::crowd::play::Played;
use crate::error::Error;
use crate::sale::results::SaleResult;
use crate::sale::script::{Answer, Sale};

/// Compares every answer of finished sales with the tables, and checks the promises in the tables. Only these sales may
/// have booked at their events.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(
    connection: &mut AsyncPgConnection,
    sales: Vec<Played<Sale>>,
) -> Result<(Vec<SaleResult>, Findings), Error> {
    let mut findings = Findings::default();
    let mut answers: HashMap<EventId, HashMap<UserId, Option<Answer>>> = HashMap::new();
    for Played { script: sale, .. } in &sales {
        for (buyer, answer) in sale.first_answers.iter().enumerate() {
            let user = sale.plan.people.ids.get(sale.plan.buyers.start + buyer);
            if let (Some(user), Some(event)) = (user, sale.event_of(buyer)) {
                answers.entry(event).or_default().insert(*user, *answer);
            }
        }
    }
    // For many events, one check of all events takes less time than a check of each.
    let scope = if answers.len() == 1 { answers.keys().next().copied() } else { None };
    for (event, answers) in answers {
        compare(&registrations::list_of_event(connection, event).await?, answers, &mut findings);
    }
    findings.add_broken_promises(connection, scope).await?;
    let results = sales.into_iter().map(|Played { mut script, began, took }| {
        script.check_replays();
        findings.absorb(std::mem::take(&mut script.findings));
        SaleResult::of(&script, began, took)
    });
    Ok((results.collect(), findings))
}

/// Compares the first answers of all who booked, `None` where there was none, with the registrations of the event.
fn compare(rows: &[Registration], mut answers: HashMap<UserId, Option<Answer>>, findings: &mut Findings) {
    let mut position = 0;
    // Rows come in the order of their decisions, and nobody has left the waitlist: positions are consecutive.
    for row in rows {
        let waits = row.status.waits();
        position += i64::from(waits);
        let actual = Answer {
            id: row.id.into(),
            status: row.status,
            position: waits.then_some(position),
            decision: row.decision,
        };
        match answers.remove(&row.user) {
            Some(Some(answer)) if answer == actual => {}
            Some(Some(answer)) => findings.add(|| format!("{} was told {answer:?}, but has {actual:?}", row.user)),
            Some(None) => findings.add(|| format!("{} was told nothing, but has {actual:?}", row.user)),
            None => findings.add(|| format!("nobody asked for {actual:?} of {}", row.user)),
        }
    }
    for (user, answer) in answers {
        match answer {
            Some(answer) => findings.add(|| format!("{user} was told {answer:?}, but has no registration")),
            None => findings.add(|| format!("{user} was told nothing")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use domain::registrations::RegistrationStatus;
    use uuid::Uuid;

    fn row(number: i64, status: RegistrationStatus) -> Registration {
        let seat = (status == RegistrationStatus::Confirmed).then_some(number);
        Registration {
            id: Uuid::now_v7().into(),
            user: Uuid::now_v7().into(),
            status,
            decision: number,
            confirmed_decision: seat,
            cancelled_decision: None,
            idempotency_key: None,
            registered_at: DateTime::<Utc>::UNIX_EPOCH,
            confirmed_at: seat.map(|_| DateTime::<Utc>::UNIX_EPOCH),
            cancelled_at: None,
            cancellation: None,
        }
    }

    /// Two with a seat, two on the waitlist, and their true answers.
    fn sale() -> (Vec<Registration>, Vec<Answer>) {
        use RegistrationStatus::{Confirmed, Waitlisted};
        let rows = vec![row(3, Confirmed), row(4, Confirmed), row(5, Waitlisted), row(6, Waitlisted)];
        let positions = [None, None, Some(1), Some(2)];
        let told = rows.iter().zip(positions).map(|(row, position)| Answer {
            id: row.id.into(),
            status: row.status,
            position,
            decision: row.decision,
        });
        let told = told.collect();
        (rows, told)
    }

    fn found(rows: &[Registration], told: impl IntoIterator<Item = (UserId, Option<Answer>)>) -> (u64, String) {
        let mut findings = Findings::default();
        compare(rows, told.into_iter().collect(), &mut findings);
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
        let lies: [(usize, Lie); 6] = [
            (0, |told| told.status = RegistrationStatus::Waitlisted),
            (2, |told| told.status = RegistrationStatus::Confirmed),
            (2, |told| told.position = Some(2)),
            (3, |told| told.position = None),
            (1, |told| told.decision = 3),
            (1, |told| told.id = Uuid::now_v7()),
        ];
        for (buyer, lie) in lies {
            let (count, words) = found_where(buyer, lie);
            assert_eq!(count, 1, "{words}");
            assert!(words.contains("was told"), "{words}");
        }
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
}
