// An event's bookings over time, gathered into as many columns as can be looked at.

const COLUMNS_MAX = 60;

/** What is counted, from the axis up and then down. */
export const SERIES = [
  { name: 'confirmed', label: 'Booked' },
  { name: 'promoted', label: 'Promoted from the line' },
  { name: 'waitlisted', label: 'Joined the line' },
  { name: 'cancelled', label: 'Given up', down: true },
];

/**
 * Columns of equal length, without gaps, from the first booking to the last: `{ from, to, confirmed, promoted,
 * waitlisted, cancelled }`, times in milliseconds.
 */
export function columnsOf({ bookings, interval_seconds: seconds }) {
  if (bookings.length === 0) return [];
  const interval = seconds * 1000;
  const first = Date.parse(bookings[0].at);
  const last = Date.parse(bookings.at(-1).at);
  const intervals = Math.floor((last - first) / interval) + 1;
  const length = interval * Math.ceil(intervals / COLUMNS_MAX);
  const columns = Array.from({ length: Math.ceil((intervals * interval) / length) }, (_, index) => ({
    from: first + index * length,
    to: first + (index + 1) * length,
    ...Object.fromEntries(SERIES.map(({ name }) => [name, 0])),
  }));
  for (const booking of bookings) {
    const column = columns[Math.floor((Date.parse(booking.at) - first) / length)];
    for (const { name } of SERIES) column[name] += booking[name];
  }
  return columns;
}

/** The height of a column above and below the axis. */
export function heightsOf(column) {
  const sum = (down) =>
    SERIES.filter((one) => Boolean(one.down) === down).reduce((total, { name }) => total + column[name], 0);
  return { up: sum(false), down: sum(true) };
}

/** Round numbers for an axis that reaches from `-down` to `up` with about `marks` steps; below zero none that is not reached. */
export function axisMarks(up, down, marks) {
  const rough = Math.max(1, (up + down) / marks);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const lowest = -Math.floor(down / step);
  const highest = Math.max(1, Math.ceil(up / step));
  return Array.from({ length: highest - lowest + 1 }, (_, index) => (lowest + index) * step);
}
