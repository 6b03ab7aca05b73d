// The one action of an event's page. On phones it is a bar at the bottom, which is always there; see event.css.

import { signInAddress } from '../browser/navigation.js';
import { element, setShown, setText } from '../ui/dom.js';

/** @import { BarTexts } from './bar-words.js' */

const TEXTS = Object.freeze({
  stopTrying: 'Stop trying',
});

/**
 * @param {object} acts
 * @param {() => void} acts.onBook
 * @param {() => void} acts.onStop
 * @param {() => void} acts.onWay shows what the bar tells of
 */
export function actionBar({ onBook, onStop, onWay }) {
  // The panel says the same, at more length, to those who listen.
  let label = element('span', { class: 'bar-label' });
  const timer = element('strong', { class: 'bar-timer' });
  const words = element('p', { class: 'bar-words', 'aria-hidden': 'true' }, label, timer);
  const book = element('button', { type: 'button', class: 'button button-primary button-large', onclick: onBook });
  const signIn = element('a', { class: 'button button-primary button-large', href: signInAddress() });
  const stop = element('button', { type: 'button', class: 'button', onclick: onStop }, TEXTS.stopTrying);
  const way = element('button', { type: 'button', class: 'button bar-way', onclick: onWay });

  /** @param {string} text of the label. Other words come in a node of their own: moved ones are a jump to the eye. */
  function say(text) {
    if (label.textContent === text) return;
    const next = element('span', { class: 'bar-label' }, text);
    label.replaceWith(next);
    label = next;
  }

  return {
    node: element('div', { class: 'action-bar' }, words, element('div', { class: 'actions' }, book, signIn, stop, way)),
    /**
     * @param {BarTexts} texts
     * @param {{ book: string | null, signIn: string | null, stop: boolean }} actions
     */
    update(texts, actions) {
      say(texts.words);
      setText(timer, texts.countdown ?? '');
      setText(book, actions.book ?? '');
      setShown(book, actions.book !== null);
      setText(signIn, actions.signIn ?? '');
      setShown(signIn, actions.signIn !== null);
      setShown(stop, actions.stop);
      setText(way, texts.way ?? '');
      setShown(way, texts.way !== undefined && actions.book === null && actions.signIn === null && !actions.stop);
    },
    /** @param {string} text */
    count: (text) => setText(timer, text),
    /**
     * The words of work that is under way.
     * @param {string} text
     */
    tell(text) {
      say(text);
      setText(timer, '');
    },
  };
}
