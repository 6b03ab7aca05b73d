// Round times for a chart's axis, as the clocks of the event's zone show them.

import { dayAndMonth, instantsOf, timeOfDay, wallClock } from '../../words/times.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 56, 112, 224, 448].map((days) => days * DAY),
];

/**
 * A mark of the axis. `words` are the time, or the day if marks are days apart; `under` is the day of the first mark of
 * each day, or the year.
 * @typedef {{ at: number, words: string, under: string }} Tick
 */

/**
 * At most `most` marks from one time to another, in milliseconds.
 * @param {number} from
 * @param {number} to
 * @param {string} zone
 * @param {number} most
 * @returns {Tick[]}
 */
export function timeTicks(from, to, zone, most) {
  const step = STEPS.find((one) => (to - from) / one <= Math.max(1, most)) ?? STEPS.at(-1) ?? DAY;
  // The clock's time as if it were in UTC. Marks are round on that clock, also when it changes.
  const shown = (/** @type {number} */ time) => Date.parse(`${wallClock(time, zone)}Z`);
  const last = shown(to);
  /** @type {Tick[]} */
  const ticks = [];
  let before = '';
  for (let clock = Math.ceil(shown(from) / step) * step; clock <= last; clock += step) {
    const [instant] = instantsOf(new Date(clock).toISOString().slice(0, 16), zone);
    const at = instant === undefined ? NaN : Date.parse(instant);
    // Some clocks skip a time, and the first minute may be a part of one.
    if (!(at >= from && at <= to)) continue;
    const [words, group] =
      step < DAY
        ? [timeOfDay(at, zone), dayAndMonth(at, zone)]
        : [dayAndMonth(at, zone), wallClock(at, zone).slice(0, 4)];
    ticks.push({ at, words, under: group === before ? '' : group });
    before = group;
  }
  return ticks;
}
