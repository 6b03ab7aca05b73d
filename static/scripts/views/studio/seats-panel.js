import { address } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { consequencesOf } from '../../words/capacity.js';
import { countOf } from '../../words/numbers.js';
import { saleOf } from '../../words/sales.js';
import { editConflict, eventDifferences } from './edit-conflict.js';
import { capacityField } from './event-fields.js';

/** @import { TaggedEvent } from '../../server/api.js' */

const TEXTS = Object.freeze({
  numberOfSeats: 'Number of seats',
  theNumberOfSeatsNo: 'The number of seats no longer changes.',
  eachTicketTypeHasIts: 'Each ticket type has its own number of seats.',
  ticketTypesAndPrices: 'Ticket types and prices…',
  updateCapacity: 'Update capacity',
  updating: 'Updating…',
  nothingToSave: 'Nothing to save.',
  seats: 'Seats',
  /** @param {string} people */
  savedOnTheWaitlistGot: (people) => `Saved. ${people} on the waitlist got a seat.`,
  saved: 'Saved.',
});

/**
 * A form for an event's number of seats, with the consequences of another number. `conflict` is where somebody else's
 * edit is shown.
 * @param {TaggedEvent} first
 * @param {{ signal: AbortSignal, onSaved: (event: Api.Event) => void }} options
 */
export function seatsPanel(first, { signal, onSaved }) {
  // The event that the field was filled from. Live updates do not change it, so that an edit by others is noticed.
  let base = first;
  let latest = first.event;
  /** The question that the user has agreed to. @type {string | null} */
  let agreed = null;
  const { id } = first.event;

  const capacity = capacityField({
    label: TEXTS.numberOfSeats,
    check: (text) => consequencesOf(numbersOf(latest), Number(text)).refused,
  });
  const words = element('p', { class: 'consequences', role: 'status' });
  const closedNote = element('p', { class: 'soft' }, TEXTS.theNumberOfSeatsNo);
  const severalNote = element('p', { class: 'soft' }, TEXTS.eachTicketTypeHasIts);
  const toTickets = element(
    'a',
    { class: 'button', href: address('studio', id, 'tickets') },
    TEXTS.ticketTypesAndPrices,
  );
  const made = form({
    name: TEXTS.numberOfSeats,
    fields: [capacity],
    content: [capacity.node, words],
    label: TEXTS.updateCapacity,
    busyLabel: TEXTS.updating,
    send,
    explain: (error) => conflict.explains(error, made),
  });
  const conflict = editConflict({
    signal,
    load: () => api.ownEvent(id, signal),
    differences: (newest) => eventDifferences(base.event, newest.event),
    onBase(newest) {
      base = newest;
      latest = newest.event;
    },
    onTheirs(newest) {
      adopt(newest);
      onSaved(newest.event);
      capacity.input.focus();
    },
  });

  async function send() {
    const wanted = Number(capacity.value());
    if (wanted === base.event.capacity) {
      toast(TEXTS.nothingToSave);
      return;
    }
    const { question } = consequencesOf(numbersOf(latest), wanted);
    if (question && agreed !== question.text) {
      if (!(await confirmed(question)) || signal.aborted) return;
      // The same question is not asked again after a conflict.
      agreed = question.text;
    }
    const before = latest;
    adopt(await api.editEvent(id, { capacity: wanted }, base.etag));
    onSaved(base.event);
    toast(savedWords(before, base.event), 'good');
  }

  /** @param {TaggedEvent} newest */
  function adopt(newest) {
    base = newest;
    agreed = null;
    conflict.clear();
    capacity.input.value = String(newest.event.capacity);
    update(newest.event);
  }

  /** @param {Api.Event} event */
  function update(event) {
    latest = event;
    const closed = ['cancelled', 'ended'].includes(saleOf(event, serverNow()).code);
    const isSeveral = event.ticket_types.length > 1;
    setShown(made.node, !closed && !isSeveral);
    setShown(severalNote, !closed && isSeveral);
    setShown(closedNote, closed);
    setShown(toTickets, !closed);
    explainField();
  }

  function explainField() {
    const wanted = capacity.value() === '' ? NaN : Number(capacity.value());
    const { refused, words: coming } = consequencesOf(numbersOf(latest), wanted);
    setText(words, refused ?? coming);
    words.classList.toggle('is-refused', refused !== null);
  }

  capacity.input.addEventListener('input', explainField);
  adopt(first);
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'seats' },
    element('h2', { id: 'seats' }, TEXTS.seats),
    made.node,
    severalNote,
    closedNote,
    element('div', { class: 'actions' }, toTickets),
  );
  return { node, conflict: conflict.node, update, adopt };
}

/**
 * An event's numbers for the consequences of another capacity. The form is there while it has one type.
 * @param {Api.Event} event
 */
function numbersOf(event) {
  return { ...event, party: event.ticket_types[0]?.seats_per_registration ?? 1 };
}

/**
 * @param {Api.Event} before
 * @param {Api.Event} after
 */
function savedWords(before, after) {
  const promoted = before.waiting - after.waiting;
  if (after.capacity > before.capacity && promoted > 0)
    return TEXTS.savedOnTheWaitlistGot(countOf(promoted, 'person', 'people'));
  return TEXTS.saved;
}
