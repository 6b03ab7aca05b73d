//! The names of all figures, and the table of ratios with the goals for each.

use serde::Serialize;

use crate::compare::figures::{Figures, Spread};

/// The sale that others are compared with: requests in flight, and buyers.
pub(super) const USUAL: (usize, usize) = (1_000, 100_000);

/// Requests in flight, buyers, and the name of the figure.
pub(super) const SALES: [(usize, usize, &str); 5] = [
    (1, 2_000, "sale, 1 in flight"),
    (10, 10_000, "sale, 10 in flight"),
    (100, 50_000, "sale, 100 in flight"),
    (USUAL.0, USUAL.1, SALE),
    (3_000, 100_000, "sale, 3,000 in flight"),
];
pub(super) const SALE: &str = "sale, 1,000 in flight";

pub(super) const P99: &str = "sale, 1,000 in flight: p99 (ms)";
pub(super) const CLASSIC: [(usize, &str); 3] =
    [(1, "classic, 1 client"), (8, "classic, 8 clients"), (100, "classic, 100 clients")];
pub(super) const CLIENTS_OF_MEAN: usize = 100;
pub(super) const CLASSIC_BEST: &str = "classic, at its best";
pub(super) const CLASSIC_MEAN: &str = "classic, 100 clients: mean (ms)";
pub(super) const BULK: &str = "rows inserted by SQL alone";
/// How long PostgreSQL takes for a commit by itself: what the classic lock waits for most.
pub(super) const COMMIT: &str = "a commit (ms)";
pub(super) const ALIVE: &str = "GET /health/live";
/// An empty request, between sales.
pub(super) const EMPTY: &str = "GET /health/live, between sales";
/// What all processors together could do if a booking cost no more than its row and an empty request: see
/// [`processors_limit`].
pub(super) const LIMIT: &str = "the processors' limit of a sale";
pub(super) const EVENT: &str = "GET /events/{id}";
pub(super) const EVENTS: &str = "GET /events";
pub(super) const IN_FLOOD: &str = "GET /events in a flood of made-up requests";
pub(super) const AROUND_FLOOD: &str = "GET /events before and after the flood";
pub(super) const BESIDE_OTHERS: &str = "sale beside 1,000,000 registrations";
pub(super) const EMPTY_TABLE: &str = "sale in an empty table";
pub(super) const QUARTERS: [&str; 2] = ["first quarter of 400,000 buyers", "last quarter of 400,000 buyers"];
pub(super) const EDGE: [&str; 2] = ["confirmed per second, before the edge", "waitlisted per second, behind it"];
pub(super) const CANCELLATIONS: &str = "seats given up, 10,000 at once";
pub(super) const SALE_AS_CANCELLATIONS: &str = "sale, 10,000 in flight";
pub(super) const WITH_READERS: &str = "sale beside a line that asks";
pub(super) const WITHOUT_READERS: &str = "sale beside a line that does not";

pub(super) const LIST: &str = "a gate's list of 50,000 tickets (s)";
/// What times are compared with that have a limit of their own. It is always 1.
pub(super) const SECOND: &str = "one second (s)";

pub(super) const THIS: &str = "usual sale, in turn with the program before";
pub(super) const BEFORE: &str = "usual sale by the program before";
pub(super) const BESIDE_TYPES: &str = "sale beside 1,000,000 registrations of other types";
pub(super) const EMPTY_EVENT: &str = "usual sale around the 1,000,000 registrations";

/// Holds that are all due at once.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wave {
    /// Of three seats each, for three who wait.
    OfThree,
    /// Of one seat each.
    OfOne,
}

impl Wave {
    pub(super) const ALL: [Self; 2] = [Self::OfThree, Self::OfOne];

    /// Seats of each hold.
    pub(super) const fn seats(self) -> usize {
        match self {
            Self::OfThree => 3,
            Self::OfOne => 1,
        }
    }

    /// The name of the holds per second since they were due.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::OfThree => "10,000 holds of 3 seats, since they were due",
            Self::OfOne => "10,000 holds of 1 seat, since they were due",
        }
    }

    /// The name of the holds per second since the first of them lapsed.
    pub(super) const fn since_first_lapse(self) -> &'static str {
        match self {
            Self::OfThree => "10,000 holds of 3 seats, since the first lapsed",
            Self::OfOne => "10,000 holds of 1 seat, since the first lapsed",
        }
    }

    /// The name of the usual sale before and after it.
    pub(super) const fn usual(self) -> &'static str {
        match self {
            Self::OfThree => "usual sale around the holds of 3 seats",
            Self::OfOne => "usual sale around the holds of 1 seat",
        }
    }
}

/// A variation of the usual sale: with other load beside it, sold in another way, or of other tickets.
#[derive(Debug, Clone, Copy)]
pub(super) enum Variation {
    Streams,
    Logins,
    TwoServers,
    ManyEvents,
    Parties,
    Types,
    Paid,
    Visits,
    CheckIns,
}

impl Variation {
    pub(super) const ALL: [Self; 9] = [
        Self::Streams,
        Self::Logins,
        Self::TwoServers,
        Self::ManyEvents,
        Self::Parties,
        Self::Types,
        Self::Paid,
        Self::Visits,
        Self::CheckIns,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Streams => "sale with 2,000 live streams",
            Self::Logins => "sale during a login storm",
            Self::TwoServers => "sale by two servers",
            Self::ManyEvents => "sale of 1,000 events",
            Self::Parties => "parties of 1 to 6",
            Self::Types => "sale of 5 ticket types",
            Self::Paid => "sale of seats to pay",
            Self::Visits => "sale beside 10,000 first visits",
            Self::CheckIns => "sale beside 1,000 check-ins per second",
        }
    }

    /// The name of the usual sale before and after it.
    pub(super) const fn usual(self) -> &'static str {
        match self {
            Self::Streams => "usual sale around the streams",
            Self::Logins => "usual sale around the logins",
            Self::TwoServers => "usual sale around the two servers",
            Self::ManyEvents => "usual sale around the 1,000 events",
            Self::Parties => "usual sale around the parties",
            Self::Types => "usual sale around the 5 ticket types",
            Self::Paid => "usual sale around the seats to pay",
            Self::Visits => "usual sale around the first visits",
            Self::CheckIns => "usual sale around the check-ins",
        }
    }
}

/// Bookings per second of which each takes a bulk-inserted row's time, which one processor inserts, and an empty
/// request's, which all of them share with its client. It does not depend on the disk, as the classic lock does.
pub(super) fn processors_limit(processors: f64, rows_per_second: f64, requests_per_second: f64) -> f64 {
    processors / (1.0 / rows_per_second + processors / requests_per_second)
}

/// One row of the table: the ratio of two figures, and the goals for it.
pub(super) struct Row {
    pub(super) what: &'static str,
    /// The name of the figure.
    pub(super) value: &'static str,
    /// The name of the figure that it is divided by.
    pub(super) base: &'static str,
    at_least: f64,
    aim: f64,
    /// Whether the figure is a time, so that less is better.
    is_time: bool,
}

const fn row(what: &'static str, value: &'static str, base: &'static str, at_least: f64, aim: f64) -> Row {
    Row { what, value, base, at_least, aim, is_time: false }
}

const fn wave_row(wave: Wave, what: &'static str, at_least: f64, aim: f64) -> Row {
    row(what, wave.name(), wave.usual(), at_least, aim)
}

const fn variation_row(variation: Variation, what: &'static str, at_least: f64, aim: f64) -> Row {
    row(what, variation.name(), variation.usual(), at_least, aim)
}

pub(super) const ROWS: [Row; 30] = [
    row("sale, 1,000 in flight, to classic at 100 clients", SALE, "classic, 100 clients", 30.0, 50.0),
    row("sale, 1,000 in flight, to classic at its best", SALE, CLASSIC_BEST, 16.0, 25.0),
    row("sale, 100 in flight, to classic at its best", "sale, 100 in flight", CLASSIC_BEST, 9.0, 14.0),
    row("sale, 1 in flight, to classic at 1 client", "sale, 1 in flight", "classic, 1 client", 0.7, 1.1),
    row("sale, 1,000 in flight, to the processors' limit", SALE, LIMIT, 0.6, 0.75),
    row("sale, 1,000 in flight, to rows inserted by SQL alone", SALE, BULK, 0.6, 0.85),
    Row {
        is_time: true,
        ..row("p99 at 1,000 in flight, to classic's mean at 100 clients", P99, CLASSIC_MEAN, 0.6, 0.3)
    },
    row("new event beside 1,000,000 registrations, to an empty table", BESIDE_OTHERS, EMPTY_TABLE, 0.9, 1.0),
    row("last quarter of 400,000 buyers, to the first", QUARTERS[1], QUARTERS[0], 0.9, 1.0),
    variation_row(Variation::ManyEvents, "1,000 events hot at once, to one", 0.12, 0.2),
    row("across the edge: waitlisted to confirmed per second", EDGE[1], EDGE[0], 0.9, 1.0),
    row(
        "10,000 seats given up at once, to the sale at 10,000 in flight",
        CANCELLATIONS,
        SALE_AS_CANCELLATIONS,
        0.3,
        0.6,
    ),
    row("GET /events/{id}, to GET /health/live", EVENT, ALIVE, 0.6, 0.8),
    row("GET /events, to GET /health/live", EVENTS, ALIVE, 0.6, 0.8),
    row("GET /events in a flood of made-up ids and searches, to without", IN_FLOOD, AROUND_FLOOD, 0.8, 0.95),
    row("sale while a line of 30,000 asks for its places, to alone", WITH_READERS, WITHOUT_READERS, 0.7, 0.9),
    variation_row(Variation::Streams, "sale with 2,000 live streams, to none", 0.8, 0.95),
    variation_row(Variation::Logins, "sale during a login storm, to alone", 0.5, 0.8),
    variation_row(Variation::TwoServers, "two servers on one event, to one", 0.8, 1.0),
    row("sale, 3,000 in flight, to 1,000", "sale, 3,000 in flight", SALE, 0.9, 1.0),
    row("sale of one type, single seats, free, to the program before", THIS, BEFORE, 0.97, 1.05),
    variation_row(Variation::Parties, "parties of 1 to 6, registrations per second, to single seats", 0.85, 1.0),
    variation_row(Variation::Types, "5 ticket types at one event in turn, to one", 0.85, 1.0),
    variation_row(Variation::Paid, "paid seats (HELD), to free ones", 0.9, 1.0),
    variation_row(Variation::Visits, "sale beside a burst of 10,000 first visits of the page, to alone", 0.4, 0.6),
    variation_row(Variation::CheckIns, "sale beside 1,000 check-ins per second at another event, to alone", 0.9, 1.0),
    Row { is_time: true, ..row("seconds until a gate has the list of 50,000 tickets", LIST, SECOND, 2.0, 1.0) },
    wave_row(
        Wave::OfThree,
        "10,000 holds of 3 seats due at once, all 30,000 in line promoted, holds per second to the sale",
        0.3,
        0.6,
    ),
    wave_row(
        Wave::OfOne,
        "10,000 holds of 1 seat due at once, the first of 30,000 in line promoted, holds per second to the sale",
        0.3,
        0.6,
    ),
    row(
        "sale beside 1,000,000 registrations of other types of its event, to an empty event",
        BESIDE_TYPES,
        EMPTY_EVENT,
        0.9,
        1.0,
    ),
];

/// One row of the table, measured.
#[derive(Serialize)]
pub struct RowResult {
    /// The name of the row.
    pub what: &'static str,
    /// The spread of the ratio.
    pub ratio: Spread,
    /// The lowest acceptable ratio; the highest, where the figure is a time.
    pub at_least: f64,
    /// The ratio to aim at.
    pub aim: f64,
    /// Whether the median is acceptable.
    pub is_reached: bool,
}

/// The result of a row, if both of its figures were measured.
pub(super) fn row_result(row: &Row, figures: &Figures) -> Option<RowResult> {
    let ratio = figures.ratio(row.value, row.base)?;
    let is_reached = if row.is_time { ratio.median <= row.at_least } else { ratio.median >= row.at_least };
    Some(RowResult { what: row.what, ratio, at_least: row.at_least, aim: row.aim, is_reached })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_rows_have_one_name_and_no_two_variations_share_a_figure() {
        let rows: HashSet<_> = ROWS.iter().map(|row| row.what).collect();
        assert_eq!(rows.len(), ROWS.len());
        let of_variations = Variation::ALL.into_iter().flat_map(|one| [one.name(), one.usual()]);
        let of_waves = Wave::ALL.into_iter().flat_map(|one| [one.name(), one.since_first_lapse(), one.usual()]);
        let all: Vec<_> =
            of_variations.chain(of_waves).chain([THIS, BEFORE, BESIDE_TYPES, EMPTY_EVENT, LIST, SECOND]).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }

    #[test]
    fn the_processors_limit_is_shared_by_rows_and_requests() {
        // 25 and 2 x 12.5 microseconds of one processor, of which there are two.
        assert_eq!(processors_limit(2.0, 40_000.0, 80_000.0).round(), 40_000.0);
        // One processor does either half of the time.
        assert_eq!(processors_limit(1.0, 40_000.0, 40_000.0).round(), 20_000.0);
    }

    #[test]
    fn a_row_is_reached_at_its_limit_and_left_out_without_both_figures() {
        let row = row("parties to single seats", "parties", "single", 0.85, 1.0);
        let mut figures = Figures::default();
        figures.add("parties", 85.0);
        assert!(row_result(&row, &figures).is_none());
        figures.add("single", 100.0);
        assert!(row_result(&row, &figures).unwrap().is_reached);
        figures.add("parties", 80.0);
        figures.add("single", 100.0);
        assert!(!row_result(&row, &figures).unwrap().is_reached, "the median of 0.85 and 0.80 is below 0.85");
    }
}
