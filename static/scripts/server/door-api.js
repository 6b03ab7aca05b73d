// The routes of the door, for the people who let others in. As in api.js, every value in an address is encoded, and each
// function throws the errors of `request` in http.js.

import { request } from './http.js';

/**
 * @import { Answer, Scan } from './door-types.js'
 */

const encoded = encodeURIComponent;
const PAGE_TICKETS = 5000;

/**
 * The events at which the signed-in person may check in, soonest first.
 * @param {AbortSignal} signal
 * @param {number} milliseconds the longest wait
 */
export async function doors(signal, milliseconds) {
  /** @type {{ data: { items: Api.DoorEvent[] } }} */
  const { data } = await request('GET', '/me/doors', { signal, milliseconds });
  return data.items;
}

/**
 * An event's door, with the counts of this moment.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @param {number} [milliseconds] the longest wait
 * @returns {Promise<Api.Door>}
 */
export async function door(eventId, signal, milliseconds) {
  return (await request('GET', `/events/${encoded(eventId)}/door`, { signal, milliseconds })).data;
}

/**
 * A page of an event's tickets. They have digests of their codes, and no codes.
 * @param {string} eventId
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 * @returns {Promise<{ items: Api.DoorTicket[], next_cursor: string | null }>}
 */
export async function doorTickets(eventId, cursor, signal) {
  const from = cursor === null ? '' : `&cursor=${encoded(cursor)}`;
  const path = `/events/${encoded(eventId)}/door/tickets?limit=${PAGE_TICKETS}${from}`;
  return (await request('GET', path, { signal })).data;
}

/**
 * Checks a ticket in. The same scan sent again gets the same answer.
 * @param {string} eventId
 * @param {Scan} scan
 * @param {number} milliseconds the longest wait
 * @returns {Promise<Answer>}
 */
export async function checkIn(eventId, scan, milliseconds) {
  return (await request('POST', `/events/${encoded(eventId)}/check-ins`, { body: scan, milliseconds })).data;
}

/**
 * Sends up to 100 scans. Their answers come in the same order.
 * @param {string} eventId
 * @param {Scan[]} scans
 * @param {number} [milliseconds] the longest wait
 * @returns {Promise<Answer[]>}
 */
export async function checkInAll(eventId, scans, milliseconds) {
  /** @type {{ data: { answers: Answer[] } }} */
  const { data } = await request('POST', `/events/${encoded(eventId)}/check-ins/batch`, {
    body: { scans },
    milliseconds,
  });
  return data.answers;
}

/**
 * Undoes a check-in. It stays in the list, with the reason.
 * @param {string} eventId
 * @param {string} checkInId
 * @param {string} reason
 * @returns {Promise<Api.KeptCheckIn>}
 */
export async function undoCheckIn(eventId, checkInId, reason) {
  const path = `/events/${encoded(eventId)}/check-ins/${encoded(checkInId)}/undo`;
  return (await request('POST', path, { body: { reason } })).data;
}
