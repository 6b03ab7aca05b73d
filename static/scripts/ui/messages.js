// Short messages that belong to no field. They are shown for seven seconds and read out.

import { byId, element, setText } from './dom.js';
import { icon } from './icons.js';

const TEXTS = Object.freeze({
  closeThisMessage: 'Close this message',
});

const SHOWN_MILLISECONDS = 7000;

/**
 * Has screen readers read a text that is not shown.
 * @param {string} text
 */
export function announce(text) {
  const region = byId('polite');
  setText(region, '');
  // A region that is emptied and filled at once may stay silent if its text is the same as before.
  requestAnimationFrame(() => setText(region, text));
}

/**
 * Shows a message in place of the last one and has it read out.
 * @param {string} text
 * @param {'good' | 'calm'} [tone]
 */
export function toast(text, tone = 'calm') {
  const close = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': TEXTS.closeThisMessage },
    icon('close'),
  );
  const node = element('div', { class: `toast toast-${tone}` }, element('p', {}, text), close);
  const remove = () => node.remove();
  close.addEventListener('click', remove);
  byId('toasts').replaceChildren(node);
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
