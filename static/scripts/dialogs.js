import { element } from './dom.js';

let count = 0;

/** Asks before something that cannot be taken back: true if it is confirmed. `danger` paints the button red. */
export function confirmed({ title, text, yes, no = 'Not now', danger = false }) {
  count += 1;
  const id = `dialog-${count}`;
  const accept = element(
    'button',
    { type: 'button', class: danger ? 'button button-danger' : 'button button-primary' },
    yes,
  );
  const decline = element('button', { type: 'button', class: 'button' }, no);
  const dialog = element(
    'dialog',
    { class: 'dialog', 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-text` },
    element('h2', { id: `${id}-title` }, title),
    element('p', { id: `${id}-text` }, text),
    element('div', { class: 'actions actions-end' }, decline, accept),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    accept.addEventListener('click', () => dialog.close('yes'));
    decline.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog && isOutside(dialog, event)) dialog.close();
    });
    // A link that leads elsewhere, or the browser's Back, takes the question away with its page.
    const leave = () => dialog.close();
    window.addEventListener('hashchange', leave);
    dialog.addEventListener(
      'close',
      () => {
        window.removeEventListener('hashchange', leave);
        dialog.remove();
        resolve(dialog.returnValue === 'yes');
      },
      { once: true },
    );
    dialog.showModal();
    decline.focus();
  });
}

function isOutside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
