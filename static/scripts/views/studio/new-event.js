import { address, go } from '../../browser/navigation.js';
import { draftNotice } from '../../drafts/draft-notice.js';
import { keepDraft } from '../../drafts/drafts.js';
import * as api from '../../server/api.js';
import { sendOnce } from '../../server/request-keys.js';
import * as session from '../../server/session.js';
import * as tickets from '../../server/tickets-api.js';
import { element } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { copiedTickets } from './copying.js';
import { capacityField, eventFields } from './event-fields.js';
import { isSimple } from './tickets/sheet.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  eachTicketTypeKeepsIts: 'Each ticket type keeps its seats. You can change them later.',
  youCanChangeItLater: 'You can change it later.',
  newEvent: 'New event',
  saveAsDraft: 'Save as draft',
  saving: 'Saving…',
  back: 'Back',
  draftSavedPublishItWhen: 'Draft saved. Publish it when it’s ready.',
  /** @param {string} problem */
  draftSavedCheckItsTickets: (problem) => `Draft saved. Check its tickets: ${problem}`,
  studio: '← Studio',
  detailsAndSeats: 'Details and seats',
  detailsTicketTypesAndPrices: 'Details, ticket types and prices',
  /** @param {string} what @param {string} title */
  areThoseOfChooseNew: (what, title) => `${what} are those of “${title}”. Choose new dates. Nothing is saved yet.`,
});

// Of drafts in the browser's storage.
const DRAFT_NAME = 'new event';
const COPY_DRAFT_NAME = 'copy of ';

/** An event to copy. Simple ones need no document of tickets. @typedef {{ event: Api.Event, document: Api.TicketsDocument | null }} Source */

/**
 * Creates the event, once however often it is sent. An earlier request whose answer was lost may have made it: what was
 * typed since then is saved on top, unless somebody has found and used that event meanwhile.
 * @param {Api.NewEvent} wanted
 * @returns {Promise<Api.Event>}
 */
async function create(wanted) {
  const made = await sendOnce(`onsale.new-event.${session.user()?.id}`, (key) => api.createEvent(wanted, key));
  if (!made.replayed) return made.event;
  // The key is forgotten by now, so the next request makes another event.
  if (!isUntouched(made.event)) return create(wanted);
  const empty = { sales_open_at: null, sales_close_at: null, cancel_until: null };
  return (await api.editEvent(made.event.id, { ...empty, ...wanted }, made.etag)).event;
}

/** @param {Api.Event} event */
function isUntouched({ status, edit_version: version }) {
  return status === 'DRAFT' && version === 1;
}

/**
 * The event that the address says to copy, or null.
 * @param {Visit} visit
 * @returns {Promise<Source | null>}
 */
async function sourceOf({ query, signal }) {
  const id = query.get('from');
  if (id === null) return null;
  const { event } = await api.ownEvent(id, signal);
  return { event, document: isSimple(event) ? null : (await tickets.tickets(id, signal)).document };
}

/**
 * Gives the new event the tickets of the one that it copies. Null if that worked, else why it did not.
 * @param {Api.TicketsDocument} document
 * @param {Api.Event} made
 * @param {AbortSignal} signal
 */
async function copyTickets(document, { id, capacity }, signal) {
  try {
    const fresh = await tickets.tickets(id, signal);
    await tickets.replaceTickets(id, copiedTickets(document, fresh.document, capacity), fresh.etag);
    return null;
  } catch (error) {
    return sentenceOf(error);
  }
}

/**
 * Creates an event as a draft, also as a copy of another one.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render(visit) {
  const { signal } = visit;
  const source = await sourceOf(visit);
  const types = source?.event.ticket_types.length ?? 1;
  const details = eventFields();
  const capacity = capacityField({
    hint: types > 1 ? TEXTS.eachTicketTypeKeepsIts : TEXTS.youCanChangeItLater,
    readonly: types > 1,
  });
  const fields = [...details.fields, capacity];
  const made = form({
    name: TEXTS.newEvent,
    fields,
    content: [...details.content, capacity.node],
    label: TEXTS.saveAsDraft,
    busyLabel: TEXTS.saving,
    more: [
      element('a', { class: 'button', href: source ? address('studio', source.event.id) : '/studio' }, TEXTS.back),
    ],
    async send() {
      const event = await create({ ...details.values(), capacity: Number(capacity.value()) });
      const problem = source?.document ? await copyTickets(source.document, event, signal) : null;
      draft.settle();
      if (problem === null) toast(TEXTS.draftSavedPublishItWhen, 'good');
      else toast(TEXTS.draftSavedCheckItsTickets(problem));
      const next = problem === null ? address('studio', event.id) : address('studio', event.id, 'tickets');
      if (!signal.aborted) go(next, { replace: true });
    },
  });

  function begin() {
    details.reset();
    if (source === null) return;
    details.copy(source.event);
    capacity.input.value = String(source.event.capacity);
  }

  begin();
  const draftName = source === null ? DRAFT_NAME : `${COPY_DRAFT_NAME}${source.event.id}`;
  const draft = keepDraft(draftName, { form: made.node, fields, signal });
  const notice = draftNotice(draft.restored, () => {
    made.node.reset();
    begin();
    draft.settle();
    notice.remove();
    details.fields[0]?.input.focus();
  });
  const node = element(
    'div',
    { class: 'page page-form' },
    element('a', { class: 'back-link', href: '/studio' }, TEXTS.studio),
    element(
      'section',
      { class: 'panel' },
      element('h1', {}, TEXTS.newEvent),
      source && element('p', { class: 'soft' }, copyWords(source)),
      notice,
      made.node,
    ),
  );
  return { title: TEXTS.newEvent, node };
}

/** @param {Source} source */
function copyWords({ event, document }) {
  const what = document === null ? TEXTS.detailsAndSeats : TEXTS.detailsTicketTypesAndPrices;
  return TEXTS.areThoseOfChooseNew(what, event.title);
}
