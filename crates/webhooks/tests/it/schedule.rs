use std::time::Duration;

use uuid::Uuid;
use webhooks::schedule::{RETRY_AFTER_MAX, TRIES_MAX, pause};

const DAY: i32 = 24 * 3_600;

#[test]
fn the_pauses_grow_and_take_three_days_in_all() {
    for id in [Uuid::nil(), Uuid::from_u128(0x7f), Uuid::max()] {
        let tries = 1..=i16::try_from(TRIES_MAX).unwrap();
        let pauses: Vec<i32> = tries.map_while(|tries| pause(id, tries, None)).collect();
        assert_eq!(pauses.len(), TRIES_MAX - 1);
        assert!(pauses.is_sorted(), "{pauses:?}");
        let all: i32 = pauses.iter().sum();
        assert!((DAY * 11 / 4..=DAY * 13 / 4).contains(&all), "{all}");
    }
    assert_eq!(pause(Uuid::nil(), 0, None), None);
    assert_eq!(pause(Uuid::nil(), i16::MAX, None), None);
}

#[test]
fn pauses_of_different_deliveries_differ() {
    assert!(pause(Uuid::nil(), 3, None) < pause(Uuid::max(), 3, None));
}

#[test]
fn an_endpoint_can_ask_for_a_longer_pause_but_not_for_a_shorter_one_or_more_than_a_day() {
    let id = Uuid::nil();
    let asked = |seconds| pause(id, 2, Some(Duration::from_secs(seconds)));
    assert_eq!(asked(0), pause(id, 2, None));
    assert_eq!(asked(7_200), Some(7_200));
    assert_eq!(asked(u64::MAX), Some(i32::try_from(RETRY_AFTER_MAX.as_secs()).unwrap()));
    // Nobody can ask for another try.
    assert_eq!(pause(id, i16::try_from(TRIES_MAX).unwrap(), Some(Duration::from_secs(5))), None);
}
