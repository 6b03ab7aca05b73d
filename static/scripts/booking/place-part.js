import { element, setShown, setText } from '../ui/dom.js';

/** @import { OwnTexts } from './held-words.js' */

let count = 0;

/**
 * One of the user's own places within the panel: its words, its countdown, how to pay, and the buttons that change it.
 * @param {{ onLeave: () => void, onFewer: () => void, onTake: () => void }} options
 */
export function placePart({ onLeave, onFewer, onTake }) {
  count += 1;
  const id = `own-place-${count}`;
  const heading = element('h3', { id });
  const number = element('p', { class: 'place-number' });
  const timer = element('p', { class: 'countdown', role: 'timer', 'aria-label': 'Time left to pay' });
  const words = element('p', { class: 'place-words' });
  const seats = element('p', { class: 'place-seats' });
  const how = element('p', { class: 'pay-lines' });
  const pay = element('div', { class: 'pay' }, element('h4', {}, 'How to pay'), how);
  /** @param {string} kind @param {() => void} onclick */
  const button = (kind, onclick) =>
    element('button', { type: 'button', class: `button ${kind}`, onclick, 'aria-describedby': id });
  const take = button('button-primary', onTake);
  const fewer = button('', onFewer);
  const leave = button('button-quiet-danger', onLeave);
  const actions = element('div', { class: 'actions own-actions' }, take, fewer, leave);
  const node = element('div', { class: 'own-place' }, heading, number, timer, seats, words, pay, actions);

  return {
    node,
    /**
     * @param {OwnTexts} texts
     * @param {{ idle: boolean, named: boolean }} shown `named` shows the heading, where there are other parts
     */
    update(texts, { idle, named }) {
      setText(heading, texts.heading);
      heading.classList.toggle('visually-hidden', !named);
      show(number, texts.number);
      show(timer, texts.countdown);
      show(seats, texts.seats);
      show(words, texts.words);
      setText(how, texts.pay ?? '');
      setShown(pay, Boolean(texts.pay));
      for (const [one, label] of /** @type {const} */ ([
        [take, texts.take],
        [fewer, texts.fewer],
        [leave, texts.leave],
      ])) {
        setText(one, label ?? '');
        setShown(one, idle && Boolean(label));
      }
    },
  };
}

/**
 * @param {HTMLElement} node
 * @param {string | null | undefined} text
 */
function show(node, text) {
  setText(node, text ?? '');
  setShown(node, Boolean(text));
}
