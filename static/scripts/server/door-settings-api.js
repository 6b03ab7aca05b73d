// The routes by which organizers run an event's door. As in api.js, every value in an address is encoded, and each
// function throws the errors of `request` in http.js.

import { request } from './http.js';

/** @import { Cursor, Page } from './api.js' */

const encoded = encodeURIComponent;

/** @param {string} eventId */
const ofEvent = (eventId) => `/organizer/events/${encoded(eventId)}/door`;

/**
 * A page of an event's check-ins, newest first. An empty state excludes none.
 * @param {string} eventId
 * @param {{ state?: string, cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Api.ListedCheckIn>>}
 */
export async function checkIns(eventId, { state = '', cursor = null, limit = 50 }, signal) {
  const filter = state === '' ? '' : `&state=${encoded(state)}`;
  const after = cursor === null ? '' : `&cursor=${encoded(cursor)}`;
  const path = `/organizer/events/${encoded(eventId)}/check-ins?limit=${limit}${filter}${after}`;
  return (await request('GET', path, { signal })).data;
}

/**
 * How an event's door and its tickets work, and the time at which its tickets got their present codes.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.DoorSettings>}
 */
export async function doorSettings(eventId, signal) {
  return (await request('GET', ofEvent(eventId), { signal })).data;
}

/**
 * Changes how an event's door and its tickets work.
 * @param {string} eventId
 * @param {Api.DoorChoice} choice
 * @returns {Promise<Api.DoorSettings>}
 */
export async function changeDoor(eventId, choice) {
  return (await request('PUT', ofEvent(eventId), { body: choice })).data;
}

/**
 * Gives all tickets of an event other codes. The ones before end.
 * @param {string} eventId
 * @returns {Promise<Api.DoorSettings>}
 */
export async function renewCodes(eventId) {
  return (await request('POST', `${ofEvent(eventId)}/key`)).data;
}

/**
 * The people who check in at an event's door and do not run the event.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.DoorStaff[]>}
 */
export async function doorStaff(eventId, signal) {
  /** @type {{ data: { items: Api.DoorStaff[] } }} */
  const { data } = await request('GET', `${ofEvent(eventId)}/staff`, { signal });
  return data.items;
}

/**
 * Lets somebody check in at an event's door. Repeating it changes nothing more.
 * @param {string} eventId
 * @param {string} email of their account
 * @returns {Promise<Api.DoorStaff>}
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
