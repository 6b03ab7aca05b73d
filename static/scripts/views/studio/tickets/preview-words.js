// Types and prices as buyers will see them.

import { durationWords } from '../../../words/durations.js';
import { priceWords } from '../../../words/money.js';
import { counted, countOf } from '../../../words/numbers.js';
import { dateAndTime } from '../../../words/times.js';

/**
 * @typedef {{ name: string, amount: string, notes: string[] }} PreviewPrice
 * @typedef {{ name: string, facts: string[], prices: PreviewPrice[], hidden: PreviewPrice[] }} PreviewType
 */

/**
 * A document as buyers see it. Prices with a code are apart, and closed ones are left out.
 * @param {Api.TicketsDocument} document
 * @param {Api.TicketsCounts} counts
 * @param {string} zone the event's
 * @returns {{ types: PreviewType[], payment: string[] }}
 */
export function previewOf(document, counts, zone) {
  const currency = document.currency ?? null;
  /** @param {Api.PriceEntry} price @returns {PreviewPrice} */
  const shown = (price) => ({
    name: price.name,
    amount: priceWords(price.amount, currency),
    notes: priceNotes(price, counts, zone),
  });
  const types = document.ticket_types.map((type) => {
    const open = type.prices.filter(({ is_closed: closed }) => !closed);
    return {
      name: type.name,
      facts: typeFacts(type, counts),
      prices: open.filter(({ code }) => !code).map(shown),
      hidden: open.filter(({ code }) => code).map(shown),
    };
  });
  return { types, payment: paymentWords(document, zone) };
}

/**
 * @param {Api.TicketTypeEntry} type
 * @param {Api.TicketsCounts} counts
 */
function typeFacts(type, counts) {
  const known = counts.ticket_types.find(({ number }) => number === type.number);
  const waiting = known?.waiting ?? 0;
  const free = Math.max(0, type.capacity - (known?.seats_taken ?? 0));
  const left =
    free === 0 || waiting > 0
      ? `No seats available of ${counted(type.capacity)}`
      : `${counted(free)} of ${countOf(type.capacity, 'seat')} available`;
  const party = type.seats_per_registration ?? 1;
  return [
    left,
    ...(waiting > 0 ? [`${counted(waiting)} on the waitlist`] : []),
    ...(party > 1 ? [`Up to ${counted(party)} seats in one booking`] : []),
  ];
}

/**
 * @param {Api.PriceEntry} price
 * @param {Api.TicketsCounts} counts
 * @param {string} zone
 */
function priceNotes({ number, opens_at: opens, closes_at: closes, limit }, counts, zone) {
  const standing = counts.prices.find((one) => number !== undefined && one.number === number)?.seats_standing ?? 0;
  const left = limit === null || limit === undefined ? null : Math.max(0, limit - standing);
  return [
    ...(opens ? [`from ${dateAndTime(opens, zone)}`] : []),
    ...(closes ? [`until ${dateAndTime(closes, zone)}`] : []),
    ...(left === null ? [] : [left === 0 ? 'sold out' : `${countOf(left, 'seat')} left`]),
  ];
}

/**
 * @param {Api.TicketsDocument} document
 * @param {string} zone
 */
function paymentWords(
  { ticket_types: types, hold_minutes: hold, refund_until: refund, payment_instructions: how },
  zone,
) {
  if (!types.some(({ prices }) => prices.some(({ amount }) => amount > 0))) return [];
  return [
    hold ? `Seats are held for ${durationWords(hold)} until they are paid.` : 'Seats are held until they are paid.',
    ...(how ? how.split('\n') : []),
    refund ? `Full refund if you cancel by ${dateAndTime(refund, zone)}.` : 'No refunds if you cancel.',
  ];
}
