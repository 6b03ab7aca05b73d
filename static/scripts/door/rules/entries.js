// Who is in, as far as this device knows beyond its list: by its own scans, and by the server's answers to them.

/** @import { Answer, Entry } from '../../server/door-types.js' */
/** @import { KnownTicket } from './list.js' */
/** @import { KeptScan } from './queue.js' */

/**
 * By ticket. Null: not in, whatever the list says, because the check-in was undone here.
 * @typedef {Map<string, Entry | null>} Entries
 */

/**
 * Names a ticket among those of an event.
 * @param {{ registration_id: string, number: number }} ticket
 */
export function ticketKey({ registration_id, number }) {
  return `${registration_id}/${number}`;
}

/**
 * Whether a kept scan has let its ticket in.
 * @param {KeptScan} kept
 */
export function hasLetIn({ scan, state, answer, undo }) {
  if (undo !== null) return false;
  return state === 'SENT' ? answer?.outcome === 'ADMITTED' || scan.let_in : scan.let_in;
}

/**
 * When and where a kept scan let its ticket in. The server may know of an earlier time.
 * @param {KeptScan} kept
 * @returns {Entry}
 */
export function entryOf({ scan, answer }) {
  const { at, gate } = answer?.check_in ?? { at: scan.scanned_at, gate: scan.gate };
  return { at, gate };
}

/**
 * The entries that kept scans tell of.
 * @param {readonly KeptScan[]} kept
 * @returns {Entries}
 */
export function entriesOf(kept) {
  /** @type {Entries} */
  const entries = new Map();
  for (const one of [...kept].sort((a, b) => a.order - b.order)) {
    if (hasLetIn(one)) entries.set(ticketKey(one), entryOf(one));
    else if (one.undo !== null) entries.set(ticketKey(one), null);
  }
  return entries;
}

/**
 * Learns from an answer of the server.
 * @param {Entries} entries
 * @param {Answer} answer
 */
export function learn(entries, { outcome, check_in, ticket }) {
  if (ticket === null || check_in === null) return;
  if (['ADMITTED', 'ALREADY_IN', 'DOUBLE'].includes(outcome))
    entries.set(ticketKey(ticket), { at: check_in.at, gate: check_in.gate });
}

/**
 * When and where a ticket came in, or null.
 * @param {Entries} entries
 * @param {KnownTicket} ticket
 */
export function entered(entries, ticket) {
  const own = entries.get(ticketKey(ticket));
  return own === undefined ? ticket.entered : own;
}
