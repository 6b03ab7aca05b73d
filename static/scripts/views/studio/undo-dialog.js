// A dialog in which an organizer takes a check-in back.

import { undoCheckIn } from '../../server/door-api.js';
import { openPanel } from '../../ui/dialogs.js';
import { field, form } from '../../ui/forms.js';
import { trimmed } from '../../words/text.js';
import { undoQuestion } from './door-words.js';

const TEXTS = Object.freeze({
  reason: 'Reason',
  hint: 'It stays in the list of check-ins.',
  busy: 'Sending…',
});

const REASON_CHARACTERS_MAX = 200;

/**
 * Opens the dialog and waits until it is closed and nothing is under way any more. The check-in as it is then, or null
 * if nothing was done.
 * @param {string} eventId
 * @param {Api.ListedCheckIn} checkIn
 * @returns {Promise<Api.KeptCheckIn | null>}
 */
export async function undo(eventId, checkIn) {
  /** @type {Promise<Api.KeptCheckIn> | null} */
  let sent = null;
  const { title, text, yes } = undoQuestion(checkIn);
  const reason = field({
    name: 'reason',
    label: TEXTS.reason,
    hint: TEXTS.hint,
    required: true,
    characters: REASON_CHARACTERS_MAX,
    autocomplete: 'off',
  });
  const made = form({
    name: yes,
    fields: [reason],
    label: yes,
    busyLabel: TEXTS.busy,
    async send() {
      sent = undoCheckIn(eventId, checkIn.id, trimmed(reason.value()));
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
  const panel = openPanel({ title, text, content: made.node });
  await panel.closed;
  // The dialog may have been closed before the answer came. An error is then the answer.
  return sent;
}
