// A booking's tickets in words, and which of them is shown first.

import { isolated } from '../../words/bidi.js';
import { isKnownStatus, unknownStatusWords } from '../../words/places.js';
import { dateAndTime, timeOfDay, wallClock } from '../../words/times.js';

const GROUP_SYMBOLS = 4;

/** The reasons for having no tickets, by the booking's status. @type {Record<string, string>} */
const NONE = {
  CONFIRMED: 'There are no tickets for this booking.',
  HELD: 'Your seats are held, and not paid yet. The tickets are here as soon as your payment has arrived.',
  WAITLISTED: 'You’re on the waitlist. The tickets are here as soon as you get a seat.',
  CANCELLED: 'This booking was cancelled. Its tickets no longer let anybody in.',
};

/**
 * The words in place of tickets.
 * @param {{ status: string }} booking
 */
export function noTicketsWords({ status }) {
  return isKnownStatus(status) ? (NONE[status] ?? '') : unknownStatusWords(status);
}

/**
 * A code in groups, to be read aloud.
 * @param {string} code
 */
export function codeGroups(code) {
  const symbols = code.replaceAll('-', '');
  return symbols.match(new RegExp(`.{1,${GROUP_SYMBOLS}}`, 'gu')) ?? [];
}

/**
 * The words on a ticket that somebody is in with: `Already in since 19:32 at gate North`, with the date on other days.
 * @param {{ at: string, gate: string }} checkedIn
 * @param {string} zone the event's
 * @param {number} now in milliseconds
 */
export function checkedInWords({ at, gate }, zone, now) {
  const today = wallClock(at, zone).slice(0, 10) === wallClock(now, zone).slice(0, 10);
  const time = today ? timeOfDay(at, zone) : dateAndTime(at, zone);
  const place = /^gate\b/i.test(gate) ? isolated(gate) : `gate ${isolated(gate)}`;
  return `Already in since ${time} at ${place}`;
}

/**
 * A ticket's place among its booking's, such as `Ticket 2 of 3`.
 * @param {number} number
 * @param {number} count
 */
export function placeWords(number, count) {
  return count === 1 ? 'One ticket' : `Ticket ${number} of ${count}`;
}

/**
 * The index of the ticket to show first: one that nobody is in with, if there is one.
 * @param {Pick<Api.Ticket, 'checked_in'>[]} tickets
 */
export function firstShown(tickets) {
  return Math.max(
    0,
    tickets.findIndex(({ checked_in: checkedIn }) => checkedIn === null),
  );
}

/**
 * Whether the names of a booking's tickets can be filled in. Answers that were kept before tickets had names say
 * nothing of them.
 * @param {Pick<Api.BookingTickets, 'tickets'> & { names_until?: string | null }} booking
 * @param {number} now in milliseconds
 */
export function namesOpen({ tickets, names_until: until }, now) {
  return tickets.length > 0 && (until ?? null) !== null && now < Date.parse(String(until));
}

/**
 * The end of filling in names: `Until Sat, 21 Nov 2026, 19:00.`
 * @param {{ event: { time_zone: string }, names_until?: string | null }} booking
 */
export function namesUntilWords({ event, names_until: until }) {
  return until ? `Until ${dateAndTime(until, event.time_zone)}.` : '';
}

/**
 * Whether the fields of the names are to be made anew: these tickets differ from those before, and nothing that was
 * typed would be lost by it, unless there are more or fewer tickets.
 * @param {readonly Pick<Api.Ticket, 'name' | 'checked_in'>[]} before
 * @param {readonly Pick<Api.Ticket, 'name' | 'checked_in'>[]} newest
 * @param {readonly string[]} typed
 */
export function fieldsAgain(before, newest, typed) {
  if (before.length !== newest.length) return true;
  const shown = (/** @type {Pick<Api.Ticket, 'name' | 'checked_in'>} */ one) => [
    one.name ?? '',
    one.checked_in !== null,
  ];
  const isTyped = before.some(({ name }, at) => (name ?? '') !== typed[at]);
  return !isTyped && JSON.stringify(before.map(shown)) !== JSON.stringify(newest.map(shown));
}

/**
 * The words beside tickets that could not be loaded again.
 * @param {string} why
 * @param {number} at when they were loaded, in milliseconds
 */
export function loadedWords(why, at) {
  return `${why} These tickets were loaded on ${dateAndTime(at)}.`;
}
