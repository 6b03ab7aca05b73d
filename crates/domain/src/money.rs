//! Amounts of money, and what an organizer demands of whoever pays.

use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use iso_currency::Currency as Iso;

use crate::limits::{
    AMOUNT_MAX, GRACE_MINUTES_MAX, HOLD_MINUTES_MAX, HOLD_MINUTES_MIN, LINE_HOLD_MINUTES, LINE_PATIENCE_MINUTES,
    PAYMENT_INSTRUCTIONS_CHARACTERS_MAX,
};
use crate::text::{self, InvalidField};

/// A currency, by its code of ISO 4217. Amounts are in its minor unit, such as cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency(Iso);

impl Currency {
    /// Its code, such as `EUR`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// An amount of minor units in words, such as `EUR 30.00`.
    pub fn in_words(self, amount: i64) -> String {
        format!("{} {}", self.code(), self.decimal(amount))
    }

    /// An amount of minor units as a decimal number of the currency, such as `30.00`.
    pub fn decimal(self, amount: i64) -> String {
        let digits = usize::from(self.0.exponent().unwrap_or(0));
        let text = format!("{amount:0width$}", width = digits + 1);
        let (whole, rest) = text.split_at(text.len() - digits);
        let point = if digits == 0 { "" } else { "." };
        format!("{whole}{point}{rest}")
    }
}

impl FromStr for Currency {
    type Err = InvalidField;

    fn from_str(code: &str) -> Result<Self, InvalidField> {
        let is_code = code.bytes().all(|byte| byte.is_ascii_uppercase());
        let iso = Iso::from_code(code).filter(|_| is_code);
        iso.map(Self).ok_or_else(|| InvalidField::new("currency", "must be a code of ISO 4217, such as EUR"))
    }
}

/// Checks an amount: 0 to [`AMOUNT_MAX`] minor units.
pub fn checked_amount(field: &'static str, amount: i64) -> Result<i64, InvalidField> {
    if (0..=AMOUNT_MAX).contains(&amount) {
        Ok(amount)
    } else {
        Err(InvalidField::new(field, format!("must be between 0 and {AMOUNT_MAX} minor units")))
    }
}

/// Money of registrations, in the minor unit of their event's currency. Stress tests are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Money {
    /// What was paid, refunds not subtracted.
    pub taken: i64,
    /// What is asked of those who hold seats and have not paid.
    pub held: i64,
    /// The part of `taken` that is owed back.
    pub owed: i64,
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { taken: self.taken + other.taken, held: self.held + other.held, owed: self.owed + other.owed }
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { taken: self.taken - other.taken, held: self.held - other.held, owed: self.owed - other.owed }
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// What an event asks of whoever has to pay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// The currency of all prices. An event without one has no price above 0.
    pub currency: Option<Currency>,
    /// How long seats are held that somebody booked and has not paid, in minutes; `None` holds them without a deadline.
    pub hold_minutes: Option<i32>,
    /// The same for seats that were given from the line.
    pub line_hold_minutes: Option<i32>,
    /// How long the head of a line may want more seats than are free, in minutes, before it is passed over; `None` is
    /// as long as it likes.
    pub line_patience_minutes: Option<i32>,
    /// How much longer than their deadline seats are kept, in minutes. Buyers are not told.
    pub grace_minutes: i32,
    /// Until when whoever gives seats up gets the money back; `None` is never.
    pub refund_until: Option<DateTime<Utc>>,
    /// How to pay, in the organizer's words. Several lines, may be empty.
    pub instructions: String,
}

impl Terms {
    /// The terms of a new event: a day to pay for seats from the line, and a day's patience with its head.
    pub fn of_new_event() -> Self {
        Self {
            line_hold_minutes: Some(LINE_HOLD_MINUTES),
            line_patience_minutes: Some(LINE_PATIENCE_MINUTES),
            ..Self::default()
        }
    }

    /// The terms with a normalized text. An error names the first invalid field.
    pub fn checked(self) -> Result<Self, InvalidField> {
        let held = HOLD_MINUTES_MIN..=HOLD_MINUTES_MAX;
        let all = [
            ("hold_minutes", self.hold_minutes),
            ("line_hold_minutes", self.line_hold_minutes),
            ("line_patience_minutes", self.line_patience_minutes),
        ];
        for (field, minutes) in all {
            if minutes.is_some_and(|minutes| !held.contains(&minutes)) {
                let must = format!("must be between {HOLD_MINUTES_MIN} and {HOLD_MINUTES_MAX}");
                return Err(InvalidField::new(field, must));
            }
        }
        if !(0..=GRACE_MINUTES_MAX).contains(&self.grace_minutes) {
            return Err(InvalidField::new("grace_minutes", format!("must be between 0 and {GRACE_MINUTES_MAX}")));
        }
        let instructions =
            text::paragraphs("payment_instructions", &self.instructions, PAYMENT_INSTRUCTIONS_CHARACTERS_MAX)?;
        Ok(Self { instructions, ..self })
    }

    /// The hold of seats that were given at `now`, `from_line` or at once, at an event that ends at `ends_at`; `None` is
    /// a hold without a deadline.
    pub fn hold(&self, now: DateTime<Utc>, ends_at: DateTime<Utc>, from_line: bool) -> Option<Hold> {
        let until = ends_at.min(now + self.hold_length(from_line)?);
        Some(Hold { until, lapses_at: until + TimeDelta::minutes(self.grace_minutes.into()) })
    }

    /// How long seats are held that were given `from_line` or at once; `None` is without a deadline.
    pub fn hold_length(&self, from_line: bool) -> Option<TimeDelta> {
        let minutes = if from_line { self.line_hold_minutes } else { self.hold_minutes };
        minutes.map(|minutes| TimeDelta::minutes(minutes.into()))
    }

    /// Whether a head of a line that has wanted more seats than are free since `idle_since` is passed over at `now`.
    pub fn passes(&self, idle_since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.line_patience_minutes.is_some_and(|minutes| idle_since + TimeDelta::minutes(minutes.into()) <= now)
    }

    /// What is owed back of `amount` if its person gives it up at `now`.
    pub fn refund(&self, amount: i64, now: DateTime<Utc>) -> i64 {
        if self.refund_until.is_some_and(|until| now < until) { amount } else { 0 }
    }
}

/// The deadline of seats that are held for somebody who has to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Until when to pay, as its person is told.
    pub until: DateTime<Utc>,
    /// When it may lapse: later by the grace.
    pub lapses_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_a_code_of_iso_4217() {
        assert_eq!("EUR".parse::<Currency>().unwrap().code(), "EUR");
        for code in ["", "eur", "EURO", "E1R", "ZZZ", "E\u{dc}R"] {
            assert_eq!(code.parse::<Currency>().unwrap_err().field, "currency", "{code:?}");
        }
    }

    #[test]
    fn a_hold_ends_with_the_event_and_lapses_after_the_grace() {
        let at = |minutes: i64| DateTime::from_timestamp(minutes * 60, 0).unwrap();
        let terms = Terms { hold_minutes: Some(30), line_hold_minutes: Some(60), grace_minutes: 5, ..Terms::default() };
        assert_eq!(terms.hold(at(0), at(100), false), Some(Hold { until: at(30), lapses_at: at(35) }));
        assert_eq!(terms.hold(at(0), at(100), true), Some(Hold { until: at(60), lapses_at: at(65) }));
        assert_eq!(terms.hold(at(80), at(100), false), Some(Hold { until: at(100), lapses_at: at(105) }));
        assert_eq!(Terms::default().hold(at(0), at(100), false), None);
    }

    #[test]
    fn patience_ends_to_the_minute_or_never() {
        let at = |minutes: i64| DateTime::from_timestamp(minutes * 60, 0).unwrap();
        let terms = Terms { line_patience_minutes: Some(30), ..Terms::default() };
        assert_eq!([29, 30, 31].map(|minute| terms.passes(at(0), at(minute))), [false, true, true]);
        assert!(!Terms::default().passes(at(0), at(1_000_000)));
    }

    #[test]
    fn whoever_gives_up_in_time_gets_the_money_back() {
        let until = DateTime::from_timestamp(1_000, 0).unwrap();
        let terms = Terms { refund_until: Some(until), ..Terms::default() };
        assert_eq!(terms.refund(700, until - TimeDelta::microseconds(1)), 700);
        assert_eq!(terms.refund(700, until), 0);
        assert_eq!(Terms::default().refund(700, until), 0);
    }

    #[test]
    fn terms_are_bounded() {
        let bad = [
            ("hold_minutes", Terms { hold_minutes: Some(HOLD_MINUTES_MIN - 1), ..Terms::default() }),
            ("line_hold_minutes", Terms { line_hold_minutes: Some(HOLD_MINUTES_MAX + 1), ..Terms::default() }),
            ("line_patience_minutes", Terms { line_patience_minutes: Some(0), ..Terms::default() }),
            ("grace_minutes", Terms { grace_minutes: -1, ..Terms::default() }),
            ("grace_minutes", Terms { grace_minutes: GRACE_MINUTES_MAX + 1, ..Terms::default() }),
            ("payment_instructions", Terms { instructions: "a\u{7}".into(), ..Terms::default() }),
        ];
        for (field, terms) in bad {
            assert_eq!(terms.checked().unwrap_err().field, field);
        }
    }
}
