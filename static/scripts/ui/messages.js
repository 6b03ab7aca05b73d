// Short messages that belong to no field: shown for a while and read out.

import { element, setText } from './dom.js';
import { icon } from './icons.js';

const SHOWN_MILLISECONDS = 7000;

/** Reads a text out without showing it. */
export function announce(text) {
  const region = document.getElementById('polite');
  setText(region, '');
  // A region that is emptied and filled in one go may stay silent when the text is the same as before.
  requestAnimationFrame(() => setText(region, text));
}

/** Shows a message in place of the last one, and reads it out. `tone` is `good` or `calm`. */
export function toast(text, tone = 'calm') {
  const close = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Close this message' },
    icon('close'),
  );
  const node = element('div', { class: `toast toast-${tone}` }, element('p', {}, text), close);
  const remove = () => node.remove();
  close.addEventListener('click', remove);
  document.getElementById('toasts').replaceChildren(node);
  announce(text);
  let timer = setTimeout(remove, SHOWN_MILLISECONDS);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(remove, SHOWN_MILLISECONDS);
  };
  node.addEventListener('pointerenter', hold);
  node.addEventListener('focusin', hold);
  node.addEventListener('pointerleave', release);
  node.addEventListener('focusout', release);
}
