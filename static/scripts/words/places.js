// A registration in words: its status and its seats.

import { isolated } from './bidi.js';
import { amountWords } from './money.js';
import { counted, countOf } from './numbers.js';
import { reportUnknown } from './unknown.js';

/**
 * The parts of a registration that its seats are told from.
 * @typedef {Pick<Api.Registration, 'ticket_type_name' | 'seats' | 'seat_count' | 'amount' | 'currency'>} Seats
 */

/** A label and its tone, of every status that this page knows. @type {Record<string, [label: string, tone: string]>} */
const STATUSES = {
  CONFIRMED: ['Confirmed', 'good'],
  HELD: ['Held, not paid', 'warm'],
  WAITLISTED: ['On the waitlist', 'warm'],
  CANCELLED: ['Cancelled', 'quiet'],
};
/** The same, of every cause of a cancellation. @type {Record<string, [label: string, tone: string]>} */
const CANCELLATIONS = {
  GIVEN_UP: ['Cancelled', 'quiet'],
  LAPSED: ['Not paid in time', 'bad'],
  REMOVED: ['Removed', 'bad'],
  DEACTIVATED: ['Account deactivated', 'quiet'],
  PASSED: ['Went to the end of the waitlist', 'quiet'],
  PASSED_ON: ['Passed on', 'quiet'],
};
/** The name that a simple event's only type and only price have. */
export const PLAIN_NAME = 'Admission';

/**
 * Whether this page knows a status. One that it does not know is an error in the console: the server is newer than the
 * page, and nobody may be told that they have a seat.
 * @param {string} status
 */
export function isKnownStatus(status) {
  return isKnown(STATUSES, status, 'status');
}

/**
 * The words for a status that this page does not know.
 * @param {string} status
 */
export function unknownStatusWords(status) {
  return `This page doesn’t know the status “${status}”, so it can’t say whether you have a seat. Reload the page. If that doesn’t help, ask the organizer.`;
}

/**
 * The label of a registration's status, with its tone.
 * @param {{ status: string, cancellation?: string | null }} registration
 * @returns {[label: string, tone: string]}
 */
export function statusLabel({ status, cancellation }) {
  if (!isKnownStatus(status)) return [`Unknown status ${status}`, 'bad'];
  if (status === 'CANCELLED' && cancellation && isKnown(CANCELLATIONS, cancellation, 'cancellation'))
    return /** @type {[string, string]} */ (CANCELLATIONS[cancellation]);
  return /** @type {[string, string]} */ (STATUSES[status]);
}

/**
 * Whether a registration is one free seat without a name of its own, as simple events have. Its seat needs no words.
 * @param {Seats} registration
 */
export function isPlain({ ticket_type_name: type, seats, seat_count: count, amount }) {
  return count === 1 && amount === 0 && type === PLAIN_NAME && seats.every(({ name }) => name === PLAIN_NAME);
}

/**
 * A registration's seats and their sum: `Standing: 2 × Adult, 1 × Child. €60.00`.
 * @param {Seats} registration
 */
export function seatsWords({ ticket_type_name: type, seats, amount, currency }) {
  const split = seats
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${counted(count)} × ${name === PLAIN_NAME ? 'seat' : isolated(name)}`)
    .join(', ');
  const typed = type === PLAIN_NAME ? split : `${isolated(type)}: ${split}`;
  return amount > 0 ? `${typed}. ${amountWords(amount, currency)}` : typed;
}

/**
 * A registration's seats in the middle of a sentence: `your seat`, `your 3 seats`.
 * @param {{ seat_count: number }} registration
 */
export function yourSeats({ seat_count: count }) {
  return count === 1 ? 'your seat' : `your ${countOf(count, 'seat')}`;
}

/**
 * @param {Record<string, unknown>} known
 * @param {string} value
 * @param {string} kind
 */
function isKnown(known, value, kind) {
  if (Object.hasOwn(known, value)) return true;
  reportUnknown(`a registration’s ${kind}`, value);
  return false;
}
