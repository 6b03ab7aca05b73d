import { address } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import { keepAwake } from '../../browser/wake-lock.js';
import { ownTickets } from '../../server/api.js';
import { isAbort, Problem, Unreachable } from '../../server/failures.js';
import { forgetTickets, keepTickets, keptTickets } from '../../server/kept-tickets.js';
import { element, setChildren, setShown, setText } from '../../ui/dom.js';
import { sentenceOf } from '../../words/problems.js';
import { passOnPanel } from './pass-on.js';
import { namesPanel } from './ticket-names.js';
import { ticketStrip } from './ticket-strip.js';
import { loadedWords, noTicketsWords } from './ticket-words.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  back: '← My tickets',
  /** @param {string} title */
  title: (title) => `Tickets: ${title}`,
  heading: 'Tickets',
  print: 'Print',
  toEvent: 'To the event',
  noConnection: 'No connection to the server.',
});

const EVERY_MILLISECONDS = 30_000;

/**
 * The tickets of one of the user's own bookings, to be shown at a gate. They are shown as they were loaded last until
 * the server has answered.
 * @param {Visit & { parameters: { event: string, registration: string } }} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, signal }) {
  const { event: eventId, registration: id } = parameters;
  const kept = keptTickets(id);
  let loadedAt = kept?.at ?? 0;
  let shown = kept?.answer ?? (await read());
  let awake = false;
  const strip = ticketStrip(signal);
  const state = element('p', { class: 'notice', role: 'status' });
  const noneWords = element('p', {});
  const eventTitle = element('h2', { dir: 'auto' });
  const toEvent = element('a', { class: 'button', href: address('events', eventId) }, TEXTS.toEvent);
  const none = element('div', { class: 'panel' }, eventTitle, noneWords, element('div', { class: 'actions' }, toEvent));
  const print = element('button', { type: 'button', class: 'button', onclick: () => window.print() }, TEXTS.print);
  const actions = element('div', { class: 'actions gate-actions' }, print);
  const content = element('div', {});
  const names = namesPanel(eventId, id, (answer) => {
    shown = keep(answer);
    if (!signal.aborted) show();
  });
  const passOn = passOnPanel(eventId, id, { signal, onTaken: () => readAgain().catch(() => {}) });
  const node = element(
    'section',
    { class: 'page gate-page' },
    // A phone's screen has room for a ticket, and for little else.
    element('h1', { class: 'visually-hidden' }, TEXTS.heading),
    element(
      'div',
      { class: 'page-head' },
      element('a', { class: 'back-link', href: '/tickets' }, TEXTS.back),
      strip.steps,
    ),
    state,
    content,
    actions,
    names.node,
    passOn.node,
  );

  async function read() {
    return keep(await ownTickets(eventId, id, signal));
  }

  /** @param {Api.BookingTickets} answer */
  function keep(answer) {
    loadedAt = Date.now();
    keepTickets(answer, loadedAt);
    return answer;
  }

  function show() {
    const has = shown.tickets.length > 0;
    strip.update(shown);
    names.update(shown);
    passOn.update(shown);
    setText(eventTitle, shown.event.title);
    setText(noneWords, noTicketsWords(shown));
    setChildren(content, [has ? strip.strip : none]);
    setShown(print, has);
    if (!has || awake) return;
    awake = true;
    keepAwake(signal);
  }

  async function readAgain() {
    try {
      const newest = await read();
      setText(state, '');
      if (JSON.stringify(newest) === JSON.stringify(shown)) return;
      shown = newest;
      show();
    } catch (error) {
      if (isAbort(error)) return;
      if (error instanceof Problem && [403, 404].includes(error.status)) end(error);
      else setText(state, loadedWords(whyWords(error), loadedAt));
      throw error;
    }
  }

  /**
   * The booking is nobody's that is signed in here.
   * @param {Problem} problem
   */
  function end(problem) {
    forgetTickets(id);
    strip.update({ ...shown, tickets: [] });
    names.update({ ...shown, tickets: [] });
    setShown(passOn.node, false);
    setText(noneWords, sentenceOf(problem));
    setText(state, '');
    setChildren(content, [none]);
    setShown(print, false);
  }

  show();
  if (kept !== null) readAgain().catch(() => {});
  repeat(EVERY_MILLISECONDS, readAgain, signal);
  return { title: TEXTS.title(shown.event.title), node };
}

/** @param {unknown} error */
function whyWords(error) {
  return error instanceof Unreachable ? TEXTS.noConnection : sentenceOf(error);
}
