import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { consequencesOf } from '../../words/capacity.js';
import { countOf } from '../../words/numbers.js';
import { saleOf } from '../../words/sales.js';
import { editConflict } from './edit-conflict.js';
import { capacityField } from './event-fields.js';

/** @import { TaggedEvent } from '../../server/api.js' */

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
    label: 'Number of seats',
    check: (text) => consequencesOf(latest, Number(text)).refused,
  });
  const words = element('p', { class: 'consequences', role: 'status' });
  const closedNote = element('p', { class: 'soft' }, 'The number of seats can no longer change.');
  const made = form({
    name: 'Number of seats',
    fields: [capacity],
    content: [capacity.node, words],
    label: 'Change the seats',
    busyLabel: 'Changing…',
    send,
    explain: (error) => conflict.explains(error, made),
  });
  const conflict = editConflict({
    id,
    signal,
    base: () => base,
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
      toast('Nothing was changed.');
      return;
    }
    const { question } = consequencesOf(latest, wanted);
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
    setShown(made.node, !closed);
    setShown(closedNote, closed);
    explainField();
  }

  function explainField() {
    const wanted = capacity.value() === '' ? NaN : Number(capacity.value());
    const { refused, words: coming } = consequencesOf(latest, wanted);
    setText(words, refused ?? coming);
    words.classList.toggle('is-refused', refused !== null);
  }

  capacity.input.addEventListener('input', explainField);
  adopt(first);
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'seats' },
    element('h2', { id: 'seats' }, 'Seats'),
    made.node,
    closedNote,
  );
  return { node, conflict: conflict.node, update, adopt };
}

/**
 * @param {Api.Event} before
 * @param {Api.Event} after
 */
function savedWords(before, after) {
  const promoted = before.waiting - after.waiting;
  if (after.capacity > before.capacity && promoted > 0)
    return `Saved. ${countOf(promoted, 'waiting person', 'waiting people')} got a seat.`;
  return 'Saved.';
}
