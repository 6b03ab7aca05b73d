// The editor's text, and the document that it stands for. A sheet has everything as it is typed, so that it can be kept as
// a draft, also while it is not complete.

import { durationOf, minutesOf } from '../../../words/durations.js';
import { amountText, parsedAmount } from '../../../words/money.js';
import { trimmed } from '../../../words/text.js';
import { instantsOf, wallClock } from '../../../words/times.js';

/** @import { Duration } from '../../../words/durations.js' */

const TEXTS = Object.freeze({
  useUpTo40Letters: 'Use up to 40 letters from A to Z, digits, - and _.',
  enterTheThreeLettersOf: 'Enter the three letters of a currency, such as EUR.',
  /** @param {string} sample */
  enterAnAmountSuchAs: (sample) => `Enter an amount such as ${sample}.`,
  /** @param {string} amount */
  enterOrLess: (amount) => `Enter ${amount} or less.`,
});

/**
 * A price as it is typed. `number` is null for a new one. Times are a wall clock's, with `first` or `second` for one that
 * the clocks show twice.
 * @typedef {object} PriceSheet
 * @property {number | null} number
 * @property {string} name
 * @property {string} amount
 * @property {string} opens
 * @property {string} closes
 * @property {string} limit
 * @property {string} code
 * @property {boolean} closed
 *
 * @typedef {object} TypeSheet
 * @property {number | null} number
 * @property {string} name
 * @property {string} capacity
 * @property {string} seats the most seats of one booking
 * @property {PriceSheet[]} prices
 *
 * @typedef {object} Sheet
 * @property {string} currency
 * @property {Duration} hold
 * @property {Duration} line_hold
 * @property {Duration} patience
 * @property {Duration} grace
 * @property {string} refund
 * @property {string} instructions
 * @property {TypeSheet[]} types
 */

export const TYPES_MAX = 20;
export const PRICES_MAX = 60;
export const NAME_CHARACTERS_MAX = 80;
export const SEATS_PER_BOOKING_MAX = 10;
/** In the smallest unit of the currency. */
export const AMOUNT_MAX = 1_000_000_000;
export const CAPACITY_MAX = 1_000_000;
export const INSTRUCTIONS_CHARACTERS_MAX = 1000;
/** The bounds of a hold, in minutes: a quarter of an hour to two weeks. */
export const HOLD_MINUTES = { least: 15, most: 20_160 };
/** The bounds of the grace after a hold, in minutes: up to a week. */
export const GRACE_MINUTES = { least: 0, most: 10_080 };

/** A price that is not typed yet. @returns {PriceSheet} */
export function newPrice() {
  return { number: null, name: '', amount: '', opens: '', closes: '', limit: '', code: '', closed: false };
}

/** A type that is not typed yet, with one such price. @returns {TypeSheet} */
export function newType() {
  return { number: null, name: '', capacity: '', seats: '1', prices: [newPrice()] };
}

/**
 * A document's sheet.
 * @param {Api.TicketsDocument} document
 * @param {string} zone the event's
 * @returns {Sheet}
 */
export function sheetOf(document, zone) {
  const currency = document.currency ?? null;
  return {
    currency: currency ?? '',
    hold: durationOf(document.hold_minutes ?? null),
    line_hold: durationOf(document.line_hold_minutes ?? null),
    patience: durationOf(document.line_patience_minutes ?? null),
    grace: durationOf(document.grace_minutes || null),
    refund: typedTime(document.refund_until, zone),
    instructions: document.payment_instructions ?? '',
    types: document.ticket_types.map((type) => ({
      number: type.number ?? null,
      name: type.name,
      capacity: String(type.capacity),
      seats: String(type.seats_per_registration ?? 1),
      prices: type.prices.map((price) => ({
        number: price.number ?? null,
        name: price.name,
        amount: amountText(price.amount, currency),
        opens: typedTime(price.opens_at, zone),
        closes: typedTime(price.closes_at, zone),
        limit: price.limit === null || price.limit === undefined ? '' : String(price.limit),
        code: price.code ?? '',
        closed: price.is_closed ?? false,
      })),
    })),
  };
}

/**
 * The document that a sheet stands for. Its fields have been checked by then, each by itself. Times that were not typed
 * anew keep their seconds, which fields do not show.
 * @param {Sheet} sheet
 * @param {string} zone the event's
 * @param {Api.TicketsDocument} base the document that the sheet was filled from
 * @returns {Api.TicketsDocument}
 */
export function documentOf(sheet, zone, base) {
  const currency = currencyOf(sheet.currency);
  const known = base.ticket_types.flatMap(({ prices }) => prices);
  return {
    currency,
    hold_minutes: minutesOf(sheet.hold),
    line_hold_minutes: minutesOf(sheet.line_hold),
    line_patience_minutes: minutesOf(sheet.patience),
    grace_minutes: minutesOf(sheet.grace) ?? 0,
    refund_until: instantOf(sheet.refund, zone, base.refund_until),
    payment_instructions: trimmed(sheet.instructions),
    ticket_types: sheet.types.map((type) => ({
      number: type.number,
      name: trimmed(type.name),
      capacity: Number(type.capacity),
      seats_per_registration: Number(type.seats),
      prices: type.prices.map((price) => {
        const old = price.number === null ? undefined : known.find(({ number }) => number === price.number);
        return {
          number: price.number,
          name: trimmed(price.name),
          amount: parsedAmount(price.amount, currency) ?? NaN,
          opens_at: instantOf(price.opens, zone, old?.opens_at),
          closes_at: instantOf(price.closes, zone, old?.closes_at),
          limit: price.limit.trim() === '' ? null : Number(price.limit),
          code: codeOf(price.code),
          is_closed: price.closed,
        };
      }),
    })),
  };
}

/**
 * The currency that is typed, or null.
 * @param {string} text
 */
export function currencyOf(text) {
  return trimmed(text).toUpperCase() || null;
}

/**
 * A typed code as buyers may type it, too: codes have capital letters. Null if there is none.
 * @param {string} text
 */
export function codeOf(text) {
  return trimmed(text).toUpperCase() || null;
}

/**
 * The error of a typed code that is not empty, or null.
 * @param {string} text
 */
export function codeError(text) {
  return /^[A-Z0-9_-]{1,40}$/.test(codeOf(text) ?? '') ? null : TEXTS.useUpTo40Letters;
}

/**
 * The error of a typed currency that is not empty, or null. The server knows which codes there are.
 * @param {string} text
 */
export function currencyError(text) {
  return /^[A-Z]{3}$/.test(currencyOf(text) ?? '') ? null : TEXTS.enterTheThreeLettersOf;
}

/**
 * The error of a typed amount that is not empty, or null.
 * @param {string} text
 * @param {string | null} currency
 */
export function amountError(text, currency) {
  const amount = parsedAmount(text, currency);
  if (amount === null) {
    const sample = amountText(2500, currency);
    return TEXTS.enterAnAmountSuchAs(sample);
  }
  return amount > AMOUNT_MAX ? TEXTS.enterOrLess(amountText(AMOUNT_MAX, currency)) : null;
}

/**
 * A time as a field has it: the wall clock's, and which of two it is. Empty if there is none.
 * @param {string | null | undefined} time
 * @param {string} zone
 */
export function typedTime(time, zone) {
  if (!time) return '';
  const wall = wallClock(time, zone);
  const [, second] = instantsOf(wall, zone);
  return `${wall} ${second !== undefined && Date.parse(time) >= Date.parse(second) ? 'second' : 'first'}`;
}

/**
 * Whether an event has one plain free seat for everybody, as events begin. Nothing of its types and prices is shown then.
 * @param {Pick<Api.EventSummary, 'ticket_types' | 'currency'>} event
 */
export function isSimple({ ticket_types: types, currency }) {
  const [type] = types;
  const [price] = type?.prices ?? [];
  return (
    currency === null &&
    types.length === 1 &&
    type?.seats_per_registration === 1 &&
    type.prices.length === 1 &&
    price?.amount === 0 &&
    price.opens_at === null &&
    price.closes_at === null &&
    price.seats_left === null
  );
}

/**
 * @param {string} typed
 * @param {string} zone
 * @param {string | null | undefined} before the time that the field was filled from
 */
function instantOf(typed, zone, before) {
  if (before && typedTime(before, zone) === typed) return before;
  const [wall = '', which] = typed.split(' ');
  const [first = null, second = first] = instantsOf(wall, zone);
  return which === 'second' ? second : first;
}
