// Seats that are passed on, in words: for their giver, and for the person who takes one.

import { isolated } from '../../words/bidi.js';
import { amountWords, priceWords } from '../../words/money.js';
import { PLAIN_NAME, seatsWords } from '../../words/places.js';
import { capitalised } from '../../words/text.js';
import { dateAndTime } from '../../words/times.js';

/**
 * The end of a ticket, which the giver agrees to.
 * @param {number} tickets of the booking
 */
export function endingWords(tickets) {
  if (tickets === 1) return 'It is your only ticket: when somebody takes it, your booking ends at once.';
  return `When somebody takes it, your ticket ${tickets} ends at once: the one with the highest number.`;
}

/**
 * The way of the money, for the giver. Nothing where all seats are free.
 * @param {Pick<Api.Registration, 'amount'>} booking
 */
export function moneyWords({ amount }) {
  if (amount === 0) return '';
  return 'The money goes with the ticket: you get nothing back for it here. A later refund is for the person who has the ticket then.';
}

/**
 * A booking's prices to choose from: `Adult, €25.00`.
 * @param {Pick<Api.Registration, 'seats' | 'currency'>} booking
 * @returns {[value: string, label: string][]}
 */
export function priceChoices({ seats, currency }) {
  return seats
    .filter(({ count }) => count > 0)
    .map(({ price, name, amount }) => [String(price), `${name}, ${priceWords(amount, currency)}`]);
}

/**
 * An offer that its giver is told of: an open one, or one that somebody has taken. Null for all others.
 * @param {Pick<Api.Transfer, 'state' | 'taken_by' | 'expires_at' | 'created_at' | 'price_name' | 'amount'>} offer
 * @param {string | null} currency
 * @returns {{ main: string, second: string, isOpen: boolean } | null}
 */
export function offerWords({ state, taken_by: taker, expires_at: expires, created_at: made, ...price }, currency) {
  const name = price.price_name === PLAIN_NAME ? [] : [isolated(price.price_name)];
  const amount = price.amount === 0 ? [] : [amountWords(price.amount, currency)];
  const second = [...name, ...amount, `made ${dateAndTime(made)}`].join(', ');
  if (state === 'OPEN')
    return { main: `Can be taken until ${dateAndTime(expires)}`, second: capitalised(second), isOpen: true };
  if (state !== 'TAKEN') return null;
  const main = taker === null ? 'Taken' : `Taken by ${isolated(taker)}`;
  return { main, second: capitalised(second), isOpen: false };
}

/**
 * The offers that somebody has taken since they were read before.
 * @template {Pick<Api.Transfer, 'id' | 'state'>} T
 * @param {readonly T[]} before
 * @param {readonly T[]} newest
 */
export function takenSince(before, newest) {
  const open = new Set(before.filter(({ state }) => state === 'OPEN').map(({ id }) => id));
  return newest.filter(({ id, state }) => state === 'TAKEN' && open.has(id));
}

/**
 * The seat that a link offers: `Standing: 1 × Adult. €25.00`.
 * @param {Pick<Api.OfferedSeat, 'ticket_type' | 'price_name' | 'amount' | 'currency'>} seat
 */
export function offeredWords({ ticket_type: type, price_name: name, amount, currency }) {
  const seats = [{ price: 1, name, amount, count: 1 }];
  return seatsWords({ ticket_type_name: type.name, seats, seat_count: 1, amount, currency });
}

/**
 * The way of the money, for the person who takes a seat. Nothing for a free one.
 * @param {Pick<Api.OfferedSeat, 'amount' | 'from'>} seat
 */
export function payingWords({ amount, from }) {
  if (amount === 0) return '';
  return `You pay nothing here. Settle the price with ${isolated(from)}. A later refund is yours.`;
}

/**
 * Why a seat cannot be taken by anybody any more, or null.
 * @param {{ event_status: string, event: Pick<Api.DoorEvent, 'ends_at'>, expires_at: string }} seat
 * @param {number} now in milliseconds
 */
export function overWords({ event_status: status, event, expires_at: expires }, now) {
  if (status === 'CANCELLED') return 'The organizer has cancelled this event.';
  if (Date.parse(event.ends_at) <= now) return 'This event is over.';
  return Date.parse(expires) <= now ? 'This link has expired. Ask for another one.' : null;
}
