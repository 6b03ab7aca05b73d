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
export async function render({ signal }) {
  const list = await eventList(signal, {
    hrefOf: ({ id }) => address('admin', 'tests', id),
    empty: 'There is no event to test yet.',
  });
  const head = adminHead('test', 'Concurrency sim', { text: 'Choose the event that a crowd shall storm' });
  return { title: 'Concurrency sim', node: element('section', { class: 'page' }, head, list) };
}
