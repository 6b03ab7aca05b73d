use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use auth::throttle::{Limits, Throttle, Throttled};
use proptest::prelude::*;

const MINUTE: Duration = Duration::from_secs(60);

fn address(number: u32) -> IpAddr {
    Ipv4Addr::from(0x0a00_0000 + number).into()
}

fn parsed(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn throttled(seconds: u64) -> Throttled {
    Throttled { retry_after_seconds: seconds }
}

fn fail(throttle: &mut Throttle, account: &str, from: IpAddr, now: Instant) -> Result<(), Throttled> {
    throttle.begin(account, from, now).map(|attempt| throttle.failed(attempt))
}

fn fail_times(throttle: &mut Throttle, times: u32, account: &str, from: IpAddr, now: Instant) {
    for _ in 0..times {
        fail(throttle, account, from, now).unwrap();
    }
}

#[test]
fn ten_failures_lock_an_account_for_an_address_until_the_first_is_15_minutes_old() {
    let (mut throttle, start) = (Throttle::new(Limits::default()), Instant::now());
    for number in 0..10 {
        fail(&mut throttle, "alice@student.com", address(1), start + MINUTE * number).unwrap();
    }
    let refused = |throttle: &mut Throttle, now| fail(throttle, "alice@student.com", address(1), now);
    assert_eq!(refused(&mut throttle, start + MINUTE * 10), Err(throttled(300)));
    assert_eq!(refused(&mut throttle, start + MINUTE * 15 - Duration::from_millis(1)), Err(throttled(1)));
    assert_eq!(refused(&mut throttle, start + MINUTE * 15), Ok(()));
    assert_eq!(refused(&mut throttle, start + MINUTE * 15), Err(throttled(60)), "the second is a minute younger");
}

#[test]
fn a_locked_account_that_is_forgotten_is_free_and_its_guessers_address_is_not() {
    let (mut throttle, now) = (Throttle::new(Limits { failures_per_address: 11, ..Limits::default() }), Instant::now());
    let undecided = throttle.begin("alice@student.com", address(2), now).unwrap();
    fail_times(&mut throttle, 9, "alice@student.com", address(1), now);
    fail_times(&mut throttle, 1, "alice@student.com", address(1), now);
    assert!(fail(&mut throttle, "alice@student.com", address(1), now).is_err());
    throttle.forget_account(" Alice@Student.com");
    assert_eq!(throttle.keys_len(), (0, 0, 2));
    throttle.failed(undecided);
    fail_times(&mut throttle, 1, "alice@student.com", address(1), now);
    assert!(fail(&mut throttle, "bob@engineer.com", address(1), now).is_err());
    assert_eq!(throttle.keys_len(), (1, 1, 2));
}

#[test]
fn a_locked_account_leaves_others_alone_and_its_owner_elsewhere() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    fail_times(&mut throttle, 10, "alice@student.com", address(1), now);
    assert!(fail(&mut throttle, "alice@student.com", address(1), now).is_err());
    assert!(fail(&mut throttle, "bob@engineer.com", address(1), now).is_ok());
    assert!(fail(&mut throttle, "alice@student.com", address(2), now).is_ok(), "nobody is kept out by others' guesses");
}

#[test]
fn guesses_from_very_many_addresses_lock_an_account_after_all() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    for number in 0..20 {
        fail_times(&mut throttle, 10, "alice@student.com", address(number), now);
    }
    assert_eq!(fail(&mut throttle, "alice@student.com", address(99), now), Err(throttled(900)));
    assert!(fail(&mut throttle, "bob@engineer.com", address(99), now).is_ok());
}

#[test]
fn an_account_is_the_same_in_any_case_and_with_spaces_around() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    for typed in ["Alice@Student.com", " alice@student.com", "ALICE@STUDENT.COM "].into_iter().cycle().take(10) {
        fail(&mut throttle, typed, address(1), now).unwrap();
    }
    assert!(fail(&mut throttle, "alice@student.com", address(1), now).is_err());
}

#[test]
fn fifty_failures_lock_an_address_whatever_the_accounts() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    for number in 0..50 {
        fail(&mut throttle, &format!("user{number}@x.org"), address(1), now).unwrap();
    }
    assert_eq!(fail(&mut throttle, "another@x.org", address(1), now), Err(throttled(900)));
    assert_eq!(fail(&mut throttle, "another@x.org", address(2), now), Ok(()));
}

#[test]
fn an_ipv6_customer_is_one_address_by_its_64_bits() {
    let limits = Limits { failures_per_address: 3, ..Limits::default() };
    let (mut throttle, now) = (Throttle::new(limits), Instant::now());
    for (number, from) in ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:2:a:b:c:d"].into_iter().enumerate() {
        fail(&mut throttle, &number.to_string(), parsed(from), now).unwrap();
    }
    assert!(fail(&mut throttle, "x", parsed("2001:db8:1:2::77"), now).is_err());
    assert!(fail(&mut throttle, "x", parsed("2001:db8:1:3::1"), now).is_ok());
}

#[test]
fn an_ipv4_address_is_the_same_on_a_dual_stack_socket_and_not_all_of_them() {
    let limits = Limits { failures_per_address: 2, ..Limits::default() };
    let (mut throttle, now) = (Throttle::new(limits), Instant::now());
    fail_times(&mut throttle, 1, "a", parsed("192.0.2.1"), now);
    fail_times(&mut throttle, 1, "b", parsed("::ffff:192.0.2.1"), now);
    assert!(fail(&mut throttle, "c", parsed("192.0.2.1"), now).is_err());
    assert!(fail(&mut throttle, "c", parsed("::ffff:192.0.2.2"), now).is_ok());
}

#[test]
fn of_a_thousand_parallel_guesses_ten_pass_and_two_hundred_from_everywhere() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    let begun: Vec<_> = (0..1000).filter_map(|_| throttle.begin("alice@student.com", address(1), now).ok()).collect();
    assert_eq!(begun.len(), 10);
    let begun: Vec<_> =
        (0..1000).filter_map(|number| throttle.begin("bob@engineer.com", address(number), now).ok()).collect();
    assert_eq!(begun.len(), 200);
}

#[test]
fn undecided_tries_ask_to_wait_a_second_and_not_a_window() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    let mut begun: Vec<_> = (0..10).map(|_| throttle.begin("alice@student.com", address(1), now).unwrap()).collect();
    assert_eq!(throttle.begin("alice@student.com", address(1), now).unwrap_err(), throttled(1));
    throttle.succeeded(begun.pop().unwrap());
    assert!(throttle.begin("alice@student.com", address(1), now).is_ok());
}

#[test]
fn a_crowd_behind_one_address_signs_in_without_end() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    for number in 0..5_000 {
        let attempt = throttle.begin(&format!("user{number}@x.org"), address(1), now).unwrap();
        throttle.succeeded(attempt);
    }
    assert_eq!(throttle.keys_len(), (0, 0, 0), "and nothing is remembered of them");
}

#[test]
fn a_success_gives_back_its_own_try_only() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    fail_times(&mut throttle, 9, "mallory@x.org", address(1), now);
    for _ in 0..100 {
        let attempt = throttle.begin("mallory@x.org", address(1), now).unwrap();
        throttle.succeeded(attempt);
    }
    fail_times(&mut throttle, 1, "mallory@x.org", address(1), now);
    assert!(fail(&mut throttle, "mallory@x.org", address(1), now).is_err());
}

#[test]
fn a_try_that_was_never_decided_is_given_back() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    for _ in 0..100 {
        let attempt = throttle.begin("alice@student.com", address(1), now).unwrap();
        throttle.undecided(attempt);
    }
    assert!(throttle.begin("alice@student.com", address(1), now).is_ok());
}

#[test]
fn a_try_that_is_dropped_counts_as_failed() {
    let (mut throttle, now) = (Throttle::new(Limits::default()), Instant::now());
    for _ in 0..10 {
        drop(throttle.begin("alice@student.com", address(1), now).unwrap());
    }
    assert_eq!(throttle.begin("alice@student.com", address(1), now + MINUTE).unwrap_err(), throttled(14 * 60));
}

#[test]
fn refused_tries_do_not_prolong_the_lock() {
    let (mut throttle, start) = (Throttle::new(Limits::default()), Instant::now());
    fail_times(&mut throttle, 10, "alice@student.com", address(1), start);
    for second in 0..899 {
        assert!(fail(&mut throttle, "alice@student.com", address(1), start + Duration::from_secs(second)).is_err());
    }
    assert!(fail(&mut throttle, "alice@student.com", address(1), start + MINUTE * 15).is_ok());
}

#[test]
fn memory_is_bounded_and_the_oldest_go_first() {
    let limits = Limits { keys_max: 100, ..Limits::default() };
    let (mut throttle, start) = (Throttle::new(limits), Instant::now());
    fail_times(&mut throttle, 10, "oldest@x.org", address(1_000_000), start);
    let now = start + MINUTE;
    fail_times(&mut throttle, 10, "recent@x.org", address(1_000_001), now);
    for number in 0..99 {
        fail(&mut throttle, &format!("user{number}@x.org"), address(number), now).unwrap();
        let (pairs, accounts, addresses) = throttle.keys_len();
        assert!(pairs <= 100 && accounts <= 100 && addresses <= 100);
    }
    assert_eq!(throttle.keys_len(), (100, 100, 100));
    assert!(fail(&mut throttle, "recent@x.org", address(1_000_001), now).is_err(), "still remembered");
    assert!(fail(&mut throttle, "oldest@x.org", address(1_000_000), now).is_ok(), "forgotten");
}

#[test]
fn expired_entries_are_forgotten_without_a_lookup() {
    let (mut throttle, start) = (Throttle::new(Limits::default()), Instant::now());
    for number in 0..1000 {
        fail(&mut throttle, &format!("user{number}@x.org"), address(number), start).unwrap();
    }
    assert_eq!(throttle.keys_len(), (1000, 1000, 1000));
    fail(&mut throttle, "late@x.org", address(5000), start + MINUTE * 15).unwrap();
    assert_eq!(throttle.keys_len(), (1, 1, 1));
}

#[test]
fn a_try_decided_after_it_was_forgotten_does_no_harm() {
    let limits = Limits { keys_max: 1, ..Limits::default() };
    let (mut throttle, now) = (Throttle::new(limits), Instant::now());
    let first = throttle.begin("a@x.org", address(1), now).unwrap();
    let second = throttle.begin("b@x.org", address(2), now).unwrap();
    throttle.failed(first);
    throttle.succeeded(second);
    assert_eq!(throttle.keys_len(), (0, 0, 0));
}

#[derive(Debug, Clone, Copy)]
enum End {
    Failed,
    Succeeded,
    Dropped,
}

#[derive(Debug, Clone)]
struct Step {
    after_seconds: u64,
    account: u8,
    address: u8,
    end: End,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let end = prop_oneof![Just(End::Failed), Just(End::Succeeded), Just(End::Dropped)];
    let step = (0u64..12, 0u8..3, 0u8..2, end).prop_map(|(after_seconds, account, address, end)| Step {
        after_seconds,
        account,
        address,
        end,
    });
    prop::collection::vec(step, 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The same rule over a plain list of all tries that were let through and did not succeed.
    #[test]
    fn tries_are_let_through_as_the_rule_says(steps in steps()) {
        let window = Duration::from_secs(60);
        let limits = Limits {
            failures_per_account_and_address: 3,
            failures_per_account: 4,
            failures_per_address: 6,
            window,
            undecided: Duration::from_secs(5),
            keys_max: 100,
        };
        let mut throttle = Throttle::new(limits);
        let mut counted: Vec<(Instant, u8, u8)> = Vec::new();
        let mut now = Instant::now();
        for step in steps {
            now += Duration::from_secs(step.after_seconds);
            let recent = counted.iter().filter(|(began, ..)| now - *began < window);
            let of_account = recent.clone().filter(|(_, account, _)| *account == step.account).count();
            let of_address = recent.clone().filter(|(_, _, address)| *address == step.address).count();
            let of_both = recent.filter(|(_, account, address)| (*account, *address) == (step.account, step.address));
            let of_both = of_both.count();
            let begun = throttle.begin(&step.account.to_string(), address(u32::from(step.address)), now);
            prop_assert_eq!(begun.is_ok(), of_both < 3 && of_account < 4 && of_address < 6);
            match begun {
                Ok(attempt) => match step.end {
                    End::Succeeded => throttle.succeeded(attempt),
                    End::Failed => {
                        throttle.failed(attempt);
                        counted.push((now, step.account, step.address));
                    }
                    End::Dropped => counted.push((now, step.account, step.address)),
                },
                Err(refused) => prop_assert!((1..=60).contains(&refused.retry_after_seconds)),
            }
        }
        // A client that waits as long as it is told gets through.
        now += Duration::from_secs(5);
        if let Err(refused) = throttle.begin("0", address(0), now) {
            prop_assert!(throttle.begin("0", address(0), now + Duration::from_secs(refused.retry_after_seconds)).is_ok());
        }
    }

    #[test]
    fn memory_is_bounded_whatever_happens(tries in prop::collection::vec((0u32..40, 0u32..40, 0u64..400), 0..300)) {
        let limits = Limits { keys_max: 8, ..Limits::default() };
        let (mut throttle, mut now) = (Throttle::new(limits), Instant::now());
        for (account, from, after_seconds) in tries {
            now += Duration::from_secs(after_seconds);
            let _ = fail(&mut throttle, &account.to_string(), address(from), now);
            let (pairs, accounts, addresses) = throttle.keys_len();
            prop_assert!(pairs <= 8 && accounts <= 8 && addresses <= 8);
        }
    }
}
