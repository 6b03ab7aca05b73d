// The lines of an event's ticket types: the idle seats, and with whom they wait.

import { repeat } from '../../browser/polling.js';
import { pressOver } from '../../browser/pressing.js';
import { serverNow } from '../../server/clock.js';
import { tickets } from '../../server/tickets-api.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { lineWords } from './line-words.js';
import { isSimple } from './tickets/sheet.js';

const TEXTS = Object.freeze({
  waitlists: 'Waitlists',
});

const EVERY_MILLISECONDS = 4000;

/**
 * A panel that is shown while somebody waits at an event with ticket types or parties. Elsewhere no seat is ever idle.
 * @param {string} id the event's
 * @param {AbortSignal} signal
 */
export function linesPanel(id, signal) {
  const list = element('dl', { class: 'lines' });
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'lines', hidden: true },
    element('h2', { id: 'lines' }, TEXTS.waitlists),
    list,
  );
  let isWanted = false;
  /** The first answer, or its failure. */
  let first = Promise.resolve();

  async function read() {
    if (!isWanted) return;
    const newest = await tickets(id, signal);
    await pressOver();
    show(newest);
  }

  /** @param {Api.TicketsAnswer} answer */
  function show({ document, counts }) {
    const lines = counts.ticket_types.flatMap((type) => {
      const words = lineWords(type, serverNow());
      const name = document.ticket_types.find(({ number }) => number === type.number)?.name ?? '';
      return words === null ? [] : [{ name, words }];
    });
    // The same nodes stay, so that a selection in them does.
    while (list.children.length > lines.length) list.lastElementChild?.remove();
    for (const [index, { name, words }] of lines.entries()) {
      const row =
        list.children[index] ?? list.appendChild(element('div', {}, element('dt', { dir: 'auto' }), element('dd')));
      const [term, value] = row.children;
      if (term) setText(term, name);
      if (value) setText(value, words);
    }
    setShown(node, isWanted && lines.length > 0);
  }

  repeat(EVERY_MILLISECONDS, read, signal);
  return {
    node,
    /** @param {Api.Event} event */
    update(event) {
      const wasWanted = isWanted;
      isWanted = !isSimple(event) && event.waiting > 0 && !event.under_test;
      if (!isWanted) setShown(node, false);
      // Without an answer the next round brings it.
      else if (!wasWanted) first = read().catch(() => {});
    },
    /** Waits until the panel is shown, if it is going to be. */
    settled: () => first,
  };
}
