// The signed-in user's own registration for one event.

import * as api from '../server/api.js';

const PAGES_MAX = 50;

/**
 * The registration that is confirmed or waits, or null.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.OwnRegistration | null>}
 */
export async function ownPlace(eventId, signal) {
  /** @type {string | null} */
  let cursor = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    /** @type {Api.OwnRegistrationPage} */
    const { items, next_cursor: next } = await api.ownRegistrations({ cursor }, signal);
    const found = items.find((one) => one.event_id === eventId && one.status !== 'CANCELLED');
    if (found) return found;
    if (!next) return null;
    cursor = next;
  }
  return null;
}
