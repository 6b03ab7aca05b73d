// Books a place under a key that is kept until the answer is final. The key survives lost answers, reloads and another
// sign-in, and the same key never books a second place.

import { ownTab } from '../browser/storage.js';
import * as api from '../server/api.js';
import { Problem } from '../server/failures.js';
import { isFinal, untilFinal } from '../server/retrying.js';
import * as session from '../server/session.js';

/** @import { Progress } from '../server/retrying.js' */

/**
 * Whether an earlier request for this event has no final answer yet.
 * @param {string} eventId
 */
export function isUnsettled(eventId) {
  return ownTab.read(keyName(eventId)) !== null;
}

/**
 * Forgets the earlier request, because its outcome is known.
 * @param {string} eventId
 */
export function settle(eventId) {
  ownTab.remove(keyName(eventId));
}

/**
 * Books a place. Throws the final error.
 * @param {string} eventId
 * @param {Progress} progress
 */
export async function book(eventId, progress) {
  // The name contains the user: if somebody else signs in meanwhile, they must not inherit the key.
  const name = keyName(eventId);
  const key = ownTab.read(name) ?? randomKey();
  ownTab.write(name, key);
  try {
    const registration = await untilFinal(() => api.register(eventId, key, progress.signal), progress);
    ownTab.remove(name);
    return registration;
  } catch (error) {
    if (isRefusal(error)) ownTab.remove(name);
    throw error;
  }
}

/**
 * Gives a place up and returns the registration as it is then. Repeating it is safe without a key.
 * @param {{ id: string, event_id: string }} registration
 * @param {Progress} progress
 */
export function giveUp(registration, progress) {
  return untilFinal(() => api.giveUp(registration.event_id, registration.id, progress.signal), progress);
}

/**
 * Whether the server has refused the booking for good. After a 401 the user signs in and books again, and a 500 leaves
 * the outcome open: both keep the key.
 * @param {unknown} error
 */
function isRefusal(error) {
  return error instanceof Problem && isFinal(error) && error.status !== 401 && error.status < 500;
}

/** @param {string} eventId */
function keyName(eventId) {
  return `onsale.booking.${session.user()?.id}.${eventId}`;
}

// `randomUUID` exists only on pages that came over HTTPS or from this machine.
function randomKey() {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
