// Where a stress test runs: on a hidden copy, unless somebody chooses the event that visitors see.

import { element, setShown } from '../../ui/dom.js';
import { choice } from '../../ui/forms.js';

const TEXTS = Object.freeze({
  aHiddenCopyDryRun: 'A hidden copy (dry run)',
  visitorsSeeNothingOfIt: 'Visitors see nothing of it.',
  theEventItself: 'The event itself',
  visitorsSeeItsSeatsGo: 'Visitors see its seats go and the label “Under test”. Bookings are paused until you undo it.',
  runItOn: 'Run it on',
});

/** A choice that is hidden while only a hidden copy can be tested. */
export function groundChoice() {
  const copy = choice({
    name: 'ground',
    value: 'copy',
    label: TEXTS.aHiddenCopyDryRun,
    text: TEXTS.visitorsSeeNothingOfIt,
    checked: true,
  });
  const itself = choice({
    name: 'ground',
    value: 'itself',
    label: TEXTS.theEventItself,
    text: TEXTS.visitorsSeeItsSeatsGo,
  });
  const node = element(
    'fieldset',
    { class: 'choices', hidden: true },
    element('legend', {}, TEXTS.runItOn),
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
