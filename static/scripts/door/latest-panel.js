import { element, setShown } from '../ui/dom.js';
import { timeOfDay } from '../words/times.js';
import { answerWords } from './answer-words.js';

/** @import { Answer } from '../server/door-types.js' */
/** @import { Checked } from './gate.js' */

const TEXTS = Object.freeze({
  title: 'Latest scans',
  undo: 'Undo',
  undoOf: (/** @type {string} */ who) => `Undo the check-in of ${who}`,
  undone: 'Undone',
});

const SHOWN_MAX = 20;

/**
 * The latest scans of this page, the newest first.
 * @param {(answer: Answer) => Promise<boolean>} onUndo
 * @param {string} zone
 */
export function latestPanel(onUndo, zone) {
  const list = element('ol', { class: 'latest' });
  const node = element('section', { class: 'door-panel', hidden: true }, element('h2', {}, TEXTS.title), list);
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();

  /** @param {string} id */
  function undone(id) {
    const item = items.get(id);
    item?.classList.add('is-undone');
    item?.querySelector('button')?.replaceWith(element('span', { class: 'soft' }, TEXTS.undone));
  }

  return {
    node,
    undone,
    /** @param {Checked} checked */
    add(checked) {
      const { answer } = checked;
      const { tone, headline, who, which } = answerWords(checked, zone);
      const undo = element(
        'button',
        {
          type: 'button',
          class: 'button button-small',
          'aria-label': TEXTS.undoOf(who),
          onclick: async () => {
            if (await onUndo(answer)) undone(answer.id);
          },
        },
        TEXTS.undo,
      );
      const item = element(
        'li',
        {},
        element('span', { class: `badge badge-${tone}` }, headline),
        element('span', { class: 'latest-who' }, [who, which].filter((part) => part !== '').join(' · ')),
        element('time', { class: 'soft small' }, timeOfDay(new Date().toISOString(), zone)),
        answer.outcome === 'ADMITTED' && undo,
      );
      items.set(answer.id, item);
      list.prepend(item);
      while (list.children.length > SHOWN_MAX) list.lastElementChild?.remove();
      setShown(node, true);
    },
  };
}
