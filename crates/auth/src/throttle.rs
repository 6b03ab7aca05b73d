//! Slows down guessing: counts failed attempts to sign in, or to use a secret code, per account and address together, per
//! address, and per account.
//!
//! A few failures on one account from one address stop further attempts from that address. Failures on an account from
//! anywhere have a much higher limit: otherwise anybody who knows an e-mail address could lock its owner out.
//!
//! An attempt counts from its beginning, not from its failure, so that a thousand guesses at once count as much as a
//! thousand in a row. Refused attempts do not count: a throttled account is free again at the stated time.
//!
//! Counts are kept in this process only. Several servers allow several times as many attempts, still far too few to
//! guess a password.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use domain::text::trimmed;
use thiserror::Error;

use crate::addresses::AddressKey;

/// How many attempts may fail, and how many accounts and addresses are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Failed attempts on one account from one address within the window, after which further ones are refused; at
    /// least 1.
    pub failures_per_account_and_address: usize,
    /// Failed attempts on one account from all addresses within the window, after which further ones are refused; at
    /// least 1.
    pub failures_per_account: usize,
    /// Failed attempts from one address within the window, after which further ones are refused; at least 1.
    pub failures_per_address: usize,
    /// How long a failed attempt counts.
    pub window: Duration,
    /// How long an attempt may be undecided before it counts as failed. This must be longer than the queue and the
    /// verification of a password take.
    pub undecided: Duration,
    /// The most accounts that are remembered; also the most addresses, and the most pairs of both. Beyond it, those
    /// whose last attempt is the oldest are forgotten first.
    pub keys_max: usize,
}

impl Limits {
    /// In 15 minutes: 10 failures on an account from one address, 50 from an address (a venue's whole network may share
    /// one), and 200 on an account, which takes 20 addresses. 20,000 keys of each kind are more than bcrypt can verify
    /// within a window, so that nobody gets new guesses by filling the table.
    pub const DEFAULT: Self = Self {
        failures_per_account_and_address: 10,
        failures_per_account: 200,
        failures_per_address: 50,
        window: Duration::from_secs(15 * 60),
        undecided: Duration::from_secs(30),
        keys_max: 20_000,
    };
}

impl Default for Limits {
    /// [`Limits::DEFAULT`].
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Too many attempts have failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too many failed attempts; try again in {retry_after_seconds} s")]
pub struct Throttled {
    /// Seconds until the next attempt is allowed, at least 1. It is 1 while undecided attempts are the reason, since
    /// they may yet succeed.
    pub retry_after_seconds: u64,
}

/// An allowed attempt. Give it to [`Throttle::failed`], [`Throttle::succeeded`] or [`Throttle::undecided`]. An attempt
/// that is dropped counts as failed.
#[derive(Debug)]
#[must_use = "an attempt that is dropped counts as failed"]
pub struct Attempt {
    pair: Pair,
    account: u64,
    address: AddressKey,
    id: u64,
}

/// An account, by its key, and an address.
type Pair = (u64, AddressKey);

/// Counts failed attempts, within bounded memory.
#[derive(Debug)]
pub struct Throttle {
    pairs: Counts<Pair>,
    accounts: Counts<u64>,
    addresses: Counts<AddressKey>,
    hasher: RandomState,
    next_id: u64,
}

impl Throttle {
    /// A throttle without any attempts.
    pub fn new(limits: Limits) -> Self {
        Self {
            pairs: Counts::new(limits, limits.failures_per_account_and_address),
            accounts: Counts::new(limits, limits.failures_per_account),
            addresses: Counts::new(limits, limits.failures_per_address),
            hasher: RandomState::new(),
            next_id: 0,
        }
    }

    /// Allows and counts an attempt on the account from that address, or refuses it and counts nothing. The account is
    /// an e-mail address, in any case and with anything around it that sign-ins drop. IPv6 addresses count by their
    /// /64, which providers give to one customer.
    pub fn begin(&mut self, account: &str, address: IpAddr, now: Instant) -> Result<Attempt, Throttled> {
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
        Ok(Attempt { pair, account, address, id })
    }

    /// The password was wrong, or there is no such account: the attempt counts until the window since its beginning has
    /// passed.
    pub fn failed(&mut self, attempt: Attempt) {
        self.pairs.mark_failed(&attempt.pair, attempt.id);
        self.accounts.mark_failed(&attempt.account, attempt.id);
        self.addresses.mark_failed(&attempt.address, attempt.id);
    }

    /// The password was right: the attempt does not count. Earlier failures stay, so that nobody frees an address for
    /// guessing by signing in to an account of their own.
    pub fn succeeded(&mut self, attempt: Attempt) {
        self.pairs.discard(&attempt.pair, attempt.id);
        self.accounts.discard(&attempt.account, attempt.id);
        self.addresses.discard(&attempt.address, attempt.id);
    }

    /// The password was not verified (no database, shutting down): the attempt does not count.
    pub fn undecided(&mut self, attempt: Attempt) {
        self.succeeded(attempt);
    }

    /// Forgets the failures on an account, which has a new password. Failures of addresses stay.
    pub fn forget_account(&mut self, account: &str) {
        let account = self.account_key(account);
        self.accounts.forget(&account);
        let of_account: Vec<Pair> = self.pairs.entries.keys().filter(|pair| pair.0 == account).copied().collect();
        for pair in of_account {
            self.pairs.forget(&pair);
        }
    }

    fn account_key(&self, account: &str) -> u64 {
        // A keyed hash takes 8 bytes for any input, and nobody can aim for the key of another account.
        self.hasher.hash_one(trimmed(account).to_lowercase())
    }

    /// The numbers of pairs, accounts and addresses that are remembered.
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
    attempts: Vec<Counted>,
    rank: Rank,
}

/// The rank of an entry in the order of the latest attempts. The number distinguishes entries of the same instant.
type Rank = (Instant, u64);

#[derive(Debug)]
struct Counts<K> {
    limits: Limits,
    failures_max: usize,
    entries: HashMap<K, Entry>,
    by_latest_attempt: BTreeMap<Rank, K>,
}

impl<K: Copy + Eq + Hash> Counts<K> {
    fn new(limits: Limits, failures_max: usize) -> Self {
        Self { limits, failures_max: failures_max.max(1), entries: HashMap::new(), by_latest_attempt: BTreeMap::new() }
    }

    /// The time until the next attempt is allowed; `None` if it is allowed now.
    fn wait(&mut self, key: &K, now: Instant) -> Option<Duration> {
        let window = self.limits.window;
        let entry = self.entries.get_mut(key)?;
        entry.attempts.retain(|counted| now.saturating_duration_since(counted.began) < window);
        if entry.attempts.len() < self.failures_max {
            return None;
        }
        let undecided = self.limits.undecided;
        if entry
            .attempts
            .iter()
            .any(|counted| !counted.has_failed && now.saturating_duration_since(counted.began) < undecided)
        {
            return Some(Duration::from_secs(1));
        }
        entry.attempts.iter().map(|counted| window.saturating_sub(now.saturating_duration_since(counted.began))).min()
    }

    fn add(&mut self, key: K, id: u64, now: Instant) {
        self.forget_expired(now);
        let counted = Counted { id, began: now, has_failed: false };
        match self.entries.get_mut(&key) {
            Some(entry) => {
                self.by_latest_attempt.remove(&entry.rank);
                entry.attempts.push(counted);
                // Calls of several threads may come a moment out of order. The latest attempt stays the latest.
                entry.rank = (entry.rank.0.max(now), id);
                self.by_latest_attempt.insert(entry.rank, key);
            }
            None => {
                while self.entries.len() >= self.limits.keys_max.max(1) {
                    self.forget_oldest();
                }
                let rank = (now, id);
                self.by_latest_attempt.insert(rank, key);
                self.entries.insert(key, Entry { attempts: vec![counted], rank });
            }
        }
    }

    fn mark_failed(&mut self, key: &K, id: u64) {
        let attempts = self.entries.get_mut(key).map(|entry| entry.attempts.iter_mut());
        if let Some(counted) = attempts.into_iter().flatten().find(|counted| counted.id == id) {
            counted.has_failed = true;
        }
    }

    fn discard(&mut self, key: &K, id: u64) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        entry.attempts.retain(|counted| counted.id != id);
        if entry.attempts.is_empty() {
            self.forget(key);
        }
    }

    fn forget(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.by_latest_attempt.remove(&entry.rank);
        }
    }

    /// Removes the few entries that expired since the last call, so that no sweep is needed.
    fn forget_expired(&mut self, now: Instant) {
        while let Some(((latest_attempt, _), _)) = self.by_latest_attempt.first_key_value() {
            if now.saturating_duration_since(*latest_attempt) < self.limits.window {
                break;
            }
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, key)) = self.by_latest_attempt.pop_first() {
            self.entries.remove(&key);
        }
    }
}
