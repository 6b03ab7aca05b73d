// An organizer's events as a dense table, with a search, filters, an order and totals. All of them are in the address.

import { rename } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { element } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice, searchBox, searchedText } from '../../ui/search-box.js';
import { eventTable } from './event-table.js';
import { eventTotals } from './event-totals.js';

/** @import { Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  anyStatus: 'Any status',
  published: 'Published',
  drafts: 'Drafts',
  cancelled: 'Cancelled',
  newestFirst: 'Newest first',
  earliestDateFirst: 'Earliest date first',
  latestDateFirst: 'Latest date first',
  noMatches: 'No matches.',
  clearFilters: 'Clear filters',
  searchEvents: 'Search events',
  titleOrLocation: 'Title or location',
  status: 'Status',
  order: 'Order',
});

/** @typedef {{ q: string, status: string, sort: string }} Criteria */

const PAGE_EVENTS = 100;

/** @type {[value: string, label: string][]} */
const STATUSES = [
  ['', TEXTS.anyStatus],
  ['PUBLISHED', TEXTS.published],
  ['DRAFT', TEXTS.drafts],
  ['CANCELLED', TEXTS.cancelled],
];
/** @type {[value: string, label: string][]} */
const ORDERS = [
  ['', TEXTS.newestFirst],
  ['starts_at', TEXTS.earliestDateFirst],
  ['-starts_at', TEXTS.latestDateFirst],
];

/**
 * The user's own events, page by page; for an administrator, all events.
 * @param {Visit} visit
 * @param {object} options
 * @param {string} options.path the page's
 * @param {(event: Api.EventSummary) => string} options.hrefOf
 * @param {string} options.empty the text for an empty list
 */
export async function eventList({ query, signal }, { path, hrefOf, empty }) {
  let criteria = {
    q: searchedText(query),
    status: chosen(STATUSES, query.get('status')),
    sort: chosen(ORDERS, query.get('sort')),
  };
  const totals = eventTotals();

  /** @type {(asked: Criteria, cursor: string | null, both: AbortSignal) => Promise<Api.EventSummaryPage>} */
  async function load(asked, cursor, both) {
    const page = await api.ownEvents({ ...asked, cursor, limit: PAGE_EVENTS }, both);
    if (cursor === null) totals.update(page.totals ?? null);
    return page;
  }

  const first = await firstPage();
  const table = eventTable(hrefOf);

  /** The server searches a long list in parts, which may have no items. */
  async function firstPage() {
    let page = await load(criteria, null, signal);
    while (page.items.length === 0 && page.next_cursor !== null) page = await load(criteria, page.next_cursor, signal);
    return page;
  }

  /** @type {ReturnType<typeof pagedList<Api.EventSummary, Criteria>>} */
  const list = pagedList({
    signal,
    load,
    keyOf: ({ id }) => id,
    make: table.row,
    rows: table.body,
    frame: table.node,
    nouns: ['event', 'events'],
    empty: ({ q, status }) => (q === '' && status === '' ? empty : TEXTS.noMatches),
    all: { href: path, label: TEXTS.clearFilters },
    onFound(found) {
      const search = new URLSearchParams(Object.entries(found).filter(([, value]) => value !== '')).toString();
      rename(`${path}${search && `?${search}`}`);
    },
  });

  /** @param {Partial<Criteria>} changes */
  function find(changes) {
    criteria = { ...criteria, ...changes };
    list.find(criteria);
  }

  list.begin(criteria, first);
  const filters = element(
    'div',
    { class: 'filters' },
    searchBox({
      label: TEXTS.searchEvents,
      placeholder: TEXTS.titleOrLocation,
      value: criteria.q,
      onSearch: (q) => find({ q }),
      signal,
    }),
    filterChoice({
      label: TEXTS.status,
      choices: STATUSES,
      value: criteria.status,
      onChoose: (status) => find({ status }),
    }).node,
    filterChoice({ label: TEXTS.order, choices: ORDERS, value: criteria.sort, onChoose: (sort) => find({ sort }) })
      .node,
  );
  return element(
    'div',
    { class: 'stack' },
    totals.node,
    element('div', { class: 'panel event-list' }, filters, list.node),
  );
}

/**
 * The choice's value that an address names, or the empty one.
 * @param {[value: string, label: string][]} choices
 * @param {string | null} named
 */
function chosen(choices, named) {
  return choices.find(([value]) => value === named)?.[0] ?? '';
}
