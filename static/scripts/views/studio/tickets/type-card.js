// A ticket type in the editor, with its prices.

import { serverNow } from '../../../server/clock.js';
import { element, setShown, setText } from '../../../ui/dom.js';
import { field } from '../../../ui/forms.js';
import { icon } from '../../../ui/icons.js';
import { amountText } from '../../../words/money.js';
import { countOf } from '../../../words/numbers.js';
import { capacityField } from '../event-fields.js';
import { idleWords, lineWords } from '../line-words.js';
import { isUsed } from './consequences.js';
import { priceRow } from './price-row.js';
import { NAME_CHARACTERS_MAX, newPrice, SEATS_PER_BOOKING_MAX } from './sheet.js';

/** @import { Field } from '../../../ui/forms.js' */
/** @import { Tickets } from './consequences.js' */
/** @import { PriceRow } from './price-row.js' */
/** @import { PriceSheet, TypeSheet } from './sheet.js' */

const TEXTS = Object.freeze({
  nameOfTheTicketType: 'Name of the ticket type',
  standing: 'Standing',
  seatsInOneBookingAt: 'Seats in one booking, at most',
  addAPrice: 'Add a price',
  deleteThisTicketType: 'Delete this ticket type',
  newTicketType: 'New ticket type',
  /** @param {string} seats */
  taken: (seats) => `${seats} taken. `,
  seatIs: 'seat is',
  seatsAre: 'seats are',
  ticketType: 'Ticket type',
});

/** @typedef {ReturnType<typeof typeCard>} TypeCard */

/**
 * The fields of a ticket type.
 * @param {TypeSheet} sheet
 * @param {object} options
 * @param {() => string} options.zone the event's
 * @param {() => string | null} options.currency as it is typed
 * @param {() => void} options.onChange called when prices come and go
 * @param {() => void} options.onRemove
 */
export function typeCard(sheet, { zone, currency, onChange, onRemove }) {
  const heading = element('h3');
  const name = field({
    name: 'type-name',
    label: TEXTS.nameOfTheTicketType,
    required: true,
    characters: NAME_CHARACTERS_MAX,
    autocomplete: 'off',
    placeholder: TEXTS.standing,
    value: sheet.name,
  });
  const capacity = capacityField({ name: 'type-capacity', value: sheet.capacity });
  const seats = field({
    name: 'type-seats',
    label: TEXTS.seatsInOneBookingAt,
    type: 'number',
    inputmode: 'numeric',
    min: '1',
    max: String(SEATS_PER_BOOKING_MAX),
    step: '1',
    required: true,
    value: sheet.seats,
  });
  const idle = element('p', { class: 'hint', role: 'status' });
  const line = element('p', { class: 'line-note' });
  const refused = element('p', { class: 'field-error' });
  const list = element('div', { class: 'price-rows' });
  const add = element(
    'button',
    { type: 'button', class: 'button button-small', onclick: () => addPrice() },
    icon('plus'),
    TEXTS.addAPrice,
  );
  const remove = element(
    'button',
    { type: 'button', class: 'button button-small button-quiet-danger', onclick: onRemove },
    TEXTS.deleteThisTicketType,
  );
  /** @type {PriceRow[]} */
  let prices = [];

  /** @param {PriceSheet} one */
  function made(one) {
    const row = priceRow(one, { zone, currency, onChange, onRemove: () => removePrice(row) });
    prices.push(row);
    list.append(row.node);
    return row;
  }

  function addPrice() {
    const row = made(newPrice());
    onChange();
    row.focus();
  }

  /** @param {PriceRow} row */
  function removePrice(row) {
    prices = prices.filter((one) => one !== row);
    row.node.remove();
    onChange();
    add.focus();
  }

  function explain() {
    setText(heading, name.value() || TEXTS.newTicketType);
    setText(idle, idleWords(Number(seats.value())));
  }

  /**
   * Shows the newest counts, and the buttons that are possible.
   * @param {Tickets} tickets
   * @param {{ isOnly: boolean, mayAddPrice: boolean }} state
   */
  function update({ document, counts }, { isOnly, mayAddPrice }) {
    const known = counts.ticket_types.find(({ number }) => number === sheet.number);
    const taken =
      known && known.seats_taken > 0 ? TEXTS.taken(countOf(known.seats_taken, TEXTS.seatIs, TEXTS.seatsAre)) : '';
    setText(line, `${taken}${(known && lineWords(known, serverNow())) ?? ''}`);
    line.classList.toggle('is-waiting', (known?.waiting ?? 0) > 0);
    setShown(line, line.textContent !== '');
    setShown(remove, !isOnly && !known?.is_used);
    setShown(add, mayAddPrice);
    const saved = document.ticket_types.flatMap((type) => type.prices);
    for (const row of prices) {
      const price = row.number === null ? undefined : saved.find(({ number }) => number === row.number);
      const use = price && {
        isUsed: isUsed(counts, price.number),
        amount: amountText(price.amount, document.currency ?? null),
      };
      row.update({ use: use ?? null, isOnly: prices.length === 1 });
    }
    explain();
  }

  for (const one of sheet.prices) made(one);
  for (const one of [name, seats]) one.input.addEventListener('input', explain);
  explain();
  setShown(refused, false);
  const node = element(
    'div',
    { class: 'type-card', role: 'group', 'aria-label': TEXTS.ticketType },
    element('div', { class: 'panel-head' }, heading, remove),
    line,
    name.node,
    element('div', { class: 'field-pair' }, capacity.node, seats.node),
    idle,
    list,
    refused,
    element('div', { class: 'actions' }, add),
  );
  return {
    node,
    number: sheet.number,
    prices: () => prices,
    fields: () => [name, capacity, seats, ...prices.flatMap((row) => row.fields)],
    /** @type {Record<string, Field>} */
    named: { name, capacity, seats },
    /** @param {string} text an error of the type as a whole; empty for none */
    setError(text) {
      setText(refused, text);
      setShown(refused, text !== '');
    },
    update,
    focus: () => name.input.focus(),
    /** @returns {TypeSheet} */
    sheet: () => ({
      number: sheet.number,
      name: name.value(),
      capacity: capacity.value(),
      seats: seats.value(),
      prices: prices.map((row) => row.sheet()),
    }),
  };
}
