// The consequences of another document of types and prices, told before it is saved. The server decides, with the numbers
// of that moment.

import { durationWords } from '../../../words/durations.js';
import { amountWords } from '../../../words/money.js';
import { counted, countOf } from '../../../words/numbers.js';
import { CAPACITY_MAX } from './sheet.js';

/** @import { Question } from '../../../ui/dialogs.js' */

const TEXTS = Object.freeze({
  /** @param {string} name @param {string} seats */
  isANewTicketType: (name, seats) => `“${name}” is a new ticket type, with ${seats}.`,
  anEventHasAtLeast: 'An event has at least one ticket type.',
  /** @param {string} capacityMax @param {string} seats */
  allTypesTogetherCanHave: (capacityMax, seats) =>
    `All types together can have ${capacityMax} seats at most, and these have ${seats}.`,
  /** @param {string} name */
  twoTicketTypesAreCalled: (name) => `Two ticket types are called “${name}”.`,
  /** @param {string} party */
  oneBookingMayHaveSeats: (party) => `One booking may have ${party} seats, so there must be that many.`,
  /** @param {string} name */
  needsAPriceItCan: (name) => `“${name}” needs a price. It can be 0.`,
  /** @param {string} name @param {string} otherName */
  hasTwoPricesCalled: (name, otherName) => `“${name}” has two prices called “${otherName}”.`,
  /** @param {string} name */
  hasAPriceSoEnter: (name) => `“${name}” has a price, so enter a currency.`,
  thisMustBeAfterIt: 'This must be after it opens.',
  /** @param {string} name @param {string | null} currency */
  somebodyHasBookedAtSo: (name, currency) => `Somebody has booked at “${name}”, so the currency stays ${currency}.`,
  /** @param {string} name */
  somebodyHasBookedSoIt: (name) => `Somebody has booked “${name}”, so it cannot be deleted. Close its prices instead.`,
  /** @param {string} name */
  somebodyHasBookedAtSoIt: (name) => `Somebody has booked at “${name}”, so it cannot be deleted. Close it instead.`,
  /** @param {string} seats */
  takenSoThereCannotBe: (seats) => `${seats} taken, so there cannot be fewer.`,
  seatIs: 'seat is',
  seatsAre: 'seats are',
  /** @param {string} before @param {string} bookings */
  thisCannotBeLessThan: (before, bookings) => `This cannot be less than ${before} while the waitlist has ${bookings}.`,
  /** @param {string} amount */
  somebodyHasBookedAtSoThis: (amount) =>
    `Somebody has booked at ${amount}, so this stays. Close this price and add another one.`,
  /** @param {string} seats */
  bookedAtThisPriceSo: (seats) => `${seats} booked at this price, so its limit cannot be lower.`,
  /** @param {string} currency */
  allAmountsAreIn: (currency) => `All amounts are in ${currency}.`,
  /** @param {string} hold */
  earlierDeadlinesStay: (hold) => `${hold} Earlier deadlines stay.`,
  newBookings: 'New bookings',
  newSeatsFromTheWaitlist: 'New seats from the waitlist',
  /** @param {string} seats @param {string} duration */
  areHeldFor: (seats, duration) => `${seats} are held for ${duration}.`,
  /** @param {string} seats */
  areHeldWithoutADeadline: (seats) => `${seats} are held without a deadline.`,
  /** @param {string} name @param {string} seats */
  isDeletedWithIts: (name, seats) => `“${name}” is deleted, with its ${seats}.`,
  /** @param {string} name @param {string} otherName */
  thePriceOfIsDeleted: (name, otherName) => `The price “${name}” of “${otherName}” is deleted.`,
  /** @param {string} name @param {string} otherName */
  willBeCalled: (name, otherName) => `“${name}” will be called “${otherName}”.`,
  /** @param {string} name @param {string} party */
  oneBookingOfCanHave: (name, party) => `One booking of “${name}” can have up to ${party} seats.`,
  /** @param {string} seats */
  bookingsWithMoreThanKeep: (seats) => `Bookings with more than ${seats} keep what they have.`,
  /** @param {string} name @param {string} seats */
  hasWhenTheEventIs: (name, seats) => `“${name}” has ${seats} when the event is published.`,
  /** @param {string} name @param {string} seats */
  willHaveAvailableNobodyLoses: (name, seats) => `“${name}” will have ${seats} available. Nobody loses a seat.`,
  /** @param {string} name @param {string} seats */
  willHaveAvailableNobodyIs: (name, seats) => `“${name}” will have ${seats} available. Nobody is on the waitlist.`,
  /** @param {string} name @param {string} headWants @param {string} seats */
  nobodyOnTheWaitlistOf: (name, headWants, seats) =>
    `Nobody on the waitlist of “${name}” gets seats yet: the first one wants ${headWants}, and ${seats} will be available.`,
  /** @param {string} name */
  theWaitlistOf: (name) => `the waitlist of “${name}”`,
  andItIsFull: 'and it is full',
  /** @param {string} seats */
  andAvailable: (seats) => `and ${seats} available`,
  seatStays: 'seat stays',
  seatsStay: 'seats stay',
  theOnlyBooking: 'The only booking',
  /** @param {string} least */
  allBookings: (least) => `All ${least} bookings`,
  /** @param {string} who @param {string} line @param {string} seats @param {string} after */
  oneGets: (who, line, seats, after) => `${who} on ${line} gets ${seats} at once, ${after}.`,
  /** @param {string} who @param {string} line @param {string} seats @param {string} after */
  allGet: (who, line, seats, after) => `${who} on ${line} get ${seats} at once, ${after}.`,
  /** @param {string} bookings */
  theFirst: (bookings) => `The first ${bookings}`,
  /** @param {string} bookings */
  upTo: (bookings) => `Up to ${bookings}`,
  /** @param {string} who @param {string} waiting @param {string} line */
  oneOfThemGets: (who, waiting, line) =>
    `${who} of ${waiting} on ${line} gets seats at once, in order. The others stay on it.`,
  /** @param {string} who @param {string} waiting @param {string} line */
  someOfThemGet: (who, waiting, line) =>
    `${who} of ${waiting} on ${line} get seats at once, in order. The others stay on it.`,
  giveSeatsToPeopleOn: 'Give seats to people on the waitlist?',
  /** @param {string} promotions */
  thisCantBeUndone: (promotions) => `${promotions} This can’t be undone.`,
  saveAndGiveSeats: 'Save and give seats',
  /** @param {string} name @param {string} facts */
  isANewPrice: (name, facts) => `${name} is a new price: ${facts}.`,
  /** @param {string} name @param {string} amount */
  willCost: (name, amount) => `${name} will cost ${amount}.`,
  /** @param {string} name */
  nobodyCanBookAtAny: (name) => `Nobody can book at ${name} any more. Earlier bookings stay.`,
  /** @param {string} name */
  canBeBookedAgain: (name) => `${name} can be booked again.`,
  /** @param {string} name */
  willHaveNoLimit: (name) => `${name} will have no limit.`,
  /** @param {string} name @param {string} seats */
  willBeLimitedToIncluding: (name, seats) => `${name} will be limited to ${seats}, including those on the waitlist.`,
  /** @param {string} seats */
  atMost: (seats) => `${seats} at most`,
  /** @param {string} code */
  onlyWithTheCode: (code) => `only with the code ${code}`,
  /** @param {string} name */
  everybodyWillSee: (name) => `Everybody will see ${name}.`,
  /** @param {string} code @param {string} name */
  onlyPeopleWithTheCode: (code, name) => `Only people with the code ${code} will see ${name}.`,
  /** @param {string} name @param {string} code */
  theCodeOfWillBe: (name, code) => `The code of ${name} will be ${code}. The old one stops working.`,
  /** @param {string} name */
  nobodyCanBookAllIts: (name) => `Nobody can book “${name}”: all its prices are closed.`,
  /** @param {string} name @param {string} seats */
  theLimitsOfLeaveThat: (name, seats) => `The limits of “${name}” leave ${seats} that nobody can book.`,
});

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
      if (type.name !== '') notes.push(TEXTS.isANewTicketType(type.name, countOf(type.capacity, 'seat')));
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
  if (types.length === 0) faults.push({ text: TEXTS.anEventHasAtLeast });
  const seats = types.reduce((sum, { capacity }) => sum + capacity, 0);
  if (seats > CAPACITY_MAX)
    faults.push({
      text: TEXTS.allTypesTogetherCanHave(counted(CAPACITY_MAX), counted(seats)),
    });
  for (const [index, type] of types.entries()) {
    const at = { type: index };
    if (isTwice(types, index)) faults.push({ ...at, field: 'name', text: TEXTS.twoTicketTypesAreCalled(type.name) });
    const party = type.seats_per_registration ?? 1;
    if (party > 1 && type.capacity < party)
      faults.push({
        ...at,
        field: 'capacity',
        text: TEXTS.oneBookingMayHaveSeats(counted(party)),
      });
    if (type.prices.length === 0) faults.push({ ...at, text: TEXTS.needsAPriceItCan(type.name) });
    for (const [place, price] of type.prices.entries()) {
      const inside = { ...at, price: place };
      if (isTwice(type.prices, place))
        faults.push({ ...inside, field: 'name', text: TEXTS.hasTwoPricesCalled(type.name, price.name) });
      if (price.amount > 0 && !currency) faults.push({ field: 'currency', text: TEXTS.hasAPriceSoEnter(price.name) });
      if (price.opens_at && price.closes_at && Date.parse(price.closes_at) <= Date.parse(price.opens_at))
        faults.push({ ...inside, field: 'closes', text: TEXTS.thisMustBeAfterIt });
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
  return [{ field: 'currency', text: TEXTS.somebodyHasBookedAtSo(used.name, document.currency) }];
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
      return used ? [{ text: TEXTS.somebodyHasBookedSoIt(old.name) }] : [];
    }
    const prices = wanted.ticket_types[kept]?.prices ?? [];
    return old.prices
      .filter((price) => byNumber(prices, price.number) === undefined && isUsed(counts, price.number))
      .map(({ name }) => ({
        type: kept,
        text: TEXTS.somebodyHasBookedAtSoIt(name),
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
      text: TEXTS.takenSoThereCannotBe(countOf(taken, TEXTS.seatIs, TEXTS.seatsAre)),
    });
  const [before, party] = [old.seats_per_registration ?? 1, type.seats_per_registration ?? 1];
  if (party < before && waiting > 0)
    refusals.push({
      field: 'seats',
      text: TEXTS.thisCannotBeLessThan(counted(before), countOf(waiting, 'booking')),
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
      text: TEXTS.somebodyHasBookedAtSoThis(amountWords(old.amount, document.currency ?? null)),
    });
  const standing = counts.prices.find(({ number }) => number === old.number)?.seats_standing ?? 0;
  const limit = price.limit ?? null;
  if (limit !== null && limit < standing)
    refusals.push({
      field: 'limit',
      text: TEXTS.bookedAtThisPriceSo(countOf(standing, TEXTS.seatIs, TEXTS.seatsAre)),
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
  if (wanted.currency && (old.currency ?? null) !== wanted.currency) notes.push(TEXTS.allAmountsAreIn(wanted.currency));
  if ((old.hold_minutes ?? null) !== (wanted.hold_minutes ?? null))
    notes.push(TEXTS.earlierDeadlinesStay(holdWords(TEXTS.newBookings, wanted.hold_minutes)));
  if ((old.line_hold_minutes ?? null) !== (wanted.line_hold_minutes ?? null))
    notes.push(TEXTS.earlierDeadlinesStay(holdWords(TEXTS.newSeatsFromTheWaitlist, wanted.line_hold_minutes)));
  return notes;
}

/**
 * @param {string} seats
 * @param {number | null | undefined} minutes
 */
function holdWords(seats, minutes) {
  return minutes ? TEXTS.areHeldFor(seats, durationWords(minutes)) : TEXTS.areHeldWithoutADeadline(seats);
}

/**
 * @param {Api.TicketsDocument} old
 * @param {Api.TicketsDocument} wanted
 */
function goneNotes(old, wanted) {
  return old.ticket_types.flatMap((type) => {
    const kept = byNumber(wanted.ticket_types, type.number);
    if (kept === undefined) return [TEXTS.isDeletedWithIts(type.name, countOf(type.capacity, 'seat'))];
    return type.prices
      .filter((price) => byNumber(kept.prices, price.number) === undefined)
      .map((price) => TEXTS.thePriceOfIsDeleted(price.name, type.name));
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
  if (type.name !== old.name && type.name !== '') notes.push(TEXTS.willBeCalled(old.name, type.name));
  const [before, party] = [old.seats_per_registration ?? 1, type.seats_per_registration ?? 1];
  if (party > before) notes.push(TEXTS.oneBookingOfCanHave(type.name, counted(party)));
  if (party < before && counts.is_used) notes.push(TEXTS.bookingsWithMoreThanKeep(countOf(party, 'seat')));
  if (type.capacity === old.capacity || type.capacity < counts.seats_taken) return notes;
  const free = type.capacity - counts.seats_taken;
  if (isDraft) notes.push(TEXTS.hasWhenTheEventIs(type.name, countOf(type.capacity, 'seat')));
  else if (type.capacity < old.capacity)
    notes.push(TEXTS.willHaveAvailableNobodyLoses(type.name, countOf(free, 'seat')));
  else if (counts.waiting === 0) notes.push(TEXTS.willHaveAvailableNobodyIs(type.name, countOf(free, 'seat')));
  else if (free < counts.head_wants)
    notes.push(TEXTS.nobodyOnTheWaitlistOf(type.name, counted(counts.head_wants), countOf(free, 'seat', 'seats')));
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
  const line = TEXTS.theWaitlistOf(type.name);
  if (least === counts.waiting) {
    const rest = free - counts.seats_wanted;
    const after = rest === 0 ? TEXTS.andItIsFull : TEXTS.andAvailable(countOf(rest, TEXTS.seatStays, TEXTS.seatsStay));
    const who = least === 1 ? TEXTS.theOnlyBooking : TEXTS.allBookings(counted(least));
    return (least === 1 ? TEXTS.oneGets : TEXTS.allGet)(who, line, countOf(counts.seats_wanted, 'seat'), after);
  }
  const who = least === most ? TEXTS.theFirst(countOf(most, 'booking')) : TEXTS.upTo(countOf(most, 'booking'));
  return (most === 1 ? TEXTS.oneOfThemGets : TEXTS.someOfThemGet)(who, counted(counts.waiting), line);
}

/** @param {string[]} promotions @returns {Question} */
function questionOf(promotions) {
  return {
    title: TEXTS.giveSeatsToPeopleOn,
    text: TEXTS.thisCantBeUndone(promotions.join(' ')),
    yes: TEXTS.saveAndGiveSeats,
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
    return price.name === '' || type.name === '' ? [] : [TEXTS.isANewPrice(name, newWords(price, currency))];
  /** @type {string[]} */
  const notes = [];
  if (price.amount !== old.amount && !Number.isNaN(price.amount))
    notes.push(TEXTS.willCost(name, amountWords(price.amount, currency)));
  if (price.is_closed && !old.is_closed) notes.push(TEXTS.nobodyCanBookAtAny(name));
  if (!price.is_closed && old.is_closed) notes.push(TEXTS.canBeBookedAgain(name));
  const [limit, before] = [price.limit ?? null, old.limit ?? null];
  if (limit !== before)
    notes.push(
      limit === null ? TEXTS.willHaveNoLimit(name) : TEXTS.willBeLimitedToIncluding(name, countOf(limit, 'seat')),
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
  if (limit !== null && limit !== undefined) words.push(TEXTS.atMost(countOf(limit, 'seat')));
  if (code) words.push(TEXTS.onlyWithTheCode(code));
  return words.join(', ');
}

/**
 * @param {string} name
 * @param {string | null} code
 * @param {string | null} known
 */
function codeNote(name, code, known) {
  if (code === null) return TEXTS.everybodyWillSee(name);
  if (known === null) return TEXTS.onlyPeopleWithTheCode(code, name);
  return TEXTS.theCodeOfWillBe(name, code);
}

/** @param {Api.TicketTypeEntry} type */
function sellableNotes({ name, capacity, prices }) {
  const open = prices.filter(({ is_closed: closed }) => !closed);
  if (prices.length > 0 && open.length === 0) return [TEXTS.nobodyCanBookAllIts(name)];
  const limits = open.map(({ limit }) => limit ?? Infinity).reduce((sum, limit) => sum + limit, 0);
  return limits < capacity && open.length > 0
    ? [TEXTS.theLimitsOfLeaveThat(name, countOf(capacity - limits, 'seat'))]
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
