// Two people edit one event. The page shows the other person's changes and lets the user choose.

import { Problem } from '../../server/failures.js';
import { element } from '../../ui/dom.js';
import { EVENT_FACTS, nameWords, valueWords } from '../../words/facts.js';
import { conflictPanel } from './conflict-panel.js';

/** @import { Form } from '../../ui/forms.js' */

/**
 * Handles edits that are refused because somebody else was faster.
 * @template T
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {() => Promise<T>} options.load reads what was edited as it is now
 * @param {(newest: T) => [label: string, words: string][]} options.differences what is different in it, in words
 * @param {(newest: T) => void} options.onBase takes what the user's own changes are added to
 * @param {(newest: T) => void} options.onTheirs takes what is to be shown instead
 */
export function editConflict({ signal, load, differences, onBase, onTheirs }) {
  const node = element('div');
  const clear = () => node.replaceChildren();

  /** @param {Form} form */
  async function show(form) {
    const newest = await load();
    if (signal.aborted) return;
    const panel = conflictPanel({
      differences: differences(newest),
      keepMine() {
        clear();
        onBase(newest);
        form.node.requestSubmit();
      },
      takeTheirs() {
        clear();
        onTheirs(newest);
      },
    });
    node.replaceChildren(panel.node);
    panel.heading.focus();
  }

  return {
    node,
    clear,
    /**
     * True for an error that says that somebody else was faster, which is then shown here.
     * @param {unknown} error
     * @param {Form} form
     */
    explains(error, form) {
      if (!(error instanceof Problem) || error.status !== 412) return false;
      show(form).catch((second) => form.showError(second));
      return true;
    },
  };
}

/**
 * The facts of an event that differ, in words.
 * @param {Api.Event} base
 * @param {Api.Event} latest
 * @returns {[label: string, words: string][]}
 */
export function eventDifferences(base, latest) {
  return EVENT_FACTS.filter((name) => base[name] !== latest[name]).map((name) => [
    nameWords(name),
    valueWords(name, latest[name], latest.time_zone),
  ]);
}
