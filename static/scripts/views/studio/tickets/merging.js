// Two people edit one document of types and prices: the differences in words, and both of their changes in one document.

import { durationWords } from '../../../words/durations.js';
import { amountWords } from '../../../words/money.js';
import { counted, countOf } from '../../../words/numbers.js';
import { dateAndTime } from '../../../words/times.js';

const TEXTS = Object.freeze({
  currency: 'Currency',
  timeToPay: 'Time to pay',
  timeToPayFromThe: 'Time to pay from the waitlist',
  patience: 'Patience with the next in line',
  grace: 'Grace',
  refundsUntil: 'Refunds until',
  howToPay: 'How to pay',
  seatsInOneBooking: 'seats in one booking',
  /** @param {string} seats */
  newWith: (seats) => `new, with ${seats}`,
  /** @param {string} amount */
  new: (amount) => `new, ${amount}`,
});

/** @typedef {[label: string, words: string]} Difference */

/** @type {[name: keyof Api.TicketsDocument, label: string][]} */
const TERMS = [
  ['currency', TEXTS.currency],
  ['hold_minutes', TEXTS.timeToPay],
  ['line_hold_minutes', TEXTS.timeToPayFromThe],
  ['line_patience_minutes', TEXTS.patience],
  ['grace_minutes', TEXTS.grace],
  ['refund_until', TEXTS.refundsUntil],
  ['payment_instructions', TEXTS.howToPay],
];
/** @type {[name: keyof Api.TicketTypeEntry, label: string][]} */
const TYPE_MEMBERS = [
  ['name', 'name'],
  ['capacity', 'seats'],
  ['seats_per_registration', TEXTS.seatsInOneBooking],
];
/** @type {[name: keyof Api.PriceEntry, label: string][]} */
const PRICE_MEMBERS = [
  ['name', 'name'],
  ['amount', 'price'],
  ['opens_at', 'opens'],
  ['closes_at', 'closes'],
  ['limit', 'limit'],
  ['code', 'code'],
  ['is_closed', 'closed'],
];

/**
 * The changes of `mine` since `base` on top of `theirs`. A member that both have changed is mine. What they have deleted
 * and I have changed comes back as a new entry; what I have deleted is deleted.
 * @param {Api.TicketsDocument} base
 * @param {Api.TicketsDocument} mine
 * @param {Api.TicketsDocument} theirs
 * @returns {Api.TicketsDocument}
 */
export function merged(base, mine, theirs) {
  return {
    ...membersMerged(TERMS, base, mine, theirs),
    ticket_types: entriesMerged(base.ticket_types, mine.ticket_types, theirs.ticket_types, typeMerged),
  };
}

/**
 * The differences from `base` to `latest`, in words.
 * @param {Api.TicketsDocument} base
 * @param {Api.TicketsDocument} latest
 * @param {string} zone the event's
 * @returns {Difference[]}
 */
export function differencesOf(base, latest, zone) {
  /** @param {string} name @param {unknown} value */
  const words = (name, value) => valueWords(name, value, { zone, currency: latest.currency ?? null });
  const types = entryDifferences(base.ticket_types, latest.ticket_types, {
    label: ({ name }) => `“${name}”`,
    fresh: ({ capacity }) => TEXTS.newWith(countOf(capacity, 'seat')),
    within: (old, type) => [
      ...memberDifferences(TYPE_MEMBERS, old, type, { label: `“${type.name}”: `, words }),
      ...entryDifferences(old.prices, type.prices, {
        label: ({ name }) => `“${type.name}”, “${name}”`,
        fresh: ({ amount }) => TEXTS.new(words('amount', amount)),
        within: (before, price) =>
          memberDifferences(PRICE_MEMBERS, before, price, { label: `“${type.name}”, “${price.name}”: `, words }),
      }),
    ],
  });
  return [...memberDifferences(TERMS, base, latest, { label: '', words }), ...types];
}

/**
 * Whether two documents say the same.
 * @param {Api.TicketsDocument} one
 * @param {Api.TicketsDocument} other
 */
export function isSame(one, other) {
  return isEqual(one, other);
}

/**
 * @param {Api.TicketTypeEntry} base
 * @param {Api.TicketTypeEntry} mine
 * @param {Api.TicketTypeEntry} theirs
 * @returns {Api.TicketTypeEntry}
 */
function typeMerged(base, mine, theirs) {
  return {
    ...membersMerged(TYPE_MEMBERS, base, mine, theirs),
    prices: entriesMerged(base.prices, mine.prices, theirs.prices, (...prices) =>
      membersMerged(PRICE_MEMBERS, ...prices),
    ),
  };
}

/**
 * @template {{ number?: number | null }} T
 * @param {T[]} base
 * @param {T[]} mine
 * @param {T[]} theirs
 * @param {(base: T, mine: T, theirs: T) => T} merge
 * @returns {T[]}
 */
function entriesMerged(base, mine, theirs, merge) {
  const kept = theirs.flatMap((one) => {
    const [before, own] = [numbered(base, one.number), numbered(mine, one.number)];
    if (before === undefined) return [one];
    return own === undefined ? [] : [merge(before, own, one)];
  });
  const fresh = mine.flatMap((one) => {
    if (one.number === undefined || one.number === null) return [one];
    const isGone = numbered(theirs, one.number) === undefined;
    if (!isGone || isEqual(one, numbered(base, one.number))) return [];
    return [withoutNumbers(one)];
  });
  return [...kept, ...fresh];
}

/**
 * @template {object} T
 * @param {[name: keyof T, label: string][]} members
 * @param {T} base
 * @param {T} mine
 * @param {T} theirs
 * @returns {T}
 */
function membersMerged(members, base, mine, theirs) {
  const own = members.filter(([name]) => !isEqual(base[name], mine[name])).map(([name]) => [name, mine[name]]);
  return { ...theirs, ...Object.fromEntries(own) };
}

/**
 * An entry as a new one, also its prices.
 * @template T
 * @param {T} entry
 * @returns {T}
 */
function withoutNumbers(entry) {
  return JSON.parse(JSON.stringify(entry, (key, value) => (key === 'number' ? null : value)));
}

/**
 * @template {{ number?: number | null, name: string }} T
 * @param {T[]} base
 * @param {T[]} latest
 * @param {{ label: (one: T) => string, fresh: (one: T) => string, within: (old: T, one: T) => Difference[] }} words
 * @returns {Difference[]}
 */
function entryDifferences(base, latest, { label, fresh, within }) {
  /** @type {Difference[]} */
  const gone = base.filter((one) => numbered(latest, one.number) === undefined).map((one) => [label(one), 'deleted']);
  const others = latest.flatMap((one) => {
    const old = numbered(base, one.number);
    /** @type {Difference[]} */
    const differences = old === undefined ? [[label(one), fresh(one)]] : within(old, one);
    return differences;
  });
  return [...gone, ...others];
}

/**
 * @template {object} T
 * @param {[name: keyof T, label: string][]} members
 * @param {T} base
 * @param {T} latest
 * @param {{ label: string, words: (name: string, value: unknown) => string }} options
 * @returns {Difference[]}
 */
function memberDifferences(members, base, latest, { label, words }) {
  return members
    .filter(([name]) => !isEqual(base[name], latest[name]))
    .map(([name, member]) => [`${label}${member}`, words(String(name), latest[name])]);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {{ zone: string, currency: string | null }} event
 */
function valueWords(name, value, { zone, currency }) {
  if (value === null || value === undefined || value === '') return '(empty)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (name === 'amount') return amountWords(Number(value), currency);
  if (name.endsWith('_minutes')) return durationWords(Number(value));
  if (/_(at|until)$/.test(name)) return dateAndTime(String(value), zone);
  return counted(value);
}

/**
 * @template {{ number?: number | null }} T
 * @param {T[]} entries
 * @param {number | null | undefined} number
 */
function numbered(entries, number) {
  return number === null || number === undefined ? undefined : entries.find((one) => one.number === number);
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function isEqual(one, other) {
  return JSON.stringify(sorted(one ?? null)) === JSON.stringify(sorted(other ?? null));
}

/**
 * A value with the members of its objects in one order.
 * @param {unknown} value
 * @returns {unknown}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
