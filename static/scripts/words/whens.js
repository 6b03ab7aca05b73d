// Times in which readers look for events, such as this weekend. They are days of the reader's own calendar.

import { instantsOf, ownZone, wallClock } from './times.js';

/** @typedef {'' | 'today' | 'weekend' | 'month' | 'next-month'} When */
/** A span of time in UTC. An empty end is open. @typedef {{ from: string, to: string }} Span */

/** @type {[when: When, label: string][]} */
export const WHENS = [
  ['', 'Any time'],
  ['today', 'Today'],
  ['weekend', 'This weekend'],
  ['month', 'This month'],
  ['next-month', 'Next month'],
];

const DAY_MILLISECONDS = 86_400_000;
const DAYS_OF_WEEK = 7;
const SATURDAY = 6;

/**
 * The `When` of an address, which may hold anything.
 * @param {string | null} text
 * @returns {When}
 */
export function whenOf(text) {
  return WHENS.find(([when]) => when === text)?.[0] ?? '';
}

/**
 * The span of a `When`. The weekend goes from Saturday to Sunday; on a Sunday it is the one that has begun.
 * @param {When} when
 * @param {number} now in milliseconds
 * @param {string} [zone] the reader's own by default
 * @returns {Span}
 */
export function spanOf(when, now, zone = ownZone) {
  const today = Date.parse(`${wallClock(now, zone).slice(0, 10)}T00:00Z`);
  /** @type {(first: number, next: number) => Span} */
  const days = (first, next) => ({ from: beginningOf(first, zone), to: beginningOf(next, zone) });
  switch (when) {
    case 'today':
      return days(today, today + DAY_MILLISECONDS);
    case 'weekend': {
      const weekday = new Date(today).getUTCDay() || DAYS_OF_WEEK;
      const saturday = today + (SATURDAY - weekday) * DAY_MILLISECONDS;
      return days(saturday, saturday + 2 * DAY_MILLISECONDS);
    }
    case 'month':
      return days(monthAfter(today, 0), monthAfter(today, 1));
    case 'next-month':
      return days(monthAfter(today, 1), monthAfter(today, 2));
    default:
      return { from: '', to: '' };
  }
}

/**
 * The first day of a month. Days are counted as if they were in UTC, and have their zone's times only at the end.
 * @param {number} day
 * @param {number} months
 */
function monthAfter(day, months) {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

/**
 * When a day begins in a zone. Where clocks are set forward at midnight it begins at one.
 * @param {number} day
 * @param {string} zone
 */
function beginningOf(day, zone) {
  const date = new Date(day).toISOString().slice(0, 10);
  const [midnight] = instantsOf(`${date}T00:00`, zone);
  return midnight ?? instantsOf(`${date}T01:00`, zone)[0] ?? new Date(day).toISOString();
}
