// When people are reminded of an event, in words.

import { countOf } from '../../words/numbers.js';

/** The choice of no reminder. */
const NEVER = 'NEVER';
const HOURS = [1, 3, 6, 12, 24, 48, 72, 168, 336];

const TEXTS = Object.freeze({
  never: 'Not at all',
  /** @param {string} time */
  before: (time) => `${time} before the start`,
});

/**
 * The times to choose from, with the present one, which other programs may have chosen.
 * @param {number | null} present in hours
 * @returns {[value: string, label: string][]}
 */
export function reminderChoices(present) {
  const hours = present === null || HOURS.includes(present) ? HOURS : [...HOURS, present];
  const sorted = [...hours].sort((one, other) => one - other);
  return [[NEVER, TEXTS.never], ...sorted.map((one) => /** @type {[string, string]} */ ([String(one), words(one)]))];
}

/**
 * The choice of so many hours.
 * @param {number | null} hours
 */
export function reminderValue(hours) {
  return hours === null ? NEVER : String(hours);
}

/**
 * The hours of a choice.
 * @param {string} value
 */
export function reminderHours(value) {
  return value === NEVER ? null : Number(value);
}

/** @param {number} hours */
function words(hours) {
  const days = hours / 24;
  return TEXTS.before(Number.isInteger(days) ? countOf(days, 'day', 'days') : countOf(hours, 'hour', 'hours'));
}
