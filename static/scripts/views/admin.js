import { element } from '../dom.js';
import { address } from '../router.js';
import { eventList } from './studio.js';

/** The events to choose one from for a stress test. */
export async function render({ signal }) {
  const list = await eventList(signal, {
    hrefOf: ({ id }) => address('admin', id),
    empty: 'There is no event to test yet.',
  });
  const node = element(
    'section',
    { class: 'page' },
    element(
      'div',
      { class: 'page-head' },
      element(
        'div',
        {},
        element('h1', {}, 'Concurrency sim'),
        element('p', { class: 'soft' }, 'Choose the event that a crowd shall storm'),
      ),
    ),
    list,
  );
  return { title: 'Admin', node };
}
