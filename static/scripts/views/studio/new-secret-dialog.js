// A dialog that gives a webhook another secret.

import { rotateSecret } from '../../server/webhooks-api.js';
import { openPanel } from '../../ui/dialogs.js';
import { form } from '../../ui/forms.js';
import { ownPassword } from '../../ui/own-password.js';

const TEXTS = Object.freeze({
  title: 'Make a new secret?',
  text: 'The old one signs along for 24 hours, so that you can replace it without a gap.',
  make: 'Make a new secret',
  making: 'Making…',
});

/**
 * Opens the dialog and waits until it is closed and nothing is under way any more. The webhook with its new secret, or
 * null if nothing was done.
 * @param {string} id
 * @returns {Promise<Api.WebhookWithSecret | null>}
 */
export async function newSecret(id) {
  /** @type {Promise<Api.WebhookWithSecret> | null} */
  let sent = null;
  const password = ownPassword();
  const made = form({
    name: TEXTS.make,
    fields: [password.field],
    content: password.content,
    label: TEXTS.make,
    busyLabel: TEXTS.making,
    async send() {
      sent = rotateSecret(id, password.field.value());
      try {
        await sent;
      } catch (error) {
        // The form tells it.
        if (panel.dialog.open) sent = null;
        throw error;
      }
      panel.dialog.close();
    },
  });
  const panel = openPanel({ title: TEXTS.title, text: TEXTS.text, content: made.node });
  await panel.closed;
  // The dialog may have been closed before the answer came. The secret is told all the same, and so is an error.
  return sent;
}
