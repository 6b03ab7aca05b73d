import { countOf } from '../words/numbers.js';

/**
 * A change of a booking in as few words as the title of a tab has room for.
 * @param {Pick<Api.Registration, 'status'>} before
 * @param {Pick<Api.Registration, 'status' | 'seat_count' | 'paid_at'> | undefined} after none if it is gone
 */
export function titleWords(before, after) {
  if (after === undefined) return 'Booking cancelled';
  const seats = after.seat_count === 1 ? 'a seat' : countOf(after.seat_count, 'seat');
  switch (after.status) {
    case 'CONFIRMED':
      return before.status === 'WAITLISTED' ? `You’ve got ${seats}` : 'Payment arrived';
    case 'HELD':
      return before.status === 'WAITLISTED' ? `You’ve got ${seats}: please pay` : 'Payment did not arrive';
    case 'CANCELLED':
      return before.status === 'HELD' ? 'Hold ended' : 'Booking cancelled';
    default:
      return 'Booking changed';
  }
}
