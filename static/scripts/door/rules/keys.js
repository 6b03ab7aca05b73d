// A hand scanner is a keyboard that types quickly and ends with Enter. Its keys arrive wherever the focus is, so only
// their timing tells them from a person's.

import { CHARACTERS_MAX } from './codes.js';

/** The longest pause within a scan. Scanners leave 1 to 30 ms between keys; people rarely less than 80. */
export const PAUSE_MILLISECONDS_MAX = 50;

/** Fewer keys may be a person's who rolls over two or three of them. */
export const KEYS_MIN = 6;

/**
 * The keys of a scan so far. Of more keys than a code can have, only the number counts.
 * @typedef {{ text: string, count: number, last: number }} Burst
 */

/** @type {Burst} */
export const NO_BURST = Object.freeze({ text: '', count: 0, last: -Infinity });

/**
 * The burst after another key. A pause begins a new one.
 * @param {Burst} burst
 * @param {string} key as a keyboard event names it
 * @param {number} time in milliseconds
 * @returns {Burst}
 */
export function afterKey(burst, key, time) {
  if ([...key].length !== 1) return burst;
  const goes = time - burst.last <= PAUSE_MILLISECONDS_MAX;
  const { text, count } = goes ? burst : NO_BURST;
  // One character too many, so that the text is no code.
  return { text: text.length > CHARACTERS_MAX ? text : text + key, count: count + 1, last: time };
}

/**
 * Whether Enter at this time ends a scan.
 * @param {Burst} burst
 * @param {number} time in milliseconds
 */
export function isScan(burst, time) {
  return burst.count >= KEYS_MIN && time - burst.last <= PAUSE_MILLISECONDS_MAX;
}
