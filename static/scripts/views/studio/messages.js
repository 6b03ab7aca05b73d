import { address, rename } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { eventMessages, resendOfEvent } from '../../server/messages-api.js';
import { element } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice } from '../../ui/search-box.js';
import { STATE_CHOICES } from '../../words/messages.js';
import { announcementPanel } from './announcement-panel.js';
import { studioHead } from './head.js';
import { messageTable } from './message-table.js';
import { reminderPanel } from './reminder-panel.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  /** @param {Api.Event} event */
  title: ({ title }) => `Messages: ${title}`,
  heading: 'Sent messages',
  about:
    'What people were told about their bookings, newest first. Each of them also finds it on their page of messages.',
  filter: 'Show',
  none: 'No messages yet.',
  noMatches: 'No matches.',
  clear: 'Clear filters',
});

/** @typedef {{ state: string }} Criteria */

/**
 * The messages about an event, with a form that writes to its attendees.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, query, signal }) {
  const { id } = parameters;
  const wanted = { state: STATE_CHOICES.find(([state]) => state === query.get('state'))?.[0] ?? '' };
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => ReturnType<typeof eventMessages>} */
  const load = (criteria, cursor, both) => eventMessages(id, { ...criteria, cursor }, both);
  const [{ event }, page, announcements, reminder] = await Promise.all([
    api.ownEvent(id, signal),
    load(wanted, null, signal),
    announcementPanel(id, { signal, onWritten: () => list.find(list.criteria()) }),
    reminderPanel(id, signal),
  ]);
  const head = studioHead(event, 'messages', { signal, onDecided: ({ event: newest }) => head.update(newest) });
  const table = messageTable({
    hasEvents: false,
    resend: (message) => resendOfEvent(id, message.id),
    onSentAgain: (key, newest) => list.update(key, newest),
  });
  const list = pagedList({
    signal,
    load,
    make: table.row,
    keyOf: ({ id: key }) => key,
    rows: table.body,
    frame: table.node,
    nouns: ['message', 'messages'],
    empty: ({ state }) => (state === '' ? TEXTS.none : TEXTS.noMatches),
    all: { href: address('studio', id, 'messages'), label: TEXTS.clear },
    onFound({ state }) {
      rename(`${address('studio', id, 'messages')}${state && `?state=${encodeURIComponent(state)}`}`);
    },
  });
  list.begin(wanted, page);
  const node = element(
    'div',
    { class: 'page' },
    head.node,
    announcements.node,
    reminder.node,
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'sent-messages' },
      element(
        'div',
        { class: 'panel-head' },
        element(
          'div',
          {},
          element('h2', { id: 'sent-messages' }, TEXTS.heading),
          element('p', { class: 'soft' }, TEXTS.about),
        ),
        list.again,
      ),
      element(
        'div',
        { class: 'filters' },
        filterChoice({
          label: TEXTS.filter,
          choices: STATE_CHOICES,
          value: wanted.state,
          onChoose: (state) => list.find({ state }),
        }).node,
      ),
      list.node,
    ),
  );
  return { title: TEXTS.title(event), node };
}
