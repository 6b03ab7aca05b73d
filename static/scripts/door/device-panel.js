import { element, setShown, setText } from '../ui/dom.js';
import { settleWords } from './answer-words.js';
import { listWords, unsentWords } from './state-words.js';
import { saveUnsent } from './unsent-file.js';

/** @import { Gate, GateState } from './gate.js' */

const TEXTS = Object.freeze({
  title: 'This device',
  refresh: 'Load the list again',
  save: 'Save unsent scans as a file',
  settle: 'To settle',
  settleHint: 'These people came in, and the server would not have let them in. Organizers see the same list.',
  seen: 'Seen',
});

/**
 * The list on the device, its unsent scans, and what a person has to settle.
 * @param {Gate} gate
 * @param {string} zone
 */
export function devicePanel(gate, zone) {
  const list = element('p', {});
  const unsent = element('p', { class: 'consequences', hidden: true });
  const refresh = element(
    'button',
    { type: 'button', class: 'button button-small', onclick: () => gate.readAgain() },
    TEXTS.refresh,
  );
  const save = element(
    'button',
    { type: 'button', class: 'button button-small', hidden: true, onclick: saveUnsent },
    TEXTS.save,
  );
  const node = element(
    'section',
    { class: 'door-panel' },
    element('h2', {}, TEXTS.title),
    list,
    unsent,
    element('div', { class: 'actions' }, refresh, save),
  );
  const settling = element('ul', { class: 'settling' });
  const settlingNode = element(
    'section',
    { class: 'door-panel settle', hidden: true },
    element('h2', {}, TEXTS.settle),
    element('p', { class: 'hint' }, TEXTS.settleHint),
    settling,
  );
  let shown = '';

  /** @param {GateState} state */
  function show(state) {
    setText(list, listWords(state, zone));
    setText(unsent, unsentWords(state));
    setShown(unsent, unsent.textContent !== '');
    setShown(save, state.waiting + state.setAside > 0);
    setShown(refresh, state.canList && state.reading === null && !state.isAlone);
    setShown(settlingNode, state.toSettle.length > 0);
    const key = state.toSettle.map(({ order }) => order).join();
    if (key === shown) return;
    shown = key;
    settling.replaceChildren(
      ...state.toSettle.map((kept) =>
        element(
          'li',
          {},
          element('span', {}, settleWords(kept, zone)),
          element(
            'button',
            { type: 'button', class: 'button button-small', onclick: () => gate.dismiss(kept) },
            TEXTS.seen,
          ),
        ),
      ),
    );
  }

  return { node, settling: settlingNode, show };
}
