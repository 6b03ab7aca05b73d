//! Times of events in words.

use domain::events::EventDetails;
use domain::zones::Zone;

/// When an event takes place, by the clocks of its zone: `Sat, 21 Nov 2026, 19:00 – 22:00 (Europe/Berlin)`.
pub fn when(details: &EventDetails) -> String {
    let zone = Zone::of(details);
    let (start, end) = (zone.clock(details.starts_at), zone.clock(details.ends_at));
    let end = if start.date() == end.date() { end.format("%H:%M") } else { end.format("%a, %-d %b %Y, %H:%M") };
    format!("{} – {end} ({})", start.format("%a, %-d %b %Y, %H:%M"), zone.name().replace('_', " "))
}
