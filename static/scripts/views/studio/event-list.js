import * as api from '../../server/api.js';
import { element } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { eventCard } from '../../ui/event-card.js';

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
