// Books a place under a key that is kept until the answer is final. The same key never books a second place.

import * as api from '../server/api.js';
import * as keys from '../server/request-keys.js';
import { untilFinal } from '../server/retrying.js';
import * as session from '../server/session.js';

/** @import { Progress } from '../server/retrying.js' */

/**
 * Whether an earlier request for this event has no final answer yet.
 * @param {string} eventId
 */
export function isUnsettled(eventId) {
  return keys.isUnsettled(keyName(eventId));
}

/**
 * Forgets the earlier request, because its outcome is known.
 * @param {string} eventId
 */
export function settle(eventId) {
  keys.settle(keyName(eventId));
}

/**
 * Books a place. Throws the final error.
 * @param {string} eventId
 * @param {Progress} progress
 */
export function book(eventId, progress) {
  return keys.sendOnce(keyName(eventId), (key) =>
    untilFinal(() => api.register(eventId, key, progress.signal), progress),
  );
}

/**
 * Gives a place up and returns the registration as it is then. Repeating it is safe without a key.
 * @param {{ id: string, event_id: string }} registration
 * @param {Progress} progress
 */
export function giveUp(registration, progress) {
  return untilFinal(() => api.giveUp(registration.event_id, registration.id, progress.signal), progress);
}

/** @param {string} eventId */
function keyName(eventId) {
  return `onsale.booking.${session.user()?.id}.${eventId}`;
}
