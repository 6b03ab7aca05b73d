import * as api from '../api.js';
import { serverNow } from '../clock.js';
import { element, setShown, setText } from '../dom.js';
import { confirmed } from '../dialogs.js';
import { form } from '../forms.js';
import { isAbort, Problem } from '../http.js';
import { watchEvents } from '../live.js';
import { toast } from '../messages.js';
import { countOf, counted } from '../numbers.js';
import { sentenceOf } from '../problems.js';
import { address } from '../router.js';
import { saleOf } from '../sales.js';
import { saleBadge, seatMeter } from '../seats.js';
import * as session from '../session.js';
import { conflictPanel } from './conflict.js';
import { capacityField, eventFields } from './event-fields.js';

/** One event to run: its details, its seats, publishing and calling off. */
export async function render({ parameters, signal }) {
  // What the forms were filled from. The numbers on the page go on; this stays, so that an edit by others is noticed.
  let base = await api.ownEvent(parameters.id, signal);
  let latest = base.event;
  const { id } = base.event;

  const heading = element('h1');
  const sale = saleBadge();
  const meter = seatMeter();
  const numbers = element('dl', { class: 'tiles' });
  const conflict = element('div');
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const publish = element('button', { type: 'button', class: 'button button-primary' }, 'Publish');
  const cancel = element('button', { type: 'button', class: 'button button-quiet-danger' }, 'Cancel event');
  const closedNote = element('p', { class: 'soft' }, 'Its dates and seats can no longer change.');

  const details = eventFields();
  const detailsForm = form({
    name: 'Details',
    fields: details.fields,
    content: details.content,
    label: 'Save changes',
    busyLabel: 'Saving…',
    send: () => save(details.changes(), () => details.fill(base.event)),
    explain: (error) => explain(error, detailsForm),
  });
  const capacity = capacityField({ label: 'Number of seats' });
  const capacityForm = form({
    name: 'Seats',
    fields: [capacity],
    label: 'Change the seats',
    busyLabel: 'Changing…',
    send: () => save(Number(capacity.value()) === base.event.capacity ? {} : { capacity: Number(capacity.value()) }),
    explain: (error) => explain(error, capacityForm),
  });

  async function save(changes, saved = () => {}) {
    if (Object.keys(changes).length === 0) {
      toast('Nothing was changed.');
      return;
    }
    const before = latest;
    base = await api.editEvent(id, changes, base.etag);
    conflict.replaceChildren();
    saved();
    update(base.event);
    toast(savedWords(before, base.event), 'good');
  }

  function explain(error, from) {
    if (!(error instanceof Problem) || error.status !== 412) return false;
    showConflict(from).catch((second) => from.showError(second));
    return true;
  }

  async function showConflict(from) {
    const newest = await api.ownEvent(id, signal);
    const panel = conflictPanel({
      base: base.event,
      latest: newest.event,
      keepMine() {
        base = { ...base, etag: newest.etag };
        conflict.replaceChildren();
        from.node.requestSubmit();
      },
      takeTheirs() {
        conflict.replaceChildren();
        adopt(newest);
        heading.focus();
      },
    });
    conflict.replaceChildren(panel.node);
    panel.heading.focus();
  }

  function adopt(newest) {
    base = newest;
    details.fill(newest.event);
    capacity.input.value = newest.event.capacity;
    update(newest.event);
  }

  function update(event) {
    latest = event;
    setText(heading, event.title);
    sale.update(event);
    meter.update(event);
    numbers.replaceChildren(
      tile('Confirmed', event.confirmed),
      tile('Waiting', event.waiting),
      tile('Free', event.seats_remaining),
    );
    const closed = ['cancelled', 'ended'].includes(saleOf(event, serverNow()).code);
    setShown(publish, event.status === 'DRAFT' && !closed);
    setShown(cancel, !closed);
    setShown(capacityForm.node, !closed);
    setShown(closedNote, closed);
  }

  async function decide(button, question, act, done) {
    setText(problem, '');
    if (Object.keys(details.changes()).length > 0) {
      setText(problem, 'There are changes that are not saved yet. Please save them first.');
      return;
    }
    if (!(await confirmed(question)) || signal.aborted || button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      adopt(await act(id));
      toast(done, 'good');
      heading.focus();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, latest.time_zone));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  publish.addEventListener('click', () =>
    decide(
      publish,
      {
        title: 'Publish this event?',
        text: 'Everybody can see it from then on and book it when its sale is open. This cannot be taken back, only cancelled.',
        yes: 'Publish',
      },
      api.publishEvent,
      'Published.',
    ),
  );
  cancel.addEventListener('click', () =>
    decide(
      cancel,
      { title: 'Cancel this event?', text: cancelWords(latest), yes: 'Cancel the event', no: 'Keep it', danger: true },
      api.cancelEvent,
      'The event is cancelled.',
    ),
  );
  window.addEventListener(
    'beforeunload',
    (event) => {
      if (Object.keys(details.changes()).length > 0) event.preventDefault();
    },
    { signal },
  );
  watchEvents({ ids: () => [id], onEvent: update }, signal);

  const node = element(
    'div',
    { class: 'page' },
    element('a', { class: 'back-link', href: '#/studio' }, '← Studio'),
    element(
      'div',
      { class: 'page-head' },
      element('div', { class: 'title-block' }, heading, sale.node),
      element(
        'div',
        { class: 'actions' },
        publish,
        cancel,
        element('a', { class: 'button', href: address('events', id) }, 'Public page'),
        session.hasRole('ADMIN') &&
          element('a', { class: 'button', href: address('admin', id) }, 'Run concurrency sim…'),
      ),
    ),
    problem,
    conflict,
    element(
      'div',
      { class: 'event-columns' },
      element('section', { class: 'panel event-main' }, element('h2', {}, 'Details'), detailsForm.node),
      element(
        'section',
        { class: 'panel event-side' },
        element('h2', {}, 'Seats'),
        meter.node,
        numbers,
        capacityForm.node,
        closedNote,
      ),
    ),
  );
  adopt(base);
  return { title: base.event.title, node };
}

function tile(name, value) {
  return element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, counted(value)));
}

function savedWords(before, after) {
  const promoted = before.waiting - after.waiting;
  if (after.capacity > before.capacity && promoted > 0)
    return `Saved. ${countOf(promoted, 'waiting person', 'waiting people')} got a seat.`;
  return 'Saved.';
}

function cancelWords({ confirmed: seated, waiting }) {
  const people =
    seated + waiting === 0
      ? 'Nobody has a place yet.'
      : `${countOf(seated, 'person has', 'people have')} a seat and ${countOf(waiting, 'waits', 'wait')}.`;
  return `${people} This is for good: a cancelled event cannot be opened again.`;
}
