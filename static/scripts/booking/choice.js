// The rules of choosing: a ticket type, and how many seats of which of its prices. The server decides; these keep people
// from asking for what it would refuse.

import { inBothZones } from '../words/known-times.js';
import { amountWords } from '../words/money.js';
import { counted, countOf } from '../words/numbers.js';

const TEXTS = Object.freeze({
  joinTheWaitlist: 'Join the waitlist',
  chooseATicketTypeFirst: 'Choose a ticket type first.',
  noSeatOfThisTicket: 'No seat of this ticket type is on sale at the moment.',
  chooseAPriceFirst: 'Choose a price first.',
  chooseHowManySeatsYou: 'Choose how many seats you want.',
  nothingChosenYet: 'Nothing chosen yet.',
  bookSeats: 'Book seats',
  /** @param {string} seats */
  book: (seats) => `Book ${seats}`,
  theSeatIs: 'The seat is',
  theSeatsAre: 'The seats are',
  /** @param {string} seats */
  heldForYouAtOnce: (seats) => `${seats} held for you at once. Then you see how to pay, and by when.`,
  /** @param {string} seats @param {string} amount */
  reserveFor: (seats, amount) => `Reserve ${seats} for ${amount}`,
  /** @param {string} bookings */
  onTheWaitlist: (bookings) => ` ${bookings} on the waitlist.`,
  bookingIs: 'booking is',
  bookingsAre: 'bookings are',
  youGetYourSeatsTogether: ' You get your seats together, once all of them are available.',
  allSeatsAreTaken: 'All seats are taken.',
  /** @param {string} seats */
  onlyAvailable: (seats) => `Only ${seats} available.`,
  seatIs: 'seat is',
  seatsAre: 'seats are',
  youPayOnceYouHave: ' You pay once you have them.',
  /** @param {string} free @param {string} seats */
  ofAvailable: (free, seats) => `${free} of ${seats} available`,
  /** @param {string} waiting */
  soldOutOnTheWaitlist: (waiting) => `Sold out, ${waiting} on the waitlist`,
  soldOut: 'Sold out',
  withYourCode: 'With your code',
  /** @param {string} time */
  onSaleFrom: (time) => `On sale from ${time}`,
  /** @param {string} seats */
  leftAtThisPrice: (seats) => `${seats} left at this price`,
  /** @param {string} time */
  until: (time) => `Until ${time}`,
  enterACode: 'Enter a code.',
  /** @param {number} most */
  enterCharactersOrFewer: (most) => `Enter ${most} characters or fewer.`,
  enterLettersDigitsAndOnly: 'Enter letters, digits, “-” and “_” only.',
});

/**
 * @typedef {Api.EventSummary['ticket_types'][number]} TicketType
 * @typedef {TicketType['prices'][number]} Price
 * @typedef {Pick<Api.EventSummary, 'ticket_types' | 'currency' | 'time_zone'>} Offer
 *
 * The prices that a code unlocks, each with its ticket type's number.
 * @typedef {{ code: string, prices: (Price & { ticket_type: number })[] }} Unlocked
 *
 * Somebody's choice: the numbers of a ticket type and of its prices.
 * @typedef {{ type: number | null, counts: Record<string, number>, code: string }} Choice
 *
 * Everything that a choice depends on. `taken` has the types in which the person has a registration already.
 * @typedef {{ event: Offer, unlocked: Unlocked | null, taken: ReadonlySet<number>, now: number }} Market
 *
 * The body of a booking.
 * @typedef {{
 *   ticket_type: number,
 *   seats: { price: number, count: number }[],
 *   amount: number,
 *   code?: string,
 * }} Wanted
 */

/** The longest code that an event can have. */
export const CODE_CHARACTERS_MAX = 40;

/** The label of the button of somebody who would get no seat at once. */
export const JOIN = TEXTS.joinTheWaitlist;

/** @type {Choice} */
export const NOTHING_CHOSEN = { type: null, counts: {}, code: '' };

/**
 * Whether there is nothing to choose: one type, one seat each, one free price that anybody gets at any time.
 * @param {Pick<Offer, 'ticket_types'>} event
 */
export function isSimple({ ticket_types: [type, ...others] }) {
  if (type === undefined || others.length > 0 || type.seats_per_registration !== 1) return false;
  const [price, ...more] = type.prices;
  return price !== undefined && more.length === 0 && price.amount === 0 && isUnlimited(price);
}

/** @param {Price} price */
function isUnlimited({ opens_at: opens, closes_at: closes, seats_left: left }) {
  return opens === null && closes === null && left === null;
}

/**
 * Whether seats of a price can be chosen at a time.
 * @param {Price} price
 * @param {number} now in milliseconds
 * @returns {'early' | 'open' | 'closed' | 'sold-out'}
 */
export function priceState({ opens_at: opens, closes_at: closes, seats_left: left }, now) {
  if (closes !== null && Date.parse(closes) <= now) return 'closed';
  if (left === 0) return 'sold-out';
  return opens !== null && Date.parse(opens) > now ? 'early' : 'open';
}

/**
 * A type's prices: those for everybody and those of the code, without the closed ones.
 * @param {TicketType} type
 * @param {Pick<Market, 'unlocked' | 'now'>} market
 * @returns {Price[]}
 */
export function pricesOf(type, { unlocked, now }) {
  const coded = unlocked?.prices.filter(({ ticket_type: number }) => number === type.number) ?? [];
  const others = type.prices.filter(({ number }) => !coded.some((one) => one.number === number));
  return [...others, ...coded].filter((price) => priceState(price, now) !== 'closed');
}

/**
 * The type of a choice, or null.
 * @param {Pick<Choice, 'type'>} choice
 * @param {Pick<Market, 'event'>} market
 */
export function typeOf({ type }, { event }) {
  return event.ticket_types.find(({ number }) => number === type) ?? null;
}

/**
 * The types that a person can still have a registration of.
 * @param {Pick<Market, 'event' | 'taken'>} market
 */
export function typesLeft({ event, taken }) {
  return event.ticket_types.filter(({ number }) => !taken.has(number));
}

/**
 * The choice as far as it is possible now. Where there is only one possibility, it is chosen.
 * @param {Choice} choice
 * @param {Market} market
 * @returns {Choice}
 */
export function fitted(choice, market) {
  const left = typesLeft(market);
  const type = left.length === 1 ? left[0] : left.find(({ number }) => number === choice.type);
  if (type === undefined) return { ...choice, type: null, counts: {} };
  const open = openPrices(type, market);
  /** @type {Record<string, number>} */
  const counts = {};
  let room = type.seats_per_registration;
  for (const { number, seats_left: seats } of open) {
    const count = Math.min(choice.counts[number] ?? 0, room, seats ?? room);
    if (count > 0) counts[number] = count;
    room -= Math.max(0, count);
  }
  const [only, ...others] = open;
  if (only !== undefined && others.length === 0 && counts[only.number] === undefined) counts[only.number] = 1;
  return { ...choice, type: type.number, counts };
}

/**
 * @param {TicketType} type
 * @param {Market} market
 */
function openPrices(type, market) {
  return pricesOf(type, market).filter((price) => priceState(price, market.now) === 'open');
}

/**
 * How few and how many seats of a price can be chosen beside the others.
 * @param {Price} price
 * @param {Choice} choice
 * @param {Market} market
 * @returns {{ min: number, max: number }}
 */
export function boundsOf(price, choice, market) {
  const type = typeOf(choice, market);
  if (type === null || priceState(price, market.now) !== 'open') return { min: 0, max: 0 };
  const { seats } = summed(choice, market);
  const room = type.seats_per_registration - seats + (choice.counts[price.number] ?? 0);
  return {
    min: openPrices(type, market).length === 1 ? 1 : 0,
    max: Math.max(0, Math.min(room, price.seats_left ?? room)),
  };
}

/**
 * How many seats were chosen, and their sum.
 * @param {Choice} choice
 * @param {Market} market
 */
export function summed(choice, market) {
  const type = typeOf(choice, market);
  const prices = type === null ? [] : pricesOf(type, market);
  let seats = 0;
  let amount = 0;
  for (const price of prices) {
    const count = choice.counts[price.number] ?? 0;
    seats += count;
    amount += count * price.amount;
  }
  return { seats, amount };
}

/**
 * The body of a booking of a choice. Null at a simple event, where the server knows without one.
 * @param {Choice} choice which is possible
 * @param {Market} market
 * @returns {Wanted | null}
 */
export function wantedOf(choice, market) {
  const type = typeOf(choice, market);
  if (type === null || (isSimple(market.event) && market.unlocked === null)) return null;
  const prices = pricesOf(type, market);
  const seats = prices.flatMap(({ number }) => {
    const count = choice.counts[number] ?? 0;
    return count > 0 ? [{ price: number, count }] : [];
  });
  const coded = market.unlocked?.prices.some(({ number }) => seats.some(({ price }) => price === number));
  /** @type {Wanted} */
  const wanted = { ticket_type: type.number, seats, amount: summed(choice, market).amount };
  return coded && market.unlocked ? { ...wanted, code: market.unlocked.code } : wanted;
}

/**
 * The missing part of a choice, as a sentence. Null if it is complete.
 * @param {Choice} choice
 * @param {Market} market
 */
export function missingWords(choice, market) {
  const type = typeOf(choice, market);
  if (type === null) return TEXTS.chooseATicketTypeFirst;
  if (summed(choice, market).seats > 0) return null;
  if (openPrices(type, market).length === 0) return TEXTS.noSeatOfThisTicket;
  return type.seats_per_registration === 1 ? TEXTS.chooseAPriceFirst : TEXTS.chooseHowManySeatsYou;
}

/**
 * The sum in words.
 * @param {{ seats: number, amount: number }} sum
 * @param {string | null} currency
 */
export function sumWords({ seats, amount }, currency) {
  if (seats === 0) return TEXTS.nothingChosenYet;
  return `${countOf(seats, 'seat')}: ${amount === 0 ? 'free' : amountWords(amount, currency)}`;
}

/**
 * The words and the button's label for a choice: whether it gets seats now or waits.
 * @param {Choice} choice
 * @param {Market} market
 * @returns {{ words: string, book: string }}
 */
export function choiceWords(choice, market) {
  const { seats, amount } = summed(choice, market);
  const type = typeOf(choice, market);
  if (type === null || seats === 0) return { words: '', book: TEXTS.bookSeats };
  if (type.seats_available >= seats) {
    if (amount === 0) return { words: '', book: TEXTS.book(countOf(seats, 'seat')) };
    const them = seats === 1 ? TEXTS.theSeatIs : TEXTS.theSeatsAre;
    return {
      words: TEXTS.heldForYouAtOnce(them),
      book: TEXTS.reserveFor(countOf(seats, 'seat'), amountWords(amount, market.event.currency)),
    };
  }
  const waiting =
    type.waiting === 0 ? '' : TEXTS.onTheWaitlist(countOf(type.waiting, TEXTS.bookingIs, TEXTS.bookingsAre));
  const party = seats === 1 ? '' : TEXTS.youGetYourSeatsTogether;
  const free =
    type.seats_available === 0
      ? TEXTS.allSeatsAreTaken
      : TEXTS.onlyAvailable(countOf(type.seats_available, TEXTS.seatIs, TEXTS.seatsAre));
  const pay = amount === 0 ? '' : TEXTS.youPayOnceYouHave;
  return { words: `${free}${waiting}${party}${pay}`, book: JOIN };
}

/**
 * A type's seats in words.
 * @param {TicketType} type
 */
export function typeWords({ capacity, seats_available: free, waiting }) {
  if (free > 0) return TEXTS.ofAvailable(counted(free), countOf(capacity, 'seat'));
  return waiting > 0 ? TEXTS.soldOutOnTheWaitlist(counted(waiting)) : TEXTS.soldOut;
}

/**
 * The facts about a price besides its amount, in words.
 * @param {Price} price
 * @param {{ now: number, zone: string, coded: boolean }} facts
 */
export function priceHint(price, { now, zone, coded }) {
  const { opens_at: opens, closes_at: closes, seats_left: left } = price;
  const state = priceState(price, now);
  return [
    coded && TEXTS.withYourCode,
    state === 'early' && opens !== null && TEXTS.onSaleFrom(inBothZones(opens, zone)),
    state === 'sold-out' && TEXTS.soldOut,
    left !== null && left > 0 && TEXTS.leftAtThisPrice(countOf(left, 'seat')),
    state !== 'sold-out' && closes !== null && TEXTS.until(inBothZones(closes, zone)),
  ]
    .filter(Boolean)
    .join(' · ');
}

/**
 * A typed code as the server keeps codes: without spaces around, in upper case.
 * @param {string} text
 */
export function typedCode(text) {
  return text.trim().toUpperCase();
}

/**
 * The error of a typed code, or null.
 * @param {string} code
 */
export function codeError(code) {
  if (code === '') return TEXTS.enterACode;
  if (code.length > CODE_CHARACTERS_MAX) return TEXTS.enterCharactersOrFewer(CODE_CHARACTERS_MAX);
  return /^[A-Z0-9_-]+$/.test(code) ? null : TEXTS.enterLettersDigitsAndOnly;
}
