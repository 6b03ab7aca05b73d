//! The usual sale by a program of an earlier release, in turn with this one.
//!
//! Its database has the tables of its release. So its registrations are read by `psql`, and its own `verify` command
//! checks the promises.

use domain::ids::{EventId, UserId};
use domain::registrations::RegistrationStatus;
use uuid::Uuid;

use crate::compare::rows::{BEFORE, THIS, USUAL};
use crate::compare::run::Run;
use crate::compare::sites::{BEFORE_DATABASE, Before, REPEATS_PERCENT, WARM_UP, mean};
use crate::crowd::play;
use crate::error::Error;
use crate::machine::test_bed::TestBed;
use crate::sale::answers::Answer;
use crate::sale::checks;
use crate::sale::script::{Plan, Sale};

/// The registrations of an event in the order of their decisions. All releases have these columns.
const REGISTRATIONS: &str =
    "select id, user_id, status, decision from registrations where event_id = '{event}' order by decision";

impl<T: Fn(&str)> Run<'_, T> {
    /// The usual sale by the program before, twice by this one, and by the one before again.
    pub(super) async fn in_turn(&mut self) -> Result<(), Error> {
        let Some(before) = self.before.take() else { return Ok(()) };
        if self.needs(BEFORE) {
            self.sale_before(&before, WARM_UP).await?;
            let first = self.sale_before(&before, USUAL).await?;
            let this = [self.usual_sale().await?, self.usual_sale().await?];
            let last = self.sale_before(&before, USUAL).await?;
            self.add(THIS, mean(&this));
            self.add(BEFORE, mean(&[first, last]));
        }
        self.before = Some(before);
        Ok(())
    }

    async fn sale_before(&mut self, before: &Before, (in_flight, buyers): (usize, usize)) -> Result<f64, Error> {
        let Before { program, site } = before;
        let event = site.server.target.publish_event(buyers).await?;
        self.checkpoint()?;
        let plan = Plan::new([event], &site.people, 0..buyers).repeating(REPEATS_PERCENT);
        let played = play::play(site.server.target.address, in_flight, Sale::new(plan)).await?;
        let actual = registrations(self.test_bed, event)?;
        let (sold, findings) = checks::check_with(actual, played);
        self.findings.absorb(findings);
        if let Some(broken) = self.test_bed.verify(program, BEFORE_DATABASE, event)? {
            self.findings.add(|| format!("the program before broke a promise: {broken}"));
        }
        (self.report)(&format!("    (usual sale by the program before: {:.1})", sold.bookings_per_second));
        Ok(sold.bookings_per_second)
    }
}

fn registrations(test_bed: &TestBed, event: EventId) -> Result<Vec<(UserId, Answer)>, Error> {
    let text = test_bed.sql(BEFORE_DATABASE, &REGISTRATIONS.replace("{event}", &event.to_string()))?;
    answers(&text).ok_or_else(|| Error::Failed("psql printed no registrations".to_owned()))
}

/// The true answers, from one line for each registration.
fn answers(text: &str) -> Option<Vec<(UserId, Answer)>> {
    let mut waiting = 0;
    let answer = |line: &str| {
        let mut values = line.split('|');
        let id: Uuid = values.next()?.parse().ok()?;
        let user: Uuid = values.next()?.parse().ok()?;
        let status: RegistrationStatus = values.next()?.parse().ok()?;
        let decision = values.next()?.parse().ok()?;
        waiting += i64::from(status.waits());
        Some((user.into(), Answer::simple(id, status, status.waits().then_some(waiting), decision)))
    };
    text.lines().map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrations_are_read_with_their_positions() {
        let [one, two, three] = [1, 2, 3].map(Uuid::from_u128);
        let text = format!("{one}|{two}|CONFIRMED|3\n{two}|{three}|WAITLISTED|4\n{three}|{one}|WAITLISTED|5");
        let expected = [
            (two.into(), Answer::simple(one, RegistrationStatus::Confirmed, None, 3)),
            (three.into(), Answer::simple(two, RegistrationStatus::Waitlisted, Some(1), 4)),
            (one.into(), Answer::simple(three, RegistrationStatus::Waitlisted, Some(2), 5)),
        ];
        assert_eq!(answers(&text), Some(expected.to_vec()));
        assert_eq!(answers(""), Some(Vec::new()));
        for broken in ["x", "1|2|CONFIRMED|3", &text.replace("WAITLISTED", "LOST"), &text.replace("|4", "")] {
            assert_eq!(answers(broken), None, "{broken}");
        }
    }
}
