// When the state of an event's sale changes by itself, so that nothing has to ask every second.

import { saleOf } from './sales.js';

/** @import { SaleFacts } from './sales.js' */

/**
 * The next time at which `saleOf` changes by time alone, in milliseconds. Null if it stays as it is.
 * @param {SaleFacts} event
 * @param {number} now in milliseconds
 */
export function nextSaleChange(event, now) {
  const { code } = saleOf(event, now);
  const moments = [event.sales_open_at, event.sales_close_at, event.ends_at]
    .flatMap((time) => (time === null ? [] : [Date.parse(time)]))
    .filter((moment) => moment > now)
    .sort((one, other) => one - other);
  return moments.find((moment) => saleOf(event, moment).code !== code) ?? null;
}

/**
 * The first of some times that is still to come, in milliseconds. Null if none is.
 * @param {Iterable<string | number | null>} times
 * @param {number} now in milliseconds
 */
export function nextMoment(times, now) {
  let next = Infinity;
  for (const time of times) {
    const moment = typeof time === 'string' ? Date.parse(time) : (time ?? NaN);
    if (moment > now && moment < next) next = moment;
  }
  return next === Infinity ? null : next;
}
