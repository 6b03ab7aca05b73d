// An event's tickets in little room, so that the 50,000 of a stadium fit a phone: columns of numbers in the order of the
// digests, and each booking's name once. A ticket takes 31 bytes; a booking takes 20, and its name; a ticket with a
// name of its own takes 8 more, and that name.

/** @import { Entry } from '../../server/door-types.js' */

const DIGEST_BYTES = 16;
const ID_BYTES = 16;
/** At first; it doubles as tickets come. */
const ROOM = 1024;
const HELD = 1;

/**
 * The list as it is kept. Names are UTF-8, one behind the other; `nameEnds` has the end of each.
 * @typedef {object} PackedList
 * @property {number} tickets
 * @property {Uint8Array} digests
 * @property {Uint32Array} bookings the booking of each ticket
 * @property {Uint16Array} numbers
 * @property {Uint16Array} types
 * @property {Uint8Array} flags
 * @property {Uint32Array} enteredAt in seconds since 1970; 0 of a ticket that is not in
 * @property {Uint16Array} enteredGates
 * @property {Uint8Array} ids of the bookings
 * @property {Uint32Array} nameEnds
 * @property {Uint8Array} names
 * @property {Uint32Array} [named] the tickets with names of their own, in their order; lists of before have none
 * @property {Uint32Array} [ownNameEnds] as `nameEnds`, of these tickets
 * @property {Uint8Array} [ownNames]
 * @property {string[]} gates
 */

/**
 * A ticket of the list.
 * @typedef {object} KnownTicket
 * @property {number} index
 * @property {number} booking
 * @property {string} registration_id
 * @property {number} number
 * @property {string} name of the person who booked
 * @property {string | null} ticket_name of the person who comes with it, as the buyer has filled in
 * @property {number} ticket_type
 * @property {boolean} isHeld not paid
 * @property {Entry | null} entered
 */

/** Takes tickets page by page. The same ticket may come twice; the later one counts. */
export function listBuilder() {
  let count = 0;
  let room = ROOM;
  let digests = new Uint8Array(room * DIGEST_BYTES);
  let bookings = new Uint32Array(room);
  let numbers = new Uint16Array(room);
  let types = new Uint16Array(room);
  let flags = new Uint8Array(room);
  let enteredAt = new Uint32Array(room);
  let enteredGates = new Uint16Array(room);
  /** @type {Map<string, number>} */
  const bookingOf = new Map();
  /** @type {string[]} */
  const names = [];
  /** By the tickets' places. @type {Map<number, string>} */
  const ownNames = new Map();
  /** @type {Map<string, number>} */
  const gateOf = new Map();

  function grow() {
    room *= 2;
    const larger = (/** @type {any} */ column, /** @type {number} */ width) => {
      const grown = new column.constructor(room * width);
      grown.set(column);
      return grown;
    };
    digests = larger(digests, DIGEST_BYTES);
    bookings = larger(bookings, 1);
    numbers = larger(numbers, 1);
    types = larger(types, 1);
    flags = larger(flags, 1);
    enteredAt = larger(enteredAt, 1);
    enteredGates = larger(enteredGates, 1);
  }

  /** @param {Api.DoorTicket} ticket */
  function add(ticket) {
    const digest = digestBytes(ticket.digest);
    if (digest === null) return;
    if (count === room) grow();
    const booking = numberOf(bookingOf, ticket.registration_id);
    names[booking] = ticket.name;
    if (ticket.ticket_name !== null) ownNames.set(count, ticket.ticket_name);
    digests.set(digest, count * DIGEST_BYTES);
    bookings[count] = booking;
    numbers[count] = ticket.number;
    types[count] = ticket.ticket_type;
    flags[count] = ticket.status === 'HELD' ? HELD : 0;
    enteredAt[count] = ticket.checked_in === null ? 0 : Math.floor(Date.parse(ticket.checked_in.at) / 1000);
    enteredGates[count] = ticket.checked_in === null ? 0 : numberOf(gateOf, ticket.checked_in.gate);
    count += 1;
  }

  /** @returns {PackedList} */
  function packed() {
    const order = orderOf(digests, count);
    const bytes = new Uint8Array(order.length * DIGEST_BYTES);
    for (const [to, from] of order.entries()) bytes.set(digestAt(digests, from), to * DIGEST_BYTES);
    const ids = new Uint8Array(bookingOf.size * ID_BYTES);
    for (const [id, booking] of bookingOf) ids.set(idBytes(id), booking * ID_BYTES);
    const ofBookings = packedTexts(names);
    const named = [...order.keys()].filter((to) => ownNames.has(order[to] ?? -1));
    const ofTickets = packedTexts(named.map((to) => ownNames.get(order[to] ?? -1) ?? ''));
    return {
      tickets: order.length,
      digests: bytes,
      bookings: Uint32Array.from(order, (at) => bookings[at] ?? 0),
      numbers: Uint16Array.from(order, (at) => numbers[at] ?? 0),
      types: Uint16Array.from(order, (at) => types[at] ?? 0),
      flags: Uint8Array.from(order, (at) => flags[at] ?? 0),
      enteredAt: Uint32Array.from(order, (at) => enteredAt[at] ?? 0),
      enteredGates: Uint16Array.from(order, (at) => enteredGates[at] ?? 0),
      ids,
      nameEnds: ofBookings.ends,
      names: ofBookings.text,
      named: Uint32Array.from(named),
      ownNameEnds: ofTickets.ends,
      ownNames: ofTickets.text,
      gates: [...gateOf.keys()],
    };
  }

  return { add, packed, count: () => count };
}

/**
 * The bytes that a list takes.
 * @param {PackedList} list
 */
export function bytesOf(list) {
  const columns = Object.values(list).filter((value) => ArrayBuffer.isView(value));
  return columns.reduce((all, { byteLength }) => all + byteLength, 0);
}

/**
 * Finds a ticket by the digest of its code, or null.
 * @param {PackedList} list
 * @param {Uint8Array} digest
 */
export function ticketByDigest(list, digest) {
  let low = 0;
  let high = list.tickets;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compared(digestAt(list.digests, middle), digest) < 0) low = middle + 1;
    else high = middle;
  }
  return low < list.tickets && compared(digestAt(list.digests, low), digest) === 0 ? ticketAt(list, low) : null;
}

/**
 * The tickets of a booking, by their numbers.
 * @param {PackedList} list
 * @param {number} booking
 */
export function ticketsOfBooking(list, booking) {
  const found = [];
  for (let at = list.bookings.indexOf(booking); at >= 0; at = list.bookings.indexOf(booking, at + 1))
    found.push(ticketAt(list, at));
  return found.sort((one, other) => one.number - other.number);
}

/**
 * Finds a ticket by its registration and number, or null.
 * @param {PackedList} list
 * @param {string} registrationId
 * @param {number} number
 */
export function ticketByNumber(list, registrationId, number) {
  const id = idBytes(registrationId);
  for (let booking = 0; booking < list.nameEnds.length; booking += 1) {
    if (compared(list.ids.subarray(booking * ID_BYTES, (booking + 1) * ID_BYTES), id) === 0)
      return ticketsOfBooking(list, booking).find((ticket) => ticket.number === number) ?? null;
  }
  return null;
}

/**
 * The names of all bookings, each at its place.
 * @param {PackedList} list
 */
export function namesOf(list) {
  return Array.from(list.nameEnds, (_, booking) => textAt(list.names, list.nameEnds, booking));
}

/**
 * The names that tickets have of their own, each with its booking.
 * @param {PackedList} list
 * @returns {{ booking: number, name: string }[]}
 */
export function ownNamesOf({ named, ownNames, ownNameEnds, bookings }) {
  if (named === undefined || ownNames === undefined || ownNameEnds === undefined) return [];
  return Array.from(named, (ticket, at) => ({
    booking: bookings[ticket] ?? 0,
    name: textAt(ownNames, ownNameEnds, at),
  }));
}

/**
 * The bytes of a digest in base64url, or null if it is none.
 * @param {string} text
 */
export function digestBytes(text) {
  if (!/^[\w-]{22}$/.test(text)) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (one) => one.charCodeAt(0));
}

/**
 * @param {PackedList} list
 * @param {number} index
 * @returns {KnownTicket}
 */
function ticketAt(list, index) {
  const booking = list.bookings[index] ?? 0;
  const seconds = list.enteredAt[index] ?? 0;
  const gate = list.gates[list.enteredGates[index] ?? 0] ?? '';
  return {
    index,
    booking,
    registration_id: idText(list.ids.subarray(booking * ID_BYTES, (booking + 1) * ID_BYTES)),
    number: list.numbers[index] ?? 0,
    name: textAt(list.names, list.nameEnds, booking),
    ticket_name: ownName(list, index),
    ticket_type: list.types[index] ?? 0,
    isHeld: ((list.flags[index] ?? 0) & HELD) !== 0,
    entered: seconds === 0 ? null : { at: new Date(seconds * 1000).toISOString(), gate },
  };
}

/**
 * The name that a ticket has of its own, or null.
 * @param {PackedList} list
 * @param {number} index
 */
function ownName({ named, ownNames, ownNameEnds }, index) {
  if (named === undefined || ownNames === undefined || ownNameEnds === undefined) return null;
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((named[middle] ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return named[low] === index ? textAt(ownNames, ownNameEnds, low) : null;
}

/**
 * Texts in UTF-8, one behind the other, and the end of each.
 * @param {readonly string[]} texts
 */
function packedTexts(texts) {
  const encoder = new TextEncoder();
  const encoded = texts.map((one) => encoder.encode(one));
  const ends = new Uint32Array(encoded.length);
  const text = new Uint8Array(encoded.reduce((all, { length }) => all + length, 0));
  let end = 0;
  for (const [at, bytes] of encoded.entries()) {
    text.set(bytes, end);
    end += bytes.length;
    ends[at] = end;
  }
  return { text, ends };
}

/**
 * @param {Uint8Array} text
 * @param {Uint32Array} ends
 * @param {number} at
 */
function textAt(text, ends, at) {
  return new TextDecoder().decode(text.subarray(ends[at - 1] ?? 0, ends[at] ?? 0));
}

/**
 * The places of the tickets in the order of their digests, each digest once.
 * @param {Uint8Array} digests
 * @param {number} count
 */
function orderOf(digests, count) {
  const view = new DataView(digests.buffer, digests.byteOffset);
  const order = Array.from({ length: count }, (_, at) => at);
  order.sort((one, other) => {
    const first = view.getUint32(one * DIGEST_BYTES) - view.getUint32(other * DIGEST_BYTES);
    return first || compared(digestAt(digests, one), digestAt(digests, other)) || one - other;
  });
  return order.filter((at, place) => {
    const next = order[place + 1];
    return next === undefined || compared(digestAt(digests, at), digestAt(digests, next)) !== 0;
  });
}

/**
 * @param {Uint8Array} digests
 * @param {number} at
 */
function digestAt(digests, at) {
  return digests.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES);
}

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
function compared(one, other) {
  for (let at = 0; at < one.length; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The number of a text among those that were seen, from 0.
 * @param {Map<string, number>} known
 * @param {string} text
 */
function numberOf(known, text) {
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}

/** @param {string} id */
function idBytes(id) {
  const digits = id.replaceAll('-', '');
  return Uint8Array.from({ length: ID_BYTES }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}

/** @param {Uint8Array} bytes */
function idText(bytes) {
  const digits = Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
