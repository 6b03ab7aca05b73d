import { address } from '../../browser/navigation.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { eventList } from './event-list.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/**
 * The organizer's own events; for an administrator, all events.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
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
      element('a', { class: 'button button-primary', href: '/studio/new' }, icon('plus'), 'New event'),
    ),
    list,
  );
  return { title: 'Studio', node };
}
