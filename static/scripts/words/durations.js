// Lengths of time that people choose, such as a hold's. The API counts them in minutes.

import { counted, countOf } from './numbers.js';

/** @typedef {'minutes' | 'hours' | 'days'} DurationUnit */
/** A length of time as it is typed: a number, which may be none, and its unit. @typedef {{ count: string, unit: string }} Duration */

/** The units, the longest first. @type {[unit: DurationUnit, minutes: number, one: string][]} */
const UNITS = [
  ['days', 1440, 'day'],
  ['hours', 60, 'hour'],
  ['minutes', 1, 'minute'],
];

/** The names of all units, the shortest first. */
export const DURATION_UNITS = UNITS.map(([unit]) => unit).reverse();

/**
 * Minutes in the longest unit that needs no fraction: 120 is 2 hours, 90 is 90 minutes. Null is an empty length.
 * @param {number | null} minutes
 * @returns {{ count: string, unit: DurationUnit }}
 */
export function durationOf(minutes) {
  if (minutes === null) return { count: '', unit: 'hours' };
  const [unit, length] = longestOf(minutes);
  return { count: String(minutes / length), unit };
}

/**
 * The minutes of a typed length. Null if none is typed, NaN if it is no whole number.
 * @param {Duration} duration
 */
export function minutesOf({ count, unit }) {
  const typed = count.trim();
  if (typed === '') return null;
  const length = UNITS.find(([name]) => name === unit)?.[1] ?? NaN;
  return /^\d{1,9}$/.test(typed) ? Number(typed) * length : NaN;
}

/**
 * Minutes in words: `2 hours`, `90 minutes`, `1 day`.
 * @param {number} minutes
 */
export function durationWords(minutes) {
  const [, length, one] = longestOf(minutes);
  return countOf(minutes / length, one);
}

/**
 * The error of a typed length that must be between two others, or null.
 * @param {Duration} duration
 * @param {{ least: number, most: number }} bounds in minutes
 */
export function durationError(duration, { least, most }) {
  const minutes = minutesOf(duration);
  if (minutes === null) return null;
  if (Number.isNaN(minutes)) return 'Enter a whole number.';
  if (minutes < least) return `Enter ${durationWords(least)} or more.`;
  return minutes > most ? `Enter ${durationWords(most)} or less.` : null;
}

/**
 * How long ago a time was, roughly: `3 hours`, `2 days`.
 * @param {string} time
 * @param {number} now in milliseconds
 */
export function agoWords(time, now) {
  const minutes = Math.max(0, Math.floor((now - Date.parse(time)) / 60_000));
  const [, length, one] = UNITS.find(([, unit]) => minutes >= unit) ?? /** @type {const} */ (['minutes', 1, 'minute']);
  const count = Math.floor(minutes / length);
  return count === 0 ? 'less than a minute' : `${counted(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** @param {number} minutes */
function longestOf(minutes) {
  const found = minutes === 0 ? undefined : UNITS.find(([, length]) => minutes % length === 0);
  return found ?? /** @type {[DurationUnit, number, string]} */ (['minutes', 1, 'minute']);
}
