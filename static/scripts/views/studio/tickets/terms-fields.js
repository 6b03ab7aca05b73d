// The fields of an event's terms of payment: currency, times to pay, refunds, how to pay.

import { element, setShown } from '../../../ui/dom.js';
import { field } from '../../../ui/forms.js';
import { DURATION_UNITS, durationError } from '../../../words/durations.js';
import { timeField } from '../time-field.js';
import { currencyError, currencyOf, GRACE_MINUTES, HOLD_MINUTES, INSTRUCTIONS_CHARACTERS_MAX } from './sheet.js';

/** @import { Field } from '../../../ui/forms.js' */
/** @import { Duration } from '../../../words/durations.js' */
/** @import { Sheet } from './sheet.js' */

const TEXTS = Object.freeze({
  currency: 'Currency',
  threeLettersSuchAsEur: 'Three letters, such as EUR. Leave it empty if everything is free.',
  timeToPay: 'Time to pay',
  unpaidSeatsThenGoTo:
    'Unpaid seats then go to the waitlist, or on sale again. Leave empty for no deadline, such as for paying at the door.',
  timeToPayForSeats: 'Time to pay for seats from the waitlist',
  leaveEmptyForNoDeadline:
    'Leave empty for no deadline. People hear of their seats by a message, and do not always look at once.',
  patience: 'Patience with the next in line',
  ifTheNextWantsMore:
    'If the next on the waitlist wants more seats together than are free, everybody behind waits too. After this time the group goes to the end of the waitlist, and is told so. Leave empty to let it stay.',
  waitlist: 'Waitlist',
  grace: 'Grace',
  extraTimeBeforeUnpaidSeats: 'Extra time before unpaid seats are given away. Buyers don’t see it.',
  refundsUntil: 'Refunds until',
  peopleWhoCancelByThen: 'People who cancel by then get their money back. Leave empty for no refunds.',
  howToPay: 'How to pay',
  suchAsABankAccount: 'Such as a bank account. Buyers read it while their seats are held.',
  money: 'Money',
  /** @param {string} label */
  unit: (label) => `${label}: unit`,
});

/** @typedef {Omit<Sheet, 'types'>} Terms */

/**
 * @param {() => string} zone the event's
 */
export function termsFields(zone) {
  const currency = field({
    name: 'currency',
    label: TEXTS.currency,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    list: 'currencies',
    hint: TEXTS.threeLettersSuchAsEur,
    check: currencyError,
  });
  const currencies = element(
    'datalist',
    { id: 'currencies' },
    (Intl.supportedValuesOf?.('currency') ?? []).map((code) => element('option', { value: code })),
  );
  const hold = durationField({
    name: 'hold_minutes',
    label: TEXTS.timeToPay,
    hint: TEXTS.unpaidSeatsThenGoTo,
    bounds: HOLD_MINUTES,
  });
  const lineHold = durationField({
    name: 'line_hold_minutes',
    label: TEXTS.timeToPayForSeats,
    hint: TEXTS.leaveEmptyForNoDeadline,
    bounds: HOLD_MINUTES,
  });
  const patience = durationField({
    name: 'line_patience_minutes',
    label: TEXTS.patience,
    hint: TEXTS.ifTheNextWantsMore,
    bounds: HOLD_MINUTES,
  });
  const grace = durationField({
    name: 'grace_minutes',
    label: TEXTS.grace,
    hint: TEXTS.extraTimeBeforeUnpaidSeats,
    bounds: GRACE_MINUTES,
  });
  const refund = timeField(
    {
      name: 'refund_until',
      label: TEXTS.refundsUntil,
      hint: TEXTS.peopleWhoCancelByThen,
    },
    zone,
  );
  const instructions = field({
    name: 'payment_instructions',
    label: TEXTS.howToPay,
    tag: 'textarea',
    rows: '4',
    characters: INSTRUCTIONS_CHARACTERS_MAX,
    hint: TEXTS.suchAsABankAccount,
  });
  const paid = element(
    'div',
    { class: 'form' },
    element('div', { class: 'field-pair' }, hold.node, lineHold.node),
    grace.node,
    refund.wall.node,
    instructions.node,
  );
  const durations = [hold, lineHold, grace, patience];
  const fields = [currency, ...durations.flatMap((one) => one.fields), ...refund.fields, instructions];
  const node = element(
    'div',
    { class: 'form' },
    element('fieldset', { class: 'field-group' }, element('legend', {}, TEXTS.waitlist), patience.node),
    element('fieldset', { class: 'field-group' }, element('legend', {}, TEXTS.money), currency.node, currencies, paid),
  );

  /** @returns {Terms} */
  function sheet() {
    return {
      currency: currency.value(),
      hold: hold.typed(),
      line_hold: lineHold.typed(),
      patience: patience.typed(),
      grace: grace.typed(),
      refund: refund.typed(),
      instructions: instructions.value(),
    };
  }

  function explain() {
    const { currency: code, ...others } = sheet();
    const isEmpty = [others.hold, others.line_hold, others.grace].every(({ count }) => count === '');
    // A field with a typed value is never hidden.
    setShown(paid, currencyOf(code) !== null || !isEmpty || others.refund !== '' || others.instructions !== '');
  }

  currency.input.addEventListener('input', explain);
  currency.input.addEventListener('change', () => {
    currency.input.value = currencyOf(currency.value()) ?? '';
  });
  return {
    node,
    fields,
    /** @type {Record<string, Field>} */
    named: { currency },
    currency: () => (currencyError(currency.value()) === null ? currencyOf(currency.value()) : null),
    sheet,
    /** @param {Terms} terms */
    fill(terms) {
      currency.input.value = terms.currency;
      hold.fill(terms.hold);
      lineHold.fill(terms.line_hold);
      patience.fill(terms.patience);
      grace.fill(terms.grace);
      refund.retype(terms.refund);
      instructions.input.value = terms.instructions;
      for (const one of fields) one.setError(null);
      explain();
    },
  };
}

/**
 * A length of time: a number, and its unit beside it.
 * @param {{ name: string, label: string, hint: string, bounds: { least: number, most: number } }} options
 */
function durationField({ name, label, hint, bounds }) {
  const count = field({
    name,
    label,
    hint,
    inputmode: 'numeric',
    autocomplete: 'off',
    check: () => durationError(typed(), bounds),
  });
  const unit = element(
    'select',
    { class: 'input', 'aria-label': TEXTS.unit(label) },
    DURATION_UNITS.map((one) => element('option', { value: one }, one)),
  );
  const row = element('div', { class: 'duration-row' });
  count.input.replaceWith(row);
  row.append(count.input, unit);
  unit.addEventListener('input', () => count.setError(null));

  /** @returns {Duration} */
  function typed() {
    return { count: count.value(), unit: unit.value };
  }

  return {
    node: count.node,
    fields: [count],
    typed,
    /** @param {Duration} duration */
    fill(duration) {
      count.input.value = duration.count;
      unit.value = DURATION_UNITS.some((one) => one === duration.unit) ? duration.unit : 'hours';
    },
  };
}
