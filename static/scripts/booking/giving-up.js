import { confirmed } from '../ui/dialogs.js';
import { amountWords } from '../words/money.js';
import { countOf } from '../words/numbers.js';
import { leaveLabel } from './own-words.js';

/**
 * Asks for confirmation before seats or a place in line are given up.
 * @param {Pick<Api.Registration, 'status' | 'seat_count' | 'paid_at'>} registration
 * @param {string} title the event's
 */
export function surelyGivenUp(registration, title) {
  const { status, seat_count: count, paid_at: paid } = registration;
  const one = count === 1;
  const again = 'If you book again, you start at the end of the line.';
  const money =
    paid === null ? '' : ' Whether your payment is given back follows the organizer’s rules; you see it afterwards.';
  if (status === 'WAITLISTED')
    return confirmed({
      title: 'Leave the line?',
      text: `You lose your place in line for “${title}”. If you book again, you start at the end.`,
      yes: leaveLabel(registration),
      no: 'Keep it',
      danger: true,
    });
  return confirmed({
    title: one ? 'Give up your seat?' : `Give up all ${countOf(count, 'seat')}?`,
    text: one
      ? `Your seat at “${title}” goes to the first person in line at once, or on sale again. ${again}${money}`
      : `Your seats at “${title}” go to those in line at once, or on sale again. ${again}${money}`,
    yes: leaveLabel(registration),
    no: one ? 'Keep it' : 'Keep them',
    danger: true,
  });
}

/**
 * The text after seats or a place in line were given up.
 * @param {Api.Registration} before
 * @param {Api.Registration} after
 */
export function givenUpWords(before, after) {
  if (before.status === 'WAITLISTED') return 'You left the line.';
  const gone =
    before.seat_count === 1 ? 'You gave up your seat.' : `You gave up your ${countOf(before.seat_count, 'seat')}.`;
  if (before.paid_at === null) return gone;
  return after.owed_back > 0
    ? `${gone} ${amountWords(after.owed_back, after.currency)} will be paid back to you.`
    : `${gone} Your payment is not paid back.`;
}
