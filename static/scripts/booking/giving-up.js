import { confirmed } from '../ui/dialogs.js';
import { isolated } from '../words/bidi.js';
import { amountWords } from '../words/money.js';
import { countOf } from '../words/numbers.js';
import { leaveLabel } from './own-words.js';

/**
 * Asks for confirmation before a booking is cancelled, or the waitlist left.
 * @param {Pick<Api.Registration, 'status' | 'seat_count' | 'paid_at'>} registration
 * @param {string} title the event's
 */
export function surelyGivenUp(registration, title) {
  const { status, seat_count: count, paid_at: paid } = registration;
  const event = `“${isolated(title)}”`;
  if (status === 'WAITLISTED')
    return confirmed({
      title: 'Leave the waitlist?',
      text: `You lose your position on the waitlist for ${event}. If you join again, you start at the end.`,
      yes: leaveLabel(registration),
      no: 'Stay on the waitlist',
      danger: true,
    });
  const seats = count === 1 ? 'Your seat' : `Your ${countOf(count, 'seat')}`;
  const go = count === 1 ? 'goes' : 'go';
  const money =
    paid === null ? '' : ' Whether your payment is paid back follows the organizer’s rules. You see it afterwards.';
  return confirmed({
    title: 'Cancel your booking?',
    text: `${seats} at ${event} ${go} to the waitlist at once, or back on sale. To come after all, you must book again.${money}`,
    yes: leaveLabel(registration),
    no: 'Keep my booking',
    danger: true,
  });
}

/**
 * The text after a booking was cancelled, or the waitlist left.
 * @param {Api.Registration} before
 * @param {Api.Registration} after
 */
export function givenUpWords(before, after) {
  if (before.status === 'WAITLISTED') return 'You left the waitlist.';
  const gone = 'Your booking is cancelled.';
  if (before.paid_at === null) return gone;
  return after.owed_back > 0
    ? `${gone} ${amountWords(after.owed_back, after.currency)} will be paid back to you.`
    : `${gone} Your payment is not paid back.`;
}
