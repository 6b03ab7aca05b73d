import * as api from '../../server/api.js';
import { element } from '../../ui/dom.js';
import { eventCard } from '../../ui/event-card.js';
import { pagedList } from '../../ui/paged-list.js';

/**
 * The user's own events, page by page; for an administrator, all events.
 * @param {AbortSignal} signal
 * @param {{ hrefOf: (event: Api.EventSummary) => string, empty: string }} options `empty` is the text for an empty list
 */
export async function eventList(signal, { hrefOf, empty }) {
  const first = await api.ownEvents({}, signal);
  const list = pagedList({
    signal,
    load: (_, cursor, both) => api.ownEvents({ cursor }, both),
    keyOf: ({ id }) => id,
    make: (/** @type {Api.EventSummary} */ event) => eventCard(event, { href: hrefOf(event) }),
    rows: element('ul', { class: 'cards' }),
    nouns: ['event', 'events'],
    empty: () => empty,
  });
  list.begin({}, first);
  return list.node;
}
