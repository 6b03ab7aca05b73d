// The texts of the panel with the user's own places for a booking, in every situation.

import { countOf } from '../words/numbers.js';
import { countdown, inBothZones } from '../words/times.js';

/** @import { SaleCode } from '../words/sales.js' */

/**
 * @typedef {object} Situation
 * @property {Pick<
 *   Api.EventSummary,
 *   | 'time_zone'
 *   | 'waiting'
 *   | 'seats_remaining'
 *   | 'seats_available'
 *   | 'ticket_types'
 *   | 'starts_at'
 *   | 'sales_open_at'
 *   | 'sales_close_at'
 *   | 'cancel_until'
 * >} event
 * @property {boolean} known whether the user's registrations were read
 * @property {{ code: SaleCode, bookable: boolean }} sale
 * @property {boolean} signedIn
 * @property {boolean} unsettled whether an earlier request has no final answer
 * @property {number | null} opensAt when the server says that the sale opens, in milliseconds; null if it did not say
 * @property {{ words: string, book: string } | null} [choice] the texts of what was chosen, where there is a choice
 * @property {number} now in milliseconds
 *
 * The texts for a booking.
 * @typedef {object} PlaceTexts
 * @property {'unknown' | 'early' | 'none'} state
 * @property {string} heading
 * @property {string} words
 * @property {string} [countdown]
 * @property {string | null} [book]
 * @property {boolean} signIn
 */

/**
 * The panel's texts for a booking.
 * @param {Situation} situation
 * @returns {PlaceTexts}
 */
export function bookingWords(situation) {
  const { known, signedIn } = situation;
  if (!known) return { state: 'unknown', heading: 'Your place', words: 'Looking up your place…', signIn: false };
  const shown = saleWords(situation);
  if (signedIn || !shown.book) return { ...shown, signIn: !signedIn && shown.state === 'early' };
  return { ...shown, book: null, signIn: true };
}

/**
 * @param {Situation} situation
 * @returns {PlaceTexts}
 */
function saleWords({ event, sale, signedIn, unsettled, opensAt, choice, now }) {
  /** @type {PlaceTexts} */
  const none = { state: 'none', heading: 'Your place', words: '', signIn: false };
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
    case 'unknown':
      return { ...none, words: 'This page does not know the state of this event. Please reload it.' };
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
  if (choice) return { ...none, ...choice };
  if (sale.code === 'full') {
    const ahead =
      event.waiting === 0 ? 'Nobody is waiting yet.' : `${countOf(event.waiting, 'person is', 'people are')} waiting.`;
    return {
      ...none,
      words: `All seats are taken. ${ahead} Join the line and the next free seat comes to you in turn.`,
      book: 'Join the waiting line',
    };
  }
  return { ...none, words: `${countOf(event.seats_available, 'seat is', 'seats are')} free.`, book: 'Book a seat' };
}
