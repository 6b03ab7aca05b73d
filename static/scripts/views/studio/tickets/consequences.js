// The consequences of another document of types and prices, told before it is saved. The server decides, with the numbers
// of that moment.

import { durationWords } from '../../../words/durations.js';
import { amountWords } from '../../../words/money.js';
import { counted, countOf } from '../../../words/numbers.js';
import { CAPACITY_MAX } from './sheet.js';

/** @import { Question } from '../../../ui/dialogs.js' */

/**
 * The place of a fault in the document: the places of its type and its price, and the field's name. Faults of the document
 * as a whole have neither.
 * @typedef {{ type?: number, price?: number, field?: string, text: string }} Refusal
 *
 * @typedef {object} Consequences
 * @property {Refusal[]} refusals why the document cannot be saved
 * @property {string[]} notes what it does
 * @property {Question | null} question to ask before what cannot be undone
 *
 * @typedef {{ document: Api.TicketsDocument, counts: Api.TicketsCounts }} Tickets
 */

/** @type {Omit<Api.TicketTypeCounts, 'number' | 'money'>} */
const NO_COUNTS = {
  seats_taken: 0,
  seats_remaining: 0,
  waiting: 0,
  seats_wanted: 0,
  head_wants: 0,
  is_used: false,
  waiting_since: null,
};

/**
 * The consequences of saving `wanted`.
 * @param {Tickets} tickets as they are
 * @param {Api.TicketsDocument} wanted
 * @param {{ isDraft: boolean }} event
 * @returns {Consequences}
 */
export function consequencesOf(tickets, wanted, { isDraft }) {
  /** @type {Refusal[]} */
  const refusals = [...faultsOf(wanted), ...termRefusals(tickets, wanted), ...goneRefusals(tickets, wanted)];
  const notes = [...termNotes(tickets.document, wanted), ...goneNotes(tickets.document, wanted)];
  /** @type {string[]} */
  const promotions = [];
  for (const [index, type] of wanted.ticket_types.entries()) {
    const old = byNumber(tickets.document.ticket_types, type.number);
    if (old === undefined) {
      if (type.name !== '') notes.push(`“${type.name}” is a new ticket type, with ${countOf(type.capacity, 'seat')}.`);
    } else {
      const counts = countsOf(tickets.counts, old.number);
      refusals.push(...typeRefusals(old, type, counts).map((one) => ({ ...one, type: index })));
      notes.push(...typeNotes(old, type, counts, isDraft));
      const promoted = promotionWords(type, counts);
      if (promoted !== null && type.capacity > old.capacity) promotions.push(promoted);
    }
    for (const [place, price] of type.prices.entries()) {
      const before = old && byNumber(old.prices, price.number);
      const at = { type: index, price: place };
      refusals.push(...priceRefusals(before, price, tickets, wanted).map((one) => ({ ...one, ...at })));
      notes.push(...priceNotes(before, price, type, wanted.currency ?? null));
    }
    notes.push(...sellableNotes(type));
  }
  return {
    refusals,
    notes: [...promotions, ...notes],
    question: promotions.length === 0 || refusals.length > 0 ? null : questionOf(promotions),
  };
}

/**
 * How many registrations in a type's line get seats when so many are free. The line moves in order, and a head that wants
 * more than is free stops it.
 * @param {number} free
 * @param {Pick<Api.TicketTypeCounts, 'waiting' | 'seats_wanted' | 'head_wants'>} line
 * @returns {{ least: number, most: number }}
 */
export function promotedWith(free, { waiting, seats_wanted: wanted, head_wants: head }) {
  if (waiting === 0 || free < head) return { least: 0, most: 0 };
  if (free >= wanted) return { least: waiting, most: waiting };
  // Everybody behind the head wants one seat at least, and not all get theirs.
  return { least: 1, most: Math.min(waiting - 1, 1 + free - head) };
}

/**
 * Whether somebody has booked at the price with this number.
 * @param {Api.TicketsCounts} counts
 * @param {number | null | undefined} price
 */
export function isUsed(counts, price) {
  const found = counts.prices.find(({ number }) => number === price);
  return found !== undefined && (found.is_used || found.seats_standing > 0);
}

/**
 * Faults that a document has by itself.
 * @param {Api.TicketsDocument} document
 */
function faultsOf(document) {
  /** @type {Refusal[]} */
  const faults = [];
  const { ticket_types: types, currency } = document;
  if (types.length === 0) faults.push({ text: 'An event has at least one ticket type.' });
  const seats = types.reduce((sum, { capacity }) => sum + capacity, 0);
  if (seats > CAPACITY_MAX)
    faults.push({
      text: `All types together can have ${counted(CAPACITY_MAX)} seats at most, and these have ${counted(seats)}.`,
    });
  for (const [index, type] of types.entries()) {
    const at = { type: index };
    if (isTwice(types, index))
      faults.push({ ...at, field: 'name', text: `Two ticket types are called “${type.name}”.` });
    const party = type.seats_per_registration ?? 1;
    if (party > 1 && type.capacity < party)
      faults.push({
        ...at,
        field: 'capacity',
        text: `One booking may have ${counted(party)} seats, so there must be that many.`,
      });
    if (type.prices.length === 0) faults.push({ ...at, text: `“${type.name}” needs a price. It can be 0.` });
    for (const [place, price] of type.prices.entries()) {
      const inside = { ...at, price: place };
      if (isTwice(type.prices, place))
        faults.push({ ...inside, field: 'name', text: `“${type.name}” has two prices called “${price.name}”.` });
      if (price.amount > 0 && !currency)
        faults.push({ field: 'currency', text: `“${price.name}” has a price, so enter a currency.` });
      if (price.opens_at && price.closes_at && Date.parse(price.closes_at) <= Date.parse(price.opens_at))
        faults.push({ ...inside, field: 'closes', text: 'This must be after it opens.' });
    }
  }
  return faults;
}

/**
 * @param {Tickets} tickets
 * @param {Api.TicketsDocument} wanted
 * @returns {Refusal[]}
 */
function termRefusals({ document, counts }, wanted) {
  if ((document.currency ?? null) === (wanted.currency ?? null)) return [];
  const used = document.ticket_types
    .flatMap(({ prices }) => prices)
    .find((price) => price.amount > 0 && isUsed(counts, price.number));
  if (used === undefined) return [];
  return [
    { field: 'currency', text: `Somebody has booked at “${used.name}”, so the currency stays ${document.currency}.` },
  ];
}

/**
 * The types and prices that are left out although people have them.
 * @param {Tickets} tickets
 * @param {Api.TicketsDocument} wanted
 * @returns {Refusal[]}
 */
function goneRefusals({ document, counts }, wanted) {
  return document.ticket_types.flatMap((old) => {
    const kept = wanted.ticket_types.findIndex(({ number }) => number === old.number);
    if (kept < 0) {
      const used = countsOf(counts, old.number).is_used;
      return used
        ? [{ text: `Somebody has booked “${old.name}”, so it cannot be deleted. Close its prices instead.` }]
        : [];
    }
    const prices = wanted.ticket_types[kept]?.prices ?? [];
    return old.prices
      .filter((price) => byNumber(prices, price.number) === undefined && isUsed(counts, price.number))
      .map(({ name }) => ({
        type: kept,
        text: `Somebody has booked at “${name}”, so it cannot be deleted. Close it instead.`,
      }));
  });
}

/**
 * @param {Api.TicketTypeEntry} old
 * @param {Api.TicketTypeEntry} type
 * @param {typeof NO_COUNTS} counts
 * @returns {Refusal[]}
 */
function typeRefusals(old, type, { seats_taken: taken, waiting }) {
  /** @type {Refusal[]} */
  const refusals = [];
  if (type.capacity < taken)
    refusals.push({
      field: 'capacity',
      text: `${countOf(taken, 'seat is', 'seats are')} taken, so there cannot be fewer.`,
    });
  const [before, party] = [old.seats_per_registration ?? 1, type.seats_per_registration ?? 1];
  if (party < before && waiting > 0)
    refusals.push({
      field: 'seats',
      text: `This cannot be less than ${counted(before)} while the waitlist has ${countOf(waiting, 'booking')}.`,
    });
  return refusals;
}

/**
 * @param {Api.PriceEntry | undefined} old
 * @param {Api.PriceEntry} price
 * @param {Tickets} tickets
 * @param {Api.TicketsDocument} wanted
 * @returns {Refusal[]}
 */
function priceRefusals(old, price, { document, counts }, wanted) {
  if (old === undefined) return [];
  /** @type {Refusal[]} */
  const refusals = [];
  const isSameCurrency = (document.currency ?? null) === (wanted.currency ?? null);
  if (price.amount !== old.amount && isUsed(counts, old.number) && (isSameCurrency || old.amount === 0))
    refusals.push({
      field: 'amount',
      text: `Somebody has booked at ${amountWords(old.amount, document.currency ?? null)}, so this stays. Close this price and add another one.`,
    });
  const standing = counts.prices.find(({ number }) => number === old.number)?.seats_standing ?? 0;
  const limit = price.limit ?? null;
  if (limit !== null && limit < standing)
    refusals.push({
      field: 'limit',
      text: `${countOf(standing, 'seat is', 'seats are')} booked at this price, so its limit cannot be lower.`,
    });
  return refusals;
}

/**
 * @param {Api.TicketsDocument} old
 * @param {Api.TicketsDocument} wanted
 */
function termNotes(old, wanted) {
  /** @type {string[]} */
  const notes = [];
  if (wanted.currency && (old.currency ?? null) !== wanted.currency)
    notes.push(`All amounts are in ${wanted.currency}.`);
  if ((old.hold_minutes ?? null) !== (wanted.hold_minutes ?? null))
    notes.push(`${holdWords('New bookings', wanted.hold_minutes)} Earlier deadlines stay.`);
  if ((old.line_hold_minutes ?? null) !== (wanted.line_hold_minutes ?? null))
    notes.push(`${holdWords('New seats from the waitlist', wanted.line_hold_minutes)} Earlier deadlines stay.`);
  return notes;
}

/**
 * @param {string} seats
 * @param {number | null | undefined} minutes
 */
function holdWords(seats, minutes) {
  return minutes ? `${seats} are held for ${durationWords(minutes)}.` : `${seats} are held without a deadline.`;
}

/**
 * @param {Api.TicketsDocument} old
 * @param {Api.TicketsDocument} wanted
 */
function goneNotes(old, wanted) {
  return old.ticket_types.flatMap((type) => {
    const kept = byNumber(wanted.ticket_types, type.number);
    if (kept === undefined) return [`“${type.name}” is deleted, with its ${countOf(type.capacity, 'seat')}.`];
    return type.prices
      .filter((price) => byNumber(kept.prices, price.number) === undefined)
      .map((price) => `The price “${price.name}” of “${type.name}” is deleted.`);
  });
}

/**
 * @param {Api.TicketTypeEntry} old
 * @param {Api.TicketTypeEntry} type
 * @param {typeof NO_COUNTS} counts
 * @param {boolean} isDraft
 */
function typeNotes(old, type, counts, isDraft) {
  /** @type {string[]} */
  const notes = [];
  if (type.name !== old.name && type.name !== '') notes.push(`“${old.name}” will be called “${type.name}”.`);
  const [before, party] = [old.seats_per_registration ?? 1, type.seats_per_registration ?? 1];
  if (party > before) notes.push(`One booking of “${type.name}” can have up to ${counted(party)} seats.`);
  if (party < before && counts.is_used)
    notes.push(`Bookings with more than ${countOf(party, 'seat')} keep what they have.`);
  if (type.capacity === old.capacity || type.capacity < counts.seats_taken) return notes;
  const free = type.capacity - counts.seats_taken;
  if (isDraft) notes.push(`“${type.name}” has ${countOf(type.capacity, 'seat')} when the event is published.`);
  else if (type.capacity < old.capacity)
    notes.push(`“${type.name}” will have ${countOf(free, 'seat')} available. Nobody loses a seat.`);
  else if (counts.waiting === 0)
    notes.push(`“${type.name}” will have ${countOf(free, 'seat')} available. Nobody is on the waitlist.`);
  else if (free < counts.head_wants)
    notes.push(
      `Nobody on the waitlist of “${type.name}” gets seats yet: the first one wants ${counted(counts.head_wants)}, and ${countOf(free, 'seat', 'seats')} will be available.`,
    );
  return notes;
}

/**
 * The words for those who are promoted by a raise, or null if nobody is.
 * @param {Api.TicketTypeEntry} type
 * @param {typeof NO_COUNTS} counts
 */
function promotionWords(type, counts) {
  const free = type.capacity - counts.seats_taken;
  const { least, most } = promotedWith(free, counts);
  if (most === 0) return null;
  const line = `the waitlist of “${type.name}”`;
  if (least === counts.waiting) {
    const rest = free - counts.seats_wanted;
    const after = rest === 0 ? 'and it is full' : `and ${countOf(rest, 'seat stays', 'seats stay')} available`;
    const who = least === 1 ? 'The only booking' : `All ${counted(least)} bookings`;
    return `${who} on ${line} get${least === 1 ? 's' : ''} ${countOf(counts.seats_wanted, 'seat')} at once, ${after}.`;
  }
  const who = least === most ? `The first ${countOf(most, 'booking')}` : `Up to ${countOf(most, 'booking')}`;
  const verb = most === 1 ? 'gets' : 'get';
  return `${who} of ${counted(counts.waiting)} on ${line} ${verb} seats at once, in order. The others stay on it.`;
}

/** @param {string[]} promotions @returns {Question} */
function questionOf(promotions) {
  return {
    title: 'Give seats to people on the waitlist?',
    text: `${promotions.join(' ')} This can’t be undone.`,
    yes: 'Save and give seats',
  };
}

/**
 * @param {Api.PriceEntry | undefined} old
 * @param {Api.PriceEntry} price
 * @param {Api.TicketTypeEntry} type
 * @param {string | null} currency
 */
function priceNotes(old, price, type, currency) {
  const name = `“${price.name}” of “${type.name}”`;
  if (old === undefined)
    return price.name === '' || type.name === '' ? [] : [`${name} is a new price: ${newWords(price, currency)}.`];
  /** @type {string[]} */
  const notes = [];
  if (price.amount !== old.amount && !Number.isNaN(price.amount))
    notes.push(`${name} will cost ${amountWords(price.amount, currency)}.`);
  if (price.is_closed && !old.is_closed) notes.push(`Nobody can book at ${name} any more. Earlier bookings stay.`);
  if (!price.is_closed && old.is_closed) notes.push(`${name} can be booked again.`);
  const [limit, before] = [price.limit ?? null, old.limit ?? null];
  if (limit !== before)
    notes.push(
      limit === null
        ? `${name} will have no limit.`
        : `${name} will be limited to ${countOf(limit, 'seat')}, including those on the waitlist.`,
    );
  const [code, known] = [price.code ?? null, old.code ?? null];
  if (code !== known) notes.push(codeNote(name, code, known));
  return notes;
}

/**
 * @param {Api.PriceEntry} price
 * @param {string | null} currency
 */
function newWords({ amount, limit, code }, currency) {
  const words = [Number.isNaN(amount) ? '?' : amountWords(amount, currency)];
  if (limit !== null && limit !== undefined) words.push(`${countOf(limit, 'seat')} at most`);
  if (code) words.push(`only with the code ${code}`);
  return words.join(', ');
}

/**
 * @param {string} name
 * @param {string | null} code
 * @param {string | null} known
 */
function codeNote(name, code, known) {
  if (code === null) return `Everybody will see ${name}.`;
  if (known === null) return `Only people with the code ${code} will see ${name}.`;
  return `The code of ${name} will be ${code}. The old one stops working.`;
}

/** @param {Api.TicketTypeEntry} type */
function sellableNotes({ name, capacity, prices }) {
  const open = prices.filter(({ is_closed: closed }) => !closed);
  if (prices.length > 0 && open.length === 0) return [`Nobody can book “${name}”: all its prices are closed.`];
  const limits = open.map(({ limit }) => limit ?? Infinity).reduce((sum, limit) => sum + limit, 0);
  return limits < capacity && open.length > 0
    ? [`The limits of “${name}” leave ${countOf(capacity - limits, 'seat')} that nobody can book.`]
    : [];
}

/**
 * @param {{ name: string }[]} entries
 * @param {number} index
 */
function isTwice(entries, index) {
  const name = entries[index]?.name.normalize('NFC');
  return name !== '' && entries.slice(0, index).some((one) => one.name.normalize('NFC') === name);
}

/**
 * @param {Api.TicketsCounts} counts
 * @param {number | null | undefined} type
 */
function countsOf(counts, type) {
  return counts.ticket_types.find(({ number }) => number === type) ?? NO_COUNTS;
}

/**
 * @template {{ number?: number | null }} T
 * @param {T[]} entries
 * @param {number | null | undefined} number
 */
function byNumber(entries, number) {
  return number === null || number === undefined ? undefined : entries.find((one) => one.number === number);
}
