// The routes of tickets and of the door. As in api.js, every value in an address is encoded, and each function throws
// the errors of `request` in http.js.

import { request } from './http.js';

/** @import { Cursor, Page } from './api.js' */

/**
 * An event as tickets and doors show it.
 * @typedef {Pick<Api.EventSummary, 'id' | 'title' | 'location' | 'starts_at' | 'ends_at' | 'time_zone'>} DoorEvent
 *
 * One ticket of a booking. `qr.path` draws the dark modules in a square of `size` by `size`, quiet zone included.
 * @typedef {object} OwnTicket
 * @property {number} number from 1
 * @property {string} code in groups, such as `7K2M-QX0A-94TD-HB5C`
 * @property {{ number: number, name: string }} ticket_type
 * @property {{ size: number, path: string }} qr
 * @property {{ at: string, gate: string } | null} checked_in
 *
 * The tickets of a booking: none unless it is confirmed.
 * @typedef {object} OwnTickets
 * @property {DoorEvent} event
 * @property {string} registration_id
 * @property {Api.RegistrationStatus} status
 * @property {string} holder
 * @property {OwnTicket[]} tickets
 *
 * An event's door in numbers. `opens_at` is null where people may come at any time.
 * @typedef {object} Door
 * @property {DoorEvent} event
 * @property {'PUBLISHED' | 'CANCELLED'} status
 * @property {string | null} opens_at
 * @property {{ number: number, name: string, tickets: number, admitted: number }[]} ticket_types
 * @property {{ gate: string, admitted: number }[]} gates
 * @property {number} doubles
 * @property {string} now
 *
 * @typedef {'ADMITTED' | 'DOUBLE' | 'UNDONE'} CheckInState
 *
 * A scan that was kept. `at` is the device's time, `received_at` the server's.
 * @typedef {object} CheckIn
 * @property {string} id
 * @property {string} at
 * @property {string} received_at
 * @property {string} gate
 * @property {string} device
 * @property {string} by
 * @property {string} registration_id
 * @property {number} number
 * @property {CheckInState} state
 * @property {{ at: string, by: string, reason: string } | null} undone
 *
 * A scan in an event's list. `because` is why one does not count, and `other` is the one that does.
 * @typedef {Pick<CheckIn, 'id' | 'at' | 'received_at' | 'gate' | 'device' | 'by'>} Scan
 * @typedef {CheckIn & { name: string, because?: string | null, other?: Scan | null }} ListedCheckIn
 *
 * @typedef {{ opens_minutes_before: number | null, key_since: string | null }} DoorSettings
 * @typedef {{ user_id: string, name: string, email: string, since: string }} DoorPerson
 */

const encoded = encodeURIComponent;

/** @param {string} eventId */
const ofEvent = (eventId) => `/organizer/events/${encoded(eventId)}/door`;

/**
 * The tickets of an own booking.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {AbortSignal} signal
 * @returns {Promise<OwnTickets>}
 */
export async function ownTickets(eventId, registrationId, signal) {
  const path = `/events/${encoded(eventId)}/registrations/${encoded(registrationId)}/tickets`;
  return (await request('GET', path, { signal })).data;
}

/**
 * An event's door in numbers.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Door>}
 */
export async function door(eventId, signal) {
  return (await request('GET', `/events/${encoded(eventId)}/door`, { signal })).data;
}

/**
 * A page of an event's check-ins, newest first. An empty state excludes none.
 * @param {string} eventId
 * @param {{ state?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<ListedCheckIn>>}
 */
export async function checkIns(eventId, { state = '', cursor = null, limit = 50 }, signal) {
  const filter = state === '' ? '' : `&state=${encoded(state)}`;
  const after = cursor === null ? '' : `&cursor=${encoded(cursor)}`;
  const path = `/organizer/events/${encoded(eventId)}/check-ins?limit=${limit}${filter}${after}`;
  return (await request('GET', path, { signal })).data;
}

/**
 * Takes a check-in back. It stays in the list, with the reason.
 * @param {string} eventId
 * @param {string} checkInId
 * @param {string} reason
 * @returns {Promise<CheckIn>}
 */
export async function undoCheckIn(eventId, checkInId, reason) {
  const path = `/events/${encoded(eventId)}/check-ins/${encoded(checkInId)}/undo`;
  return (await request('POST', path, { body: { reason } })).data;
}

/**
 * The opening of an event's door, and the time at which its tickets got their present codes.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<DoorSettings>}
 */
export async function doorSettings(eventId, signal) {
  return (await request('GET', ofEvent(eventId), { signal })).data;
}

/**
 * Changes the opening of an event's door.
 * @param {string} eventId
 * @param {number | null} minutes before the start; null for any time
 * @returns {Promise<DoorSettings>}
 */
export async function changeOpening(eventId, minutes) {
  return (await request('PUT', ofEvent(eventId), { body: { opens_minutes_before: minutes } })).data;
}

/**
 * Gives all tickets of an event other codes. The ones before end.
 * @param {string} eventId
 * @returns {Promise<DoorSettings>}
 */
export async function renewCodes(eventId) {
  return (await request('POST', `${ofEvent(eventId)}/key`)).data;
}

/**
 * The people who check in at an event's door and do not run the event.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<DoorPerson[]>}
 */
export async function doorStaff(eventId, signal) {
  /** @type {{ data: { items: DoorPerson[] } }} */
  const { data } = await request('GET', `${ofEvent(eventId)}/staff`, { signal });
  return data.items;
}

/**
 * Lets somebody check in at an event's door. Repeating it changes nothing more.
 * @param {string} eventId
 * @param {string} email of their account
 * @returns {Promise<DoorPerson>}
 */
export async function addDoorPerson(eventId, email) {
  return (await request('POST', `${ofEvent(eventId)}/staff`, { body: { email } })).data;
}

/**
 * Takes somebody off an event's door.
 * @param {string} eventId
 * @param {string} userId
 */
export async function removeDoorPerson(eventId, userId) {
  await request('DELETE', `${ofEvent(eventId)}/staff/${encoded(userId)}`);
}
