import { confirmed } from '../ui/dialogs.js';
import { isolated } from '../words/bidi.js';
import { amountWords } from '../words/money.js';
import { countOf } from '../words/numbers.js';
import { leaveLabel } from './own-words.js';

const TEXTS = Object.freeze({
  leaveTheWaitlist: 'Leave the waitlist?',
  /** @param {string} event */
  youLoseYourPositionOn: (event) =>
    `You lose your position on the waitlist for ${event}. If you join again, you start at the end.`,
  stayOnTheWaitlist: 'Stay on the waitlist',
  yourSeat: 'Your seat',
  /** @param {string} seats */
  your: (seats) => `Your ${seats}`,
  whetherYourPaymentIsPaid: ' Whether your payment is paid back follows the organizer’s rules. You see it afterwards.',
  cancelYourBooking: 'Cancel your booking?',
  /** @param {string} seats @param {string} event @param {string} go @param {string} money */
  atToTheWaitlistAt: (seats, event, go, money) =>
    `${seats} at ${event} ${go} to the waitlist at once, or back on sale. To come after all, you must book again.${money}`,
  keepMyBooking: 'Keep my booking',
  youLeftTheWaitlist: 'You left the waitlist.',
  yourBookingIsCancelled: 'Your booking is cancelled.',
  /** @param {string} gone @param {string} amount */
  willBePaidBackTo: (gone, amount) => `${gone} ${amount} will be paid back to you.`,
  /** @param {string} gone */
  yourPaymentIsNotPaid: (gone) => `${gone} Your payment is not paid back.`,
});

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
      title: TEXTS.leaveTheWaitlist,
      text: TEXTS.youLoseYourPositionOn(event),
      yes: leaveLabel(registration),
      no: TEXTS.stayOnTheWaitlist,
      danger: true,
    });
  const seats = count === 1 ? TEXTS.yourSeat : TEXTS.your(countOf(count, 'seat'));
  const go = count === 1 ? 'goes' : 'go';
  const money = paid === null ? '' : TEXTS.whetherYourPaymentIsPaid;
  return confirmed({
    title: TEXTS.cancelYourBooking,
    text: TEXTS.atToTheWaitlistAt(seats, event, go, money),
    yes: leaveLabel(registration),
    no: TEXTS.keepMyBooking,
    danger: true,
  });
}

/**
 * The text after a booking was cancelled, or the waitlist left.
 * @param {Api.Registration} before
 * @param {Api.Registration} after
 */
export function givenUpWords(before, after) {
  if (before.status === 'WAITLISTED') return TEXTS.youLeftTheWaitlist;
  const gone = TEXTS.yourBookingIsCancelled;
  if (before.paid_at === null) return gone;
  return after.owed_back > 0
    ? TEXTS.willBePaidBackTo(gone, amountWords(after.owed_back, after.currency))
    : TEXTS.yourPaymentIsNotPaid(gone);
}
