import { alarm } from '../../browser/alarm.js';
import { rename } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { watchEvents } from '../../server/live.js';
import { element, setText } from '../../ui/dom.js';
import { eventCard } from '../../ui/event-card.js';
import { pagedList } from '../../ui/paged-list.js';
import { searchBox } from '../../ui/search-box.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/** @typedef {{ q: string }} Criteria */

/**
 * The list as it was left, with its entry of the history, so that Back from an event finds the same list.
 * @type {{ entry: string, criteria: Criteria, page: Api.EventSummaryPage } | null}
 */
let remembered = null;

/**
 * The published events, with a search.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ query, signal, entry, returning }) {
  const q = query.get('q') ?? '';
  const known = returning && remembered?.entry === entry ? remembered : null;
  const { criteria, page } = known ?? { criteria: { q }, page: await load({ q }, null, signal) };
  /** @type {AbortController | null} */
  let watching = null;

  const connectionWords = element('span', {}, 'Seats are live');
  const connection = element(
    'p',
    { class: 'connection' },
    element('span', { class: 'dot', 'aria-hidden': 'true' }),
    connectionWords,
  );
  /** @type {ReturnType<typeof pagedList<Api.EventSummary, Criteria>>} */
  const list = pagedList({
    signal,
    load,
    make: (event) => eventCard(event),
    keyOf: ({ id }) => id,
    rows: element('ul', { class: 'cards' }),
    nouns: ['event', 'events'],
    empty: (asked) => (asked.q === '' ? 'There are no events yet. Come back soon.' : `Nothing found for “${asked.q}”.`),
    all: { href: '/events', label: 'Show all events' },
    onNext: () => clock.set(),
    onFound(found) {
      rename(found.q === '' ? '/events' : `/events?q=${encodeURIComponent(found.q)}`);
      watch();
    },
  });
  const search = searchBox({
    label: 'Search events',
    placeholder: 'Title or place',
    value: criteria.q,
    onSearch: (text) => list.find({ q: text }),
    signal,
  });

  const clock = alarm(
    () => {
      const next = list.next();
      return next === null ? null : next - serverNow();
    },
    () => list.refresh(serverNow()),
    signal,
  );

  function watch() {
    watching?.abort();
    watching = new AbortController();
    watchEvents(
      {
        criteria: list.criteria(),
        ids: () => list.items().map(({ id }) => id),
        onEvent: (event) => list.update(event.id, event),
        onConnection(reached) {
          connection.classList.toggle('is-lost', !reached);
          setText(
            connectionWords,
            reached ? 'Seats are live' : 'Connection lost: these numbers may be old. Trying again…',
          );
        },
      },
      AbortSignal.any([signal, watching.signal]),
    );
  }

  list.begin(criteria, page);
  watch();
  signal.addEventListener(
    'abort',
    () => {
      remembered = { entry, ...list.state() };
    },
    { once: true },
  );
  const node = element(
    'section',
    { class: 'page' },
    element('div', { class: 'page-head' }, element('div', {}, element('h1', {}, 'Events'), connection), search),
    list.node,
  );
  return { title: 'Events', node };
}

/**
 * @param {Criteria} criteria
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 */
function load({ q }, cursor, signal) {
  return api.events({ q, cursor }, signal);
}
