import { element, setShown, setText } from '../ui/dom.js';
import { ticketPart } from './ticket-part.js';

/** @import { OwnTexts } from './held-words.js' */

const TEXTS = Object.freeze({
  timeLeftToPay: 'Time left to pay',
  howToPay: 'How to pay',
});

let count = 0;

/**
 * One of the user's own bookings within the panel: its words, its countdown, how to pay, and the buttons that change it.
 * One that is confirmed is a ticket, where cancelling is a quiet second step.
 * @param {string} registrationId
 * @param {{ onLeave: () => void, onFewer: () => void, onTake: () => void }} options
 */
export function placePart(registrationId, { onLeave, onFewer, onTake }) {
  count += 1;
  const id = `own-place-${count}`;
  const heading = element('h3', { id });
  const number = element('p', { class: 'place-number' });
  const timer = element('p', { class: 'countdown', role: 'timer', 'aria-label': TEXTS.timeLeftToPay });
  const words = element('p', { class: 'place-words' });
  const seats = element('p', { class: 'place-seats' });
  const how = element('p', { class: 'pay-lines' });
  const pay = element('div', { class: 'pay' }, element('h3', {}, TEXTS.howToPay), how);
  const ticket = ticketPart(registrationId);
  /** @param {string} kind @param {() => void} onclick */
  const button = (kind, onclick) => element('button', { type: 'button', class: kind, onclick, 'aria-describedby': id });
  const take = button('button button-primary', onTake);
  const fewer = button('text-button', onFewer);
  const leave = button('text-button leave-button', onLeave);
  const actions = element('div', { class: 'actions own-actions' }, take, fewer, leave);
  const node = element('div', { class: 'own-place' }, heading, ticket.node, number, timer, seats, words, pay, actions);

  return {
    node,
    /**
     * @param {OwnTexts} texts
     * @param {{ event: Api.Event, idle: boolean, named: boolean }} shown `named` shows the heading, where there are other
     *   parts
     */
    update(texts, { event, idle, named }) {
      node.classList.toggle('is-ticket', Boolean(texts.ticket));
      setShown(ticket.node, Boolean(texts.ticket));
      if (texts.ticket) ticket.update(event);
      setText(heading, texts.heading);
      // Hidden, it still describes the buttons.
      setShown(heading, named);
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
    /** @param {string} text the time that is left to pay */
    count: (text) => setText(timer, text),
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
