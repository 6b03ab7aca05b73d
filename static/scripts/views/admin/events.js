import { address } from '../../browser/navigation.js';
import { element } from '../../ui/dom.js';
import { eventList } from '../studio/event-list.js';
import { adminHead } from './head.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/**
 * The events that a stress test can run on.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render(visit) {
  const list = await eventList(visit, {
    path: '/admin',
    hrefOf: ({ id }) => address('admin', 'tests', id),
    empty: 'No events to test yet.',
  });
  const head = adminHead('test', 'Stress test', { text: 'Choose an event to test' });
  return { title: 'Stress test', node: element('section', { class: 'page' }, head, list) };
}
