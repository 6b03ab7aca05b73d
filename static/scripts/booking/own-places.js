// The signed-in user's own registrations for one event: at most one of each ticket type that is not cancelled.

import * as api from '../server/api.js';

/**
 * All of them, also cancelled ones.
 * @param {string} eventId
 * @param {AbortSignal} signal
 * @returns {Promise<Api.OwnRegistration[]>}
 */
export async function ownPlaces(eventId, signal) {
  // A person's registrations for one event fit on a page: the number of cancelled ones is limited.
  return (await api.ownRegistrations({ event_id: eventId }, signal)).items;
}

/**
 * Those that are not cancelled, by ticket type.
 * @template {Api.Registration} T
 * @param {T[]} registrations
 */
export function standing(registrations) {
  return registrations
    .filter(({ status }) => status !== 'CANCELLED')
    .sort((one, other) => one.ticket_type - other.ticket_type);
}
