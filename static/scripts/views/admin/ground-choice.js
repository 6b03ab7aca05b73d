// Where a stress test runs: on a hidden copy, unless somebody chooses the event that visitors see.

import { element, setShown } from '../../ui/dom.js';

/** A choice that is hidden while only a hidden copy can be tested. */
export function groundChoice() {
  const copy = choice('copy', 'A hidden copy (dry run)', 'Visitors see nothing of it.');
  const itself = choice(
    'itself',
    'The event itself',
    'Visitors see its seats go and the label “Under test”. Bookings are paused until you undo it.',
  );
  copy.input.checked = true;
  const node = element(
    'fieldset',
    { class: 'choices', hidden: true },
    element('legend', {}, 'Run it on'),
    copy.node,
    itself.node,
  );
  return {
    node,
    isItself: () => !node.hidden && itself.input.checked,
    /** @param {boolean} shown */
    show(shown) {
      // The event may be booked meanwhile. What was chosen before is not meant for later.
      if (!shown) copy.input.checked = true;
      setShown(node, shown);
    },
  };
}

/**
 * @param {string} value
 * @param {string} label
 * @param {string} text
 */
function choice(value, label, text) {
  const input = element('input', { type: 'radio', name: 'ground', value });
  const node = element(
    'label',
    { class: 'choice' },
    input,
    element('span', {}, element('strong', {}, label), element('span', { class: 'hint' }, text)),
  );
  return { node, input };
}
