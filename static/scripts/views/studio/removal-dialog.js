// A dialog in which an organizer removes somebody's booking.

import * as api from '../../server/api.js';
import { openPanel } from '../../ui/dialogs.js';
import { element } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { amountWords } from '../../words/money.js';
import { counted } from '../../words/numbers.js';
import { trimmed } from '../../words/text.js';

const TEXTS = Object.freeze({
  reason: 'Reason',
  /** @param {string} name */
  readsItInMyTickets: (name) => `${name} reads it in “My tickets”.`,
  afterwards: 'Afterwards',
  theyCantBookThisEvent: 'They can’t book this event again',
  theyCanBookThisEvent: 'They can book this event again',
  removeTheBooking: 'Remove the booking',
  removing: 'Removing…',
  /** @param {string} name */
  bookingWasAlreadyCancelled: (name) => `${name}’s booking was already cancelled.`,
  /** @param {string} name */
  bookingIsRemoved: (name) => `${name}’s booking is removed.`,
  /** @param {string} name */
  alreadyRemovedMay: (name) => `${name}’s booking was already removed, and they can book again.`,
  /** @param {string} name */
  alreadyRemovedMayNot: (name) => `${name}’s booking was already removed, and they can’t book again.`,
  /** @param {string} name */
  removeBookingQuestion: (name) => `Remove ${name}’s booking?`,
  /** @param {string} name */
  removeFromTheWaitlist: (name) => `Remove ${name} from the waitlist?`,
  everybodyBehindThemMovesUp: 'Everybody behind them moves up. This can’t be undone.',
  /** @param {string} amount */
  wasPaidAndIsOwed: (amount) => ` ${amount} was paid and is owed back.`,
  /** @param {string} seats */
  theSeatsGoToThe: (seats) => `The ${seats} seats go to the waitlist at once, or on sale again.`,
  theSeatGoesToThe: 'The seat goes to the waitlist at once, or on sale again.',
  /** @param {string} gone @param {string} owed */
  thisCantBeUndone: (gone, owed) => `${gone}${owed} This can’t be undone.`,
});

const REASON_CHARACTERS_MAX = 500;

/**
 * Opens the dialog and waits until it is closed. The registration as it is then, or null if nothing was done.
 * @param {string} eventId
 * @param {Api.Attendee} attendee
 * @returns {Promise<Api.Registration | null>}
 */
export async function removeAttendee(eventId, attendee) {
  const { registration_id: id, name, status } = attendee;
  /** @type {Api.Registration | null} */
  let removed = null;
  const reason = field({
    name: 'reason',
    label: TEXTS.reason,
    required: true,
    characters: REASON_CHARACTERS_MAX,
    autocomplete: 'off',
    hint: TEXTS.readsItInMyTickets(name),
  });
  const again = field({ name: 'may_book_again', label: TEXTS.afterwards, tag: 'select', required: true });
  again.input.append(
    element('option', { value: 'no' }, TEXTS.theyCantBookThisEvent),
    element('option', { value: 'yes' }, TEXTS.theyCanBookThisEvent),
  );
  const made = form({
    name: TEXTS.removeTheBooking,
    fields: [reason, again],
    label: TEXTS.removeTheBooking,
    busyLabel: TEXTS.removing,
    async send() {
      const mayBookAgain = again.value() === 'yes';
      removed = await api.removeRegistration(eventId, id, {
        reason: trimmed(reason.value()),
        may_book_again: mayBookAgain,
      });
      if (removed.cancellation !== 'REMOVED') toast(TEXTS.bookingWasAlreadyCancelled(name));
      else if (removed.may_book_again === mayBookAgain) toast(TEXTS.bookingIsRemoved(name), 'good');
      else toast(mayBookAgain ? TEXTS.alreadyRemovedMayNot(name) : TEXTS.alreadyRemovedMay(name));
      panel.dialog.close();
    },
  });
  made.button.className = 'button button-danger';
  const panel = openPanel({
    title: status !== 'WAITLISTED' ? TEXTS.removeBookingQuestion(name) : TEXTS.removeFromTheWaitlist(name),
    text: removalWords(attendee),
    content: made.node,
  });
  await panel.closed;
  return removed;
}

/** @param {Api.Attendee} attendee */
function removalWords({ status, seat_count: seats, paid_at: paid, amount, currency }) {
  if (status === 'WAITLISTED') return TEXTS.everybodyBehindThemMovesUp;
  const owed = paid && amount > 0 ? TEXTS.wasPaidAndIsOwed(amountWords(amount, currency)) : '';
  const gone = seats > 1 ? TEXTS.theSeatsGoToThe(counted(seats)) : TEXTS.theSeatGoesToThe;
  return TEXTS.thisCantBeUndone(gone, owed);
}
