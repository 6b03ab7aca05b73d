import * as api from '../api.js';
import { element, setShown, setText } from '../dom.js';
import { isAbort } from '../http.js';
import { icon } from '../icons.js';
import { announce } from '../messages.js';
import { countOf } from '../numbers.js';
import { sentenceOf } from '../problems.js';
import { address } from '../router.js';
import * as session from '../session.js';
import { eventCard } from './event-card.js';

/** The organizer's own events; for an admin, everybody's. */
export async function render({ signal }) {
  const list = await eventList(signal, {
    hrefOf: ({ id }) => address('studio', id),
    empty: 'You have no events yet. Make the first one.',
  });
  const all = session.hasRole('ADMIN');
  const node = element(
    'section',
    { class: 'page' },
    element(
      'div',
      { class: 'page-head' },
      element(
        'div',
        {},
        element('h1', {}, 'Studio'),
        element('p', { class: 'soft' }, all ? 'All events of all organizers' : 'Your events'),
      ),
      element('a', { class: 'button button-primary', href: '#/studio/new' }, icon('plus'), 'New event'),
    ),
    list,
  );
  return { title: 'Studio', node };
}

/** The events that one may run, with a way to more of them. */
export async function eventList(signal, { hrefOf, empty }) {
  const first = await api.ownEvents({}, signal);
  let cursor = first.next_cursor;
  const cards = element('ul', { class: 'cards' });
  const none = element('p', { class: 'empty' }, empty);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const more = element('button', { type: 'button', class: 'button' }, 'Show more events');

  function append(events) {
    const made = events.map((event) => eventCard(event, { href: hrefOf(event) }));
    cards.append(...made.map(({ node }) => node));
    setShown(more, cursor !== null);
    setShown(none, cards.children.length === 0);
    return made;
  }

  more.addEventListener('click', async () => {
    if (more.getAttribute('aria-disabled')) return;
    more.setAttribute('aria-disabled', 'true');
    try {
      const page = await api.ownEvents({ cursor }, signal);
      cursor = page.next_cursor;
      setText(problem, '');
      append(page.items)[0]?.link.focus();
      announce(countOf(page.items.length, 'more event', 'more events'));
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      more.removeAttribute('aria-disabled');
    }
  });

  append(first.items);
  return element('div', { class: 'stack' }, problem, cards, none, element('div', { class: 'more' }, more));
}
