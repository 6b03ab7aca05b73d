import { address } from '../../browser/navigation.js';
import { ownMessages } from '../../server/messages-api.js';
import { element } from '../../ui/dom.js';
import { messageParts } from '../../ui/message-parts.js';
import { pagedList } from '../../ui/paged-list.js';
import { ownMailWords } from '../../words/messages.js';
import { dateAndTime } from '../../words/times.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Messages',
  about: 'News about your bookings, newest first',
  none: 'No messages yet. News about your bookings will appear here.',
  toEvent: 'Event page',
  toTickets: 'My tickets',
});

/** @typedef {Record<string, never>} Criteria */

/**
 * The user's own messages. The newest one is open.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => ReturnType<typeof ownMessages>} */
  const load = (_, cursor, both) => ownMessages({ cursor }, both);
  const page = await load({}, null, signal);
  let isFirst = true;
  const list = pagedList({
    signal,
    load,
    keyOf: ({ id }) => id,
    /** @param {Api.Message} message */
    make(message) {
      const row = messageRow(message, isFirst);
      isFirst = false;
      return row;
    },
    rows: element('ol', { class: 'log' }),
    nouns: ['message', 'messages'],
    empty: () => TEXTS.none,
  });
  list.begin({}, page);
  const node = element(
    'section',
    { class: 'page' },
    element(
      'div',
      { class: 'page-head' },
      element('div', {}, element('h1', {}, TEXTS.title), element('p', { class: 'soft' }, TEXTS.about)),
      list.again,
    ),
    element('div', { class: 'panel' }, list.node),
  );
  return { title: TEXTS.title, node };
}

/**
 * @param {Api.Message} message
 * @param {boolean} isOpen
 */
function messageRow(message, isOpen) {
  const { event, heading, created_at: created } = message;
  const mail = ownMailWords(message);
  const focus = element(
    'summary',
    {},
    element('span', { class: 'message-heading', dir: 'auto' }, heading),
    element(
      'span',
      { class: 'message-about' },
      element('bdi', {}, event.title),
      ' · ',
      element('time', { datetime: created }, dateAndTime(created)),
    ),
  );
  const node = element(
    'li',
    { class: 'message' },
    element(
      'details',
      { open: isOpen },
      focus,
      messageParts(message),
      mail !== null && element('p', { class: 'soft small' }, mail),
      element(
        'p',
        { class: 'actions' },
        element('a', { class: 'button button-small', href: '/tickets' }, TEXTS.toTickets),
        element('a', { class: 'button button-small', href: address('events', event.id) }, TEXTS.toEvent),
      ),
    ),
  );
  return { node, focus };
}
