import { repeat } from '../../browser/polling.js';
import { pressOver } from '../../browser/pressing.js';
import { draftNotice } from '../../drafts/draft-notice.js';
import { draftOf, keepDraft } from '../../drafts/drafts.js';
import { ownEvent } from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { Problem } from '../../server/failures.js';
import { watchEvents } from '../../server/live.js';
import * as api from '../../server/tickets-api.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { saleOf } from '../../words/sales.js';
import { editConflict } from './edit-conflict.js';
import { studioHead } from './head.js';
import { ticketsEditor } from './tickets/editor.js';
import { differencesOf, isSame, merged } from './tickets/merging.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { TaggedTickets } from '../../server/tickets-api.js' */
/** @import { EventNews } from '../../server/live.js' */

const TEXTS = Object.freeze({
  saveYourChangesFirst: 'Save your changes first.',
  ticketTypesAndPricesNo: 'Ticket types and prices no longer change.',
  nothingToSave: 'Nothing to save.',
  tickets: 'Tickets',
  /** @param {string} title */
  ticketsOf: (title) => `Tickets: ${title}`,
  /** @param {string} bookings */
  savedAndOneGotIts: (bookings) => `Saved. ${bookings} on the waitlist got its seats.`,
  /** @param {string} bookings */
  savedAndManyGotTheirs: (bookings) => `Saved. ${bookings} on the waitlist got their seats.`,
  saved: 'Saved.',
});

const COUNTS_EVERY_MILLISECONDS = 4000;

/**
 * An editor of an event's ticket types and prices, with a preview and the consequences of saving.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, signal }) {
  const { id } = parameters;
  const [{ event }, fresh] = await Promise.all([ownEvent(id, signal), api.tickets(id, signal)]);
  const draftName = `tickets ${id}`;
  // The tickets that the fields were filled from. They reveal later edits by others, also those made while a draft was kept.
  let base = unlessEdited(/** @type {TaggedTickets | undefined} */ (draftOf(draftName)?.context), fresh);
  let latest = event;
  /** The question that the user has agreed to. @type {string | null} */
  let agreed = null;

  const head = studioHead(event, 'tickets', {
    signal,
    onDecided({ event: decided }) {
      live.take(decided);
      readAgain().catch(() => {});
    },
    objection: () => (draft.isDirty() ? TEXTS.saveYourChangesFirst : null),
  });
  const editor = ticketsEditor({
    tickets: () => base,
    event: () => latest,
    send: save,
    explain: (error) => conflict.explains(error, editor.form) || explained(error),
  });
  const conflict = editConflict({
    signal,
    load: () => api.tickets(id, signal),
    differences: (newest) => differencesOf(base.document, newest.document, latest.time_zone),
    onBase(newest) {
      const both = merged(base.document, editor.document(), newest.document);
      base = newest;
      editor.fill(both);
    },
    onTheirs(newest) {
      adopt(newest);
      head.heading.focus();
    },
  });
  editor.fill(base.document);
  const draft = keepDraft(draftName, { form: editor.node, fields: [editor.text], context: () => base, signal });
  const notice = draftNotice(draft.restored, () => adopt(fresh));
  const closedNote = element('p', { class: 'notice' }, TEXTS.ticketTypesAndPricesNo);

  async function save() {
    const wanted = editor.document();
    if (isSame(wanted, base.document)) {
      toast(TEXTS.nothingToSave);
      return;
    }
    const question = editor.question();
    if (question && agreed !== question.text) {
      if (!(await confirmed(question)) || signal.aborted) return;
      // The same question is not asked again after a conflict.
      agreed = question.text;
    }
    const before = base;
    adopt(await api.replaceTickets(id, wanted, before.etag));
    toast(savedWords(before, base), 'good');
    live.readAgain(id);
  }

  /** @param {unknown} error */
  function explained(error) {
    // The counts may be older than the refusal.
    readAgain().catch(() => {});
    return error instanceof Problem && editor.pointAt(error, sentenceOf(error, latest.time_zone));
  }

  /** @param {TaggedTickets} newest */
  function adopt(newest) {
    base = newest;
    agreed = null;
    conflict.clear();
    notice.remove();
    editor.fill(newest.document);
    draft.settle();
  }

  /** Reads the counts, and the document if nothing is typed. */
  async function readAgain() {
    const known = base;
    const newest = await api.tickets(id, signal);
    await pressOver();
    // An edit that was saved meanwhile is newer than this answer.
    if (signal.aborted || base !== known) return;
    if (!draft.isDirty() && newest.etag !== base.etag) adopt(newest);
    else
      base = { ...base, etag: isSame(newest.document, base.document) ? newest.etag : base.etag, counts: newest.counts };
    editor.update();
  }

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} news
   */
  function update(news) {
    latest = { ...latest, ...news };
    head.update(latest);
    const isClosed = ['cancelled', 'ended'].includes(saleOf(latest, serverNow()).code);
    setShown(panel, !isClosed);
    setShown(closedNote, isClosed);
  }

  const panel = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'tickets' },
    element('h2', { id: 'tickets' }, TEXTS.tickets),
    notice,
    editor.node,
  );
  const node = element(
    'div',
    { class: 'page' },
    head.node,
    conflict.node,
    closedNote,
    element(
      'div',
      { class: 'event-columns' },
      element('div', { class: 'event-main' }, panel),
      element('div', { class: 'event-side' }, editor.preview),
    ),
  );
  update(event);
  const live = watchEvents({ ids: () => [id], onEvent: update }, signal);
  repeat(COUNTS_EVERY_MILLISECONDS, readAgain, signal);
  return { title: TEXTS.ticketsOf(event.title), node };
}

/**
 * The tickets that a draft was made from, if they were edited since; otherwise the current ones.
 * @param {TaggedTickets | undefined} kept
 * @param {TaggedTickets} fresh
 */
function unlessEdited(kept, fresh) {
  return kept && !isSame(kept.document, fresh.document) ? { ...kept, counts: fresh.counts } : fresh;
}

/**
 * @param {TaggedTickets} before
 * @param {TaggedTickets} after
 */
function savedWords(before, after) {
  const waiting = (/** @type {TaggedTickets} */ { counts }) =>
    counts.ticket_types.reduce((sum, type) => sum + type.waiting, 0);
  const promoted = waiting(before) - waiting(after);
  return promoted > 0
    ? (promoted === 1 ? TEXTS.savedAndOneGotIts : TEXTS.savedAndManyGotTheirs)(countOf(promoted, 'booking'))
    : TEXTS.saved;
}
