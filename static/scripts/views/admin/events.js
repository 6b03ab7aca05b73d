import { address } from '../../browser/navigation.js';
import { element } from '../../ui/dom.js';
import { eventList } from '../studio/event-list.js';
import { adminHead } from './head.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  noEventsToTestYet: 'No events to test yet.',
  stressTest: 'Stress test',
  chooseAnEventToTest: 'Choose an event to test',
});

/**
 * The events that a stress test can run on.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render(visit) {
  const list = await eventList(visit, {
    path: '/admin',
    hrefOf: ({ id }) => address('admin', 'tests', id),
    empty: TEXTS.noEventsToTestYet,
  });
  const head = adminHead('test', TEXTS.stressTest, { text: TEXTS.chooseAnEventToTest });
  return { title: TEXTS.stressTest, node: element('section', { class: 'page' }, head, list) };
}
