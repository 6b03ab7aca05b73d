// A list that comes in pages, whatever its rows are: the first page of a search, more of it, and what to say if there
// is nothing or it did not work.

import { element, setShown, setText } from './dom.js';
import { isAbort } from '../server/failures.js';
import { icon } from './icons.js';
import { announce } from './messages.js';
import { countOf } from '../words/numbers.js';
import { sentenceOf } from '../words/problems.js';

/**
 * `load(criteria, cursor, signal)` gives a page `{ items, next_cursor }`; `make(item)` the row `{ node, focus?, update? }`
 * of an item, `keyOf(item)` what names it; rows go into `rows`, and `frame` is what is shown around them.
 * `empty(criteria)` says that there is nothing, `nouns` are what one and several of them are called. `all` is for a list
 * with a search: the link `{ href, label }` to it without one, shown when nothing was found.
 *
 * Gives `{ node, again, begin(criteria, page), find(criteria), criteria(), items(), state(), refresh(), update(item) }`;
 * `again` is a button that loads the present search anew.
 */
export function pagedList({
  signal,
  load,
  make,
  keyOf = ({ id }) => id,
  rows,
  frame = rows,
  nouns,
  empty,
  all,
  onFound,
}) {
  const [one, many] = nouns;
  const made = new Map();
  let criteria = {};
  let items = [];
  let cursor = null;
  let asking = null;

  const problem = element('p', { class: 'form-error', role: 'alert' });
  const noneWords = element('p');
  const toAll = element('a', { class: 'button', href: all?.href }, all?.label);
  const none = element('div', { class: 'empty' }, noneWords, toAll);
  const more = element('button', { type: 'button', class: 'button' }, `Show more ${many}`);
  const again = element(
    'button',
    { type: 'button', class: 'button', onclick: () => find(criteria) },
    icon('refresh'),
    'Refresh',
  );
  const node = element('div', { class: 'stack' }, problem, frame, none, element('div', { class: 'more' }, more));

  // Pages are cut where the list stood when they were asked for: what was added since may come twice.
  function append(page) {
    const fresh = page.items.filter((item) => !made.has(keyOf(item)));
    for (const item of fresh) {
      const row = make(item);
      made.set(keyOf(item), row);
      rows.append(row.node);
    }
    items.push(...fresh);
    cursor = page.next_cursor;
    setShown(more, cursor !== null);
    setShown(frame, items.length > 0);
    setShown(none, items.length === 0);
    setText(noneWords, empty(criteria));
    setShown(
      toAll,
      all !== undefined && Object.values(criteria).some((value) => value !== ''),
    );
    return fresh;
  }

  /** Shows the first page of a search, or all that was shown of it before. */
  function begin(newCriteria, page) {
    criteria = newCriteria;
    items = [];
    made.clear();
    rows.replaceChildren();
    append(page);
  }

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

  // The server looks through so much of a long list for one answer: a page without items may still have a next one.
  async function nextWithItems(searched, from, both) {
    let page = await load(searched, from, both);
    while (page.items.length === 0 && page.next_cursor !== null) {
      page = await load(searched, page.next_cursor, both);
    }
    return page;
  }

  /** Looks for something else. What is shown stays until the answer is there. */
  function find(newCriteria) {
    return ask(async (both) => {
      const page = await nextWithItems(newCriteria, null, both);
      begin(newCriteria, page);
      onFound?.(newCriteria);
      announce(`${countOf(items.length, one, many)} found${cursor === null ? '' : ', and more'}`);
    });
  }

  more.addEventListener('click', () => {
    if (asking !== null) return;
    more.setAttribute('aria-disabled', 'true');
    ask(async (both) => {
      const page = await nextWithItems(criteria, cursor, both);
      const focusNext = document.activeElement === more;
      const fresh = append(page);
      announce(countOf(fresh.length, `more ${one}`, `more ${many}`));
      if (focusNext && fresh.length > 0) focusRow(made.get(keyOf(fresh[0])));
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
    /** Shows all rows as of now: what they say of a sale changes with time alone. */
    refresh() {
      for (const row of made.values()) row.update?.({});
    },
    /** Shows an item's newest state, if it is in the list. What `newest` does not say of it stays as it was. */
    update(newest) {
      const key = keyOf(newest);
      items = items.map((known) => (keyOf(known) === key ? { ...known, ...newest } : known));
      made.get(key)?.update?.(newest);
    },
  };
}

function focusRow({ node, focus = node }) {
  if (focus === node) node.setAttribute('tabindex', '-1');
  focus.focus();
}
