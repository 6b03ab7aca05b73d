import { element } from './dom.js';
import { icon } from './icons.js';
import { onLeave } from '../browser/navigation.js';

const opened = new Set();
let count = 0;

// A page that is left, by a link, by Back or by a session's end, takes its dialogs with it, the topmost first.
onLeave(() => {
  for (const dialog of [...opened].reverse()) dialog.close();
});

/** Asks before something that cannot be taken back: true if it is confirmed. `danger` paints the button red. */
export async function confirmed({ title, text, yes, no = 'Not now', danger = false }) {
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

/** Opens a dialog with `content` that stays until it is closed; `closed` is what it was closed with, later. */
export function openPanel({ title, text, content }) {
  const close = element(
    'button',
    { type: 'button', class: 'icon-button dialog-close', 'aria-label': 'Close' },
    icon('close'),
  );
  const panel = openDialog({ title, text, content: [content, close], focus: close });
  close.addEventListener('click', () => panel.dialog.close());
  return panel;
}

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
  const closed = new Promise((resolve) => {
    // Pressed and let go outside: who selects text and slips out of the dialog has not meant to close it.
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

function isOutside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
