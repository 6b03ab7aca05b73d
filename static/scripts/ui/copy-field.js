// An address, or another text, that its reader copies.

import { element } from './dom.js';
import { toast } from './messages.js';

const TEXTS = Object.freeze({
  copied: 'Link copied.',
  selected: 'The link is selected. Copy it from here.',
  copy: 'Copy link',
});

const OF_LINKS = { copy: TEXTS.copy, copied: TEXTS.copied, selected: TEXTS.selected };

/**
 * `words` are those of its button and its messages, if it is no link.
 * @param {{ id: string, label: string, value?: string, words?: { copy: string, copied: string, selected: string } }} options
 */
export function copyField({ id, label, value = '', words = OF_LINKS }) {
  const input = element('input', { class: 'input', readonly: true, id, value });
  input.addEventListener('focus', () => input.select());

  async function copy() {
    try {
      await navigator.clipboard.writeText(input.value);
      toast(words.copied, 'good');
    } catch {
      // The browser may keep the clipboard to itself, or know none outside of HTTPS.
      input.select();
      toast(words.selected);
    }
  }

  const node = element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    element(
      'div',
      { class: 'copy-row' },
      input,
      element('button', { type: 'button', class: 'button', onclick: copy }, words.copy),
    ),
  );
  return { node, input };
}
