// A dialog in which an organizer hands an event over to another one.

import * as api from '../../server/api.js';
import { openPanel } from '../../ui/dialogs.js';
import { field, form } from '../../ui/forms.js';
import { trimmed } from '../../words/text.js';

/**
 * Opens the dialog and waits until it is closed. The address of the new organizer, or null if nothing was done.
 * @param {Api.Event} event
 * @param {{ keepsAccess: boolean }} options whether the user still runs the event afterwards
 * @returns {Promise<string | null>}
 */
export async function handOver({ id, title }, { keepsAccess }) {
  /** @type {string | null} */
  let receiver = null;
  const email = field({
    name: 'email',
    label: 'E-mail of the new organizer',
    type: 'email',
    required: true,
    autocomplete: 'off',
    characters: 254,
    hint: 'Their account must be an organizer’s or an administrator’s.',
  });
  const made = form({
    name: 'Hand the event over',
    fields: [email],
    label: 'Hand the event over',
    busyLabel: 'Handing over…',
    async send() {
      const address = trimmed(email.value());
      await api.handOverEvent(id, address);
      receiver = address;
      panel.dialog.close();
    },
  });
  made.button.className = 'button button-danger';
  const panel = openPanel({
    title: 'Hand this event over?',
    text: keepsAccess
      ? `Somebody else runs “${title}” from then on. Its bookings stay as they are.`
      : `Somebody else runs “${title}” from then on, and you can no longer change it. Its bookings stay as they are. Only the new organizer or an administrator can give it back.`,
    content: made.node,
  });
  await panel.closed;
  return receiver;
}
