import { openPanel } from '../ui/dialogs.js';
import { element, setText } from '../ui/dom.js';
import { toast } from '../ui/messages.js';
import { sentenceOf } from '../words/problems.js';
import { normalized, strayError } from '../words/text.js';
import { shownName } from '../words/ticket-names.js';

/** @import { Answer } from '../server/door-types.js' */
/** @import { Gate } from './gate.js' */

const TEXTS = Object.freeze({
  title: 'Undo this check-in?',
  text: (/** @type {string} */ name, /** @type {number} */ number) =>
    `${name}, ticket ${number}, can then come in again.`,
  reason: 'Reason',
  wrong: 'Wrong ticket',
  mistake: 'Pressed by mistake',
  left: 'Left again',
  undo: 'Undo check-in',
  needed: 'Choose or type a reason.',
  done: 'Check-in undone.',
  later: 'Undone on this device. The server is told when it answers.',
});

const REASON_CHARACTERS_MAX = 200;

/**
 * Asks for the reason, and undoes. Resolves to whether it was undone.
 * @param {Gate} gate
 * @param {Answer} answer
 */
export async function undoDialog(gate, answer) {
  const input = element('input', {
    class: 'input',
    id: 'undo-reason',
    maxlength: REASON_CHARACTERS_MAX,
    autocomplete: 'off',
  });
  const error = element('p', { class: 'form-error', role: 'alert' });
  const reasons = [TEXTS.wrong, TEXTS.mistake, TEXTS.left].map((reason) =>
    element(
      'button',
      {
        type: 'button',
        class: 'button button-small',
        onclick: () => {
          input.value = reason;
          input.focus();
        },
      },
      reason,
    ),
  );
  const form = element(
    'form',
    { class: 'form', novalidate: true },
    element('div', { class: 'field' }, element('label', { for: 'undo-reason' }, TEXTS.reason), input),
    element('div', { class: 'actions' }, reasons),
    error,
    element('div', { class: 'actions actions-end' }, element('button', { class: 'button button-primary' }, TEXTS.undo)),
  );
  const { ticket } = answer;
  const text = ticket === null ? '' : TEXTS.text(shownName(ticket), ticket.number);
  const { dialog, closed } = openPanel({ title: TEXTS.title, text, content: form });
  input.focus();
  let isRunning = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const reason = normalized(input.value);
    setText(error, reason === '' ? TEXTS.needed : (strayError(reason) ?? ''));
    if (error.textContent !== '' || isRunning) return;
    isRunning = true;
    try {
      const when = await gate.undo(answer, reason);
      dialog.close('undone');
      toast(when === 'NOW' ? TEXTS.done : TEXTS.later, 'good');
    } catch (failure) {
      setText(error, sentenceOf(failure));
    } finally {
      isRunning = false;
    }
  });
  return (await closed) === 'undone';
}
