// The signed-in user's own registration for one event.

import * as api from '../server/api.js';

/**
 * The registration that is confirmed or waits, or null.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.OwnRegistration | null>}
 */
export async function ownPlace(eventId, signal) {
  // A person's registrations for one event fit on a page: the number of cancelled ones is limited.
  const { items } = await api.ownRegistrations({ event_id: eventId }, signal);
  return items.find(({ status }) => status !== 'CANCELLED') ?? null;
}
