//! Whether everybody was told what stands.

use std::collections::HashMap;

use domain::ids::{EventId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use repository::{AsyncPgConnection, registrations};

use crate::crowd::play::Played;
use crate::crowd::untrue::Untrue;
use crate::error::Error;
use crate::sale::results::Sold;
use crate::sale::script::{Sale, Told};

/// Holds every answer of sales that are over against the tables, and the tables against the promises. Nobody else may have
/// booked at their events.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(connection: &mut AsyncPgConnection, sales: Vec<Played<Sale>>) -> Result<(Vec<Sold>, Untrue), Error> {
    let mut untrue = Untrue::default();
    let mut told: HashMap<EventId, HashMap<UserId, Option<Told>>> = HashMap::new();
    for Played { script: sale, .. } in &sales {
        for (buyer, answer) in sale.told.iter().enumerate() {
            let user = sale.plan.people.ids.get(sale.plan.buyers.start + buyer);
            if let (Some(user), Some(event)) = (user, sale.event_of(buyer)) {
                told.entry(event).or_default().insert(*user, *answer);
            }
        }
    }
    // One look at all there is where there are many: a look at each would take its time.
    let scope = if told.len() == 1 { told.keys().next().copied() } else { None };
    for (event, told) in told {
        compare(&registrations::list_of_event(connection, event).await?, told, &mut untrue);
    }
    untrue.add_broken_promises(connection, scope).await?;
    let results = sales.into_iter().map(|Played { mut script, began, took }| {
        script.judge_replays();
        untrue.absorb(std::mem::take(&mut script.untrue));
        script.sold(began, took)
    });
    Ok((results.collect(), untrue))
}

/// Holds what everybody who asked was told, which may be nothing, against what stands.
fn compare(rows: &[Registration], mut told: HashMap<UserId, Option<Told>>, untrue: &mut Untrue) {
    let mut position = 0;
    // In the order of their decisions: the line as it is read, since nobody has left it.
    for row in rows {
        let waits = row.status == RegistrationStatus::Waitlisted;
        position += i64::from(waits);
        let stands =
            Told { id: row.id.into(), status: row.status, position: waits.then_some(position), decision: row.decision };
        match told.remove(&row.user) {
            Some(Some(told)) if told == stands => {}
            Some(Some(told)) => untrue.add(|| format!("{} was told {told:?}, and it is {stands:?}", row.user)),
            Some(None) => untrue.add(|| format!("{} was told nothing, and has {stands:?}", row.user)),
            None => untrue.add(|| format!("nobody asked for {stands:?} of {}", row.user)),
        }
    }
    for (user, told) in told {
        match told {
            Some(told) => untrue.add(|| format!("{user} was told {told:?}, and has no registration")),
            None => untrue.add(|| format!("{user} was told nothing")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
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
        }
    }

    /// Two who have a seat and two who wait, and what they were told: the truth.
    fn sale() -> (Vec<Registration>, Vec<Told>) {
        use RegistrationStatus::{Confirmed, Waitlisted};
        let rows = vec![row(3, Confirmed), row(4, Confirmed), row(5, Waitlisted), row(6, Waitlisted)];
        let positions = [None, None, Some(1), Some(2)];
        let told = rows.iter().zip(positions).map(|(row, position)| Told {
            id: row.id.into(),
            status: row.status,
            position,
            decision: row.decision,
        });
        let told = told.collect();
        (rows, told)
    }

    fn found(rows: &[Registration], told: impl IntoIterator<Item = (UserId, Option<Told>)>) -> (u64, String) {
        let mut untrue = Untrue::default();
        compare(rows, told.into_iter().collect(), &mut untrue);
        (untrue.count, untrue.told.join("; "))
    }

    /// What is found when one of them was told something else.
    fn found_where(buyer: usize, lie: impl FnOnce(&mut Told)) -> (u64, String) {
        let (rows, mut told) = sale();
        lie(&mut told[buyer]);
        found(&rows, rows.iter().zip(told).map(|(row, told)| (row.user, Some(told))))
    }

    #[test]
    fn nothing_is_found_where_everybody_was_told_the_truth() {
        assert_eq!(found_where(0, |_| {}), (0, String::new()));
    }

    #[test]
    fn a_lie_about_a_place_is_found() {
        type Lie = fn(&mut Told);
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
    fn two_people_who_were_told_the_same_decision_are_found() {
        let (rows, told) = sale();
        let both = [told[0], told[0], told[2], told[3]];
        let (count, words) = found(&rows, rows.iter().zip(both).map(|(row, told)| (row.user, Some(told))));
        assert_eq!(count, 1, "{words}");
    }

    #[test]
    fn who_was_told_of_a_place_that_is_not_there_is_found() {
        let (rows, told) = sale();
        let everybody = rows.iter().zip(told).map(|(row, told)| (row.user, Some(told)));
        let (count, words) = found(&rows[..3], everybody);
        assert!(count == 1 && words.ends_with("and has no registration"), "{count} {words}");
    }

    #[test]
    fn who_has_a_place_and_was_told_nothing_is_found() {
        let (rows, told) = sale();
        let last = rows[3].user;
        let everybody = rows.iter().zip(told).map(|(row, told)| (row.user, (row.user != last).then_some(told)));
        let (count, words) = found(&rows, everybody);
        assert!(count == 1 && words.contains("was told nothing, and has"), "{count} {words}");
    }

    #[test]
    fn a_request_that_nobody_answered_or_carried_out_is_found() {
        let (rows, told) = sale();
        let everybody = rows.iter().zip(told).map(|(row, told)| (row.user, Some(told)));
        let (count, words) = found(&rows, everybody.chain([(Uuid::now_v7().into(), None)]));
        assert!(count == 1 && words.ends_with("was told nothing"), "{count} {words}");
    }

    #[test]
    fn a_place_that_nobody_asked_for_is_found() {
        let (mut rows, told) = sale();
        let everybody: Vec<_> = rows.iter().zip(told).map(|(row, told)| (row.user, Some(told))).collect();
        rows.push(Registration { user: rows[0].user, ..row(7, RegistrationStatus::Waitlisted) });
        rows.push(row(8, RegistrationStatus::Waitlisted));
        let (count, words) = found(&rows, everybody);
        assert!(count == 2 && words.starts_with("nobody asked for"), "{count} {words}");
    }
}
