// An attendee's seats and money in words, and the actions that their organizer has.

import { amountWords } from '../../words/money.js';
import { counted } from '../../words/numbers.js';
import { dateAndTime } from '../../words/times.js';
import { admittedWords } from './door-words.js';

/**
 * @typedef {'pay' | 'unpay' | 'remove'} AttendeeAction
 * @typedef {Pick<
 *   Api.Attendee, 'status' | 'cancellation' | 'amount' | 'payment_id' | 'paid_at' | 'event_cancelled' | 'owed_back'
 * >} Payable
 */

/**
 * An attendee's seats by price: `2 × Adult, 1 × Child`.
 * @param {Pick<Api.Attendee, 'seats'>} attendee
 */
export function splitWords({ seats }) {
  return seats
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${counted(count)} × ${name}`)
    .join(', ');
}

/**
 * The state of an attendee's money: paid, to be paid until then, owed back. Nothing for free seats.
 * @param {Pick<Api.Attendee, 'status' | 'held_until' | 'paid_at' | 'owed_back' | 'currency' | 'amount'>} attendee
 * @param {string} zone the event's
 * @returns {string[]}
 */
export function moneyWords({ status, held_until: until, paid_at: paid, owed_back: owed, currency }, zone) {
  /** @type {string[]} */
  const words = [];
  if (status === 'HELD') words.push(until ? `To pay until ${dateAndTime(until, zone)}` : 'To pay, without a deadline');
  if (paid && status !== 'HELD') words.push(`Paid ${dateAndTime(paid, zone)}`);
  if (owed > 0) words.push(`${amountWords(owed, currency)} owed back`);
  return words;
}

/**
 * A booking's tickets that are in: `2 of 3 in`. Null if none is, or if the server is one of before.
 * @param {Pick<Api.Attendee, 'seat_count'> & { admitted?: number }} attendee
 */
export function arrivedWords({ seat_count: seats, admitted = 0 }) {
  return admitted === 0 ? null : admittedWords(admitted, seats);
}

/**
 * The history of a registration since it was made, or null.
 * @param {Api.Attendee} attendee
 * @param {string} zone the event's
 */
export function historyWords(attendee, zone) {
  const { status, registered_at: registered, confirmed_at: seated, cancelled_at: cancelled } = attendee;
  if (status === 'CANCELLED' && cancelled) {
    const when = dateAndTime(cancelled, zone);
    switch (attendee.cancellation) {
      case 'REMOVED':
        return `Removed ${when}: “${attendee.removal_reason}”`;
      case 'DEACTIVATED':
        return `Cancelled ${when}: account deactivated`;
      case 'LAPSED':
        return `Not paid in time, ended ${when}`;
      case 'PASSED':
        return `Went to the end of the waitlist ${when}: too few seats were free for too long`;
      case 'PASSED_ON':
        return `Passed on ${when}`;
      case 'GIVEN_UP':
        return `Cancelled ${when}`;
      default:
        // The server is newer than the page. The badge beside it says so.
        return `Cancelled ${when}: ${attendee.cancellation}`;
    }
  }
  return seated && seated !== registered ? `Got a seat ${dateAndTime(seated, zone)}` : null;
}

/**
 * The actions that an attendee's row offers. A status that the page does not know has none.
 * @param {Payable} attendee
 * @param {{ isOn: boolean }} event whether it is neither cancelled nor over
 * @returns {AttendeeAction[]}
 */
export function actionsOf(
  { status, cancellation, amount, payment_id: payment, event_cancelled: isCancelled },
  { isOn },
) {
  if (isCancelled) return [];
  /** @type {AttendeeAction[]} */
  const removal = isOn ? ['remove'] : [];
  switch (status) {
    case 'HELD':
      return ['pay', ...removal];
    case 'CONFIRMED':
      return payment !== null && amount > 0 ? ['unpay', ...removal] : removal;
    case 'WAITLISTED':
      return removal;
    case 'CANCELLED':
      return cancellation === 'LAPSED' && isOn ? ['pay'] : [];
    default:
      return [];
  }
}

/**
 * The question before a payment is marked.
 * @param {Pick<Api.Attendee, 'name' | 'amount' | 'currency' | 'seats' | 'status'>} attendee
 */
export function payQuestion(attendee) {
  const sum = amountWords(attendee.amount, attendee.currency);
  const lapsed =
    attendee.status === 'CANCELLED'
      ? ' Their hold has ended. They get these seats again if there is room for them and nobody is on the waitlist.'
      : '';
  return {
    title: `Has ${attendee.name} paid ${sum}?`,
    text: `For ${splitWords(attendee)}. Mark it once you have received all of ${sum}. Their seats are confirmed then.${lapsed}`,
  };
}

/**
 * The question before the mark of a payment is taken back.
 * @param {Pick<Api.Attendee, 'name' | 'amount' | 'currency' | 'paid_at'>} attendee
 * @param {string} zone the event's
 */
export function unpayQuestion({ name, amount, currency, paid_at: paid }, zone) {
  return {
    title: `Mark ${name} as not paid?`,
    text: `${amountWords(amount, currency)}${paid ? `, marked ${dateAndTime(paid, zone)}` : ''}. Their seats are held again, with this event’s time to pay.`,
  };
}

/**
 * The message after a payment was marked, by the registration as it stands.
 * @param {Pick<Api.Attendee, 'name' | 'status'>} attendee as it was
 * @param {Pick<Api.Registration, 'status'>} registration
 */
export function paidWords({ name, status: before }, { status }) {
  if (status !== 'CONFIRMED') return `${name}’s booking is not confirmed. Refresh the list.`;
  return before === 'CANCELLED'
    ? `Paid: ${name} has a new booking with the same seats.`
    : `Paid: ${name}’s seats are confirmed.`;
}
