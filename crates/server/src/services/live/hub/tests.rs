use super::streams::EVENTS_PER_ADDRESS_MAX;
use super::topics::{GAP, gap};
use super::*;
use std::net::Ipv4Addr;
use std::sync::atomic::AtomicUsize;
use std::task::{Wake, Waker};

use chrono::DateTime;
use domain::events::{Event, EventDetails, TicketedEvent};
use domain::money::Terms;
use domain::seats::Seats;
use domain::tickets::{Tickets, TypeNumber};
use repository::tallies::Tally;
use serde_json::Value;
use uuid::Uuid;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const HERE_BITS: u32 = Ipv4Addr::LOCALHOST.to_bits();
const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

fn hub() -> Arc<Hub> {
    Arc::new(Hub::new(Limits { streams: 100, streams_per_address: 50 }))
}

fn new_id() -> EventId {
    Uuid::now_v7().into()
}

fn tally(id: EventId, last_decision: i64) -> Tally {
    Tally {
        id,
        status: EventStatus::Published,
        seats: Seats::new(10),
        types: [(TypeNumber::FIRST, Seats::new(10))].into(),
        under_test: false,
        edit_version: 1,
        last_decision,
    }
}

fn shown(id: EventId, last_decision: i64) -> Seen {
    Seen::Shown(tally(id, last_decision))
}

/// The name and the data of every waiting message.
fn news(watch: &mut Watch) -> Vec<(String, Value)> {
    let mut context = Context::from_waker(Waker::noop());
    let mut all = Vec::new();
    while let Poll::Ready(Some(message)) = watch.poll_news(&mut context) {
        let text = std::str::from_utf8(&message).unwrap();
        let (name, data) = text.strip_prefix("event: ").unwrap().split_once("\ndata: ").unwrap();
        all.push((name.to_owned(), serde_json::from_str(data.strip_suffix("\n\n").unwrap()).unwrap()));
    }
    all
}

/// The decision numbers of the waiting messages.
fn decisions(watch: &mut Watch) -> Vec<i64> {
    news(watch).into_iter().map(|(_, data)| data["last_decision"].as_i64().unwrap()).collect()
}

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_watcher_gets_the_known_state_and_then_each_change() {
    let (hub, id, now) = (hub(), new_id(), Instant::now());
    let mut first = hub.watch(HERE, &[id]).unwrap();
    assert_eq!(hub.take_unknown(), [id]);
    hub.learn(id, shown(id, 3));
    assert!(decisions(&mut first).is_empty(), "not before it is published");
    hub.publish(now);
    assert_eq!(decisions(&mut first), [3]);
    let mut second = hub.watch(HERE, &[id]).unwrap();
    assert!(hub.take_unknown().is_empty());
    assert_eq!(decisions(&mut second), [3]);
    hub.learn(id, shown(id, 4));
    hub.publish(now + GAP);
    assert_eq!((decisions(&mut first), decisions(&mut second)), (vec![4], vec![4]));
    assert!(decisions(&mut first).is_empty(), "once each");
}

#[test]
fn a_burst_sends_one_message_per_gap_and_always_its_end() {
    let (hub, id, now) = (hub(), new_id(), Instant::now());
    let mut watch = hub.watch(HERE, &[id]).unwrap();
    let mut told = Vec::new();
    for (step, decision) in (1..=1000).enumerate() {
        hub.learn(id, shown(id, decision));
        let due = hub.publish(now + Duration::from_millis(u64::try_from(step).unwrap()));
        told.extend(decisions(&mut watch));
        assert!(due.is_none_or(|due| due <= now + Duration::from_millis(1_100)));
    }
    let due = hub.publish(now + Duration::from_millis(999)).unwrap();
    assert!(decisions(&mut watch).is_empty(), "not before it is due");
    assert_eq!(hub.publish(due), None);
    told.extend(decisions(&mut watch));
    assert_eq!(told, [1, 101, 201, 301, 401, 501, 601, 701, 801, 901, 1000]);
}

#[test]
fn a_large_crowd_gets_fewer_messages_but_never_too_few() {
    let of = |watches| gap(watches).as_millis();
    assert_eq!((of(0), of(1), of(1_000), of(2_000), of(5_000), of(10_000)), (100, 100, 100, 200, 500, 500));
    let limits = Limits { streams: 3_000, streams_per_address: 3_000 };
    let (hub, id, now) = (Arc::new(Hub::new(limits)), new_id(), Instant::now());
    let mut crowd: Vec<_> = (0..3_000).map(|_| hub.watch(HERE, &[id]).unwrap()).collect();
    hub.learn(id, shown(id, 1));
    hub.publish(now);
    hub.learn(id, shown(id, 2));
    assert_eq!(hub.publish(now + GAP), Some(now + GAP * 3));
    assert_eq!(decisions(&mut crowd[0]), [1]);
    assert_eq!(hub.publish(now + GAP * 3), None);
    assert_eq!(decisions(&mut crowd[0]), [2]);
}

#[test]
fn a_message_that_is_not_due_waits_until_it_is() {
    let (hub, now) = (hub(), Instant::now());
    let ids: Vec<_> = (0..5).map(|_| new_id()).collect();
    let mut watch = hub.watch(HERE, &ids).unwrap();
    let learn = |decision| ids.iter().for_each(|&id| hub.learn(id, shown(id, decision)));
    learn(1);
    hub.publish(now);
    assert_eq!(decisions(&mut watch), [1; 5]);
    learn(2);
    let (soon, due) = (now + GAP / 2, now + GAP);
    assert_eq!(hub.publish(soon), Some(due));
    assert!(lock(&hub.pending).is_empty(), "the next word of some other event does not look at them again");
    learn(3);
    assert!(lock(&hub.pending).is_empty());
    assert_eq!(hub.publish(soon), Some(due));
    assert!(decisions(&mut watch).is_empty());
    assert_eq!(hub.publish(due), None);
    assert_eq!(decisions(&mut watch), [3; 5]);
}

#[test]
fn a_slow_reader_gets_the_newest_state_only() {
    let (hub, id, now) = (hub(), new_id(), Instant::now());
    let mut slow = hub.watch(HERE, &[id]).unwrap();
    for (step, decision) in (1..=50).enumerate() {
        hub.learn(id, shown(id, decision));
        hub.publish(now + GAP * u32::try_from(step).unwrap());
    }
    assert_eq!(decisions(&mut slow), [50]);
}

#[test]
fn an_older_state_never_replaces_a_newer_one() {
    let (hub, id, mut now) = (hub(), new_id(), Instant::now());
    let mut watch = hub.watch(HERE, &[id]).unwrap();
    let edited = || Seen::Shown(Tally { edit_version: 2, seats: Seats::new(12), ..tally(id, 5) });
    for (seen, is_told) in [
        (Seen::Gone, true),
        (Seen::Gone, false),
        (shown(id, 5), true),
        (shown(id, 5), false),
        (shown(id, 4), false),
        (Seen::Gone, false),
        // An edit without a decision.
        (edited(), true),
        (shown(id, 5), false),
        (shown(id, 6), true),
        (edited(), false),
    ] {
        now += GAP;
        hub.learn(id, seen.clone());
        hub.publish(now);
        assert_eq!(news(&mut watch).len(), usize::from(is_told), "{seen:?}");
    }
}

fn event(id: EventId, status: EventStatus, last_decision: i64) -> TicketedEvent {
    let at = DateTime::UNIX_EPOCH;
    let seats = Seats::stored(10, 4, 0).unwrap();
    let mut tickets = Tickets::simple(10);
    tickets.types[0].seats = seats;
    let event = Event {
        id,
        organizer: Uuid::now_v7().into(),
        details: EventDetails {
            title: String::new(),
            description: String::new(),
            location: String::new(),
            starts_at: at,
            ends_at: at,
            time_zone: String::new(),
            sales_open_at: None,
            sales_close_at: None,
            cancel_until: None,
            verified_buyers_only: false,
        },
        seats,
        terms: Terms::default(),
        last_decision,
        status,
        under_test_since: None,
        rehearsal_of: None,
        edit_version: 1,
        created_at: at,
        updated_at: at,
    };
    TicketedEvent { event, tickets }
}

#[test]
fn a_commit_does_not_announce_events_that_are_not_public() {
    let (hub, id, mut now) = (hub(), new_id(), Instant::now());
    let mut watch = hub.watch(HERE, &[id]).unwrap();
    let mut told = |event: &TicketedEvent| {
        now += GAP;
        hub.note(event);
        hub.publish(now);
        news(&mut watch)
    };
    assert!(told(&event(id, EventStatus::Draft, 1)).is_empty());
    let mut copy = event(id, EventStatus::Published, 2);
    copy.event.rehearsal_of = Some(new_id());
    assert!(told(&copy).is_empty());
    assert!(told(&event(id, EventStatus::Cancelled, 3)).is_empty(), "it may have been a draft until then");
    assert!(told(&event(new_id(), EventStatus::Published, 4)).is_empty(), "nobody watches it");
    let published = told(&event(id, EventStatus::Published, 5));
    assert_eq!((published[0].0.as_str(), &published[0].1["confirmed"]), ("event", &6.into()));
    assert_eq!(told(&event(id, EventStatus::Cancelled, 6))[0].1["status"], "CANCELLED");
}

#[test]
fn each_of_many_events_gets_its_turn_beside_one_that_never_rests() {
    let (hub, now) = (hub(), Instant::now());
    let ids: Vec<_> = (0..5).map(|_| new_id()).collect();
    let mut watch = hub.watch(HERE, &ids).unwrap();
    let mut context = Context::from_waker(Waker::noop());
    for &id in &ids {
        hub.learn(id, shown(id, 1));
    }
    hub.publish(now);
    let mut given = Vec::new();
    for step in 1..=5 {
        let Poll::Ready(Some(message)) = watch.poll_news(&mut context) else { panic!() };
        given.push(message);
        hub.learn(ids[0], shown(ids[0], 1 + step));
        hub.publish(now + GAP * u32::try_from(step).unwrap());
    }
    for id in ids {
        assert_eq!(
            given.iter().filter(|message| String::from_utf8_lossy(message).contains(&id.to_string())).count(),
            1
        );
    }
}

#[test]
fn all_watchers_wake_and_share_one_message() {
    let (hub, id, now) = (hub(), new_id(), Instant::now());
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    let mut context = Context::from_waker(&waker);
    let mut crowd: Vec<_> = (0..50).map(|_| hub.watch(HERE, &[id]).unwrap()).collect();
    for watch in &mut crowd {
        assert!(watch.poll_news(&mut context).is_pending());
    }
    hub.learn(id, shown(id, 1));
    hub.publish(now);
    assert_eq!(count.0.load(Ordering::SeqCst), 50);
    let mut messages: Vec<_> = crowd
        .iter_mut()
        .map(|watch| match watch.poll_news(&mut context) {
            Poll::Ready(Some(message)) => message.as_ptr(),
            other => panic!("{other:?}"),
        })
        .collect();
    messages.dedup();
    assert_eq!(messages.len(), 1);
}

#[test]
fn events_without_watchers_are_forgotten() {
    let (hub, one, other) = (hub(), new_id(), new_id());
    let first = hub.watch(HERE, &[one, other]).unwrap();
    let second = hub.watch(HERE, &[one]).unwrap();
    assert_eq!(hub.watched().len(), 2);
    drop(first);
    assert_eq!(hub.watched(), [one]);
    drop(second);
    assert!(hub.watched().is_empty());
    let streams = lock(&hub.streams);
    assert_eq!((streams.all, streams.by_address.len()), (0, 0));
}

#[test]
fn streams_are_bounded_in_total_and_by_address() {
    let (hub, id) = (hub(), new_id());
    let mut here: Vec<_> = (0..50).map(|_| hub.watch(HERE, &[id]).unwrap()).collect();
    assert_eq!(hub.watch(HERE, &[id]).err(), Some(Full));
    let _there: Vec<_> = (0..50).map(|_| hub.watch(THERE, &[id]).unwrap()).collect();
    here.pop();
    let third = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));
    let last = hub.watch(third, &[id]).unwrap();
    assert_eq!(hub.watch(HERE, &[id]).err(), Some(Full), "the server's bound");
    drop(last);
    assert!(hub.watch(HERE, &[id]).is_ok());
}

/// Watches that many new events, 100 on each stream, from as many addresses as needed.
fn crowd(hub: &Arc<Hub>, events: usize, first_address: u32) -> (Vec<EventId>, Vec<Watch>) {
    let ids: Vec<_> = (0..events).map(|_| new_id()).collect();
    let of_addresses = ids.chunks(EVENTS_PER_ADDRESS_MAX).zip(first_address..);
    let watches = of_addresses.flat_map(|(ids, address)| {
        ids.chunks(100).map(move |ids| hub.watch(Ipv4Addr::from_bits(address).into(), ids).unwrap())
    });
    let watches = watches.collect();
    (ids, watches)
}

fn spacious() -> Arc<Hub> {
    Arc::new(Hub::new(Limits { streams: 10_000, streams_per_address: 10_000 }))
}

#[test]
fn events_are_bounded_too() {
    let hub = spacious();
    let (ids, _watches) = crowd(&hub, EVENTS_MAX, 1);
    assert_eq!(hub.watch(HERE, &[ids[0], new_id()]).err(), Some(Full));
    assert_eq!(hub.watched().len(), EVENTS_MAX);
    assert!(hub.watch(HERE, &ids[..100]).is_ok(), "what is watched anyway costs nothing more");
}

#[test]
fn one_address_takes_no_more_than_its_share_of_the_events() {
    let hub = spacious();
    let (ids, mut watches) = crowd(&hub, EVENTS_PER_ADDRESS_MAX, HERE_BITS);
    assert_eq!(hub.watch(HERE, &[ids[0], new_id()]).err(), Some(Full));
    let again = hub.watch(HERE, &ids[..100]).unwrap();
    assert!(hub.watch(THERE, &[new_id()]).is_ok(), "nobody else is kept out");
    drop(watches.swap_remove(0));
    assert_eq!(hub.watch(HERE, &[new_id()]).err(), Some(Full), "they are still watched on another stream");
    drop(again);
    let (_, _further) = crowd(&hub, 100, HERE_BITS);
    assert_eq!(hub.watch(HERE, &[new_id()]).err(), Some(Full));
}

#[test]
fn watching_hidden_events_does_not_keep_others_out() {
    let hub = spacious();
    let (made_up, watches) = crowd(&hub, EVENTS_MAX, 1);
    for &id in &made_up {
        hub.learn(id, Seen::Gone);
        hub.learn(id, Seen::Gone);
    }
    assert_eq!((hub.watched(), hub.gone().len()), (vec![], EVENTS_MAX));
    // A draft that is published counts like any other.
    hub.learn(made_up[0], shown(made_up[0], 1));
    assert_eq!((hub.watched(), hub.gone().len()), (vec![made_up[0]], EVENTS_MAX - 1));
    let (_, others) = crowd(&hub, EVENTS_MAX - 1, HERE_BITS);
    assert_eq!(hub.watch(THERE, &[new_id()]).err(), Some(Full));
    drop(others);
    drop(watches);
    assert!(hub.is_idle() && hub.gone().is_empty());
    let (_, _all) = crowd(&hub, EVENTS_MAX, 1);
    assert_eq!(hub.watch(THERE, &[new_id()]).err(), Some(Full), "what has gone for good is not counted off");
}

#[test]
fn ids_that_do_not_exist_take_nothing_from_those_that_do() {
    let hub = spacious();
    let (made_up, mut watches) = crowd(&hub, EVENTS_PER_ADDRESS_MAX, HERE_BITS);
    assert_eq!(hub.watch(HERE, &[new_id()]).err(), Some(Full), "they count until they are known");
    hub.let_go(&made_up);
    hub.publish(Instant::now());
    assert!(hub.is_idle() && hub.gone().is_empty());
    let told: Vec<_> = watches.iter_mut().flat_map(news).collect();
    assert!(told.iter().all(|(name, _)| name == "gone"), "{told:?}");
    let mut told: Vec<EventId> = told.iter().map(|(_, data)| data["id"].as_str().unwrap().parse().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, made_up, "each once");
    assert!(watches.iter().all(|watch| watch.topics.is_empty()), "nothing is kept for them");

    let (real, more) = crowd(&hub, EVENTS_PER_ADDRESS_MAX, HERE_BITS);
    real.iter().for_each(|&id| hub.learn(id, shown(id, 1)));
    assert_eq!(hub.watched().len(), EVENTS_PER_ADDRESS_MAX);
    assert_eq!(hub.watch(HERE, &[new_id()]).err(), Some(Full));
    drop(watches);
    assert_eq!(hub.watched().len(), EVENTS_PER_ADDRESS_MAX);
    drop(more);
    assert!(hub.is_idle());
    let streams = lock(&hub.streams);
    assert_eq!((streams.all, streams.by_address.len()), (0, 0));
}

#[test]
fn an_id_that_was_let_go_is_asked_for_again_when_somebody_watches_it_again() {
    let (hub, id, other) = (hub(), new_id(), new_id());
    let mut first = hub.watch(HERE, &[id, other]).unwrap();
    hub.take_unknown();
    hub.learn(other, shown(other, 1));
    hub.let_go(&[id, other]);
    hub.publish(Instant::now());
    assert_eq!(hub.watched(), [other], "a public event stays public");
    assert_eq!(news(&mut first).len(), 2);
    let mut again = hub.watch(HERE, &[id]).unwrap();
    assert_eq!(hub.take_unknown(), [id]);
    drop(first);
    hub.learn(id, shown(id, 3));
    hub.publish(Instant::now() + GAP);
    assert_eq!(decisions(&mut again), [3], "the end of the earlier watch leaves it alone");
    drop(again);
    assert!(hub.is_idle());
}

#[test]
fn unknown_ids_are_bounded_too() {
    let hub = spacious();
    let (made_up, _watches) = crowd(&hub, EVENTS_MAX, 1);
    made_up.iter().for_each(|&id| hub.learn(id, Seen::Gone));
    let (made_up, _more) = crowd(&hub, EVENTS_MAX, HERE_BITS);
    made_up.iter().for_each(|&id| hub.learn(id, Seen::Gone));
    assert_eq!(hub.watch(THERE, &[new_id()]).err(), Some(Full));
}

#[test]
fn a_closed_hub_ends_all_streams_and_accepts_none() {
    let (hub, id) = (hub(), new_id());
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    let mut context = Context::from_waker(&waker);
    let mut watch = hub.watch(HERE, &[id]).unwrap();
    assert!(watch.poll_news(&mut context).is_pending());
    hub.close();
    assert_eq!(count.0.load(Ordering::SeqCst), 1);
    assert!(matches!(watch.poll_news(&mut context), Poll::Ready(None)));
    assert_eq!(hub.watch(HERE, &[id]).err(), Some(Full));
}

#[test]
fn a_loop_that_starts_again_publishes_what_the_one_before_has_lost() {
    let (hub, id) = (hub(), new_id());
    let mut watch = hub.watch(HERE, &[id]).unwrap();
    hub.learn(id, shown(id, 1));
    // As a loop leaves it that panics between taking a change and publishing it.
    lock(&hub.pending).clear();
    hub.learn(id, shown(id, 2));
    hub.publish(Instant::now());
    assert!(decisions(&mut watch).is_empty(), "nobody knows of it any more");
    hub.publish_all_again();
    hub.publish(Instant::now());
    assert_eq!(decisions(&mut watch), [2]);
}
