// When the page asks again for the user's own places. A whole crowd watches at the same time, so nobody asks in vain.

/** @typedef {Pick<Api.Registration, 'status' | 'held_until'>} Place */

// Payments are marked by people, who are slow.
const HELD_EVERY_MILLISECONDS = 15_000;
// Around its deadline a hold is looked at with every turn: the page tells when it lapses.
const BEFORE_DEADLINE_MILLISECONDS = 5_000;
const AFTER_DEADLINE_MILLISECONDS = 60_000;

/**
 * Whether places may have changed by what others, or the time, have done.
 * @param {Place[]} places
 * @param {number} now in milliseconds
 * @param {number} lookedAt when they were read last
 */
export function isLookDue(places, now, lookedAt) {
  if (places.some(({ status }) => status === 'WAITLISTED')) return true;
  const held = places.filter(({ status }) => status === 'HELD');
  if (held.length === 0) return false;
  return now - lookedAt >= HELD_EVERY_MILLISECONDS || held.some(({ held_until: until }) => isNear(until, now));
}

/**
 * Whether so many have left a line since `before` that one of the places in it may have been seated.
 * @param {Pick<Api.Registration, 'status' | 'position' | 'ticket_type'>[]} places
 * @param {Pick<Api.EventSummary, 'ticket_types'>} before
 * @param {Pick<Api.EventSummary, 'ticket_types'>} now
 */
export function mayHaveMoved(places, before, now) {
  return places.some(({ status, position, ticket_type: type }) => {
    const gone = waitingOf(before, type) - waitingOf(now, type);
    return status === 'WAITLISTED' && (position ?? 0) <= gone;
  });
}

/**
 * @param {Pick<Api.EventSummary, 'ticket_types'>} event
 * @param {number} type
 */
function waitingOf({ ticket_types: types }, type) {
  return types.find(({ number }) => number === type)?.waiting ?? 0;
}

/**
 * @param {string | null} until
 * @param {number} now
 */
function isNear(until, now) {
  if (until === null) return false;
  const rest = Date.parse(until) - now;
  return rest <= BEFORE_DEADLINE_MILLISECONDS && rest >= -AFTER_DEADLINE_MILLISECONDS;
}
