// Choices that are not booked yet, kept in this tab: it survives a reload, and signing in.

import { ownTab } from '../browser/storage.js';
import * as session from '../server/session.js';
import { CODE_CHARACTERS_MAX, NOTHING_CHOSEN } from './choice.js';

/** @import { Choice } from './choice.js' */

const KEY = 'onsale.choices';
// A visitor of more events than that has forgotten the first.
const EVENTS_MAX = 20;

/**
 * The choice at an event, or an empty one.
 * @param {string} eventId
 * @returns {Choice}
 */
export function keptChoice(eventId) {
  return all().find(([id]) => id === eventId)?.[1] ?? NOTHING_CHOSEN;
}

/**
 * Keeps the choice at an event.
 * @param {string} eventId
 * @param {Choice} choice
 */
export function keepChoice(eventId, choice) {
  const others = all().filter(([id]) => id !== eventId);
  ownTab.write(KEY, JSON.stringify([...others, [eventId, choice]].slice(-EVENTS_MAX)));
}

/** @returns {[eventId: string, choice: Choice][]} */
function all() {
  try {
    const kept = JSON.parse(ownTab.read(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSound) : [];
  } catch {
    return [];
  }
}

/** @param {unknown} entry */
function isSound(entry) {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const [, choice] = entry;
  return (
    (choice?.type === null || Number.isInteger(choice?.type)) &&
    typeof choice.code === 'string' &&
    choice.code.length <= CODE_CHARACTERS_MAX &&
    choice.counts !== null &&
    typeof choice.counts === 'object' &&
    Object.values(choice.counts).every((count) => Number.isInteger(count) && count >= 0)
  );
}

session.onChange((reason) => {
  if (reason === 'signed-out') ownTab.remove(KEY);
});
