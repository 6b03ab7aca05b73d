import { element } from '../../ui/dom.js';
import { address } from '../../browser/navigation.js';
import { adminHead } from './head.js';
import { eventList } from '../studio/event-list.js';

/** The events to choose one from for a stress test. */
export async function render({ signal }) {
  const list = await eventList(signal, {
    hrefOf: ({ id }) => address('admin', id),
    empty: 'There is no event to test yet.',
  });
  const head = adminHead('test', 'Concurrency sim', { text: 'Choose the event that a crowd shall storm' });
  return { title: 'Concurrency sim', node: element('section', { class: 'page' }, head, list) };
}
