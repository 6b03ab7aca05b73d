// Times in words, each formatted once. Seats change many times a second during a sale; the times beside them do not.

import * as times from './times.js';

/** @import { Time } from './times.js' */

// More than a page shows.
const KNOWN_MAX = 200;

/** @type {Map<string, string>} */
const known = new Map();

/**
 * As `dateAndTime` in times.js.
 * @param {Time} time
 * @param {string} [zone] the reader's own by default
 */
export function dateAndTime(time, zone = times.ownZone) {
  return remembered(`${time} in ${zone}`, () => times.dateAndTime(time, zone));
}

/**
 * As `inBothZones` in times.js.
 * @param {Time} time
 * @param {string} zone
 */
export function inBothZones(time, zone) {
  return remembered(`${time} in both ${zone}`, () => times.inBothZones(time, zone));
}

/**
 * @param {string} key
 * @param {() => string} format
 */
function remembered(key, format) {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_MAX) known.clear();
  const made = format();
  known.set(key, made);
  return made;
}
