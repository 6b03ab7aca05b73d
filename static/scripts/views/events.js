import * as api from '../api.js';
import { element, setShown, setText } from '../dom.js';
import { isAbort } from '../http.js';
import { icon } from '../icons.js';
import { watchEvents } from '../live.js';
import { announce } from '../messages.js';
import { countOf } from '../numbers.js';
import { sentenceOf } from '../problems.js';
import { rename } from '../router.js';
import { eventCard } from './event-card.js';

const TYPING_MILLISECONDS = 300;

// What was loaded, by entry of the history, so that Back from an event finds the same list.
let remembered = null;

/** The events that can be booked, with a search. */
export async function render({ query, signal, entry, returning }) {
  const list =
    returning && remembered?.entry === entry
      ? remembered
      : { entry, q: query.get('q') ?? '', ...(await firstPage(query.get('q') ?? '', signal)) };
  remembered = list;
  const cards = new Map();
  let searching = null;
  let watching = null;

  const search = element('input', {
    class: 'input',
    type: 'search',
    id: 'search',
    maxlength: '100',
    placeholder: 'Title, place or topic',
    autocomplete: 'off',
    enterkeyhint: 'search',
    value: list.q,
  });
  const box = element(
    'form',
    { class: 'search', role: 'search' },
    element('label', { for: 'search', class: 'visually-hidden' }, 'Search events'),
    icon('search'),
    search,
  );
  const connection = element(
    'p',
    { class: 'connection' },
    element('span', { class: 'dot', 'aria-hidden': 'true' }),
    element('span', {}, 'Seats are live'),
  );
  const cardList = element('ul', { class: 'cards' });
  const none = element('p', { class: 'empty' });
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const more = element('button', { type: 'button', class: 'button' }, 'Show more events');
  const node = element(
    'section',
    { class: 'page' },
    element('div', { class: 'page-head' }, element('div', {}, element('h1', {}, 'Events'), connection), box),
    problem,
    cardList,
    none,
    element('div', { class: 'more' }, more),
  );

  function append(events) {
    for (const event of events) {
      if (cards.has(event.id)) continue;
      const card = eventCard(event);
      cards.set(event.id, card);
      cardList.append(card.node);
    }
    setShown(more, list.cursor !== null);
    setShown(none, cards.size === 0);
    setText(none, list.q === '' ? 'There are no events yet. Come back soon.' : `Nothing found for “${list.q}”.`);
  }

  function fill() {
    cards.clear();
    cardList.replaceChildren();
    append(list.items);
    watch();
  }

  function watch() {
    watching?.abort();
    watching = new AbortController();
    watchEvents(
      {
        q: list.q,
        ids: () => cards.keys(),
        onEvent(event) {
          list.items = list.items.map((one) => (one.id === event.id ? event : one));
          cards.get(event.id)?.update(event);
        },
        onConnection(reached) {
          connection.classList.toggle('is-lost', !reached);
          setText(connection.lastChild, reached ? 'Seats are live' : 'Connection lost, trying again…');
        },
      },
      AbortSignal.any([signal, watching.signal]),
    );
  }

  async function find(q) {
    searching?.abort();
    searching = new AbortController();
    const both = AbortSignal.any([signal, searching.signal]);
    try {
      const page = await firstPage(q, both);
      Object.assign(list, { q, ...page });
      setText(problem, '');
      rename(q === '' ? '#/events' : `#/events?q=${encodeURIComponent(q)}`);
      fill();
      announce(`${countOf(list.items.length, 'event')} found${list.cursor === null ? '' : ', and more'}`);
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  }

  async function loadMore() {
    if (more.getAttribute('aria-disabled')) return;
    const { q } = list;
    more.setAttribute('aria-disabled', 'true');
    try {
      const page = await api.events({ q, cursor: list.cursor }, signal);
      // A search that was typed meanwhile has replaced the list that this page belongs to.
      if (q !== list.q) return;
      const focusNext = document.activeElement === more;
      list.items.push(...page.items.filter(({ id }) => !cards.has(id)));
      list.cursor = page.next_cursor;
      setText(problem, '');
      append(page.items);
      announce(`${countOf(page.items.length, 'more event', 'more events')}`);
      if (focusNext && page.items.length > 0) cards.get(page.items[0].id).link.focus();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      more.removeAttribute('aria-disabled');
    }
  }

  let typing = null;
  const searchNow = () => {
    clearTimeout(typing);
    if (!signal.aborted && search.value.trim() !== list.q) find(search.value.trim());
  };
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(searchNow, TYPING_MILLISECONDS);
  });
  box.addEventListener('submit', (event) => {
    event.preventDefault();
    searchNow();
  });
  more.addEventListener('click', loadMore);
  fill();
  return { title: 'Events', node };
}

async function firstPage(q, signal) {
  const { items, next_cursor: cursor } = await api.events({ q, limit: 20 }, signal);
  return { items, cursor };
}
