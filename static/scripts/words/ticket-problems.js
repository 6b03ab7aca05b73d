// Problems about ticket types, prices, holds and payments, in sentences for people.

import { amountWords } from './money.js';
import { countOf } from './numbers.js';
import { at } from './times.js';

/** @import { Problem } from '../server/failures.js' */

/** The problems that buyers meet. @type {Record<string, (problem: Problem, zone?: string) => string>} */
const BUYERS = {
  'amount-differs': ({ body }) =>
    `Prices have changed: your choice costs ${sumOf(body)} now. Check it, then book if you agree.`,
  'choose-price': () => 'Choose how many seats you want at which price.',
  'choose-ticket-type': () => 'Choose a ticket type.',
  'code-used-up': ({ body }) =>
    body.seats_left
      ? `This code is good for only ${countOf(body.seats_left, 'more seat')}. Choose fewer, or another price.`
      : 'All seats that this code unlocks are taken. Choose another price.',
  'key-reused': () => 'This page sent a different request before. Nothing was booked. Try again.',
  'more-seats': () =>
    'You have fewer seats than that. To have more, cancel your booking and book again, at the end of the waitlist.',
  'party-too-large': ({ body }) => `This ticket type has only ${countOf(body.capacity, 'seat')} in all. Choose fewer.`,
  'price-closed': () => 'This price is closed. Choose another one.',
  'price-not-open': ({ body }, zone) =>
    `This price isn’t on sale yet${at(body.opens_at, zone, ': it opens on ')}. Choose another one, or wait.`,
  'price-of-other-type': () => 'This price belongs to another ticket type. Choose again.',
  'price-sold-out': ({ body }) =>
    body.seats_left
      ? `Only ${countOf(body.seats_left, 'seat is', 'seats are')} available at this price. Choose fewer, or another price.`
      : 'This price is sold out. Choose another one.',
  'too-many-lapses': () =>
    'You let several holds for this event run out without paying, so you can’t book it again. Ask the organizer for help.',
  'too-many-seats': ({ body }) => `One booking can have ${countOf(body.seats_at_most, 'seat')} at most. Choose fewer.`,
  'unknown-price': () => 'This price no longer exists. Choose another one.',
  'unknown-ticket-type': () => 'This ticket type no longer exists. Choose another one.',
  'wrong-code': () => 'This code doesn’t unlock anything here. Check its spelling.',
};

/** The problems that organizers meet. @type {Record<string, (problem: Problem, zone?: string) => string>} */
const ORGANIZERS = {
  'cannot-be-paid': ({ body }) =>
    body.cause === 'SEATS_GIVEN_UP'
      ? 'Some of the seats were cancelled or passed on after they were paid, so the mark stays.'
      : `This booking cannot be marked as paid: ${unpayableWords(body)}. If money came for it, pay it back.`,
  'capacity-below-confirmed': ({ body }) =>
    `${countOf(body.confirmed, 'seat is', 'seats are')} taken already, so the capacity can’t be lower.`,
  'capacity-below-party': ({ body }) =>
    `One booking may have ${countOf(body.seats, 'seat')}, so the capacity can’t be lower. Lower the seats in one booking first.`,
  'currency-in-use': () => 'Somebody has booked at a price in this currency, so it can no longer change.',
  'limit-below-standing': ({ body }) =>
    `${countOf(body.standing, 'seat is', 'seats are')} booked at this price already, so its limit can’t be lower.`,
  'precondition-required': () => 'The server couldn’t tell which version you saw. Reload the page and try again.',
  'price-in-use': () =>
    'Somebody has booked at this price, so its amount stays, and you can’t delete it. Close it instead.',
  'seats-per-registration-in-use': () =>
    'Somebody is on the waitlist of this ticket type, so the seats in one booking can’t be fewer until it’s empty.',
  'several-ticket-types': () => 'This event has several ticket types. Change the capacity of each of them there.',
  'ticket-type-in-use': () => 'Somebody has booked this ticket type, so you can’t delete it.',
  'ticket-twice': ({ body }) => `The name “${body.name}” is there twice. Give each its own.`,
  'wrong-amount': ({ body }) => `The sum to pay is ${sumOf(body)}. Mark exactly this amount.`,
};

/** The sentences of all these problems, by their codes. */
export const TICKET_SENTENCES = { ...BUYERS, ...ORGANIZERS };

/** @param {import('../server/failures.js').ProblemBody} body */
function sumOf({ amount, currency = null }) {
  if (amount === undefined) return 'another sum';
  return amount === 0 ? 'nothing' : amountWords(amount, currency);
}

/** Why the payment of a booking cannot be changed. @type {Record<string, string>} */
const UNPAYABLE = {
  WAITLISTED: 'it’s still on the waitlist and has no seat',
  EVENT_CANCELLED: 'the event was cancelled',
  EVENT_OVER: 'its hold has ended, and the event is over',
  PERSON_REFUSED: 'its hold has ended, and its person can no longer book this event',
  BOOKED_AGAIN: 'its hold has ended, and its person has booked again since. Mark that booking instead',
  SEATS_GONE: 'its hold has ended, and its seats are taken or go to the waitlist',
  PRICE_SOLD_OUT: 'its hold has ended, and its price is sold out',
};
/** @type {Record<string, string>} */
const CANCELLED = {
  GIVEN_UP: 'it was cancelled by its person',
  REMOVED: 'it was removed',
  DEACTIVATED: 'the account was deactivated',
  PASSED_ON: 'its seats were passed on',
};

/** @param {import('../server/failures.js').ProblemBody} body */
function unpayableWords({ cause, registration }) {
  if (cause === 'CANCELLED') return CANCELLED[registration?.cancellation ?? ''] ?? 'it was cancelled';
  return UNPAYABLE[cause ?? ''] ?? 'there is nothing to pay';
}
