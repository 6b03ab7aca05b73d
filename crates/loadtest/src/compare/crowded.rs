//! A sale of one ticket type at an event that a million people have booked in other types.

use domain::ids::EventId;

use crate::compare::rows::{BESIDE_TYPES, EMPTY_EVENT, USUAL};
use crate::compare::run::Run;
use crate::compare::sites::{Crowded, Site, WARM_UP, mean};
use crate::crowd::tickets::Tickets;
use crate::error::Error;
use crate::machine::test_bed::TestBed;
use crate::sale::script::Plan;

const DATABASE: &str = "crowded";

/// Types that are sold, one in each round, and types that are full: each of those has seats for some of its people.
const SOLD_TYPES: usize = 5;
const FULL_TYPES: usize = 4;
const PEOPLE_OF_TYPE: usize = 250_000;

/// The tickets of the event. An event has a million seats at most.
const TICKETS: Tickets = Tickets { types: SOLD_TYPES + FULL_TYPES, ..Tickets::SIMPLE };
const SEATS: usize = USUAL.1;
const _: () = assert!(TICKETS.types * SEATS <= 1_000_000, "no event has as many seats");

/// People who book the full types. `{tag}` makes the ids of one call unique; `{people}` is their number.
const PEOPLE: &str = "
insert into users (id, name, email, password_hash, role, kind)
select ('01900000-0000-7000-b' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    'Bulk', n || '.{tag}@crowded.invalid', '!', 'AUDIENCE', 'PERSON' from generate_series(1, {people}) n;
";

/// Their registrations, as the server would have made them: types from `{first}` to `{last}` in turn, `{seats}` seats
/// of each, and a line behind them. A type's price has its number.
const REGISTRATIONS: &str = "
select from events where id = '{event}' for update;
insert into registrations (event_id, id, user_id, ticket_type, price, status, decision, seated_decision,
    idempotency_key, registered_at, seated_at)
select e.id, ('01900001-0000-7000-b' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    ('01900000-0000-7000-b' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(person), 12, '0'))::uuid,
    of_type, of_type, case when person <= {seats} then 'CONFIRMED' else 'WAITLISTED' end, e.last_decision + n,
    case when person <= {seats} then e.last_decision + n end, 'load-' || n, now(),
    case when person <= {seats} then now() end
from events e cross join generate_series(1, {people} * ({last} - {first} + 1)) n cross join lateral (
    select (n - 1) / ({last} - {first} + 1) + 1 as person, {first} + (n - 1) % ({last} - {first} + 1) as of_type) r
where e.id = '{event}';
update ticket_types set seats_remaining = 0, waiting = {people} - {seats}, seats_wanted = {people} - {seats},
    head_wants = 1, is_used = true where event_id = '{event}' and number between {first} and {last};
update prices set standing = {people}, is_used = true
where event_id = '{event}' and number between {first} and {last};
update events e set seats_remaining = t.remaining, waiting = t.waiting,
    last_decision = last_decision + {people} * ({last} - {first} + 1)
from (select sum(seats_remaining) as remaining, sum(waiting) as waiting from ticket_types
    where event_id = '{event}') t where e.id = '{event}';
insert into event_figures as known (event_id, minute, confirmed, waitlisted, promoted, cancelled)
values ('{event}', date_bin('1 minute', now(), timestamptz '2001-01-01 00:00:00+00'),
    {seats} * ({last} - {first} + 1), ({people} - {seats}) * ({last} - {first} + 1), 0, 0)
on conflict (event_id, minute) do update set confirmed = known.confirmed + excluded.confirmed,
    waitlisted = known.waitlisted + excluded.waitlisted;
";

impl<T: Fn(&str)> Run<'_, T> {
    /// A sale of the next type of the crowded event, with the usual sale of a new event before and after it.
    pub(super) async fn crowded_event(&mut self, round: usize) -> Result<(), Error> {
        if !self.needs(BESIDE_TYPES) {
            return Ok(());
        }
        let Crowded { site, event, sold } = self.crowd(round).await?;
        let before = self.sale(&site, USUAL.0, USUAL.1).await?;
        let plan = Plan::new([event], &site.people, 0..USUAL.1).asking(vec![TICKETS.wish(sold + 1, 1)?]);
        let beside = self.sell(&site, USUAL.0, plan).await?;
        let after = self.sale(&site, USUAL.0, USUAL.1).await?;
        self.add(BESIDE_TYPES, beside.bookings_per_second);
        self.add(EMPTY_EVENT, mean(&[before.bookings_per_second, after.bookings_per_second]));
        self.crowded = Some(Crowded { site, event, sold: sold + 1 });
        Ok(())
    }

    /// The crowded event, or a new one if there is none yet or all of its types are sold.
    async fn crowd(&mut self, round: usize) -> Result<Crowded, Error> {
        let site = match self.crowded.take() {
            Some(crowded) if crowded.sold < SOLD_TYPES => return Ok(crowded),
            Some(Crowded { site, .. }) => site,
            None => {
                let site = Site::open(self.test_bed, DATABASE, USUAL.1).await?;
                // The tables are not analyzed once they are full.
                for table in ["registrations", "events", "users", "event_decisions", "ticket_types", "prices"] {
                    self.test_bed.sql(DATABASE, &format!("alter table {table} set (autovacuum_enabled = false)"))?;
                }
                self.sale(&site, WARM_UP.0, WARM_UP.1).await?;
                site
            }
        };
        (self.report)("    (inserting a million registrations of other types)");
        let events = site.server.target.publish_with(TICKETS, 1, SEATS).await?;
        let [event] = events[..] else { return Err(Error::Failed("no event was created".to_owned())) };
        fill(self.test_bed, event, round)?;
        Ok(Crowded { site, event, sold: 0 })
    }
}

fn fill(test_bed: &TestBed, event: EventId, tag: usize) -> Result<(), Error> {
    let values = [
        ("{event}", event.to_string()),
        ("{tag}", tag.to_string()),
        ("{people}", PEOPLE_OF_TYPE.to_string()),
        ("{seats}", SEATS.to_string()),
        ("{first}", (SOLD_TYPES + 1).to_string()),
        ("{last}", TICKETS.types.to_string()),
    ];
    let filled = |text: &str| values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    test_bed.sql(DATABASE, &filled(PEOPLE))?;
    test_bed.sql(DATABASE, &filled(REGISTRATIONS)).map(drop)
}
