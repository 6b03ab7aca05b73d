// The texts of the panel with the user's own place, for every situation.

import { Problem } from '../server/failures.js';
import { counted, countOf } from '../words/numbers.js';
import { mayGiveUp } from '../words/sales.js';
import { countdown, dateAndTime, inBothZones } from '../words/times.js';

/** @import { Unreachable } from '../server/failures.js' */
/** @import { SaleCode } from '../words/sales.js' */

/**
 * @typedef {object} Situation
 * @property {Pick<
 *   Api.EventSummary,
 *   | 'time_zone'
 *   | 'waiting'
 *   | 'seats_remaining'
 *   | 'starts_at'
 *   | 'sales_open_at'
 *   | 'sales_close_at'
 *   | 'cancel_until'
 * >} event
 * @property {Api.Registration | null} registration the user's, if it is confirmed or waits
 * @property {boolean} known whether `registration` was read
 * @property {{ code: SaleCode, bookable: boolean }} sale
 * @property {boolean} signedIn
 * @property {boolean} unsettled whether an earlier request has no final answer
 * @property {number | null} opensAt when the server says that the sale opens, in milliseconds; null if it did not say
 * @property {number} now in milliseconds
 *
 * The panel's texts. A button or line without a text is not shown.
 * @typedef {object} PlaceTexts
 * @property {'unknown' | 'confirmed' | 'waiting' | 'early' | 'none'} state
 * @property {string} heading
 * @property {string} words
 * @property {string | null} [number]
 * @property {string} [countdown]
 * @property {string | null} [book]
 * @property {string} [leave]
 * @property {boolean} signIn
 */

/**
 * The panel's texts in a situation.
 * @param {Situation} situation
 * @returns {PlaceTexts}
 */
export function placeWords(situation) {
  const { registration, known, signedIn } = situation;
  if (!known) return { state: 'unknown', heading: 'Your place', words: 'Looking up your place…', signIn: false };
  if (registration?.status === 'CONFIRMED') return seated(situation, registration);
  if (registration?.status === 'WAITLISTED') return waiting(situation, registration);
  const shown = without(situation);
  if (signedIn || !shown.book) return { ...shown, signIn: !signedIn && shown.state === 'early' };
  return { ...shown, book: null, signIn: true };
}

/**
 * @param {Situation} situation
 * @param {Api.Registration} registration
 * @returns {PlaceTexts}
 */
function seated({ sale, event, now }, registration) {
  /** @type {Pick<PlaceTexts, 'state' | 'heading' | 'signIn'>} */
  const kept = { state: 'confirmed', heading: 'You have a seat', signIn: false };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      words: 'You had a seat, but the event was cancelled.',
      heading: 'Event cancelled',
    };
  if (sale.code === 'ended') return { ...kept, words: 'You had a seat. The event is over.' };
  return {
    ...kept,
    words:
      `Confirmed on ${dateAndTime(registration.confirmed_at ?? registration.registered_at)}. ${leavingWords(event, now)}`.trim(),
    leave: mayGiveUp(event, now) ? 'Give up my seat' : undefined,
  };
}

/**
 * @param {Situation} situation
 * @param {Api.Registration} registration
 * @returns {PlaceTexts}
 */
function waiting({ sale, event, now }, registration) {
  /** @type {Pick<PlaceTexts, 'state' | 'heading' | 'signIn'>} */
  const kept = { state: 'waiting', heading: 'You are in line', signIn: false };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      words: 'You were in line, but the event was cancelled.',
      heading: 'Event cancelled',
    };
  if (sale.code === 'ended') return { ...kept, words: 'You were in line. The event is over.' };
  const { position } = registration;
  return {
    ...kept,
    number: position ? counted(position) : null,
    words: `${
      position === 1
        ? 'You are next: the first seat that becomes free is yours, by itself.'
        : `${position ? `of ${counted(Math.max(event.waiting, position))} in line. ` : ''}Seats that become free go down the line by themselves.`
    } ${leavingWords(event, now)}`.trim(),
    leave: mayGiveUp(event, now) ? 'Leave the line' : undefined,
  };
}

/**
 * Until when a place may be given up, where that is earlier than the start, or over.
 * @param {Situation['event']} event
 * @param {number} now
 */
function leavingWords(event, now) {
  if (!mayGiveUp(event, now)) return 'It can no longer be given up.';
  return event.cancel_until ? `You can give it up until ${inBothZones(event.cancel_until, event.time_zone)}.` : '';
}

/**
 * @param {Situation} situation
 * @returns {PlaceTexts}
 */
function without({ event, sale, signedIn, unsettled, opensAt, now }) {
  /** @type {Pick<PlaceTexts, 'state' | 'heading' | 'signIn'>} */
  const none = { state: 'none', heading: 'Your place', signIn: false };
  switch (sale.code) {
    case 'cancelled':
      return { ...none, heading: 'Event cancelled', words: 'This event was cancelled by its organizer.' };
    case 'ended':
      return { ...none, words: 'This event is over.' };
    case 'draft':
      return { ...none, words: 'This event is a draft. It can be booked once it is published.' };
    case 'testing':
      return {
        ...none,
        words: 'This event is being stress-tested. Booking is possible again when the test is undone.',
      };
    case 'closed': {
      // Only this time closes a sale.
      const closedAt = /** @type {string} */ (event.sales_close_at);
      return { ...none, words: `The sale closed on ${inBothZones(closedAt, event.time_zone)}.` };
    }
    case 'early': {
      // A sale is early either by the server's word or by this time.
      const opens = opensAt ?? Date.parse(/** @type {string} */ (event.sales_open_at));
      const words = `The sale opens on ${inBothZones(opens, event.time_zone)}. ${signedIn ? 'The button appears by itself.' : 'Sign in before, to be quick.'}`;
      return { ...none, state: 'early', heading: 'Sale opens in', words, countdown: countdown(opens - now) };
    }
    default:
  }
  if (unsettled) {
    return {
      ...none,
      words: 'Your last request has no answer yet. Ask again to find out; it never takes a second place.',
      book: 'Ask again',
    };
  }
  if (sale.code === 'full') {
    const ahead =
      event.waiting === 0 ? 'Nobody is waiting yet.' : `${countOf(event.waiting, 'person is', 'people are')} waiting.`;
    return {
      ...none,
      words: `All seats are taken. ${ahead} Join the line and the next free seat comes to you in turn.`,
      book: 'Join the waiting line',
    };
  }
  return { ...none, words: `${countOf(event.seats_remaining, 'seat is', 'seats are')} free.`, book: 'Book a seat' };
}

/**
 * The text for a pause before the next attempt of a booking.
 * @param {Problem | Unreachable} error the last attempt's
 * @param {number} milliseconds
 */
export function pauseWords(error, milliseconds) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const again = `Trying again in ${seconds}\u00a0s; it stays one request, so you cannot get two places.`;
  if (!(error instanceof Problem)) return `No answer came. ${again}`;
  if (error.code === 'outcome-unknown') return `The server lost track of your request. ${again}`;
  if (error.code === 'busy') return `The box office is very busy. ${again}`;
  return `The service is not available at the moment. ${again}`;
}

/**
 * The text for the answer to a booking.
 * @param {Api.Registration} registration
 */
export function answerWords({ status, position, cancellation }) {
  if (status === 'CONFIRMED') return 'Booked. See you there!';
  if (status === 'WAITLISTED')
    return position
      ? `All seats are taken. You are number ${position} in line.`
      : 'All seats are taken. You are in line.';
  return cancellation === 'REMOVED'
    ? 'The organizer has removed this booking in the meantime. “My places” has the reason.'
    : 'This booking was given up in the meantime. You can book again.';
}
