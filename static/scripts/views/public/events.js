import { alarm } from '../../browser/alarm.js';
import { onHiding } from '../../browser/hiding.js';
import { rename } from '../../browser/navigation.js';
import { ownTab } from '../../browser/storage.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { watchEvents } from '../../server/live.js';
import { element, setText } from '../../ui/dom.js';
import { eventCard } from '../../ui/event-card.js';
import { nextPage, pagedList } from '../../ui/paged-list.js';
import { searchBox } from '../../ui/search-box.js';
import { CONNECTION_LOST } from '../../words/problems.js';
import { monthAndYear, wallClock } from '../../words/times.js';
import { addressOf, asked, criteriaOf, eventFilters } from './event-filters.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { Criteria } from './event-filters.js' */

const TEXTS = Object.freeze({
  noEventsYetComeBack: 'No events yet. Come back soon.',
  noMatches: 'No matches.',
  showAllEvents: 'Show all events',
  searchEvents: 'Search events',
  titleOrLocation: 'Title or location',
  events: 'Events',
  seatsAreLive: 'Seats are live',
});

/**
 * The list as it was left, with its entry of the history, so that Back from an event finds the same list.
 * @type {{ entry: string, criteria: Criteria, page: Api.EventSummaryPage } | null}
 */
let remembered = null;

// How many events were shown, with the entry of the history, so that a reload shows as many.
const SHOWN = 'onsale.shown';
const PAGE_EVENTS = 20;
const PAGE_EVENTS_MAX = 100;
const SHOWN_MAX = 300;

/**
 * The published events by month, with a search and filters.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ query, signal, entry, returning }) {
  const known = returning && remembered?.entry === entry ? remembered : null;
  const first = criteriaOf(query);
  const { criteria, page } = known ?? {
    criteria: first,
    page: await firstPages(first, returning ? shownBefore(entry) : 0, signal),
  };
  // The criteria of the controls. The list follows when the answer is there.
  let wanted = criteria;
  /** @type {AbortController | null} */
  let watching = null;
  /** @type {ReturnType<typeof watchEvents> | null} */
  let live = null;

  const connection = connectionLine();
  const months = element('div', { class: 'months' });
  /** @type {ReturnType<typeof pagedList<Api.EventSummary, Criteria>>} */
  const list = pagedList({
    signal,
    load,
    make: (event) => eventCard(event, { level: 'h3' }),
    keyOf: ({ id }) => id,
    rows: months,
    into: (event) => cardsOf(months, event),
    nouns: ['event', 'events'],
    empty: (searched) => (addressOf(searched) === '/events' ? TEXTS.noEventsYetComeBack : TEXTS.noMatches),
    all: { href: '/events', label: TEXTS.showAllEvents },
    onItems: tellLive,
    onNext: () => clock.set(),
    onFound(found) {
      rename(addressOf(found));
      filters.update(found);
      watch();
    },
  });
  const clock = alarm(
    () => {
      const next = list.next();
      return next === null ? null : next - serverNow();
    },
    () => list.refresh(serverNow()),
    signal,
  );
  const search = searchBox({
    label: TEXTS.searchEvents,
    placeholder: TEXTS.titleOrLocation,
    value: criteria.q,
    onSearch: (text) => find({ q: text }),
    signal,
  });
  const filters = eventFilters(criteria, find, signal);

  /** @param {Partial<Criteria>} change */
  function find(change) {
    wanted = { ...wanted, ...change };
    list.find(wanted);
  }

  function watch() {
    watching?.abort();
    watching = new AbortController();
    live = watchEvents(
      {
        criteria: asked(list.criteria()),
        ids: () => list.items().map(({ id }) => id),
        onEvent: (event) => list.update(event.id, event),
        onConnection: connection.update,
      },
      AbortSignal.any([signal, watching.signal]),
    );
    tellLive(list.items());
  }

  // The watch then knows which state of each event is shown, and reads only those that have changed since.
  /** @param {Api.EventSummary[]} events */
  function tellLive(events) {
    for (const event of events) live?.take(event);
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
  onHiding(() => ownTab.write(SHOWN, `${list.items().length} ${entry}`), signal);
  const node = element(
    'section',
    { class: 'page' },
    element('div', { class: 'page-head' }, element('h1', {}, TEXTS.events), connection.node),
    element('div', { class: 'finding' }, search, filters.node),
    list.node,
  );
  return { title: TEXTS.events, node };
}

function connectionLine() {
  const words = element('span', {}, TEXTS.seatsAreLive);
  const node = element('p', { class: 'connection' }, element('span', { class: 'dot', 'aria-hidden': 'true' }), words);
  return {
    node,
    /** @param {boolean} reached */
    update(reached) {
      node.classList.toggle('is-lost', !reached);
      setText(words, reached ? TEXTS.seatsAreLive : CONNECTION_LOST);
    },
  };
}

/**
 * The cards of the month in which an event starts, where it takes place. The list is in the order of time, so only the
 * last month can be continued. It also takes an event of a time zone in which the month before is not over yet.
 * @param {HTMLElement} months
 * @param {Api.EventSummary} event
 */
function cardsOf(months, { starts_at: start, time_zone: zone }) {
  const month = wallClock(start, zone).slice(0, 'YYYY-MM'.length);
  const last = months.lastElementChild;
  if (
    last instanceof HTMLElement &&
    last.lastElementChild instanceof HTMLElement &&
    month <= (last.dataset.month ?? '')
  )
    return last.lastElementChild;
  const name = monthAndYear(start, zone);
  const cards = element('ul', { class: 'cards' });
  months.append(
    element(
      'section',
      { class: 'month', 'data-month': month, 'aria-label': name },
      element('h2', { class: 'month-name' }, name),
      cards,
    ),
  );
  return cards;
}

/**
 * How many events this entry of the history showed before a reload.
 * @param {string} entry
 */
function shownBefore(entry) {
  const [count, owner] = (ownTab.read(SHOWN) ?? '').split(' ');
  return owner === entry ? Math.min(Number(count) || 0, SHOWN_MAX) : 0;
}

/**
 * The first pages of the list, with `count` events where there are so many.
 * @param {Criteria} criteria
 * @param {number} count
 * @param {AbortSignal} signal
 */
async function firstPages(criteria, count, signal) {
  const limit = count > PAGE_EVENTS ? PAGE_EVENTS_MAX : PAGE_EVENTS;
  /** @type {typeof load} */
  const loadMany = (asking, cursor, leaving) => api.events({ ...asked(asking), cursor, limit }, leaving);
  const page = await nextPage(loadMany, criteria, null, signal);
  while (page.items.length < count && page.next_cursor !== null) {
    const next = await loadMany(criteria, page.next_cursor, signal);
    page.items.push(...next.items);
    page.next_cursor = next.next_cursor;
  }
  return page;
}

/**
 * @param {Criteria} criteria
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 */
function load(criteria, cursor, signal) {
  return api.events({ ...asked(criteria), cursor }, signal);
}
