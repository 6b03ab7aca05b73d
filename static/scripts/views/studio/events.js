import { address } from '../../browser/navigation.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { eventList } from './event-list.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  noEventsYetCreateYour: 'No events yet. Create your first event.',
  studio: 'Studio',
  allEventsOfAllOrganizers: 'All events of all organizers',
  yourEvents: 'Your events',
  newEvent: 'New event',
  webhooks: 'Webhooks',
});

/**
 * The organizer's own events; for an administrator, all events.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render(visit) {
  const list = await eventList(visit, {
    path: '/studio',
    hrefOf: ({ id }) => address('studio', id),
    empty: TEXTS.noEventsYetCreateYour,
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
        element('h1', {}, TEXTS.studio),
        element('p', { class: 'soft' }, all ? TEXTS.allEventsOfAllOrganizers : TEXTS.yourEvents),
      ),
      element(
        'div',
        { class: 'actions' },
        element('a', { class: 'button', href: '/studio/webhooks' }, icon('bolt'), TEXTS.webhooks),
        element('a', { class: 'button button-primary', href: '/studio/new' }, icon('plus'), TEXTS.newEvent),
      ),
    ),
    list,
  );
  return { title: TEXTS.studio, node };
}
