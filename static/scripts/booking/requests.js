// Books a place under a key that is kept until the answer is final. The same key never books a second place.

import { ownTab } from '../browser/storage.js';
import * as api from '../server/api.js';
import * as keys from '../server/request-keys.js';
import { untilFinal } from '../server/retrying.js';
import * as session from '../server/session.js';

/** @import { Progress } from '../server/retrying.js' */
/** @import { Wanted } from './choice.js' */

/** @typedef {{ id: string, event_id: string }} Named a registration */

/**
 * Whether an earlier request for this event has no final answer yet.
 * @param {string} eventId
 */
export function isUnsettled(eventId) {
  return keys.isUnsettled(keyName(eventId));
}

/**
 * The wish of the earlier request that has no final answer. Null if it had no body.
 * @param {string} eventId
 * @returns {Wanted | null}
 */
export function wantedBefore(eventId) {
  try {
    return JSON.parse(ownTab.read(bodyName(eventId)) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * Forgets the earlier request, because its outcome is known.
 * @param {string} eventId
 */
export function settle(eventId) {
  keys.settle(keyName(eventId));
  ownTab.remove(bodyName(eventId));
}

/**
 * Books a place. A request without a final answer is sent again as it was, whatever is wanted now: under its key the
 * server knows no other. Throws the final error.
 * @param {string} eventId
 * @param {Wanted | null} wanted
 * @param {Progress} progress
 */
export async function book(eventId, wanted, progress) {
  const body = isUnsettled(eventId) ? wantedBefore(eventId) : wanted;
  ownTab.write(bodyName(eventId), JSON.stringify(body));
  try {
    return await keys.sendOnce(keyName(eventId), (key) =>
      untilFinal(() => api.register(eventId, { key, wanted: body }, progress.signal), progress),
    );
  } finally {
    if (!isUnsettled(eventId)) ownTab.remove(bodyName(eventId));
  }
}

/**
 * Gives a place up and returns the registration as it is then. Repeating it is safe without a key.
 * @param {Named} registration
 * @param {Progress} progress
 */
export function giveUp(registration, progress) {
  return untilFinal(() => api.giveUp(registration.event_id, registration.id, progress.signal), progress);
}

/**
 * Gives some seats back and returns the registration as it is then. Repeating it is safe without a key.
 * @param {Named} registration
 * @param {Api.Reduction} fewer
 * @param {Progress} progress
 */
export function takeFewer(registration, fewer, progress) {
  return untilFinal(() => api.takeFewer(registration.event_id, registration.id, fewer, progress.signal), progress);
}

/** @param {string} eventId */
function keyName(eventId) {
  return `onsale.booking.${session.user()?.id}.${eventId}`;
}

/** @param {string} eventId */
function bodyName(eventId) {
  return `${keyName(eventId)}.wanted`;
}
