import { element } from '../../ui/dom.js';

const TEXTS = Object.freeze({
  somebodyElseChangedThisEvent: 'Somebody else changed this event',
  yourChangesAreNotSaved: 'Your changes are not saved yet. These are the other changes:',
  noneThatAreShownHere: 'None that are shown here.',
  keepMyChanges: 'Keep my changes',
  useTheirs: 'Use theirs',
});

/**
 * The panel that shows somebody else's changes, with a choice between them and the user's own.
 * @param {object} options
 * @param {[label: string, words: string][]} options.differences what is different now
 * @param {() => void} options.keepMine
 * @param {() => void} options.takeTheirs
 */
export function conflictPanel({ differences, keepMine, takeTheirs }) {
  const heading = element('h2', { tabindex: '-1' }, TEXTS.somebodyElseChangedThisEvent);
  const node = element(
    'section',
    { class: 'panel conflict', role: 'alert' },
    heading,
    element('p', {}, TEXTS.yourChangesAreNotSaved),
    differences.length === 0
      ? element('p', { class: 'soft' }, TEXTS.noneThatAreShownHere)
      : element(
          'dl',
          { class: 'differences' },
          differences.map(([label, words]) => element('div', {}, element('dt', {}, label), element('dd', {}, words))),
        ),
    element(
      'div',
      { class: 'actions' },
      element('button', { type: 'button', class: 'button button-primary', onclick: keepMine }, TEXTS.keepMyChanges),
      element('button', { type: 'button', class: 'button', onclick: takeTheirs }, TEXTS.useTheirs),
    ),
  );
  return { node, heading };
}
