// The few words beside the one action of an event's page, in the bar that phones show.

import { countOf } from '../words/numbers.js';
import { JOIN, sumWords } from './choice.js';

/** @import { OwnTexts } from './held-words.js' */
/** @import { PlaceTexts } from './place-words.js' */

/**
 * `way` is the label of a button that leads to the rest, where nothing is to be booked.
 * @typedef {{ words: string, countdown?: string, way?: string }} BarTexts
 */

/** The most urgent state comes first. @type {OwnTexts['state'][]} */
const URGENT = ['held', 'broken', 'waiting', 'confirmed', 'none'];

/**
 * The texts of the bar.
 * @param {object} shown
 * @param {OwnTexts[]} shown.own the texts of the user's own bookings
 * @param {PlaceTexts | null} shown.booking the texts for a booking, where one is offered
 * @param {{ seats: number, amount: number } | null} shown.sum what was chosen, where there is a choice
 * @param {Pick<Api.EventSummary, 'seats_available' | 'currency'>} shown.event
 * @returns {BarTexts}
 */
export function barWords({ own, booking, sum, event }) {
  if (booking !== null) return bookingBar(booking, sum, event);
  const [first] = [...own].sort((one, other) => URGENT.indexOf(one.state) - URGENT.indexOf(other.state));
  return first === undefined ? { words: '' } : ownBar(first);
}

/**
 * @param {PlaceTexts} booking
 * @param {{ seats: number, amount: number } | null} sum
 * @param {Pick<Api.EventSummary, 'seats_available' | 'currency'>} event
 * @returns {BarTexts}
 */
function bookingBar({ state, heading, words, countdown, book, signIn }, sum, event) {
  if (countdown !== undefined) return { words: heading, countdown };
  if (state === 'unknown') return { words };
  if (!book && !signIn) return { words: heading };
  // A button that books seats says how many, and for how much.
  if (sum !== null && sum.seats > 0) return { words: signIn || book === JOIN ? sumWords(sum, event.currency) : '' };
  return { words: event.seats_available > 0 ? `${countOf(event.seats_available, 'seat')} available` : heading };
}

/**
 * @param {OwnTexts} own
 * @returns {BarTexts}
 */
function ownBar({ state, heading, number, countdown, pay, ticket }) {
  const way = ticket ? 'Show ticket' : pay ? 'How to pay' : 'Show booking';
  if (countdown !== undefined) return { words: 'Time left to pay', countdown, way };
  return { words: state === 'waiting' && number ? `Position ${number} on the waitlist` : heading, way };
}
