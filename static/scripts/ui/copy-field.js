// An address that its reader copies.

import { element } from './dom.js';
import { toast } from './messages.js';

const TEXTS = Object.freeze({
  copied: 'Link copied.',
  selected: 'The link is selected. Copy it from here.',
  copy: 'Copy link',
});

/** @typedef {{ copy: string, copied: string, selected: string }} CopyWords */

/**
 * @param {{ id: string, label: string, value?: string, words?: CopyWords }} options `words` of a text that is no link
 */
export function copyField({
  id,
  label,
  value = '',
  words = { copy: TEXTS.copy, copied: TEXTS.copied, selected: TEXTS.selected },
}) {
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
