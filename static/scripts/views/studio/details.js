import { draftNotice } from '../../drafts/draft-notice.js';
import { draftOf, keepDraft } from '../../drafts/drafts.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { watchEvents } from '../../server/live.js';
import { element, setText } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { saleOf } from '../../words/sales.js';
import { editConflict, eventDifferences } from './edit-conflict.js';
import { eventFields } from './event-fields.js';
import { studioHead } from './head.js';
import { picturePanel } from './picture-panel.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { TaggedEvent } from '../../server/api.js' */
/** @import { EventNews } from '../../server/live.js' */

const TEXTS = Object.freeze({
  saveYourChangesFirst: 'Save your changes first.',
  details: 'Details',
  saveChanges: 'Save changes',
  saving: 'Saving…',
  nothingToSave: 'Nothing to save.',
  saved: 'Saved.',
  /** @param {string} title */
  detailsOf: (title) => `Details: ${title}`,
  thisEventIsCancelledPeople: 'This event is cancelled. People see that on its page.',
  thisEventIsOver: 'This event is over.',
  /** @param {string} state */
  youCanStillChangeIts: (state) =>
    `${state} You can still change its title, location and description. Its dates, seats and tickets no longer change.`,
});

/**
 * A form for an event's details.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, signal }) {
  const fresh = await api.ownEvent(parameters.id, signal);
  const { id } = fresh.event;
  const draftName = `event ${id}`;
  // The event that the form was filled from. It reveals later edits by others, also those made while a draft was kept.
  let base = unlessEdited(/** @type {TaggedEvent | undefined} */ (draftOf(draftName)?.context), fresh);
  let latest = fresh.event;

  const head = studioHead(latest, 'details', {
    signal,
    onDecided: adopt,
    objection: () => (draft.isDirty() ? TEXTS.saveYourChangesFirst : null),
  });
  const details = eventFields();
  const closed = element('p', { class: 'notice' });
  const made = form({
    name: TEXTS.details,
    fields: details.fields,
    content: details.content,
    label: TEXTS.saveChanges,
    busyLabel: TEXTS.saving,
    send: save,
    explain: (error) => conflict.explains(error, made),
  });
  const conflict = editConflict({
    signal,
    load: () => api.ownEvent(id, signal),
    differences: (newest) => eventDifferences(base.event, newest.event),
    onBase(newest) {
      base = { ...base, etag: newest.etag };
    },
    onTheirs(newest) {
      adopt(newest);
      head.heading.focus();
    },
  });
  details.fill(base.event);
  const draft = keepDraft(draftName, { form: made.node, fields: details.fields, context: () => base, signal });
  const notice = draftNotice(draft.restored, () => adopt(fresh));

  async function save() {
    const changes = details.changes();
    if (Object.keys(changes).length === 0) {
      toast(TEXTS.nothingToSave);
      return;
    }
    adopt(await api.editEvent(id, changes, base.etag));
    toast(TEXTS.saved, 'good');
  }

  /** @param {TaggedEvent} newest */
  function adopt(newest) {
    base = newest;
    conflict.clear();
    notice.remove();
    details.fill(newest.event);
    draft.settle();
    live.take(newest.event);
  }

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} event
   */
  function update(event) {
    latest = { ...latest, ...event };
    head.update(latest);
    const words = closedWords(latest);
    details.fixTimes(words !== '');
    setText(closed, words);
  }

  update(latest);
  const live = watchEvents({ ids: () => [id], onEvent: update }, signal);
  const node = element(
    'div',
    { class: 'page' },
    head.node,
    conflict.node,
    element(
      'section',
      { class: 'panel page-form', 'aria-labelledby': 'details' },
      element('h2', { id: 'details' }, TEXTS.details),
      closed,
      notice,
      made.node,
    ),
    picturePanel(fresh.event),
  );
  return { title: TEXTS.detailsOf(latest.title), node };
}

/**
 * The words for an event that is cancelled or over, about the facts that can still be changed. Empty for all others.
 * @param {Api.Event} event
 */
function closedWords(event) {
  const { code } = saleOf(event, serverNow());
  if (code !== 'cancelled' && code !== 'ended') return '';
  const state = code === 'cancelled' ? TEXTS.thisEventIsCancelledPeople : TEXTS.thisEventIsOver;
  return TEXTS.youCanStillChangeIts(state);
}

/**
 * The event that a draft was made from, if it was edited since; otherwise the current one.
 * @param {TaggedEvent | undefined} kept
 * @param {TaggedEvent} fresh
 */
function unlessEdited(kept, fresh) {
  return kept && kept.event.edit_version !== fresh.event.edit_version ? kept : fresh;
}
