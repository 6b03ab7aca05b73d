// The things that an organizer may still want to do about an event that people can see, or soon will.

import { saleOf } from '../../words/sales.js';
import { dateAndTime } from '../../words/times.js';

const TEXTS = Object.freeze({
  addSeatsThereAreNone: 'Add seats. There are none yet.',
  addADescriptionSoThat: 'Add a description, so that people know what to expect.',
  sayHowToPayThere: 'Say how to pay. There are paid prices, but no payment instructions.',
  openAPriceAllAre: 'Open a price. All are closed, so nobody can book.',
  /** @param {string} time */
  theSaleOpens: (time) => `The sale opens ${time}.`,
  theSaleIsClosedMove: 'The sale is closed. Move its end to sell more.',
});

/** Where something is done. @typedef {'details' | 'tickets'} Where */
/** @typedef {{ words: string, where: Where }} ToDo */

/**
 * @param {Api.Event} event
 * @param {Api.TicketsDocument | null} tickets null while they are not known
 * @param {number} now in milliseconds
 * @returns {ToDo[]}
 */
export function toDoOf(event, tickets, now) {
  const { code } = saleOf(event, now);
  if (code === 'cancelled' || code === 'ended') return [];
  /** @type {ToDo[]} */
  const all = [];
  if (event.capacity === 0) all.push({ words: TEXTS.addSeatsThereAreNone, where: 'tickets' });
  if (event.description.trim() === '') all.push({ words: TEXTS.addADescriptionSoThat, where: 'details' });
  const prices = tickets?.ticket_types.flatMap((type) => type.prices) ?? [];
  if (prices.some(({ amount }) => amount > 0) && tickets?.payment_instructions === '')
    all.push({ words: TEXTS.sayHowToPayThere, where: 'tickets' });
  if (prices.length > 0 && prices.every(({ is_closed: closed }) => closed))
    all.push({ words: TEXTS.openAPriceAllAre, where: 'tickets' });
  if (code === 'early' && event.sales_open_at)
    all.push({ words: TEXTS.theSaleOpens(dateAndTime(event.sales_open_at, event.time_zone)), where: 'details' });
  if (code === 'closed') all.push({ words: TEXTS.theSaleIsClosedMove, where: 'details' });
  return all;
}
