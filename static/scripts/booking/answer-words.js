// The texts for answers of the box office, and for changes that others or the time have made.

import { Problem } from '../server/failures.js';
import { amountWords } from '../words/money.js';
import { counted, countOf } from '../words/numbers.js';
import { isKnownStatus, unknownStatusWords, yourSeats } from '../words/places.js';

/** @import { Unreachable } from '../server/failures.js' */

/**
 * The text for a pause before the next attempt of a booking.
 * @param {Problem | Unreachable} error the last attempt's
 * @param {number} milliseconds
 */
export function pauseWords(error, milliseconds) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const again = `Trying again in ${seconds}\u00a0s. You won’t be booked twice.`;
  if (!(error instanceof Problem)) return `No answer came. ${again}`;
  if (error.code === 'outcome-unknown') return `The server lost track of your request. ${again}`;
  if (error.code === 'busy') return `The box office is very busy. ${again}`;
  return `The service is not available at the moment. ${again}`;
}

const PASSED_OVER = 'Too few seats for your booking were free for too long, so you’ve gone to the end of the waitlist.';

/**
 * The text for the answer to a booking.
 * @param {Api.Registration} registration
 */
export function answerWords(registration) {
  const { status, position, cancellation, seat_count: count } = registration;
  if (!isKnownStatus(status)) return unknownStatusWords(status);
  if (status === 'CONFIRMED') return 'Booked. See you there!';
  if (status === 'HELD')
    return `${count === 1 ? 'Your seat is' : 'Your seats are'} held. Please pay to keep ${count === 1 ? 'it' : 'them'}.`;
  if (status === 'WAITLISTED') {
    const why = count === 1 ? 'All seats are taken.' : 'Not enough seats are available.';
    return position ? `${why} You’re number ${counted(position)} on the waitlist.` : `${why} You’re on the waitlist.`;
  }
  if (cancellation === 'PASSED') return PASSED_OVER;
  return cancellation === 'REMOVED'
    ? 'The organizer has removed this booking in the meantime. “My tickets” has the reason.'
    : `${cancelledWords(registration)} You can book again.`;
}

/** @param {Api.Registration} registration */
function cancelledWords({ cancellation }) {
  return cancellation === 'LAPSED'
    ? 'This booking was not paid in time, so its hold has ended.'
    : 'This booking was cancelled in the meantime.';
}

/**
 * The text for a change of a registration that others or the time have made. Null if there is nothing to tell.
 * @param {Api.Registration} before
 * @param {Api.Registration | undefined} after none if it is not among the user's any more
 * @returns {string | null}
 */
export function changeWords(before, after) {
  if (after?.cancellation === 'PASSED') return PASSED_OVER;
  if (after?.cancellation === 'PASSED_ON') return 'Somebody has taken the last ticket that you passed on.';
  if (after === undefined || (after.status === 'CANCELLED' && after.cancellation !== 'LAPSED'))
    return 'You no longer have a booking here. “My tickets” says why.';
  if (before.status === after.status)
    return before.paid_at === null && after.paid_at !== null ? 'Your payment has arrived.' : null;
  const one = after.seat_count === 1;
  switch (after.status) {
    case 'CANCELLED':
      return `The time to pay is over. Your hold has ended, and ${yourSeats(before)} went to somebody else or back on sale.`;
    case 'CONFIRMED':
      if (before.status === 'HELD')
        return `Your payment has arrived: ${yourSeats(after)} ${one ? 'is' : 'are'} confirmed.`;
      return one ? 'Good news: you’ve got a seat.' : `Good news: you’ve got ${yourSeats(after)}.`;
    case 'HELD':
      if (before.status === 'CONFIRMED') return 'The organizer says that your payment did not arrive.';
      return `Good news: ${one ? 'a seat is' : `${yourSeats(after)} are`} held for you. Please pay to keep ${one ? 'it' : 'them'}.`;
    default:
      return null;
  }
}

/** The text for a booking that was changed while its owner was asked about it. */
export const CHANGED_MEANWHILE = 'Your booking changed in the meantime, so we left it as it is.';

/**
 * The text for the answer to giving some seats back.
 * @param {Api.Registration} before
 * @param {Api.Registration} after
 */
export function fewerAnswerWords(before, after) {
  if (!isKnownStatus(after.status)) return unknownStatusWords(after.status);
  if (after.status === 'CANCELLED') return cancelledWords(after);
  const seats = countOf(after.seat_count, 'seat');
  // Somebody who was seated meanwhile has not agreed to fewer.
  if (before.status === 'WAITLISTED' && after.status !== 'WAITLISTED' && after.seat_count === before.seat_count)
    return `Enough seats became available in the meantime: all ${seats} are yours, and none was given back.`;
  if (before.status === 'WAITLISTED' && after.status === 'WAITLISTED')
    return `You’re now on the waitlist for ${seats}.`;
  const owed = after.owed_back > before.owed_back ? after.owed_back - before.owed_back : 0;
  const money = owed > 0 ? ` ${amountWords(owed, after.currency)} will be paid back to you.` : '';
  const unpaid = after.status === 'HELD' ? ` Please pay ${amountWords(after.amount, after.currency)}.` : '';
  return `You now have ${seats}.${money}${unpaid}`;
}
