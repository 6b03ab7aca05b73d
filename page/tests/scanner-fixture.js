import { createHash, randomUUID } from 'node:crypto';
import { listBuilder } from '../../static/scripts/door/rules/list.js';

/** @import { Answer, Scan } from '../../static/scripts/server/door-types.js' */
/** @import { KeptScan } from '../../static/scripts/door/rules/queue.js' */

/** The digest of a code, as the server sends it. @param {string} code */
export const digestText = (code) => createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url');

/** @param {string} code */
export const digestOfCode = (code) => new Uint8Array(createHash('sha256').update(code).digest().subarray(0, 16));

/**
 * A ticket of the server's list.
 * @param {string} code
 * @param {Partial<Api.DoorTicket>} [more]
 * @returns {Api.DoorTicket}
 */
export function listed(code, more = {}) {
  return {
    registration_id: randomUUID(),
    number: 1,
    digest: digestText(code),
    name: 'Alice Student',
    ticket_name: null,
    ticket_type: 1,
    status: 'CONFIRMED',
    checked_in: null,
    ...more,
  };
}

/** @param {Api.DoorTicket[]} tickets */
export function packed(tickets) {
  const builder = listBuilder();
  for (const ticket of tickets) builder.add(ticket);
  return builder.packed();
}

/** @param {Partial<Answer>} [more] @returns {Answer} */
export function answered(more = {}) {
  return { outcome: 'ADMITTED', id: randomUUID(), check_in: null, ticket: null, ...more };
}

/**
 * A scan that the device keeps.
 * @param {number} order
 * @param {Partial<KeptScan>} [more]
 * @param {Partial<Scan>} [scan]
 * @returns {KeptScan}
 */
export function kept(order, more = {}, scan = {}) {
  const at = new Date(Date.UTC(2026, 10, 28, 18, order)).toISOString();
  return {
    order,
    event_id: 'event',
    scan: { id: `scan-${order}`, code: 'C', gate: 'North', device: 'Phone', scanned_at: at, let_in: true, ...scan },
    state: 'WAITING',
    name: 'Alice Student',
    registration_id: 'booking',
    number: order,
    answer: null,
    undo: null,
    isSeen: false,
    settled_at: 0,
    ...more,
  };
}
