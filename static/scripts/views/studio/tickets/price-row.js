// A price in the editor.

import { element, setShown, setText } from '../../../ui/dom.js';
import { field } from '../../../ui/forms.js';
import { timeField } from '../time-field.js';
import { amountError, CAPACITY_MAX, codeError, NAME_CHARACTERS_MAX } from './sheet.js';

/** @import { Field } from '../../../ui/forms.js' */
/** @import { PriceSheet } from './sheet.js' */

const TEXTS = Object.freeze({
  somebodyHasBookedAtThis:
    'Somebody has booked at this price, so you can’t delete it or change its amount. Close it and add another one.',
  nameOfThePrice: 'Name of the price',
  adult: 'Adult',
  priceOfASeat: 'Price of a seat',
  n0IsFree: '0 is free.',
  opens: 'Opens',
  leaveEmptyToOpenWith: 'Leave empty to open with the sale.',
  closes: 'Closes',
  leaveEmptyToCloseWith: 'Leave empty to close with the sale.',
  limitOfSeats: 'Limit of seats',
  theMostSeatsAtThis: 'The most seats at this price, including those on the waitlist.',
  code: 'Code',
  onlyPeopleWhoEnterIt: 'Only people who enter it see this price.',
  timesLimitAndCode: 'Times, limit and code',
  closed: 'Closed',
  nobodyCanBookAtThis: 'Nobody can book at this price. Earlier bookings stay.',
  deleteThisPrice: 'Delete this price',
  newPrice: 'New price',
  /** @param {string} name */
  price: (name) => `Price: ${name}`,
});

const IN_USE = TEXTS.somebodyHasBookedAtThis;

/**
 * The facts about a price that is saved: whether people have it, and its amount as a field shows it.
 * @typedef {{ isUsed: boolean, amount: string }} PriceUse
 *
 * @typedef {ReturnType<typeof priceRow>} PriceRow
 */

/**
 * The fields of a price. Those that few prices need are folded.
 * @param {PriceSheet} sheet
 * @param {object} options
 * @param {() => string} options.zone the event's
 * @param {() => string | null} options.currency as it is typed
 * @param {() => void} options.onChange called for changes that are no typing
 * @param {() => void} options.onRemove
 */
export function priceRow(sheet, { zone, currency, onChange, onRemove }) {
  const name = field({
    name: 'price-name',
    label: TEXTS.nameOfThePrice,
    required: true,
    characters: NAME_CHARACTERS_MAX,
    autocomplete: 'off',
    placeholder: TEXTS.adult,
    value: sheet.name,
  });
  const amount = field({
    name: 'price-amount',
    label: TEXTS.priceOfASeat,
    required: true,
    inputmode: 'decimal',
    autocomplete: 'off',
    hint: TEXTS.n0IsFree,
    check: (text) => amountError(text, currency()),
    value: sheet.amount,
  });
  const opens = timeField({ name: 'price-opens', label: TEXTS.opens, hint: TEXTS.leaveEmptyToOpenWith }, zone);
  const closes = timeField({ name: 'price-closes', label: TEXTS.closes, hint: TEXTS.leaveEmptyToCloseWith }, zone);
  opens.retype(sheet.opens);
  closes.retype(sheet.closes);
  const limit = field({
    name: 'price-limit',
    label: TEXTS.limitOfSeats,
    type: 'number',
    inputmode: 'numeric',
    min: '0',
    max: String(CAPACITY_MAX),
    step: '1',
    hint: TEXTS.theMostSeatsAtThis,
    value: sheet.limit,
  });
  const code = field({
    name: 'price-code',
    label: TEXTS.code,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    hint: TEXTS.onlyPeopleWhoEnterIt,
    check: codeError,
    value: sheet.code,
  });
  const closed = element('input', { type: 'checkbox', checked: sheet.closed, onchange: onChange });
  const folded = [...opens.fields, ...closes.fields, limit, code];
  const details = element(
    'details',
    { class: 'more-of-it', open: [sheet.opens, sheet.closes, sheet.limit, sheet.code].some((text) => text !== '') },
    element('summary', {}, TEXTS.timesLimitAndCode),
    element(
      'div',
      { class: 'form' },
      element('div', { class: 'field-pair' }, opens.wall.node, closes.wall.node),
      element('div', { class: 'field-pair' }, limit.node, code.node),
    ),
  );
  for (const one of folded) {
    const { setError } = one;
    // A folded field cannot get the focus.
    one.setError = (text) => {
      if (text) details.open = true;
      setError(text);
    };
  }
  const legend = element('legend');
  const useWords = element('p', { class: 'hint' });
  const closing = element(
    'label',
    { class: 'choice' },
    closed,
    element('span', {}, TEXTS.closed, element('span', { class: 'hint' }, TEXTS.nobodyCanBookAtThis)),
  );
  const remove = element(
    'button',
    { type: 'button', class: 'button button-small button-quiet-danger', onclick: onRemove },
    TEXTS.deleteThisPrice,
  );
  const node = element(
    'fieldset',
    { class: 'price-row' },
    legend,
    element('div', { class: 'field-pair' }, name.node, amount.node),
    useWords,
    details,
    element('div', { class: 'actions' }, closing, remove),
  );

  /** @param {{ use: PriceUse | null, isOnly: boolean }} state */
  function update({ use, isOnly }) {
    const isUsed = use?.isUsed ?? false;
    explain();
    // A draft may have another amount, from before the price was used. It can be typed back.
    amount.input.readOnly = isUsed && amount.value() === use?.amount;
    setText(useWords, isUsed ? IN_USE : '');
    setShown(useWords, isUsed);
    setShown(remove, !isUsed && !isOnly);
    setShown(closing, sheet.number !== null || closed.checked);
  }

  function explain() {
    setText(legend, name.value() === '' ? TEXTS.newPrice : TEXTS.price(name.value()));
  }

  name.input.addEventListener('input', explain);
  explain();
  return {
    node,
    number: sheet.number,
    fields: [name, amount, ...folded],
    /** @type {Record<string, Field>} */
    named: { name, amount, closes: closes.wall, limit, code },
    update,
    focus: () => name.input.focus(),
    /** @returns {PriceSheet} */
    sheet: () => ({
      number: sheet.number,
      name: name.value(),
      amount: amount.value(),
      opens: opens.typed(),
      closes: closes.typed(),
      limit: limit.value(),
      code: code.value(),
      closed: closed.checked,
    }),
  };
}
