// The texts for seats that are held until they are paid.

import { inBothZones } from '../words/known-times.js';
import { amountWords } from '../words/money.js';
import { yourSeats } from '../words/places.js';
import { capitalised } from '../words/text.js';
import { countdown } from '../words/times.js';

/** @import { Situation } from './place-words.js' */

/**
 * The texts about one registration. A button or line without a text is not shown.
 * @typedef {object} OwnTexts
 * @property {'confirmed' | 'held' | 'waiting' | 'none' | 'broken'} state
 * @property {string} heading
 * @property {string} words
 * @property {string | null} [number]
 * @property {string} [countdown]
 * @property {number} [countsTo] the time that the countdown ends at, in milliseconds
 * @property {string} [seats] which seats they are, unless they are as simple as can be
 * @property {boolean} [ticket] whether it is a ticket
 * @property {string} [pay] how to pay, in several lines
 * @property {string} [take] takes the seats that are free, fewer than wanted
 * @property {string} [fewer]
 * @property {string} [leave]
 */

// When a reader who does not look at the countdown is told of it.
const WARNINGS_MILLISECONDS = [300_000, 60_000];

/**
 * The texts of a registration that is held.
 * @param {Pick<Situation, 'sale' | 'event' | 'now'>} situation
 * @param {Api.Registration} registration
 * @returns {OwnTexts}
 */
export function heldWords({ sale, event, now }, registration) {
  const { held_until: until, amount, currency, seat_count: count } = registration;
  const seats = capitalised(yourSeats(registration));
  const verb = count === 1 ? 'is' : 'are';
  /** @type {OwnTexts} */
  const kept = { state: 'held', heading: `${seats} ${verb} held`, words: '' };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      heading: 'Event cancelled',
      words: `${seats} ${count === 1 ? 'was' : 'were'} held for you, but the event was cancelled. There is nothing to pay.`,
    };
  if (sale.code === 'ended')
    return { ...kept, words: `${seats} ${count === 1 ? 'was' : 'were'} held for you. The event is over.` };
  const sum = amountWords(amount, currency);
  const pay = registration.payment_instructions ?? '';
  if (until === null)
    return { ...kept, words: `Please pay ${sum}. There is no deadline: the organizer confirms it when you pay.`, pay };
  const rest = Date.parse(until) - now;
  const by = inBothZones(until, event.time_zone);
  if (rest <= 0)
    return {
      ...kept,
      words: `The time to pay ${sum} ended on ${by}. Unless your payment has arrived, your hold ends at any moment.`,
      pay,
    };
  const next = lineOf(event, registration) > 0 ? 'the next on the waitlist' : 'whoever books next';
  return {
    ...kept,
    countdown: countdown(rest),
    countsTo: Date.parse(until),
    words: `Please pay ${sum} by ${by}. If your payment hasn’t arrived by then, your hold ends, and ${yourSeats(registration)} ${count === 1 ? 'goes' : 'go'} to ${next}.`,
    pay,
  };
}

/**
 * How a hold's rest of time is read out when it gets short. Null if there is nothing to say between these two moments.
 * @param {number} due the hold's deadline, in milliseconds
 * @param {number} before in milliseconds
 * @param {number} now in milliseconds
 */
export function warningWords(due, before, now) {
  const passed = WARNINGS_MILLISECONDS.filter((rest) => before < due - rest && now >= due - rest && now < due);
  const shortest = passed.at(-1);
  if (shortest === undefined) return null;
  return `${shortest === 60_000 ? 'One minute is' : `${shortest / 60_000} minutes are`} left to pay.`;
}

/**
 * How many bookings are on a registration's waitlist.
 * @param {Situation['event']} event
 * @param {{ ticket_type: number }} registration
 */
function lineOf(event, { ticket_type: type }) {
  return event.ticket_types.find(({ number }) => number === type)?.waiting ?? event.waiting;
}
