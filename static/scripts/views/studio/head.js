import { address, go } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort } from '../../server/failures.js';
import * as session from '../../server/session.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { saleBadge } from '../../ui/seats.js';
import { subNav } from '../../ui/sub-nav.js';
import { counted, countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { saleOf } from '../../words/sales.js';
import { handOver } from './hand-over-dialog.js';
import { isSimple } from './tickets/sheet.js';

/** @import { TaggedEvent } from '../../server/api.js' */
/** @import { Question } from '../../ui/dialogs.js' */
/** @import { Way } from '../../ui/sub-nav.js' */

const TICK_MILLISECONDS = 1000;

/**
 * The head of an event's pages in the studio: its title, the buttons that publish it, cancel it and hand it over, links
 * between the pages.
 * @param {Api.Event} first
 * @param {string} current the current page's name
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(decided: TaggedEvent) => void} options.onDecided called after publishing, cancelling and handing over
 * @param {() => string | null} [options.objection] the reason not to do that now, or null
 */
export function studioHead(first, current, { signal, onDecided, objection = () => null }) {
  const { id } = first;
  let latest = first;
  const heading = element('h1');
  const sale = saleBadge();
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const publish = element('button', { type: 'button', class: 'button button-primary' }, 'Publish');
  const cancel = element('button', { type: 'button', class: 'button button-quiet-danger' }, 'Cancel event');
  const discard = element('button', { type: 'button', class: 'button button-quiet-danger' }, 'Delete draft');
  const hand = element('button', { type: 'button', class: 'button' }, 'Hand over…');
  const seen = element('a', { class: 'button', href: address('e', first.slug) }, 'Public page');
  const duplicate = element('a', { class: 'button', href: `/studio/new?from=${encodeURIComponent(id)}` }, 'Duplicate');
  const test =
    session.hasRole('ADMIN') &&
    element('a', { class: 'button', href: address('admin', 'tests', id) }, 'Run Concurrency Sim…');

  /** @param {Api.Event} event */
  function update(event) {
    latest = event;
    setText(heading, event.title);
    sale.update(event);
    const closed = ['cancelled', 'ended'].includes(saleOf(event, serverNow()).code);
    setShown(publish, event.status === 'DRAFT' && !closed);
    setShown(discard, event.status === 'DRAFT');
    setShown(cancel, !closed);
    if (test) setShown(test, !closed);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Question} question
   * @param {(id: string) => Promise<TaggedEvent>} act
   * @param {string} done the message afterwards
   * @returns {Promise<boolean>} whether it was done
   */
  async function decide(button, question, act, done) {
    setText(problem, objection() ?? '');
    if (problem.textContent !== '') return false;
    if (!(await confirmed(question)) || signal.aborted || button.getAttribute('aria-disabled')) return false;
    button.setAttribute('aria-disabled', 'true');
    try {
      const decided = await act(id);
      update(decided.event);
      onDecided(decided);
      toast(done, 'good');
      heading.focus();
      return true;
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, latest.time_zone));
      return false;
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  publish.addEventListener('click', () =>
    decide(
      publish,
      {
        title: 'Publish this event?',
        text: 'Everybody can see it, and book while its sale is open. You can’t unpublish it, only cancel it.',
        yes: 'Publish',
      },
      api.publishEvent,
      'Published.',
    ).then((done) => {
      // The dashboard has the link to share, and what is left to do.
      if (done && current !== 'dashboard' && !signal.aborted) go(address('studio', id));
    }),
  );
  cancel.addEventListener('click', () =>
    decide(
      cancel,
      { title: 'Cancel this event?', text: cancelWords(latest), yes: 'Cancel the event', no: 'Keep it', danger: true },
      api.cancelEvent,
      'The event is cancelled.',
    ),
  );

  discard.addEventListener('click', async () => {
    if (discard.getAttribute('aria-disabled') || !(await confirmed(discardQuestion(latest))) || signal.aborted) return;
    discard.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await api.deleteDraft(id);
      toast('Draft deleted.', 'good');
      if (!signal.aborted) go('/studio', { replace: true });
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      discard.removeAttribute('aria-disabled');
    }
  });

  hand.addEventListener('click', async () => {
    setText(problem, objection() ?? '');
    if (problem.textContent !== '') return;
    const keepsAccess = session.hasRole('ADMIN');
    /** @type {string | null} */
    let receiver = null;
    try {
      receiver = await handOver(await api.ownEvent(id, signal), { keepsAccess });
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
    if (receiver === null) return;
    toast(`The event is handed over to ${receiver}.`, 'good');
    if (signal.aborted) return;
    if (!keepsAccess) {
      go('/studio', { replace: true });
      return;
    }
    try {
      const fresh = await api.ownEvent(id, signal);
      update(fresh.event);
      onDecided(fresh);
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  });

  const node = element(
    'header',
    { class: 'studio-head' },
    element('a', { class: 'back-link', href: '/studio' }, '← Studio'),
    element(
      'div',
      { class: 'page-head' },
      element('div', { class: 'title-block' }, heading, sale.node),
      element('div', { class: 'actions' }, publish, seen, duplicate, test, hand, discard, cancel),
    ),
    problem,
    subNav('This event', ways(first, current), current),
  );
  update(first);
  // The state of a sale changes with time alone.
  repeat(TICK_MILLISECONDS, () => update(latest), signal);
  return { node, heading, update };
}

/**
 * @param {Api.Event} draft
 * @returns {Question}
 */
function discardQuestion({ title }) {
  return {
    title: 'Delete this draft?',
    text: `“${title}” will be deleted. This can’t be undone.`,
    yes: 'Delete the draft',
    no: 'Keep it',
    danger: true,
  };
}

/**
 * The event's pages. Simple events have no page of tickets until it is opened.
 * @param {Api.Event} event
 * @param {string} current
 */
function ways(event, current) {
  const { id } = event;
  /** @type {Way[]} */
  const all = [
    { name: 'dashboard', label: 'Dashboard', href: address('studio', id), icon: 'chart' },
    { name: 'details', label: 'Details', href: address('studio', id, 'details'), icon: 'studio' },
    ...(isSimple(event) && current !== 'tickets' ? [] : [ticketsWay(id)]),
    { name: 'attendees', label: 'Attendees', href: address('studio', id, 'attendees'), icon: 'people' },
    { name: 'messages', label: 'Messages', href: address('studio', id, 'messages'), icon: 'message' },
  ];
  if (session.hasRole('ADMIN')) {
    const href = `${address('admin', 'log')}?subject_id=${encodeURIComponent(id)}`;
    all.push({ name: 'log', label: 'Log', href, icon: 'log' });
  }
  return all;
}

/**
 * @param {string} id
 * @returns {Way}
 */
function ticketsWay(id) {
  return { name: 'tickets', label: 'Tickets', href: address('studio', id, 'tickets'), icon: 'ticket' };
}

/** @param {Api.Event} event */
function cancelWords(event) {
  const { confirmed: seated, waiting, currency } = event;
  if (!isSimple(event)) {
    const seats = `${countOf(seated, 'seat is', 'seats are')} taken, and ${countOf(waiting, 'booking is', 'bookings are')} on the waitlist.`;
    const money = currency === null ? '' : ' Everything that was paid is owed back.';
    return `${seats}${money} You can’t reopen a cancelled event.`;
  }
  const line = waiting === 0 ? 'nobody is' : `${counted(waiting)} ${waiting === 1 ? 'is' : 'are'}`;
  const people =
    seated + waiting === 0
      ? 'Nobody has booked yet.'
      : `${countOf(seated, 'person has', 'people have')} a seat, and ${line} on the waitlist.`;
  return `${people} You can’t reopen a cancelled event.`;
}
