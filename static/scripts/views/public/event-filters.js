// The filters of the list of events. They are part of the page's address, so that a list can be shared, and is the same
// after a reload.

import { serverNow } from '../../server/clock.js';
import { element, setShown } from '../../ui/dom.js';
import { filterChoice, filterText, searchedText } from '../../ui/search-box.js';
import { spanOf, WHENS, whenOf } from '../../words/whens.js';

/** @import { EventCriteria } from '../../server/api.js' */

const TEXTS = Object.freeze({
  price: 'Price',
  free: 'Free',
  paid: 'Paid',
  when: 'When',
  location: 'Location',
  clearFilters: 'Clear filters',
  filters: 'Filters',
});

/** An empty one excludes nothing. @typedef {{ q: string, when: string, place: string, free: string }} Criteria */

/** @type {[free: string, label: string][]} */
const PRICES = [
  ['', TEXTS.price],
  ['true', TEXTS.free],
  ['false', TEXTS.paid],
];

/**
 * The criteria that an address has. What it has wrong is left out.
 * @param {URLSearchParams} query
 * @returns {Criteria}
 */
export function criteriaOf(query) {
  const free = query.get('free') ?? '';
  return {
    q: searchedText(query),
    when: whenOf(query.get('when')),
    place: searchedText(query, 'place'),
    free: PRICES.some(([price]) => price === free) ? free : '',
  };
}

/**
 * The address of the list with these criteria.
 * @param {Criteria} criteria
 */
export function addressOf(criteria) {
  const query = new URLSearchParams(Object.entries(criteria).filter(([, value]) => value !== ''));
  return query.size === 0 ? '/events' : `/events?${query}`;
}

/**
 * The criteria as the API has them.
 * @param {Criteria} criteria
 * @returns {EventCriteria}
 */
export function asked({ q, when, place, free }) {
  return { q, place, free, ...spanOf(whenOf(when), serverNow()) };
}

/**
 * The controls of the filters.
 * @param {Criteria} criteria
 * @param {(change: Partial<Criteria>) => void} onChange
 * @param {AbortSignal} signal
 */
export function eventFilters(criteria, onChange, signal) {
  const when = filterChoice({
    label: TEXTS.when,
    choices: WHENS,
    value: criteria.when,
    onChoose: (value) => onChange({ when: value }),
  });
  const place = filterText({
    label: TEXTS.location,
    value: criteria.place,
    onType: (value) => onChange({ place: value }),
    signal,
  });
  const price = filterChoice({
    label: TEXTS.price,
    choices: PRICES,
    value: criteria.free,
    onChoose: (value) => onChange({ free: value }),
  });
  const clear = element('a', { class: 'clear-filters' }, TEXTS.clearFilters);
  const node = element(
    'div',
    { class: 'event-filters', role: 'group', 'aria-label': TEXTS.filters },
    when.node,
    place,
    price.node,
    clear,
  );

  /** @param {Criteria} newest */
  function update(newest) {
    for (const [control, value] of /** @type {const} */ ([
      [when.select, newest.when],
      [place, newest.place],
      [price.select, newest.free],
    ]))
      control.classList.toggle('is-set', value !== '');
    clear.setAttribute('href', addressOf({ ...newest, when: '', place: '', free: '' }));
    setShown(clear, newest.when !== '' || newest.place !== '' || newest.free !== '');
  }

  update(criteria);
  return { node, update };
}
