// A list that is loaded page by page, with any kind of rows: the first page of a search, the next pages, and the texts
// for an empty list and for failures.

import { isAbort } from '../server/failures.js';
import { countOf } from '../words/numbers.js';
import { sentenceOf } from '../words/problems.js';
import { element, setShown, setText } from './dom.js';
import { icon } from './icons.js';
import { announce } from './messages.js';

/** @import { Page } from '../server/api.js' */

const TEXTS = Object.freeze({
  /** @param {string} many */
  showMore: (many) => `Show more ${many}`,
  refresh: 'Refresh',
  /** @param {string} count @param {string} more */
  found: (count, more) => `${count} found${more}`,
  andMore: ', and more',
  /** @param {string} one */
  more: (one) => `more ${one}`,
});

/**
 * A row. `focus` gets the focus when the row is the first of a new page; by default the node does. `next` is the time in
 * milliseconds at which the row changes by time alone.
 * @template Item
 * @typedef {object} Row
 * @property {HTMLElement} node
 * @property {HTMLElement} [focus]
 * @property {(newest: Partial<Item>) => void} [update]
 * @property {number | null} [next]
 */
/**
 * @template Item
 * @template {Record<string, string>} Criteria
 * @typedef {object} ListOptions
 * @property {AbortSignal} signal
 * @property {(criteria: Criteria, cursor: string | null, signal: AbortSignal) => Promise<Page<Item>>} load
 * @property {(item: Item) => Row<Item>} make
 * @property {(item: Item) => string} keyOf an item's unique name
 * @property {HTMLElement} rows the rows' parent
 * @property {(item: Item) => HTMLElement} [into] the part of `rows` for an item, which it makes if it is new
 * @property {HTMLElement} [frame] hidden when there are no rows; by default `rows`
 * @property {[one: string, many: string]} nouns
 * @property {(criteria: Criteria) => string} empty the text for an empty list
 * @property {{ href: string, label: string }} [all] a link to the list without a search, for one that finds nothing
 * @property {(criteria: Criteria) => void} [onFound] called when the list shows another search
 * @property {(items: Item[]) => void} [onItems] called with the items that were added
 * @property {() => void} [onNext] called when `next` may have changed
 */

/**
 * The next page that has items. The server searches a long list in parts: a page without items may still have a next one.
 * @template Item
 * @template {Record<string, string>} Criteria
 * @param {ListOptions<Item, Criteria>['load']} load
 * @param {Criteria} criteria
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 */
export async function nextPage(load, criteria, cursor, signal) {
  let page = await load(criteria, cursor, signal);
  while (page.items.length === 0 && page.next_cursor !== null) page = await load(criteria, page.next_cursor, signal);
  return page;
}

/**
 * A list in pages. `again` is a button that repeats the current search.
 * @template Item
 * @template {Record<string, string>} Criteria
 * @param {ListOptions<Item, Criteria>} options
 */
export function pagedList({
  signal,
  load,
  make,
  keyOf,
  rows,
  into = () => rows,
  frame = rows,
  nouns,
  empty,
  all,
  onFound,
  onItems,
  onNext,
}) {
  const [one, many] = nouns;
  /** @type {Map<string, Row<Item>>} */
  const made = new Map();
  let criteria = /** @type {Criteria} */ ({});
  /** @type {Item[]} */
  let items = [];
  /** @type {string | null} */
  let cursor = null;
  /** @type {AbortController | null} */
  let asking = null;

  const problem = element('p', { class: 'form-error', role: 'alert' });
  const noneWords = element('p');
  const toAll = element('a', { class: 'button', href: all?.href }, all?.label);
  const none = element('div', { class: 'empty' }, noneWords, toAll);
  const more = element('button', { type: 'button', class: 'button' }, TEXTS.showMore(many));
  const again = element(
    'button',
    { type: 'button', class: 'button', onclick: () => find(criteria) },
    icon('refresh'),
    TEXTS.refresh,
  );
  const node = element('div', { class: 'stack' }, problem, frame, none, element('div', { class: 'more' }, more));

  /**
   * Each page continues where the list ended when it was asked for, so that a later page may repeat an item.
   * @param {Page<Item>} page
   */
  function append(page) {
    const fresh = page.items.filter((item) => !made.has(keyOf(item)));
    for (const item of fresh) {
      const row = make(item);
      made.set(keyOf(item), row);
      into(item).append(row.node);
    }
    items.push(...fresh);
    cursor = page.next_cursor;
    setShown(more, cursor !== null);
    setShown(frame, items.length > 0);
    setShown(none, items.length === 0);
    setText(noneWords, empty(criteria));
    setShown(toAll, all !== undefined && Object.values(criteria).some((value) => value !== ''));
    onItems?.(fresh);
    onNext?.();
    return fresh;
  }

  /**
   * Shows a search from its beginning: its first page, or all pages that were shown before.
   * @param {Criteria} newCriteria
   * @param {Page<Item>} page
   */
  function begin(newCriteria, page) {
    criteria = newCriteria;
    items = [];
    made.clear();
    rows.replaceChildren();
    append(page);
  }

  /** @param {(signal: AbortSignal) => Promise<void>} task */
  async function ask(task) {
    asking?.abort();
    const own = new AbortController();
    asking = own;
    node.setAttribute('aria-busy', 'true');
    try {
      await task(AbortSignal.any([signal, own.signal]));
      setText(problem, '');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      if (asking === own) {
        asking = null;
        node.removeAttribute('aria-busy');
      }
    }
  }

  /**
   * Searches. The list stays as it is until the answer is there.
   * @param {Criteria} newCriteria
   */
  function find(newCriteria) {
    return ask(async (both) => {
      const page = await nextPage(load, newCriteria, null, both);
      begin(newCriteria, page);
      onFound?.(newCriteria);
      announce(TEXTS.found(countOf(items.length, one, many), cursor === null ? '' : TEXTS.andMore));
    });
  }

  more.addEventListener('click', () => {
    if (asking !== null) return;
    more.setAttribute('aria-disabled', 'true');
    ask(async (both) => {
      const page = await nextPage(load, criteria, cursor, both);
      const focusNext = document.activeElement === more;
      const fresh = append(page);
      announce(countOf(fresh.length, TEXTS.more(one), TEXTS.more(many)));
      const next = fresh[0] === undefined ? undefined : made.get(keyOf(fresh[0]));
      if (focusNext && next !== undefined) focusRow(next);
    }).finally(() => more.removeAttribute('aria-disabled'));
  });

  return {
    node,
    again,
    begin,
    find,
    criteria: () => criteria,
    items: () => items,
    state: () => ({ criteria, page: { items, next_cursor: cursor } }),
    /** The next time at which a row changes by time alone, or null. */
    next() {
      const times = [...made.values()].flatMap(({ next }) => next ?? []);
      return times.length === 0 ? null : Math.min(...times);
    },
    /**
     * Updates the rows that have changed by time alone.
     * @param {number} now in milliseconds
     */
    refresh(now) {
      for (const row of made.values()) if (row.next && row.next <= now) row.update?.({});
    },
    /**
     * Shows an item's newest state, if it is in the list. Members that `newest` lacks stay as they were.
     * @param {string} key
     * @param {Partial<Item>} newest
     */
    update(key, newest) {
      items = items.map((known) => (keyOf(known) === key ? { ...known, ...newest } : known));
      const row = made.get(key);
      const before = row?.next;
      row?.update?.(newest);
      if (row?.next !== before) onNext?.();
    },
  };
}

/** @param {{ node: HTMLElement, focus?: HTMLElement }} row */
function focusRow({ node, focus = node }) {
  if (focus === node) node.setAttribute('tabindex', '-1');
  focus.focus();
}
