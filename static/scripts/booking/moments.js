/**
 * The times at which the texts about an event and the user's bookings change by themselves.
 * @param {Pick<Api.EventSummary, 'sales_open_at' | 'sales_close_at' | 'starts_at' | 'ends_at' | 'cancel_until' | 'ticket_types'>} event
 * @param {Pick<Api.Registration, 'held_until'>[]} bookings
 */
export function momentsOf(event, bookings) {
  return [
    event.sales_open_at,
    event.sales_close_at,
    event.cancel_until,
    event.starts_at,
    event.ends_at,
    ...bookings.map(({ held_until: until }) => until),
    ...event.ticket_types.flatMap(({ prices }) => prices).flatMap(windowOf),
  ];
}

/**
 * The times at which a price's state changes by itself.
 * @param {{ opens_at: string | null, closes_at: string | null }} price
 */
export function windowOf({ opens_at: opens, closes_at: closes }) {
  return [opens, closes];
}

/**
 * The milliseconds until one of these countdowns shows another second. Null if none counts.
 * @param {(number | undefined)[]} ends the times that they count to
 * @param {number} now
 */
export function nextSecond(ends, now) {
  const rests = ends.flatMap((end) => (end === undefined || end <= now ? [] : [(end - now) % 1000 || 1000]));
  return rests.length === 0 ? null : Math.min(...rests);
}
