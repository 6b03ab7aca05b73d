// Asks for a place under a key that is kept until the answer is final: over lost answers, reloads and signing in again.
// Whatever happened to the first request, the same key never makes a second place.

import * as api from '../server/api.js';
import { Problem } from '../server/failures.js';
import { isFinal, untilFinal } from '../server/retrying.js';
import * as session from '../server/session.js';
import { ownTab } from '../browser/storage.js';

/** Whether an earlier request for this event has no final answer yet. */
export function isUnsettled(eventId) {
  return ownTab.read(keyName(eventId)) !== null;
}

/** Forgets the earlier request: what it came to is known from elsewhere. */
export function settle(eventId) {
  ownTab.remove(keyName(eventId));
}

/** Gives the registration, or throws what stands in its way. See `untilFinal` for `progress`. */
export async function book(eventId, progress) {
  // The name holds the user: signed out on the way, the next one must not inherit the key.
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

/** Gives a place up; gives the registration as it stands then. Repeating it is safe without a key. */
export async function giveUp(registration, progress) {
  return untilFinal(() => api.giveUp(registration.event_id, registration.id, progress.signal), progress);
}

// After a 401 the user signs in and asks again; a 500 does not say what happened. Both keep the key.
function isRefusal(error) {
  return error instanceof Problem && isFinal(error) && error.status !== 401 && error.status < 500;
}

function keyName(eventId) {
  return `onsale.booking.${session.user()?.id}.${eventId}`;
}

// `randomUUID` exists only where the page came over HTTPS or from this machine.
function randomKey() {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
