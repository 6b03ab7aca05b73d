// A code that unlocks prices: typed, or brought by a link. It is sent in a request's body and kept in this tab, never in
// an address that the server sees.

import * as api from '../server/api.js';
import { isAbort, Problem } from '../server/failures.js';
import * as session from '../server/session.js';
import { element, setShown, setText } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { countOf } from '../words/numbers.js';
import { sentenceOf } from '../words/problems.js';
import { CODE_CHARACTERS_MAX, codeError, typedCode } from './choice.js';

/** @import { Unlocked } from './choice.js' */

const TEXTS = Object.freeze({
  signInToUseThe: 'Sign in to use the code. It’s kept for you.',
  code: 'Code',
  applyCode: 'Apply code',
  removeCode: 'Remove code',
  iHaveACode: 'I have a code',
  checkingTheCode: 'Checking the code…',
  /** @param {string} prices */
  theCodeUnlocks: (prices) => `The code unlocks ${prices}.`,
});

// Guesses are counted by account.
const SIGN_IN = TEXTS.signInToUseThe;

/**
 * The field for a code, folded up until it is wanted.
 * @param {object} options
 * @param {string} options.eventId
 * @param {string} options.code the code that was typed before
 * @param {AbortSignal} options.signal
 * @param {(code: string) => void} options.onTyped called with each code that is tried, and with an empty one
 * @param {(unlocked: Unlocked | null) => void} options.onUnlocked
 */
export function codePart({ eventId, code, signal, onTyped, onUnlocked }) {
  let asked = 0;
  const typed = field({
    name: 'code',
    label: TEXTS.code,
    value: code,
    required: true,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: CODE_CHARACTERS_MAX,
  });
  const apply = element('button', { type: 'submit', class: 'button button-small' }, TEXTS.applyCode);
  const drop = element('button', { type: 'button', class: 'text-button', hidden: true }, TEXTS.removeCode);
  const words = element('p', { class: 'hint', role: 'status' });
  const form = element(
    'form',
    { class: 'code-form', novalidate: true, 'aria-label': TEXTS.code },
    typed.node,
    element('div', { class: 'actions' }, apply, drop),
    words,
  );
  const node = element('details', { class: 'code', open: code !== '' }, element('summary', {}, TEXTS.iHaveACode), form);

  async function ask() {
    const wanted = typedCode(typed.input.value);
    const error = codeError(wanted);
    typed.setError(error);
    if (error !== null) {
      typed.input.focus();
      return;
    }
    onTyped(wanted);
    await unlock(wanted);
  }

  /** @param {string} wanted */
  async function unlock(wanted) {
    if (session.user() === null) {
      setText(words, SIGN_IN);
      return;
    }
    asked += 1;
    const own = asked;
    setText(words, TEXTS.checkingTheCode);
    try {
      const { prices } = await api.unlock(eventId, wanted, signal);
      if (own !== asked) return;
      typed.setError(null);
      setText(words, TEXTS.theCodeUnlocks(countOf(prices.length, 'price')));
      setShown(drop, true);
      onUnlocked({ code: wanted, prices });
    } catch (failure) {
      if (own !== asked || isAbort(failure)) return;
      setText(words, '');
      node.open = true;
      typed.setError(sentenceOf(failure));
      // Without an answer the code may still be right.
      if (failure instanceof Problem && failure.code === 'wrong-code') onUnlocked(null);
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask();
  });
  drop.addEventListener('click', () => {
    asked += 1;
    typed.input.value = '';
    setShown(drop, false);
    setText(words, '');
    onTyped('');
    onUnlocked(null);
    typed.input.focus();
  });

  return {
    node,
    /** Looks the kept code up, also again: the seats that are left at its prices may be others now. */
    lookUp() {
      const wanted = typedCode(typed.input.value);
      if (wanted !== '' && codeError(wanted) === null) unlock(wanted);
    },
  };
}
