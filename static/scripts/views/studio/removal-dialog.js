// A dialog in which an organizer removes somebody's booking.

import * as api from '../../server/api.js';
import { openPanel } from '../../ui/dialogs.js';
import { element } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { amountWords } from '../../words/money.js';
import { counted } from '../../words/numbers.js';
import { trimmed } from '../../words/text.js';

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
    label: 'Reason',
    required: true,
    characters: REASON_CHARACTERS_MAX,
    autocomplete: 'off',
    hint: `${name} reads it in “My places”.`,
  });
  const again = field({ name: 'may_book_again', label: 'Afterwards', tag: 'select', required: true });
  again.input.append(
    element('option', { value: 'no' }, 'They can’t book this event again'),
    element('option', { value: 'yes' }, 'They can book this event again'),
  );
  const made = form({
    name: 'Remove the booking',
    fields: [reason, again],
    label: 'Remove the booking',
    busyLabel: 'Removing…',
    async send() {
      const mayBookAgain = again.value() === 'yes';
      removed = await api.removeRegistration(eventId, id, {
        reason: trimmed(reason.value()),
        may_book_again: mayBookAgain,
      });
      if (removed.cancellation !== 'REMOVED') toast(`${name}’s booking was already cancelled.`);
      else if (removed.may_book_again === mayBookAgain) toast(`${name}’s booking is removed.`, 'good');
      else toast(`${name}’s booking was already removed, and they ${mayBookAgain ? 'can’t' : 'can'} book again.`);
      panel.dialog.close();
    },
  });
  made.button.className = 'button button-danger';
  const panel = openPanel({
    title: status !== 'WAITLISTED' ? `Remove ${name}’s booking?` : `Remove ${name} from the waitlist?`,
    text: removalWords(attendee),
    content: made.node,
  });
  await panel.closed;
  return removed;
}

/** @param {Api.Attendee} attendee */
function removalWords({ status, seat_count: seats, paid_at: paid, amount, currency }) {
  if (status === 'WAITLISTED') return 'Everybody behind them moves up. This can’t be undone.';
  const owed = paid && amount > 0 ? ` ${amountWords(amount, currency)} was paid and is owed back.` : '';
  const gone =
    seats > 1
      ? `The ${counted(seats)} seats go to the waitlist at once, or on sale again.`
      : 'The seat goes to the waitlist at once, or on sale again.';
  return `${gone}${owed} This can’t be undone.`;
}
