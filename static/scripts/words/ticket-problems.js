// Problems about ticket types, prices, holds and payments, in sentences for people.

import { amountWords } from './money.js';
import { countOf } from './numbers.js';
import { at } from './times.js';

/** @import { Problem } from '../server/failures.js' */

/** The problems that buyers meet. @type {Record<string, (problem: Problem, zone?: string) => string>} */
const BUYERS = {
  'amount-differs': ({ body }) =>
    `Prices have changed: what you chose costs ${sumOf(body)} now. Please look at it again, and book if you agree.`,
  'choose-price': () => 'Please choose how many seats you want at which price.',
  'choose-ticket-type': () => 'Please choose a ticket type.',
  'code-used-up': ({ body }) =>
    body.seats_left
      ? `The code is good for ${countOf(body.seats_left, 'more seat')} only. Please choose fewer, or other prices.`
      : 'All seats that this code unlocks are gone. Please choose another price.',
  'key-reused': () => 'An earlier request of this page was a different one. Nothing was booked; please try again.',
  'more-seats': () =>
    'You have fewer seats than that. To have more, give your place up and book again, at the end of the line.',
  'party-too-large': ({ body }) =>
    `There are only ${countOf(body.capacity, 'seat')} of this ticket type in all. Please choose fewer.`,
  'price-closed': () => 'This price is closed. Please choose another one.',
  'price-not-open': ({ body }, zone) =>
    `This price is not on sale yet${at(body.opens_at, zone, ': it opens on ')}. Please choose another one, or wait.`,
  'price-of-other-type': () => 'This price belongs to another ticket type. Please choose again.',
  'price-sold-out': ({ body }) =>
    body.seats_left
      ? `Only ${countOf(body.seats_left, 'seat is', 'seats are')} left at this price. Please choose fewer, or another price.`
      : 'This price is sold out. Please choose another one.',
  'too-many-lapses': () =>
    'You have let several holds at this event end without paying, so you cannot book it again. The organizer can help.',
  'too-many-seats': ({ body }) =>
    `One booking can have ${countOf(body.seats_at_most, 'seat')} at most. Please choose fewer.`,
  'unknown-price': () => 'This price does not exist any more. Please choose another one.',
  'unknown-ticket-type': () => 'This ticket type does not exist any more. Please choose another one.',
  'wrong-code': () => 'This code unlocks nothing here. Please check how it is written.',
};

/** The problems that organizers meet. @type {Record<string, (problem: Problem, zone?: string) => string>} */
const ORGANIZERS = {
  'cannot-be-paid': ({ body }) =>
    body.cause === 'SEATS_GIVEN_UP'
      ? 'Some of the seats were given up after they were paid, so the mark stays.'
      : `This booking cannot be marked as paid: ${unpayableWords(body)}. If money came for it, please pay it back.`,
  'capacity-below-confirmed': ({ body }) =>
    `${countOf(body.confirmed, 'seat is', 'seats are')} taken already, so there cannot be fewer seats than that.`,
  'capacity-below-party': ({ body }) =>
    `One booking may have ${countOf(body.seats, 'seat')}, so there cannot be fewer seats than that. Lower the seats in a booking first.`,
  'currency-in-use': () => 'Somebody has booked at a price in this currency, so it cannot change any more.',
  'limit-below-standing': ({ body }) =>
    `${countOf(body.standing, 'seat is', 'seats are')} booked at this price already, so its limit cannot be lower.`,
  'precondition-required': () =>
    'The server could not tell which version you saw. Please reload the page and try again.',
  'price-in-use': () =>
    'Somebody has booked at this price, so its amount stays, and it cannot be deleted. Close it instead.',
  'seats-per-registration-in-use': () =>
    'Somebody waits for this ticket type, so the seats in one booking cannot be fewer until the line is empty.',
  'several-ticket-types': () => 'This event has several ticket types. Please change the seats of each of them there.',
  'ticket-type-in-use': () => 'Somebody has booked this ticket type, so it cannot be deleted.',
  'ticket-twice': ({ body }) => `The name “${body.name}” is there twice. Please give each its own.`,
  'wrong-amount': ({ body }) => `The sum to pay is ${sumOf(body)}. Please mark exactly this amount.`,
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
  WAITLISTED: 'it is still in line and has no seat',
  EVENT_CANCELLED: 'the event was cancelled',
  EVENT_OVER: 'its hold has ended, and the event is over',
  PERSON_REFUSED: 'its hold has ended, and its person cannot book this event any more',
  BOOKED_AGAIN: 'its hold has ended, and its person has booked again since. Mark that booking instead',
  SEATS_GONE: 'its hold has ended, and its seats are taken or somebody waits for them',
  PRICE_SOLD_OUT: 'its hold has ended, and its price is sold out',
};
/** @type {Record<string, string>} */
const CANCELLED = {
  GIVEN_UP: 'it was given up',
  REMOVED: 'it was removed',
  DEACTIVATED: 'the account was deactivated',
};

/** @param {import('../server/failures.js').ProblemBody} body */
function unpayableWords({ cause, registration }) {
  if (cause === 'CANCELLED') return CANCELLED[registration?.cancellation ?? ''] ?? 'it was cancelled';
  return UNPAYABLE[cause ?? ''] ?? 'there is nothing to pay';
}
