import { rename } from '../../browser/navigation.js';
import { serverNow } from '../../server/clock.js';
import { allMessages, resend } from '../../server/messages-api.js';
import { element, setText } from '../../ui/dom.js';
import { pagedList } from '../../ui/paged-list.js';
import { filterChoice } from '../../ui/search-box.js';
import { badge } from '../../ui/seats.js';
import { mailWords, STATE_CHOICES } from '../../words/messages.js';
import { counted } from '../../words/numbers.js';
import { messageTable } from '../studio/message-table.js';
import { adminHead } from './head.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { Sending } from '../../server/messages-api.js' */

const TEXTS = Object.freeze({
  title: 'Messages',
  about: 'What people were told about their bookings, newest first',
  sending: 'Sending',
  due: 'Waiting to be sent',
  failed: 'Failed',
  filter: 'Show',
  none: 'No messages yet.',
  noMatches: 'No matches.',
  clear: 'Clear filters',
});

/** @typedef {{ state: string }} Criteria */

/**
 * All messages, and how the sending goes.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ query, signal }) {
  const wanted = { state: STATE_CHOICES.find(([state]) => state === query.get('state'))?.[0] ?? '' };
  const panel = sendingPanel();
  /** @type {(criteria: Criteria, cursor: string | null, both: AbortSignal) => ReturnType<typeof allMessages>} */
  const load = async (criteria, cursor, both) => {
    const page = await allMessages({ ...criteria, cursor }, both);
    panel.update(page.summary);
    return page;
  };
  const page = await load(wanted, null, signal);
  const table = messageTable({
    hasEvents: true,
    resend: ({ id }) => resend(id),
    onSentAgain: (id, newest) => list.update(id, newest),
  });
  const list = pagedList({
    signal,
    load,
    make: table.row,
    keyOf: ({ id }) => id,
    rows: table.body,
    frame: table.node,
    nouns: ['message', 'messages'],
    empty: ({ state }) => (state === '' ? TEXTS.none : TEXTS.noMatches),
    all: { href: '/admin/messages', label: TEXTS.clear },
    onFound({ state }) {
      rename(`/admin/messages${state && `?state=${encodeURIComponent(state)}`}`);
    },
  });
  list.begin(wanted, page);
  const node = element(
    'section',
    { class: 'page' },
    adminHead('messages', TEXTS.title, { text: TEXTS.about }),
    panel.node,
    element(
      'div',
      { class: 'panel' },
      element(
        'div',
        { class: 'filters' },
        filterChoice({
          label: TEXTS.filter,
          choices: STATE_CHOICES,
          value: wanted.state,
          onChoose: (state) => list.find({ state }),
        }).node,
        list.again,
      ),
      list.node,
    ),
  );
  return { title: TEXTS.title, node };
}

/** How the sending goes, as of the last page that was loaded. */
function sendingPanel() {
  const due = element('dd');
  const failed = element('dd');
  const state = element('p');
  const words = element('div', { class: 'soft small' });
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'sending' },
    element('div', { class: 'panel-head' }, element('h2', { id: 'sending' }, TEXTS.sending), state),
    element(
      'dl',
      { class: 'totals' },
      element('div', {}, element('dt', {}, TEXTS.due), due),
      element('div', {}, element('dt', {}, TEXTS.failed), failed),
    ),
    words,
  );
  return {
    node,
    /** @param {Sending} sending */
    update(sending) {
      const mail = mailWords(sending, serverNow());
      setText(due, counted(sending.due));
      setText(failed, counted(sending.failed));
      state.replaceChildren(badge(mail.label, mail.tone));
      words.replaceChildren(...mail.words.map((one) => element('p', { dir: 'auto' }, one)));
    },
  };
}
