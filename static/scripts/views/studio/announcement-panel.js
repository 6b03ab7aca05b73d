// The panel in which an organizer writes to attendees, with what was written before.

import { repeat } from '../../browser/polling.js';
import { draftNotice } from '../../drafts/draft-notice.js';
import { keepDraft } from '../../drafts/drafts.js';
import { Problem } from '../../server/failures.js';
import * as api from '../../server/messages-api.js';
import { sendOnce } from '../../server/request-keys.js';
import * as session from '../../server/session.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { audienceWords, peopleOf } from '../../words/messages.js';
import { countOf } from '../../words/numbers.js';
import { trimmed } from '../../words/text.js';
import { dateAndTime } from '../../words/times.js';
import { audienceChoices, audienceOf, nobodyWords, sendQuestion, toldWords } from './announcement-words.js';

const SUBJECT_CHARACTERS_MAX = 150;
const TEXT_CHARACTERS_MAX = 5000;
const EVERY_MILLISECONDS = 3000;

const TEXTS = Object.freeze({
  heading: 'Write to attendees',
  about: 'They get your message by e-mail where mail is set up, and find it on their page of messages.',
  audience: 'To',
  subject: 'Subject',
  subjectHint: 'The title of the event is added.',
  text: 'Text',
  textHint: 'Plain text. An empty line begins a new paragraph.',
  send: 'Send…',
  sending: 'Sending…',
  /** @param {number} people */
  sent: (people) => `Your message is on its way to ${countOf(people, 'person', 'people')}.`,
  earlier: 'An earlier message of yours was sent: see below. The text here was not sent yet.',
  before: 'Written before',
  showText: 'Text',
  /** @param {Api.Announcement} announcement */
  to: ({ audience, created_at: created }) => `To ${audienceWords(audience)}, ${dateAndTime(created)}`,
});

/**
 * The panel. `onWritten` is called when something was sent.
 * @param {string} eventId
 * @param {{ signal: AbortSignal, onWritten: () => void }} options
 */
export async function announcementPanel(eventId, { signal, onWritten }) {
  const [firstCounts, first] = await Promise.all([
    api.audienceCounts(eventId, signal),
    api.announcements(eventId, signal),
  ]);
  const written = writtenList(first);
  const audience = field({ name: 'audience', label: TEXTS.audience, tag: 'select', required: true });
  const options = audienceChoices(firstCounts).map(([value, label]) => element('option', { value }, label));
  audience.input.append(...options);
  const subject = field({
    name: 'subject',
    label: TEXTS.subject,
    hint: TEXTS.subjectHint,
    type: 'text',
    required: true,
    autocomplete: 'off',
    characters: SUBJECT_CHARACTERS_MAX,
    dir: 'auto',
  });
  const text = field({
    name: 'text',
    label: TEXTS.text,
    hint: TEXTS.textHint,
    tag: 'textarea',
    rows: 6,
    required: true,
    characters: TEXT_CHARACTERS_MAX,
    dir: 'auto',
  });
  const fields = [audience, subject, text];

  async function readCounts() {
    const counts = await api.audienceCounts(eventId, signal);
    for (const [index, [, label]] of audienceChoices(counts).entries()) {
      const option = options[index];
      if (option !== undefined) setText(option, label);
    }
    return counts;
  }

  async function readWritten() {
    const all = await api.announcements(eventId, signal);
    written.show(all);
    return all;
  }

  /** Sends what the form has, if its author still wants that when they have seen to how many people it goes. */
  async function send() {
    const to = audienceOf(audience.value());
    const people = peopleOf(to, await readCounts());
    if (people === 0) {
      audience.setError(nobodyWords(to));
      audience.input.focus();
      return;
    }
    const announcement = { audience: to, subject: trimmed(subject.value()), text: trimmed(text.value()), people };
    if (!(await confirmed(sendQuestion(announcement))) || signal.aborted) return;
    const { replayed } = await sendOnce(keyName(eventId), (key) => api.announce(eventId, announcement, key));
    const [newest] = replayed ? await readWritten() : [];
    if (replayed && (newest?.subject !== announcement.subject || newest.text !== announcement.text)) {
      made.showMessage(TEXTS.earlier);
      return;
    }
    made.node.reset();
    draft.settle();
    toast(TEXTS.sent(people), 'good');
    onWritten();
    // Without an answer the next round brings it.
    if (!replayed) await readWritten().catch(() => {});
  }

  const made = form({
    name: TEXTS.heading,
    fields,
    label: TEXTS.send,
    busyLabel: TEXTS.sending,
    async send() {
      try {
        await send();
      } catch (error) {
        // The number of people may have changed, which is a reason to refuse.
        if (error instanceof Problem) await readCounts().catch(() => {});
        throw error;
      }
    },
  });
  made.node.classList.add('announcement-form');
  const draft = keepDraft(`announcement-${eventId}`, { form: made.node, fields, signal });
  const notice = draftNotice(draft.restored, () => {
    made.node.reset();
    draft.settle();
    notice.remove();
    subject.input.focus();
  });
  repeat(EVERY_MILLISECONDS, () => (written.isUnderWay() ? readWritten() : null), signal);

  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'announcements' },
    element(
      'div',
      {},
      element('h2', { id: 'announcements' }, TEXTS.heading),
      element('p', { class: 'soft' }, TEXTS.about),
    ),
    notice,
    made.node,
    written.node,
  );
  return { node };
}

/** @param {string} eventId */
function keyName(eventId) {
  return `onsale.announcement.${session.user()?.id}.${eventId}`;
}

/**
 * What was written before, newest first.
 * @param {Api.Announcement[]} first
 */
function writtenList(first) {
  const list = element('ol', { class: 'log' });
  const node = element('div', { class: 'stack written' }, element('h3', {}, TEXTS.before), list);
  /** @type {Map<number, ReturnType<typeof writtenRow>>} */
  const rows = new Map();
  let latest = first;

  /** @param {Api.Announcement[]} all */
  function show(all) {
    latest = all;
    for (const [index, one] of all.entries()) {
      const row = rows.get(one.number) ?? writtenRow(one);
      rows.set(one.number, row);
      row.update(one);
      if (list.children[index] !== row.node) list.insertBefore(row.node, list.children[index] ?? null);
    }
    setShown(node, all.length > 0);
  }

  show(first);
  return { node, show, isUnderWay: () => latest.some((one) => !one.is_complete) };
}

/** @param {Api.Announcement} announcement */
function writtenRow(announcement) {
  const told = element('p', { class: 'soft small' });
  const node = element(
    'li',
    { class: 'log-entry' },
    element('p', { class: 'cell-main', dir: 'auto' }, announcement.subject),
    element('p', { class: 'soft small' }, TEXTS.to(announcement)),
    told,
    element(
      'details',
      { class: 'more-of-it' },
      element('summary', {}, TEXTS.showText),
      element('p', { class: 'message-text pay-lines', dir: 'auto' }, announcement.text),
    ),
  );
  return {
    node,
    /** @param {Api.Announcement} newest */
    update(newest) {
      setText(told, toldWords(newest));
    },
  };
}
