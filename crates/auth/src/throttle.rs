//! Slows down guessing: counts failed tries to sign in, per account and address together, per address, and per account.
//!
//! Few failures on one account from one address stop further ones from there. Failures on an account from anywhere
//! count, too, but much more loosely: else whoever knows an e-mail address could keep its owner out.
//!
//! A try is counted when it begins, not when it has failed, so that a thousand guesses at once are no more than a
//! thousand in a row. Refused tries count nothing: an account that is locked out is free again at the time stated.
//!
//! Counts live in this process only. Several servers allow several times as much, which still is no way to guess a
//! password.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use thiserror::Error;

use crate::addresses::AddressKey;

/// How many tries may fail, and how much is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Failed tries on one account from one address within the window before further ones from there are refused; at
    /// least 1.
    pub failures_per_account_and_address: usize,
    /// Failed tries on one account from anywhere within the window before further ones are refused; at least 1.
    pub failures_per_account: usize,
    /// Failed tries from one address within the window before further ones are refused; at least 1.
    pub failures_per_address: usize,
    /// For how long a failed try counts.
    pub window: Duration,
    /// How long a try may go undecided before it counts as failed: longer than verifying a password takes, with its
    /// queue.
    pub undecided: Duration,
    /// Accounts that are remembered at most, as many addresses, and as many pairs of both. When full, those without a
    /// try for the longest time are forgotten first.
    pub keys_max: usize,
}

impl Default for Limits {
    /// In 15 minutes: 10 failures an account from one address, 50 an address (a venue's whole network may be one), and
    /// 200 an account from anywhere, for which one needs 20 addresses. 20,000 keys of each kind: more than can be tried
    /// at bcrypt's pace within a window, so that nobody makes room for guesses by filling the table.
    fn default() -> Self {
        Self {
            failures_per_account_and_address: 10,
            failures_per_account: 200,
            failures_per_address: 50,
            window: Duration::from_secs(15 * 60),
            undecided: Duration::from_secs(30),
            keys_max: 20_000,
        }
    }
}

/// Too many tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too many failed tries; try again in {retry_after_seconds} s")]
pub struct Throttled {
    /// Seconds after which a try will be let through again, at least 1. Where only tries that are still undecided are
    /// in the way it is 1: they may yet succeed.
    pub retry_after_seconds: u64,
}

/// A try that was let through. Give it to [`Throttle::failed`], [`Throttle::succeeded`] or [`Throttle::undecided`]; one
/// that is dropped counts as failed.
#[derive(Debug)]
#[must_use = "a try that is dropped counts as failed"]
pub struct Try {
    pair: Pair,
    account: u64,
    address: AddressKey,
    id: u64,
}

/// An account, by its key, and an address.
type Pair = (u64, AddressKey);

/// Counts failed tries, within bounded memory.
#[derive(Debug)]
pub struct Throttle {
    pairs: Counts<Pair>,
    accounts: Counts<u64>,
    addresses: Counts<AddressKey>,
    hasher: RandomState,
    next_id: u64,
}

impl Throttle {
    /// Nothing counted yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            pairs: Counts::new(limits, limits.failures_per_account_and_address),
            accounts: Counts::new(limits, limits.failures_per_account),
            addresses: Counts::new(limits, limits.failures_per_address),
            hasher: RandomState::new(),
            next_id: 0,
        }
    }

    /// Counts a try on the account (an e-mail address; case and outer spaces do not matter) from that address (IPv6 by
    /// its /64, which is what one customer gets), or refuses it and counts nothing.
    pub fn begin(&mut self, account: &str, address: IpAddr, now: Instant) -> Result<Try, Throttled> {
        let account = self.account_key(account);
        let address = AddressKey::of(address);
        let pair = (account, address);
        let waits =
            [self.pairs.wait(&pair, now), self.accounts.wait(&account, now), self.addresses.wait(&address, now)];
        if let Some(wait) = waits.into_iter().flatten().max() {
            let whole_seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            return Err(Throttled { retry_after_seconds: whole_seconds.max(1) });
        }
        let id = self.next_id;
        self.next_id += 1;
        self.pairs.add(pair, id, now);
        self.accounts.add(account, id, now);
        self.addresses.add(address, id, now);
        Ok(Try { pair, account, address, id })
    }

    /// The password was wrong, or nobody has that address: the try counts from its beginning until the window has
    /// passed.
    pub fn failed(&mut self, attempt: Try) {
        self.pairs.mark_failed(&attempt.pair, attempt.id);
        self.accounts.mark_failed(&attempt.account, attempt.id);
        self.addresses.mark_failed(&attempt.address, attempt.id);
    }

    /// The password was right: the try is given back. Earlier failures stay, so that nobody frees an address for
    /// guessing by signing in to an account of their own.
    pub fn succeeded(&mut self, attempt: Try) {
        self.pairs.give_back(&attempt.pair, attempt.id);
        self.accounts.give_back(&attempt.account, attempt.id);
        self.addresses.give_back(&attempt.address, attempt.id);
    }

    /// The password was never looked at (no database, shutting down): the try is given back.
    pub fn undecided(&mut self, attempt: Try) {
        self.succeeded(attempt);
    }

    /// Forgets what failed on the account: it has another password. Failures of addresses stay.
    pub fn forget_account(&mut self, account: &str) {
        let account = self.account_key(account);
        self.accounts.forget(&account);
        let of_account: Vec<Pair> = self.pairs.entries.keys().filter(|pair| pair.0 == account).copied().collect();
        for pair in of_account {
            self.pairs.forget(&pair);
        }
    }

    fn account_key(&self, account: &str) -> u64 {
        // A hash under a secret key takes 8 bytes whatever was typed, and nobody can aim at somebody else's.
        self.hasher.hash_one(account.trim().to_lowercase())
    }

    /// How many pairs, accounts and addresses are remembered.
    pub fn keys_len(&self) -> (usize, usize, usize) {
        (self.pairs.entries.len(), self.accounts.entries.len(), self.addresses.entries.len())
    }
}

#[derive(Debug)]
struct Counted {
    id: u64,
    began: Instant,
    has_failed: bool,
}

#[derive(Debug)]
struct Entry {
    tries: Vec<Counted>,
    place: Place,
}

/// Where an entry stands in the order of latest tries. The number tells apart entries of one instant.
type Place = (Instant, u64);

#[derive(Debug)]
struct Counts<K> {
    limits: Limits,
    failures_max: usize,
    entries: HashMap<K, Entry>,
    by_latest_try: BTreeMap<Place, K>,
}

impl<K: Copy + Eq + Hash> Counts<K> {
    fn new(limits: Limits, failures_max: usize) -> Self {
        Self { limits, failures_max: failures_max.max(1), entries: HashMap::new(), by_latest_try: BTreeMap::new() }
    }

    /// How long until a further try is let through, if it is not now.
    fn wait(&mut self, key: &K, now: Instant) -> Option<Duration> {
        let window = self.limits.window;
        let entry = self.entries.get_mut(key)?;
        entry.tries.retain(|counted| now.saturating_duration_since(counted.began) < window);
        if entry.tries.len() < self.failures_max {
            return None;
        }
        let undecided = self.limits.undecided;
        if entry
            .tries
            .iter()
            .any(|counted| !counted.has_failed && now.saturating_duration_since(counted.began) < undecided)
        {
            return Some(Duration::from_secs(1));
        }
        entry.tries.iter().map(|counted| window.saturating_sub(now.saturating_duration_since(counted.began))).min()
    }

    fn add(&mut self, key: K, id: u64, now: Instant) {
        self.forget_expired(now);
        let counted = Counted { id, began: now, has_failed: false };
        match self.entries.get_mut(&key) {
            Some(entry) => {
                self.by_latest_try.remove(&entry.place);
                entry.tries.push(counted);
                // Callers on several threads may come a moment out of order; the latest stays the latest.
                entry.place = (entry.place.0.max(now), id);
                self.by_latest_try.insert(entry.place, key);
            }
            None => {
                while self.entries.len() >= self.limits.keys_max.max(1) {
                    self.forget_oldest();
                }
                let place = (now, id);
                self.by_latest_try.insert(place, key);
                self.entries.insert(key, Entry { tries: vec![counted], place });
            }
        }
    }

    fn mark_failed(&mut self, key: &K, id: u64) {
        let tries = self.entries.get_mut(key).map(|entry| entry.tries.iter_mut());
        if let Some(counted) = tries.into_iter().flatten().find(|counted| counted.id == id) {
            counted.has_failed = true;
        }
    }

    fn give_back(&mut self, key: &K, id: u64) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        entry.tries.retain(|counted| counted.id != id);
        if entry.tries.is_empty() {
            self.forget(key);
        }
    }

    fn forget(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.by_latest_try.remove(&entry.place);
        }
    }

    /// Drops the few entries that expired since the last call, so that memory is given back without a sweep.
    fn forget_expired(&mut self, now: Instant) {
        while let Some(((latest_try, _), _)) = self.by_latest_try.first_key_value() {
            if now.saturating_duration_since(*latest_try) < self.limits.window {
                break;
            }
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, key)) = self.by_latest_try.pop_first() {
            self.entries.remove(&key);
        }
    }
}
