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

const TEXTS = Object.freeze({
  publish: 'Publish',
  cancelEvent: 'Cancel event',
  deleteDraft: 'Delete draft',
  handOver: 'Hand over…',
  publicPage: 'Public page',
  duplicate: 'Duplicate',
  runConcurrencySim: 'Run Concurrency Sim…',
  publishThisEvent: 'Publish this event?',
  everybodyCanSeeItAnd:
    'Everybody can see it, and book while its sale is open. You can’t unpublish it, only cancel it.',
  published: 'Published.',
  cancelThisEvent: 'Cancel this event?',
  cancelTheEvent: 'Cancel the event',
  keepIt: 'Keep it',
  theEventIsCancelled: 'The event is cancelled.',
  draftDeleted: 'Draft deleted.',
  /** @param {string} receiver */
  theEventIsHandedOver: (receiver) => `The event is handed over to ${receiver}.`,
  studio: '← Studio',
  thisEvent: 'This event',
  deleteThisDraft: 'Delete this draft?',
  /** @param {string} title */
  willBeDeletedThisCant: (title) => `“${title}” will be deleted. This can’t be undone.`,
  deleteTheDraft: 'Delete the draft',
  dashboard: 'Dashboard',
  details: 'Details',
  attendees: 'Attendees',
  door: 'Door',
  messages: 'Messages',
  log: 'Log',
  tickets: 'Tickets',
  /** @param {string} seats @param {string} bookings */
  takenAndOnTheWaitlist: (seats, bookings) => `${seats} taken, and ${bookings} on the waitlist.`,
  seatIs: 'seat is',
  seatsAre: 'seats are',
  bookingIs: 'booking is',
  bookingsAre: 'bookings are',
  everythingThatWasPaidIs: ' Everything that was paid is owed back.',
  /** @param {string} seats @param {string} money */
  youCantReopenACancelled: (seats, money) => `${seats}${money} You can’t reopen a cancelled event.`,
  nobodyIs: 'nobody is',
  nobodyHasBookedYet: 'Nobody has booked yet.',
  /** @param {string} people @param {string} line */
  aSeatAndOnThe: (people, line) => `${people} a seat, and ${line} on the waitlist.`,
  personHas: 'person has',
  peopleHave: 'people have',
  /** @param {string} people */
  youCantReopenACancelledEvent: (people) => `${people} You can’t reopen a cancelled event.`,
});

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
  const publish = element('button', { type: 'button', class: 'button button-primary' }, TEXTS.publish);
  const cancel = element('button', { type: 'button', class: 'button button-quiet-danger' }, TEXTS.cancelEvent);
  const discard = element('button', { type: 'button', class: 'button button-quiet-danger' }, TEXTS.deleteDraft);
  const hand = element('button', { type: 'button', class: 'button' }, TEXTS.handOver);
  const seen = element('a', { class: 'button', href: address('e', first.slug) }, TEXTS.publicPage);
  const duplicate = element(
    'a',
    { class: 'button', href: `/studio/new?from=${encodeURIComponent(id)}` },
    TEXTS.duplicate,
  );
  const test =
    session.hasRole('ADMIN') &&
    element('a', { class: 'button', href: address('admin', 'tests', id) }, TEXTS.runConcurrencySim);

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
        title: TEXTS.publishThisEvent,
        text: TEXTS.everybodyCanSeeItAnd,
        yes: TEXTS.publish,
      },
      api.publishEvent,
      TEXTS.published,
    ).then((done) => {
      // The dashboard has the link to share, and what is left to do.
      if (done && current !== 'dashboard' && !signal.aborted) go(address('studio', id));
    }),
  );
  cancel.addEventListener('click', () =>
    decide(
      cancel,
      {
        title: TEXTS.cancelThisEvent,
        text: cancelWords(latest),
        yes: TEXTS.cancelTheEvent,
        no: TEXTS.keepIt,
        danger: true,
      },
      api.cancelEvent,
      TEXTS.theEventIsCancelled,
    ),
  );

  discard.addEventListener('click', async () => {
    if (discard.getAttribute('aria-disabled') || !(await confirmed(discardQuestion(latest))) || signal.aborted) return;
    discard.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await api.deleteDraft(id);
      toast(TEXTS.draftDeleted, 'good');
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
    toast(TEXTS.theEventIsHandedOver(receiver), 'good');
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
    element('a', { class: 'back-link', href: '/studio' }, TEXTS.studio),
    element(
      'div',
      { class: 'page-head' },
      element('div', { class: 'title-block' }, heading, sale.node),
      element('div', { class: 'actions' }, publish, seen, duplicate, test, hand, discard, cancel),
    ),
    problem,
    subNav(TEXTS.thisEvent, ways(first, current), current),
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
    title: TEXTS.deleteThisDraft,
    text: TEXTS.willBeDeletedThisCant(title),
    yes: TEXTS.deleteTheDraft,
    no: TEXTS.keepIt,
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
    { name: 'dashboard', label: TEXTS.dashboard, href: address('studio', id), icon: 'chart' },
    { name: 'details', label: TEXTS.details, href: address('studio', id, 'details'), icon: 'studio' },
    ...(isSimple(event) && current !== 'tickets' ? [] : [ticketsWay(id)]),
    { name: 'attendees', label: TEXTS.attendees, href: address('studio', id, 'attendees'), icon: 'people' },
    { name: 'door', label: TEXTS.door, href: address('studio', id, 'door'), icon: 'door' },
    { name: 'messages', label: TEXTS.messages, href: address('studio', id, 'messages'), icon: 'message' },
  ];
  if (session.hasRole('ADMIN')) {
    const href = `${address('admin', 'log')}?subject_id=${encodeURIComponent(id)}`;
    all.push({ name: 'log', label: TEXTS.log, href, icon: 'log' });
  }
  return all;
}

/**
 * @param {string} id
 * @returns {Way}
 */
function ticketsWay(id) {
  return { name: 'tickets', label: TEXTS.tickets, href: address('studio', id, 'tickets'), icon: 'ticket' };
}

/** @param {Api.Event} event */
function cancelWords(event) {
  const { confirmed: seated, waiting, currency } = event;
  if (!isSimple(event)) {
    const seats = TEXTS.takenAndOnTheWaitlist(
      countOf(seated, TEXTS.seatIs, TEXTS.seatsAre),
      countOf(waiting, TEXTS.bookingIs, TEXTS.bookingsAre),
    );
    const money = currency === null ? '' : TEXTS.everythingThatWasPaidIs;
    return TEXTS.youCantReopenACancelled(seats, money);
  }
  const line = waiting === 0 ? TEXTS.nobodyIs : `${counted(waiting)} ${waiting === 1 ? 'is' : 'are'}`;
  const people =
    seated + waiting === 0
      ? TEXTS.nobodyHasBookedYet
      : TEXTS.aSeatAndOnThe(countOf(seated, TEXTS.personHas, TEXTS.peopleHave), line);
  return TEXTS.youCantReopenACancelledEvent(people);
}
