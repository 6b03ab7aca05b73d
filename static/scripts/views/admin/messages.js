import { serverNow } from '../../server/clock.js';
import { allMessages, resend } from '../../server/messages-api.js';
import { element, setText } from '../../ui/dom.js';
import { badge } from '../../ui/seats.js';
import { tile } from '../../ui/tiles.js';
import { mailWords } from '../../words/messages.js';
import { counted } from '../../words/numbers.js';
import { messageList } from '../studio/message-list.js';
import { adminHead } from './head.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Messages',
  about: 'What people were told about their bookings, newest first',
  sending: 'Sending',
  due: 'Waiting to be sent',
  failed: 'Failed',
});

/**
 * All messages, and how the sending goes.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ query, signal }) {
  const panel = sendingPanel();
  const list = await messageList({
    path: '/admin/messages',
    query,
    hasEvents: true,
    async load(criteria, both) {
      const page = await allMessages(criteria, both);
      panel.update(page.summary);
      return page;
    },
    resend: ({ id }) => resend(id),
    signal,
  });
  const node = element(
    'section',
    { class: 'page' },
    adminHead('messages', TEXTS.title, { text: TEXTS.about }),
    panel.node,
    element('div', { class: 'panel' }, list.nodes),
  );
  return { title: TEXTS.title, node };
}

/** How the sending goes, as of the last page that was loaded. */
function sendingPanel() {
  const due = tile(TEXTS.due);
  const failed = tile(TEXTS.failed);
  const state = element('p');
  const words = element('div', { class: 'soft small' });
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'sending' },
    element('div', { class: 'panel-head' }, element('h2', { id: 'sending' }, TEXTS.sending), state),
    element('dl', { class: 'tiles-row' }, due.node, failed.node),
    words,
  );
  return {
    node,
    /** @param {Api.Outbox} sending */
    update(sending) {
      const mail = mailWords(sending, serverNow());
      setText(due.value, counted(sending.due));
      setText(failed.value, counted(sending.failed));
      state.replaceChildren(badge(mail.label, mail.tone));
      words.replaceChildren(...mail.words.map((one) => element('p', { dir: 'auto' }, one)));
    },
  };
}
