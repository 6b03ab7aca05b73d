// The line of a ticket type: the seats that are free, and the people who wait for more of them.

import { agoWords } from '../../words/durations.js';
import { countOf } from '../../words/numbers.js';

/** @typedef {Pick<Api.TicketTypeCounts, 'seats_remaining' | 'waiting' | 'seats_wanted' | 'head_wants' | 'waiting_since'>} Line */

/**
 * The words for a type's line, and for the seats that are idle meanwhile. Null if nobody waits.
 * @param {Line} line
 * @param {number} now in milliseconds
 */
export function lineWords(
  { seats_remaining: free, waiting, seats_wanted: wanted, head_wants: head, waiting_since: since },
  now,
) {
  if (waiting === 0) return null;
  const line = `${countOf(waiting, 'booking waits', 'bookings wait')} for ${countOf(wanted, 'seat')}`;
  const time = since ? `, the first one for ${agoWords(since, now)}` : '';
  const idle =
    free === 0
      ? 'No seats available.'
      : `${countOf(free, 'seat is', 'seats are')} empty, and the first one wants ${countOf(head, 'seat')} together.`;
  return `${line}${time}. ${idle}`;
}

/**
 * The number of seats that may stay empty in a type with parties of up to so many, while somebody waits.
 * @param {number} party
 */
export function idleWords(party) {
  if (!(party > 1)) return 'Each booking has one seat. No seat stays empty while somebody is on the waitlist.';
  return `Parties are never split. So up to ${countOf(party - 1, 'seat')} can stay empty while a party waits for ${party}.`;
}
