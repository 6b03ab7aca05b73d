import { element, setShown, setText, svgElement } from '../ui/dom.js';
import { countOf } from '../words/numbers.js';
import { answerWords, partyWords, spoken } from './answer-words.js';

/** @import { Answer } from '../server/door-types.js' */
/** @import { AnswerWords, Tone } from './answer-words.js' */
/** @import { Checked } from './gate.js' */

const TEXTS = Object.freeze({
  ready: 'Ready to scan',
  readyHint: 'Camera, hand scanner, or type below.',
  checking: 'Checking…',
  alone: 'Decided by this device',
  undo: 'Undo',
  undone: 'Undone',
  others: (/** @type {number} */ count) => `Let in the other ${countOf(count, 'person', 'people')}`,
});

/**
 * Shapes differ as well as colours: a disc, a triangle, an octagon.
 * @type {Record<Tone, [shape: string, ...mark: string[]]>}
 */
const SHAPES = {
  good: ['M24 3a21 21 0 1 0 0 42 21 21 0 0 0 0-42z', 'm14 25 7 7 13-15'],
  warm: ['M24 4 2 44h44z', 'M24 18v13', 'M24 37v.1'],
  bad: ['M15 3h18l12 12v18L33 45H15L3 33V15z', 'm16 16 16 16', 'M32 16 16 32'],
};
/** Before that nobody has waited, and a word would only flicker. */
const CHECKING_AFTER_MILLISECONDS = 250;

/**
 * The latest answer, large enough for an arm's length.
 * @param {{ onParty: (answer: Answer, numbers: number[]) => void, onUndo: (answer: Answer) => void }} actions
 * @param {string} zone
 */
export function answerPanel({ onParty, onUndo }, zone) {
  const sign = element('div', { class: 'answer-sign' });
  const headline = element('p', { class: 'answer-headline' }, TEXTS.ready);
  const who = element('p', { class: 'answer-who' });
  const which = element('p', { class: 'answer-which' });
  const why = element('p', { class: 'answer-why' }, TEXTS.readyHint);
  const alone = element('p', { class: 'answer-alone', hidden: true }, TEXTS.alone);
  const voice = element('div', { class: 'visually-hidden', role: 'alert' });
  const party = element('button', { type: 'button', class: 'button button-large', hidden: true });
  const undo = element('button', { type: 'button', class: 'button', hidden: true }, TEXTS.undo);
  const actions = element('div', { class: 'actions answer-actions' }, party, undo);
  const node = element(
    'section',
    { class: 'answer' },
    // Read as one sentence from the region instead.
    element('div', { class: 'answer-words', 'aria-hidden': 'true' }, sign, headline, who, which, why, alone),
    voice,
    actions,
  );
  /** @type {Answer | null} */
  let shown = null;
  /** @type {number[]} */
  let others = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  party.addEventListener('click', () => shown !== null && onParty(shown, others));
  undo.addEventListener('click', () => shown !== null && onUndo(shown));

  /**
   * @param {AnswerWords} words
   * @param {boolean} isAlone
   */
  function put(words, isAlone) {
    clearTimeout(timer);
    node.dataset.tone = words.tone;
    const [shape, ...marks] = SHAPES[words.tone];
    sign.replaceChildren(
      svgElement(
        'svg',
        { viewBox: '0 0 48 48', focusable: 'false' },
        svgElement('path', { class: 'answer-shape', d: shape }),
        marks.map((mark) => svgElement('path', { class: 'answer-mark', d: mark })),
      ),
    );
    setText(headline, words.headline);
    setText(who, words.who);
    setText(which, words.which);
    setText(why, words.why);
    setShown(alone, isAlone);
    // The same words again are another answer, and are read again.
    voice.replaceChildren(element('p', {}, spoken(words)));
    // A new answer is seen to be new, also if it is the same.
    node.classList.remove('is-new');
    void node.offsetWidth;
    node.classList.add('is-new');
  }

  return {
    node,
    checking() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        delete node.dataset.tone;
        sign.replaceChildren();
        setText(headline, TEXTS.checking);
        for (const part of [who, which, why]) setText(part, '');
        for (const part of [alone, party, undo]) setShown(part, false);
      }, CHECKING_AFTER_MILLISECONDS);
    },
    /** @param {Checked} checked */
    show(checked) {
      const { outcome, ticket, check_in } = checked.answer;
      shown = checked.answer;
      put(answerWords(checked, zone), checked.alone !== undefined);
      others = ticket !== null && ['ADMITTED', 'ALREADY_IN'].includes(outcome) ? numbersOut(ticket) : [];
      setText(party, TEXTS.others(others.length));
      setShown(party, others.length > 0);
      setShown(undo, outcome === 'ADMITTED' || (outcome === 'ALREADY_IN' && Boolean(check_in?.id)));
    },
    /** @param {Checked[]} all */
    showParty(all) {
      shown = null;
      put(
        partyWords(all, zone),
        all.some(({ alone: by }) => by !== undefined),
      );
      setShown(party, false);
      // Each of them has its own button among the latest scans.
      setShown(undo, false);
    },
    /** The check-in that is shown was undone. @param {string} id of its scan */
    undone(id) {
      if (shown?.id !== id) return;
      shown = null;
      delete node.dataset.tone;
      sign.replaceChildren();
      setText(headline, TEXTS.undone);
      for (const part of [alone, party, undo]) setShown(part, false);
    },
    /** @param {string} text an error, in a sentence */
    fail(text) {
      shown = null;
      put({ tone: 'warm', headline: text, who: '', which: '', why: '' }, false);
      setShown(party, false);
      setShown(undo, false);
    },
  };
}

/**
 * The numbers of a booking that are not in.
 * @param {{ seats: number, admitted: number[] }} ticket
 */
function numbersOut({ seats, admitted }) {
  return Array.from({ length: seats }, (_, at) => at + 1).filter((number) => !admitted.includes(number));
}
