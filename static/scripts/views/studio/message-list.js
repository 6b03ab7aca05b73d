// The messages that were sent to people, filtered by the state of their mail, for those who run an event or the site.

import { rename } from '../../browser/navigation.js';
import { element } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice } from '../../ui/search-box.js';
import { STATE_CHOICES } from '../../words/messages.js';
import { messageTable } from './message-table.js';

/** @import { Page } from '../../server/api.js' */

const TEXTS = Object.freeze({
  filter: 'Show',
  none: 'No messages yet.',
  noMatches: 'No matches.',
  clear: 'Clear filters',
});

/** @typedef {{ state: string }} Criteria */

/**
 * Loads the first page of the list that the address asks for.
 * @param {object} options
 * @param {string} options.path the page's, to which the filter is added
 * @param {URLSearchParams} options.query of the page's address
 * @param {boolean} options.hasEvents whether the messages are of several events
 * @param {(criteria: Criteria & { cursor: string | null }, signal: AbortSignal) => Promise<Page<Api.Message>>} options.load
 * @param {(message: Api.Message) => Promise<void>} options.resend
 * @param {AbortSignal} options.signal
 */
export async function messageList({ path, query, hasEvents, load, resend, signal }) {
  const wanted = { state: STATE_CHOICES.find(([state]) => state === query.get('state'))?.[0] ?? '' };
  const first = await load({ ...wanted, cursor: null }, signal);
  const table = messageTable({ hasEvents, resend, onSentAgain: (id, newest) => list.update(id, newest) });
  const list = pagedList({
    signal,
    /** @param {Criteria} criteria @param {string | null} cursor @param {AbortSignal} both */
    load: (criteria, cursor, both) => load({ ...criteria, cursor }, both),
    make: table.row,
    keyOf: ({ id }) => id,
    rows: table.body,
    frame: table.node,
    nouns: ['message', 'messages'],
    empty: ({ state }) => (state === '' ? TEXTS.none : TEXTS.noMatches),
    all: { href: path, label: TEXTS.clear },
    onFound({ state }) {
      rename(`${path}${state && `?state=${encodeURIComponent(state)}`}`);
    },
  });
  list.begin(wanted, first);
  const filter = filterChoice({
    label: TEXTS.filter,
    choices: STATE_CHOICES,
    value: wanted.state,
    onChoose: (state) => list.find({ state }),
  });
  return {
    nodes: [element('div', { class: 'filters' }, filter.node, list.again), list.node],
    readAgain: () => list.find(list.criteria()),
  };
}
