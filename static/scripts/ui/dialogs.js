import { onLeave } from '../browser/navigation.js';
import { element } from './dom.js';
import { icon } from './icons.js';

/** @import { Child } from './dom.js' */

const TEXTS = Object.freeze({
  notNow: 'Not now',
  close: 'Close',
});

/** @type {Set<HTMLDialogElement>} */
const opened = new Set();
let count = 0;

// Leaving a page, by a link, by Back or by a session's end, closes its dialogs, the topmost one first.
onLeave(() => {
  for (const dialog of [...opened].reverse()) dialog.close();
});

/**
 * A question before something that cannot be undone. `danger` makes the button red.
 * @typedef {{ title: string, text: string, yes: string, no?: string, danger?: boolean }} Question
 */

/**
 * Asks a question. True if the answer is yes.
 * @param {Question} question
 */
export async function confirmed({ title, text, yes, no = TEXTS.notNow, danger = false }) {
  const accept = element(
    'button',
    { type: 'button', class: danger ? 'button button-danger' : 'button button-primary' },
    yes,
  );
  const decline = element('button', { type: 'button', class: 'button' }, no);
  const { dialog, closed } = openDialog({
    title,
    text,
    content: element('div', { class: 'actions actions-end' }, decline, accept),
    focus: decline,
  });
  accept.addEventListener('click', () => dialog.close('yes'));
  decline.addEventListener('click', () => dialog.close());
  return (await closed) === 'yes';
}

/**
 * Opens a dialog that stays until it is closed. `closed` resolves to its return value.
 * @param {{ title: string, text?: string, content: Child }} panel
 */
export function openPanel({ title, text, content }) {
  const close = element(
    'button',
    { type: 'button', class: 'icon-button dialog-close', 'aria-label': TEXTS.close },
    icon('close'),
  );
  const panel = openDialog({ title, text, content: [content, close], focus: close });
  close.addEventListener('click', () => panel.dialog.close());
  return panel;
}

/** @param {{ title: string, text?: string, content: Child, focus: HTMLElement }} options */
function openDialog({ title, text, content, focus }) {
  count += 1;
  const id = `dialog-${count}`;
  const dialog = element(
    'dialog',
    { class: 'dialog', 'aria-labelledby': `${id}-title`, 'aria-describedby': text && `${id}-text` },
    element('h2', { id: `${id}-title` }, title),
    text && element('p', { id: `${id}-text` }, text),
    content,
  );
  document.body.append(dialog);
  opened.add(dialog);
  /** @type {Promise<string>} */
  const closed = new Promise((resolve) => {
    // A click closes the dialog only if it also began outside: selecting text may end there by accident.
    let pressedOutside = false;
    dialog.addEventListener('pointerdown', (event) => {
      pressedOutside = event.target === dialog && isOutside(dialog, event);
    });
    dialog.addEventListener('click', (event) => {
      if (pressedOutside && event.target === dialog && isOutside(dialog, event)) dialog.close();
    });
    dialog.addEventListener(
      'close',
      () => {
        opened.delete(dialog);
        dialog.remove();
        resolve(dialog.returnValue);
      },
      { once: true },
    );
  });
  dialog.showModal();
  focus.focus();
  return { dialog, closed };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function isOutside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
