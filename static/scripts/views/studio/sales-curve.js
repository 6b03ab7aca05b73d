// How many seats were sold and how long the waitlist was, after each interval of a sale.

/** @import { Counts } from './booking-columns.js' */

/** Bookings with a seat, and on the waitlist. @typedef {{ sold: number, waiting: number }} Standing */

/**
 * The state after each column. The figures do not say whether cancelled bookings had a seat: a seat that came free while
 * people waited made somebody leave the waitlist, and those that are left over were on it. `end` is the last state where it
 * is known: the guess is corrected from the newest column backwards until it fits.
 * @param {readonly Counts[]} columns
 * @param {Standing | null} end
 * @returns {Standing[]}
 */
export function curveOf(columns, end) {
  const seated = cancelledSeats(columns);
  if (end !== null) correct(columns, seated, end);
  let [sold, waiting] = [0, 0];
  return columns.map(({ confirmed, promoted, waitlisted, cancelled }, index) => {
    const left = seated[index] ?? 0;
    sold += confirmed + promoted - left;
    waiting += waitlisted - promoted - (cancelled - left);
    return { sold: Math.max(0, sold), waiting: Math.max(0, waiting) };
  });
}

/**
 * How many of each column's cancelled bookings had a seat.
 * @param {readonly Counts[]} columns
 */
function cancelledSeats(columns) {
  let waiting = 0;
  return columns.map(({ promoted, waitlisted, cancelled }) => {
    const joined = waiting + waitlisted - promoted;
    // No more can leave the waitlist than are on it.
    const seats = Math.max(Math.min(cancelled, promoted), cancelled - Math.max(0, joined));
    waiting = joined - (cancelled - seats);
    return seats;
  });
}

/**
 * @param {readonly Counts[]} columns
 * @param {number[]} seated the cancelled bookings of each column that had a seat
 * @param {Standing} end
 */
function correct(columns, seated, end) {
  const sum = columns.reduce((total, { confirmed, promoted }) => total + confirmed + promoted, 0);
  let excess = sum - seated.reduce((total, one) => total + one, 0) - end.sold;
  for (let index = columns.length - 1; index >= 0 && excess !== 0; index -= 1) {
    const known = seated[index] ?? 0;
    const fitting = Math.min(columns[index]?.cancelled ?? 0, Math.max(0, known + excess));
    excess -= fitting - known;
    seated[index] = fitting;
  }
}
