// The texts about one of the user's own bookings, in every situation.

import { dateAndTime, inBothZones } from '../words/known-times.js';
import { amountWords } from '../words/money.js';
import { counted, countOf } from '../words/numbers.js';
import { isKnownStatus, isPlain, seatsWords, unknownStatusWords } from '../words/places.js';
import { mayGiveUp } from '../words/sales.js';
import { heldWords } from './held-words.js';

/** @import { OwnTexts } from './held-words.js' */
/** @import { Situation } from './place-words.js' */

/**
 * The texts about one of the user's registrations.
 * @param {Situation} situation
 * @param {Api.Registration} registration
 * @returns {OwnTexts}
 */
export function ownWords(situation, registration) {
  if (!isKnownStatus(registration.status))
    return { state: 'broken', heading: 'Your booking', words: unknownStatusWords(registration.status) };
  const texts = statusWords(situation, registration);
  const { code } = situation.sale;
  const seats = isPlain(registration) ? undefined : seatsWords(registration);
  if (code === 'cancelled' || code === 'ended') return { ...texts, seats };
  const may = mayGiveUp(situation.event, situation.now);
  const free = may ? seatsOffered(situation.event, registration) : 0;
  return {
    ...texts,
    seats,
    words: `${texts.words} ${leavingWords(situation.event, situation.now)}`.trim(),
    leave: may ? leaveLabel(registration) : undefined,
    fewer: may && registration.seat_count > 1 ? 'Fewer seats…' : undefined,
    take: free > 0 ? `Take the ${free === 1 ? 'available seat' : `${counted(free)} available seats`}…` : undefined,
  };
}

/**
 * The label of the button that cancels a registration.
 * @param {{ status: Api.RegistrationStatus }} registration
 */
export function leaveLabel({ status }) {
  return status === 'WAITLISTED' ? 'Leave the waitlist' : 'Cancel my booking';
}

/**
 * How many seats the head of a waitlist is offered: those that are available, if it wants more. 0 for everybody else.
 * @param {Pick<Situation['event'], 'ticket_types'>} event
 * @param {Pick<Api.Registration, 'status' | 'position' | 'seat_count' | 'ticket_type'>} registration
 */
export function seatsOffered({ ticket_types: types }, { status, position, seat_count: wanted, ticket_type: number }) {
  if (status !== 'WAITLISTED' || position !== 1) return 0;
  const free = types.find((one) => one.number === number)?.seats_remaining ?? 0;
  return free < wanted ? free : 0;
}

/**
 * @param {Situation} situation
 * @param {Api.Registration} registration with a status that is known
 * @returns {OwnTexts}
 */
function statusWords(situation, registration) {
  switch (registration.status) {
    case 'CONFIRMED':
      return seated(situation, registration);
    case 'HELD':
      return heldWords(situation, registration);
    case 'WAITLISTED':
      return waiting(situation, registration);
    default:
      return { state: 'none', heading: 'Your booking', words: 'This booking was cancelled.' };
  }
}

/**
 * @param {Situation} situation
 * @param {Api.Registration} registration
 * @returns {OwnTexts}
 */
function seated({ sale }, registration) {
  const { seat_count: count, confirmed_at: confirmed, registered_at: registered } = registration;
  const have = count === 1 ? 'a seat' : countOf(count, 'seat');
  /** @type {OwnTexts} */
  const kept = { state: 'confirmed', heading: `You have ${have}`, words: '' };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      words: `You had ${have}, but the event was cancelled.${owedWords(registration)}`,
      heading: 'Event cancelled',
    };
  if (sale.code === 'ended') return { ...kept, words: `You had ${have}. The event is over.` };
  const words = `Confirmed on ${dateAndTime(confirmed ?? registered)}.${owedWords(registration)}`;
  return { ...kept, ticket: true, words };
}

/**
 * @param {Situation} situation
 * @param {Api.Registration} registration
 * @returns {OwnTexts}
 */
function waiting({ sale, event }, registration) {
  /** @type {OwnTexts} */
  const kept = { state: 'waiting', heading: 'You’re on the waitlist', words: '' };
  if (sale.code === 'cancelled')
    return {
      ...kept,
      state: 'none',
      words: 'You were on the waitlist, but the event was cancelled.',
      heading: 'Event cancelled',
    };
  if (sale.code === 'ended') return { ...kept, words: 'You were on the waitlist. The event is over.' };
  const { position, seat_count: count, seats_ahead: ahead } = registration;
  const line = event.ticket_types.find(({ number }) => number === registration.ticket_type)?.waiting ?? event.waiting;
  if (position === 1) return { ...kept, heading: 'You’re next on the waitlist', words: nextWords(event, registration) };
  const turn =
    count === 1
      ? 'You get a seat automatically when it’s your turn.'
      : `You get your ${counted(count)} seats together, automatically, when it’s your turn.`;
  const of = position ? `of ${counted(Math.max(line, position))} on the waitlist. ` : '';
  return {
    ...kept,
    number: position ? counted(position) : null,
    words: `${of}${aheadWords(position, ahead)}${turn}`,
  };
}

/**
 * @param {Situation['event']} event
 * @param {Api.Registration} registration
 */
function nextWords(event, registration) {
  const { seat_count: count } = registration;
  if (count === 1) return 'The next available seat is yours automatically.';
  const free = seatsOffered(event, registration);
  const now = free === 0 ? '' : ` ${countOf(free, 'seat is', 'seats are')} available now and kept for you.`;
  return `As soon as ${counted(count)} seats are available together, they’re yours automatically.${now}`;
}

/**
 * Where everybody wants one seat, the position says it all.
 * @param {number | null} position
 * @param {number | null} ahead
 */
function aheadWords(position, ahead) {
  if (position === null || ahead === null || ahead === position - 1) return '';
  return `The bookings ahead of you want ${countOf(ahead, 'seat')} in all. `;
}

/** @param {Pick<Api.Registration, 'owed_back' | 'currency'>} registration */
function owedWords({ owed_back: owed, currency }) {
  return owed > 0 ? ` ${amountWords(owed, currency)} will be paid back to you.` : '';
}

/**
 * Until when a booking may be cancelled, where that is earlier than the start, or over.
 * @param {Situation['event']} event
 * @param {number} now
 */
function leavingWords(event, now) {
  if (!mayGiveUp(event, now)) return 'You can no longer cancel it.';
  return event.cancel_until ? `You can cancel it until ${inBothZones(event.cancel_until, event.time_zone)}.` : '';
}
