import { element } from '../../ui/dom.js';
import { EVENT_FACTS, nameWords, valueWords } from '../../words/facts.js';

/**
 * The panel that shows somebody else's changes from `base` to `latest`, with a choice between them and the user's own.
 * @param {object} options
 * @param {Api.Event} options.base
 * @param {Api.Event} options.latest
 * @param {() => void} options.keepMine
 * @param {() => void} options.takeTheirs
 */
export function conflictPanel({ base, latest, keepMine, takeTheirs }) {
  const differing = EVENT_FACTS.filter((name) => base[name] !== latest[name]);
  const heading = element('h2', { tabindex: '-1' }, 'Somebody else changed this event');
  const node = element(
    'section',
    { class: 'panel conflict', role: 'alert' },
    heading,
    element('p', {}, 'It was changed after you opened it, so nothing of yours was saved yet. What is different now:'),
    differing.length === 0
      ? element('p', { class: 'soft' }, 'Nothing that is shown here.')
      : element(
          'dl',
          { class: 'differences' },
          differing.map((name) =>
            element(
              'div',
              {},
              element('dt', {}, nameWords(name)),
              element('dd', {}, valueWords(name, latest[name], latest.time_zone)),
            ),
          ),
        ),
    element(
      'div',
      { class: 'actions' },
      element(
        'button',
        { type: 'button', class: 'button button-primary', onclick: keepMine },
        'Save what I changed on top',
      ),
      element('button', { type: 'button', class: 'button', onclick: takeTheirs }, 'Drop mine, show theirs'),
    ),
  );
  return { node, heading };
}
