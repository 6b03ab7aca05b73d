import { address } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { eventMessages, resendOfEvent } from '../../server/messages-api.js';
import { element } from '../../ui/dom.js';
import { announcementPanel } from './announcement-panel.js';
import { studioHead } from './head.js';
import { messageList } from './message-list.js';
import { reminderPanel } from './reminder-panel.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  /** @param {Api.Event} event */
  title: ({ title }) => `Messages: ${title}`,
  heading: 'Sent messages',
  about:
    'What people were told about their bookings, newest first. Each of them also finds it on their page of messages.',
});

/**
 * The messages about an event, with a form that writes to its attendees.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, query, signal }) {
  const { id } = parameters;
  const [{ event }, list, announcements, reminder] = await Promise.all([
    api.ownEvent(id, signal),
    messageList({
      path: address('studio', id, 'messages'),
      query,
      hasEvents: false,
      load: (criteria, both) => eventMessages(id, criteria, both),
      resend: (message) => resendOfEvent(id, message.id),
      signal,
    }),
    announcementPanel(id, { signal, onWritten: () => list.readAgain() }),
    reminderPanel(id, signal),
  ]);
  const head = studioHead(event, 'messages', { signal, onDecided: ({ event: newest }) => head.update(newest) });
  const node = element(
    'div',
    { class: 'page' },
    head.node,
    announcements.node,
    reminder.node,
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'sent-messages' },
      element('h2', { id: 'sent-messages' }, TEXTS.heading),
      element('p', { class: 'soft' }, TEXTS.about),
      list.nodes,
    ),
  );
  return { title: TEXTS.title(event), node };
}
