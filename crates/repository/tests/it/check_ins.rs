//! Scans that are decided together: by the rule of `domain`, and each as if it were alone.

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use domain::check_ins::{DoorState, Obstacle, Scan, ScanPlace, Ticket, obstacle};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::RegistrationStatus;
use repository::check_ins::{self, Decided, Opening};
use uuid::Uuid;

use crate::stage::{connect, count, event};

/// The seats of each registration.
const SEATS: i16 = 2;

const STATUSES: [RegistrationStatus; 4] = [
    RegistrationStatus::Confirmed,
    RegistrationStatus::Held,
    RegistrationStatus::Waitlisted,
    RegistrationStatus::Cancelled,
];

/// An event with a registration in each state.
struct Hall {
    connection: AsyncPgConnection,
    event: EventId,
    registrations: Vec<RegistrationId>,
    by: UserId,
    _database: testdb::Database,
}

impl Hall {
    async fn open() -> Self {
        let database = testdb::Database::new().await;
        let mut connection = connect(&database.url()).await;
        let of = event(&mut connection, 20).await;
        let event = Uuid::from(of.id);
        connection
            .batch_execute(
                "alter table registrations drop constraint registrations_status_is_its_history, \
                 drop constraint registrations_hold, drop constraint registrations_cancellation",
            )
            .await
            .unwrap();
        let mut registrations = Vec::new();
        for (decision, status) in (10..).zip(STATUSES) {
            let (id, person) = (Uuid::now_v7(), Uuid::now_v7());
            let insert = format!(
                "insert into users (id, name, email, password_hash, role, kind) \
                 values ('{person}', 'Somebody', '{person}@example.com', '!', 'AUDIENCE', 'PERSON'); \
                 insert into registrations (event_id, id, user_id, status, decision, seats_booked, seats, registered_at) \
                 values ('{event}', '{id}', '{person}', '{}', {decision}, {SEATS}, {SEATS}, now())",
                status.as_str()
            );
            connection.batch_execute(&insert).await.unwrap();
            registrations.push(id.into());
        }
        Self { connection, event: of.id, registrations, by: of.organizer, _database: database }
    }

    fn scan(&self, registration: usize, number: i16) -> Scan {
        Scan {
            id: Uuid::now_v7().into(),
            ticket: Ticket { registration: self.registrations[registration], number },
            place: ScanPlace { gate: "North".to_owned(), device: "Phone 1".to_owned(), scanned_at: Utc::now() },
            by: self.by,
            let_in: false,
        }
    }

    async fn decide(&mut self, opening: Opening, scans: &[Scan]) -> Vec<Decided> {
        check_ins::check_in(&mut self.connection, self.event, opening, scans).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn scans_are_decided_by_the_rule_of_the_domain_in_every_state_of_ticket_and_door() {
    let mut hall = Hall::open().await;
    let (long_ago, in_a_day) = (DateTime::UNIX_EPOCH, Utc::now() + TimeDelta::days(1));
    let doors = [
        (Opening::Never, DoorState::Off),
        (Opening::From(None), DoorState::Open),
        (Opening::From(Some(long_ago)), DoorState::Open),
        (Opening::From(Some(in_a_day)), DoorState::NotYet),
    ];
    let tickets: Vec<(usize, i16)> = (0..STATUSES.len()).flat_map(|of| (1..=SEATS + 1).map(move |n| (of, n))).collect();
    for (opening, door) in doors {
        for is_in in [false, true] {
            hall.connection.batch_execute("delete from check_ins").await.unwrap();
            if is_in {
                hall.connection
                    .batch_execute(&format!(
                        "insert into check_ins (event_id, id, registration_id, ticket, gate, device, scanned_at, scanned_by) \
                         select event_id, gen_random_uuid(), id, n, 'South', 'Phone 2', now(), user_id \
                         from registrations, generate_series(1, {SEATS} + 1) n"
                    ))
                    .await
                    .unwrap();
            }
            let before = count(&mut hall.connection, "check_ins").await;
            let scans: Vec<Scan> = tickets.iter().map(|(of, number)| hall.scan(*of, *number)).collect();
            let decided = hall.decide(opening, &scans).await;
            let mut admitted = 0;
            for ((of, number), decided) in tickets.iter().zip(decided) {
                let expected = obstacle(STATUSES[*of], SEATS, *number, is_in, door);
                assert_eq!(decided.obstacle, expected, "{:?}, ticket {number}, {door:?}, in: {is_in}", STATUSES[*of]);
                admitted += i64::from(expected.is_none());
            }
            assert_eq!(count(&mut hall.connection, "check_ins").await, before + admitted);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_or_a_ticket_that_comes_twice_in_one_call_is_decided_as_if_it_had_come_later() {
    let mut hall = Hall::open().await;
    let (first, other) = (hall.scan(0, 2), hall.scan(0, 1));
    let same_ticket = hall.scan(0, 2);
    let stolen = Scan { id: first.id, ..hall.scan(1, 1) };
    let scans = [first.clone(), other.clone(), same_ticket, first.clone(), stolen];
    let decided = hall.decide(Opening::From(None), &scans).await;
    let obstacles: Vec<Option<Obstacle>> = decided.iter().map(|one| one.obstacle).collect();
    assert_eq!(obstacles, [None, None, Some(Obstacle::AlreadyIn), None, None]);
    assert!(decided[4].found.is_none(), "a scan's id is of one ticket");
    let ids: Vec<_> = decided[..4].iter().map(|one| one.check_in.as_ref().unwrap().id).collect();
    assert_eq!(ids, [first.id, other.id, first.id, first.id]);
    assert_eq!(count(&mut hall.connection, "check_ins").await, 2);

    // Two gates that were alone have let the same person in, and one of them sends it twice.
    hall.connection.batch_execute("delete from check_ins").await.unwrap();
    let alone = |scan: Scan| Scan { let_in: true, ..scan };
    let (north, south) = (alone(hall.scan(0, 1)), alone(hall.scan(0, 1)));
    let decided = hall.decide(Opening::From(None), &[north.clone(), south.clone(), south]).await;
    let obstacles: Vec<Option<Obstacle>> = decided.iter().map(|one| one.obstacle).collect();
    assert_eq!(obstacles, [None, Some(Obstacle::AlreadyIn), Some(Obstacle::AlreadyIn)]);
    assert!(decided.iter().all(|one| one.check_in.as_ref().unwrap().id == north.id));
    assert_eq!(count(&mut hall.connection, "check_ins").await, 2);
}
