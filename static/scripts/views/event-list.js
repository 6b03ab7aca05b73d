import * as api from '../api.js';
import { element } from '../dom.js';
import { pagedList } from '../paged-list.js';
import { eventCard } from './event-card.js';

/** The events that one may run, with a way to more of them. */
export async function eventList(signal, { hrefOf, empty }) {
  const first = await api.ownEvents({}, signal);
  const list = pagedList({
    signal,
    load: (_, cursor, both) => api.ownEvents({ cursor }, both),
    make: (event) => eventCard(event, { href: hrefOf(event) }),
    rows: element('ul', { class: 'cards' }),
    nouns: ['event', 'events'],
    empty: () => empty,
  });
  list.begin({}, first);
  return list.node;
}
