// An event's bookings over time, summed up in as many columns as fit on a chart.

import { instantsOf, wallClock } from '../../words/times.js';

const TEXTS = Object.freeze({
  booked: 'Booked',
  joinedTheWaitlist: 'Joined the waitlist',
  gotASeatFromThe: 'Got a seat from the waitlist',
  cancelled: 'Cancelled',
});

const COLUMNS_MAX = 60;
const DAY_SECONDS = 86_400;
const HOUR_MILLISECONDS = 3_600_000;

/**
 * @typedef {'confirmed' | 'promoted' | 'waitlisted' | 'cancelled'} SeriesName
 * @typedef {Record<SeriesName, number>} Counts
 *
 * The counts between two times, in milliseconds.
 * @typedef {{ from: number, to: number } & Counts} BookingColumn
 */

/**
 * The counted series.
 * @type {{ name: SeriesName, label: string }[]}
 */
export const SERIES = [
  { name: 'confirmed', label: TEXTS.booked },
  { name: 'waitlisted', label: TEXTS.joinedTheWaitlist },
  { name: 'promoted', label: TEXTS.gotASeatFromThe },
  { name: 'cancelled', label: TEXTS.cancelled },
];

/**
 * The demand: those who came, and below the axis those who left. A seat from the waitlist is no new demand.
 * @type {{ name: SeriesName, label: string, down?: boolean }[]}
 */
export const DEMAND = [
  { name: 'confirmed', label: TEXTS.booked },
  { name: 'waitlisted', label: TEXTS.joinedTheWaitlist },
  { name: 'cancelled', label: TEXTS.cancelled, down: true },
];

/**
 * Columns of equal length without gaps, from the first booking to the last. Days are those of `zone`: where its clocks
 * change, one has an hour less or more.
 * @param {Pick<Api.Analytics, 'bookings' | 'interval_seconds'>} analysis
 * @param {string} [zone]
 * @returns {BookingColumn[]}
 */
export function columnsOf({ bookings, interval_seconds: seconds }, zone = 'UTC') {
  const [earliest, latest] = [bookings[0], bookings.at(-1)];
  if (earliest === undefined || latest === undefined) return [];
  const interval = seconds * 1000;
  const { clock, instant } = seconds < DAY_SECONDS ? { clock: Date.parse, instant: Number } : clockOf(zone);
  const first = clock(earliest.at);
  const last = clock(latest.at);
  const intervals = Math.floor((last - first) / interval) + 1;
  const length = interval * Math.ceil(intervals / COLUMNS_MAX);
  const columns = Array.from({ length: Math.ceil((intervals * interval) / length) }, (_, index) => ({
    from: instant(first + index * length),
    to: instant(first + (index + 1) * length),
    confirmed: 0,
    promoted: 0,
    waitlisted: 0,
    cancelled: 0,
  }));
  for (const booking of bookings) {
    const column = columns[Math.floor((clock(booking.at) - first) / length)];
    if (column !== undefined) for (const { name } of SERIES) column[name] += booking[name];
  }
  return columns;
}

/**
 * The time that the clocks of a zone show, as if it were in UTC, and back.
 * @param {string} zone
 */
function clockOf(zone) {
  return {
    /** @param {string} time */
    clock: (time) => Date.parse(`${wallClock(time, zone)}Z`),
    /** @param {number} shown */
    instant(shown) {
      // Clocks that go forward at midnight show 1:00 when the day begins.
      const [first = new Date(shown).toISOString()] = [shown, shown + HOUR_MILLISECONDS].flatMap((one) =>
        instantsOf(new Date(one).toISOString().slice(0, 16), zone),
      );
      return Date.parse(first);
    },
  };
}

/**
 * The heights of a column's demand above and below the axis.
 * @param {Counts} column
 */
export function heightsOf(column) {
  /** @param {boolean} down */
  const sum = (down) =>
    DEMAND.filter((one) => Boolean(one.down) === down).reduce((total, { name }) => total + column[name], 0);
  return { up: sum(false), down: sum(true) };
}

/**
 * Round numbers for an axis from `-down` to `up`. None of them is below `-down`.
 * @param {number} up
 * @param {number} down
 * @param {number} marks about how many
 */
export function axisMarks(up, down, marks) {
  const rough = Math.max(1, (up + down) / marks);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const lowest = -Math.floor(down / step);
  const highest = Math.max(1, Math.ceil(up / step));
  return Array.from({ length: highest - lowest + 1 }, (_, index) => (lowest + index) * step);
}
