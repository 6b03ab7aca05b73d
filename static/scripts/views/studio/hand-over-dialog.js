// A dialog in which an organizer hands an event over to another one.

import * as api from '../../server/api.js';
import { openPanel } from '../../ui/dialogs.js';
import { field, form } from '../../ui/forms.js';
import { trimmed } from '../../words/text.js';

/** @import { TaggedEvent } from '../../server/api.js' */

const TEXTS = Object.freeze({
  eMailOfTheNew: 'E-mail of the new organizer',
  anOrganizersOrAnAdministrators:
    'An organizer’s or an administrator’s. They will see the names and addresses of all attendees.',
  handTheEventOver: 'Hand the event over',
  handingOver: 'Handing over…',
  handThisEventOver: 'Hand this event over?',
  /** @param {string} title */
  somebodyElseRunsFromThen: (title) => `Somebody else runs “${title}” from then on. Its bookings stay as they are.`,
  /** @param {string} title */
  somebodyElseRunsFromThenOn: (title) =>
    `Somebody else runs “${title}” from then on, and you can no longer change it. Its bookings stay as they are. Only the new organizer or an administrator can give it back.`,
});

/**
 * Opens the dialog and waits until it is closed and nothing is under way any more. The address of the new organizer, or
 * null if nothing was done.
 * @param {TaggedEvent} seen
 * @param {{ keepsAccess: boolean }} options whether the user still runs the event afterwards
 * @returns {Promise<string | null>}
 */
export async function handOver({ event: { id, title }, etag }, { keepsAccess }) {
  /** @type {string | null} */
  let receiver = null;
  /** @type {Promise<void> | null} */
  let sent = null;
  const email = field({
    name: 'email',
    label: TEXTS.eMailOfTheNew,
    type: 'email',
    required: true,
    autocomplete: 'off',
    characters: 254,
    hint: TEXTS.anOrganizersOrAnAdministrators,
  });
  const made = form({
    name: TEXTS.handTheEventOver,
    fields: [email],
    label: TEXTS.handTheEventOver,
    busyLabel: TEXTS.handingOver,
    async send() {
      const address = trimmed(email.value());
      sent = api.handOverEvent(id, address, etag);
      try {
        await sent;
      } catch (error) {
        // The form tells it.
        if (panel.dialog.open) sent = null;
        throw error;
      }
      receiver = address;
      panel.dialog.close();
    },
  });
  made.button.className = 'button button-danger';
  const panel = openPanel({
    title: TEXTS.handThisEventOver,
    text: keepsAccess ? TEXTS.somebodyElseRunsFromThen(title) : TEXTS.somebodyElseRunsFromThenOn(title),
    content: made.node,
  });
  await panel.closed;
  // The dialog may have been closed before the answer came. An error is then the answer.
  if (receiver === null) await sent;
  return receiver;
}
