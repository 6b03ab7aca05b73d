// The texts of the panel for a booking that is still to be made, in every situation.

import { inBothZones } from '../words/known-times.js';
import { countdown } from '../words/times.js';
import { JOIN } from './choice.js';

/** @import { SaleCode } from '../words/sales.js' */

/**
 * @typedef {object} Situation
 * @property {Pick<
 *   Api.EventSummary,
 *   | 'time_zone'
 *   | 'capacity'
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
 * @property {number} [countsTo] the time that the countdown ends at, in milliseconds
 * @property {string | null} [book]
 * @property {string | null} signIn the label of the link to the sign-in page
 */

/**
 * The panel's texts for a booking.
 * @param {Situation} situation
 * @returns {PlaceTexts}
 */
export function bookingWords(situation) {
  const { known, signedIn } = situation;
  if (!known) return { state: 'unknown', heading: 'Your booking', words: 'Looking up your booking…', signIn: null };
  const shown = saleWords(situation);
  if (signedIn || !(shown.book || shown.state === 'early')) return shown;
  return { ...shown, book: null, signIn: shown.book === JOIN ? 'Sign in to join the waitlist' : 'Sign in to book' };
}

/**
 * @param {Situation} situation
 * @returns {PlaceTexts}
 */
function saleWords({ event, sale, signedIn, unsettled, opensAt, choice, now }) {
  /** @type {PlaceTexts} */
  const none = { state: 'none', heading: 'Tickets', words: '', signIn: null };
  switch (sale.code) {
    case 'cancelled':
      return { ...none, heading: 'Event cancelled', words: 'The organizer has cancelled this event.' };
    case 'ended':
      return { ...none, heading: 'This event is over', words: 'It can no longer be booked.' };
    case 'draft':
      return { ...none, heading: 'Draft', words: 'This event is a draft. It can be booked once it’s published.' };
    case 'testing':
      return {
        ...none,
        heading: 'Bookings are paused',
        words: 'This event is under test: bookings are paused until the test is undone.',
      };
    case 'unknown':
      return { ...none, words: 'This page doesn’t know the state of this event. Reload the page.' };
    case 'closed': {
      // Only this time closes a sale.
      const closedAt = /** @type {string} */ (event.sales_close_at);
      return {
        ...none,
        heading: 'Sale closed',
        words: `The sale closed on ${inBothZones(closedAt, event.time_zone)}.`,
      };
    }
    case 'early': {
      // A sale is early either by the server's word or by this time.
      const opens = opensAt ?? Date.parse(/** @type {string} */ (event.sales_open_at));
      const words = `The sale opens on ${inBothZones(opens, event.time_zone)}. ${signedIn ? 'The button will appear here.' : 'Sign in now so you’re ready.'}`;
      return {
        ...none,
        state: 'early',
        heading: 'Sale opens in',
        words,
        countdown: countdown(opens - now),
        countsTo: opens,
      };
    }
    default:
  }
  if (unsettled) {
    return {
      ...none,
      heading: 'Your booking',
      words: 'We don’t know yet whether your booking went through. Check again; you won’t be booked twice.',
      book: 'Check again',
    };
  }
  if (choice) return { ...none, ...(sale.code === 'full' ? { heading: fullHeading(event) } : {}), ...choice };
  if (sale.code === 'full') {
    const why = event.capacity === 0 ? 'This event has no seats yet.' : 'All seats are taken.';
    return {
      ...none,
      heading: fullHeading(event),
      words: `${why} Join the waitlist, and you get a seat automatically when it’s your turn.`,
      book: JOIN,
    };
  }
  // The meter beside it says how many seats are available.
  return { ...none, book: 'Book a seat' };
}

/** @param {{ capacity: number }} event */
function fullHeading({ capacity }) {
  return capacity === 0 ? 'No seats yet' : 'Sold out';
}
