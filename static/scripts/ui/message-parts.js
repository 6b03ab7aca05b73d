// The words of one message, as its mail has them.

import { element } from './dom.js';

/**
 * The paragraphs of a message, and its details.
 * @param {Pick<Api.Message, 'paragraphs' | 'details'>} message
 */
export function messageParts({ paragraphs, details }) {
  return element(
    'div',
    { class: 'message-text' },
    paragraphs.map((one) => element('p', { dir: 'auto' }, one)),
    details.length > 0 &&
      element(
        'dl',
        { class: 'changes' },
        details.map(({ label, value }) =>
          element('div', { class: 'change' }, element('dt', {}, label), element('dd', { dir: 'auto' }, value)),
        ),
      ),
  );
}
