// The decision of a device that is alone. It answers as the server would, by the list that it has and by what it let in
// itself.

/** @import { KnownTicket } from './list.js' */
/** @import { Answer, Entry } from '../../server/door-types.js' */

/**
 * The door as the server described it last.
 * @typedef {object} DoorRules
 * @property {Api.EventStatus} status
 * @property {string | null} opens_at null: any time
 * @property {{ number: number, name: string }[]} ticket_types
 *
 * @typedef {object} Asked
 * @property {string} id of the scan
 * @property {number} now in milliseconds
 * @property {string} gate
 * @property {string} device
 *
 * What is known of a ticket.
 * @typedef {object} Facts
 * @property {KnownTicket | null} ticket null: not in the list
 * @property {KnownTicket[]} party all tickets of its booking
 * @property {(ticket: KnownTicket) => Entry | null} entered when and where a ticket came in, by the list or by this device
 */

/**
 * The answer to a scan.
 * @param {DoorRules} door
 * @param {Facts} facts
 * @param {Asked} asked
 * @returns {Answer}
 */
export function decideAlone(door, facts, asked) {
  const { ticket, entered } = facts;
  const outcome = outcomeOf(door, facts, asked.now);
  const at = new Date(asked.now).toISOString();
  const own = { at, gate: asked.gate };
  const before = ticket === null ? null : entered(ticket);
  return {
    outcome,
    id: asked.id,
    check_in:
      outcome === 'ADMITTED' ? checkIn(own, asked.device) : outcome === 'ALREADY_IN' && before ? checkIn(before) : null,
    ticket: ticket === null ? null : shown(door, facts, ticket, outcome === 'ADMITTED'),
    ...(outcome === 'TOO_EARLY' && door.opens_at !== null && { opens_at: door.opens_at }),
  };
}

/**
 * @param {DoorRules} door
 * @param {Facts} facts
 * @param {number} now
 * @returns {Api.ScanOutcome}
 */
function outcomeOf(door, { ticket, entered }, now) {
  if (ticket === null) return 'UNKNOWN';
  if (door.status !== 'PUBLISHED') return 'EVENT_OFF';
  if (entered(ticket) !== null) return 'ALREADY_IN';
  if (ticket.isHeld) return 'UNPAID';
  if (door.opens_at !== null && now < Date.parse(door.opens_at)) return 'TOO_EARLY';
  return 'ADMITTED';
}

/**
 * @param {DoorRules} door
 * @param {Facts} facts
 * @param {KnownTicket} ticket
 * @param {boolean} isNowIn
 * @returns {Api.ScannedTicket}
 */
function shown(door, { party, entered }, ticket, isNowIn) {
  const type = door.ticket_types.find(({ number }) => number === ticket.ticket_type);
  const isIn = (/** @type {KnownTicket} */ one) => entered(one) !== null || (isNowIn && one.number === ticket.number);
  return {
    registration_id: ticket.registration_id,
    number: ticket.number,
    seats: party.length,
    name: ticket.name,
    ticket_name: ticket.ticket_name,
    ticket_type: { number: ticket.ticket_type, name: type?.name ?? '' },
    admitted: party.filter(isIn).map(({ number }) => number),
  };
}

/**
 * @param {Entry} entry
 * @param {string} [device]
 * @returns {Api.CheckIn}
 */
function checkIn({ at, gate }, device = '') {
  // The server gives the id when it has the scan.
  return { id: '', at, received_at: at, gate, device, by: '' };
}
