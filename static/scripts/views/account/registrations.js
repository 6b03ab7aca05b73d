import { CHANGED_MEANWHILE, changeWords, fewerAnswerWords } from '../../booking/answer-words.js';
import { fewerSeats } from '../../booking/fewer-dialog.js';
import { givenUpWords, surelyGivenUp } from '../../booking/giving-up.js';
import { isLookDue } from '../../booking/looking.js';
import * as booking from '../../booking/requests.js';
import { repeat } from '../../browser/polling.js';
import { pressOver } from '../../browser/pressing.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort, Unreachable } from '../../server/failures.js';
import { allKeptTickets } from '../../server/kept-tickets.js';
import { watchEvents } from '../../server/live.js';
import { element, setChildren, setShown, setText } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { announce, toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { keptList } from './kept-list.js';
import { concerns, placeCard } from './place-card.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */
/** @import { Progress } from '../../server/retrying.js' */
/** @import { Act } from './place-card.js' */

const TEXTS = Object.freeze({
  pastAndCancelled: 'Past and cancelled',
  browseEvents: 'Browse events',
  refresh: 'Refresh',
  myTickets: 'My tickets',
  youHaventBookedAnythingYet: 'You haven’t booked anything yet.',
  noUpcomingBookings: 'No upcoming bookings.',
  /** @param {string} title */
  hasBeenCancelled: (title) => `${title} has been cancelled.`,
  /** @param {string} title */
  hasChanged: (title) => `${title} has changed.`,
  fewerSeats: 'Fewer seats',
  yourTicketsAreUpTo: 'Your tickets are up to date.',
});

const EVERY_MILLISECONDS = 5000;
const TICK_MILLISECONDS = 1000;
const PAGES_MAX = 20;
// As many as one stream tells of.
const WATCHED_MAX = 100;
/** People have to hear at once of a change of these. @type {(keyof Api.EventSummary)[]} */
const FACTS = ['status', 'title', 'location', 'starts_at', 'ends_at', 'time_zone'];

/**
 * The user's own bookings, with the position of those on the waitlist.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  /** @type {Api.OwnRegistration[]} */
  let registrations;
  try {
    registrations = await readAll(signal);
  } catch (error) {
    const kept = error instanceof Unreachable ? allKeptTickets() : [];
    if (kept.length > 0) return keptList(kept, signal);
    throw error;
  }
  let readAt = serverNow();
  /** By their bookings. @type {Map<string, ReturnType<typeof placeCard>>} */
  let cards = new Map();
  const standing = element('ul', { class: 'cards' });
  const past = element('ul', { class: 'cards' });
  const pastBox = element('details', { class: 'past' }, element('summary', {}, TEXTS.pastAndCancelled), past);
  const noneWords = element('p');
  const none = element(
    'div',
    { class: 'empty' },
    noneWords,
    element('a', { class: 'button button-primary', href: '/events' }, TEXTS.browseEvents),
  );
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const refresh = element('button', { type: 'button', class: 'button' }, icon('refresh'), TEXTS.refresh);
  const node = element(
    'section',
    { class: 'page' },
    element('div', { class: 'page-head' }, element('h1', {}, TEXTS.myTickets), refresh),
    problem,
    standing,
    none,
    pastBox,
  );

  function show() {
    const focused = node.contains(document.activeElement) ? document.activeElement : null;
    const current = registrations.filter(concerns);
    const others = registrations.filter((one) => !concerns(one));
    cards = new Map(registrations.map((one) => [one.id, cards.get(one.id) ?? placeCard(one, { leave, fewer })]));
    for (const one of registrations) cards.get(one.id)?.update(one);
    setChildren(standing, nodesOf(current));
    setChildren(past, nodesOf(others));
    setShown(none, current.length === 0);
    setText(noneWords, others.length === 0 ? TEXTS.youHaventBookedAnythingYet : TEXTS.noUpcomingBookings);
    setShown(pastBox, others.length > 0);
    if (focused instanceof HTMLElement) keepFocus(focused);
  }

  /** @param {Api.OwnRegistration[]} some */
  function nodesOf(some) {
    return some.flatMap(({ id }) => cards.get(id)?.node ?? []);
  }

  async function read({ tell = true } = {}) {
    const newest = await readAll(signal);
    readAt = serverNow();
    await pressOver();
    setText(problem, '');
    if (JSON.stringify(newest) === JSON.stringify(registrations)) return;
    if (tell) tellChanges(newest);
    registrations = newest;
    show();
    tellLive();
  }

  /** @param {Api.OwnRegistration[]} newest */
  function tellChanges(newest) {
    for (const before of registrations.filter(concerns)) {
      const after = newest.find(({ id }) => id === before.id);
      // The card of a booking that was cancelled elsewhere, or removed, says so itself.
      if (
        after === undefined ||
        (after.status === 'CANCELLED' && !['LAPSED', 'PASSED'].includes(after.cancellation ?? ''))
      )
        continue;
      const words = changeWords(before, after);
      if (words !== null) toast(`${before.event.title}: ${words}`);
    }
  }

  function tick() {
    for (const card of cards.values()) card.count();
  }

  // The watch then knows which state of each event is shown, and reads only those that have changed since.
  function tellLive() {
    for (const { event } of watched()) live.take(event);
  }

  function watched() {
    return registrations.filter(concerns).slice(0, WATCHED_MAX);
  }

  /**
   * A live update may have the numbers alone.
   * @param {EventNews} news
   */
  function update(news) {
    const known = registrations.find(({ event }) => event.id === news.id)?.event;
    if (known === undefined) return;
    const told = FACTS.filter((one) => one in news).map((one) => [one, news[one]]);
    const newest = { ...known, ...Object.fromEntries(told) };
    if (FACTS.every((one) => known[one] === newest[one])) return;
    registrations = registrations.map((one) => (one.event.id === news.id ? withEvent(one, newest) : one));
    show();
    announce(
      newest.status === 'CANCELLED' && known.status !== 'CANCELLED'
        ? TEXTS.hasBeenCancelled(newest.title)
        : TEXTS.hasChanged(newest.title),
    );
  }

  /** @type {Act} */
  async function leave(registration, button) {
    if (!(await surelyGivenUp(registration, registration.event.title))) return;
    await change(registration, button, async (progress) =>
      givenUpWords(registration, await booking.giveUp(registration, progress)),
    );
  }

  /** @type {Act} */
  async function fewer(registration, button) {
    const options = { title: TEXTS.fewerSeats, most: registration.seat_count, taking: false };
    const seats = await fewerSeats(registration, options);
    if (seats === null) return;
    const wanted = { seats, status: registration.status };
    await change(registration, button, async (progress) =>
      fewerAnswerWords(registration, await booking.takeFewer(registration, wanted, progress)),
    );
  }

  /**
   * Changes a booking, unless it has changed since it was shown. `act` gives the words for the outcome.
   * @param {Api.OwnRegistration} asked
   * @param {HTMLButtonElement} button
   * @param {(progress: Progress) => Promise<string>} act
   */
  async function change(asked, button, act) {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      const now = registrations.find(({ id }) => id === asked.id);
      if (now?.status !== asked.status || now.seat_count !== asked.seat_count) {
        toast(CHANGED_MEANWHILE);
        return;
      }
      toast(await act({ signal, onAttempt() {}, onPause: ({ error }) => announce(sentenceOf(error)) }), 'good');
      await read({ tell: false });
      if (!node.contains(document.activeElement)) node.querySelector('h1')?.focus();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, asked.event.time_zone));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  refresh.addEventListener('click', async () => {
    try {
      await read();
      announce(TEXTS.yourTicketsAreUpTo);
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  });
  const live = watchEvents({ ids: () => watched().map(({ event }) => event.id), onEvent: update }, signal);
  tellLive();
  repeat(
    EVERY_MILLISECONDS,
    () => (isLookDue(registrations.filter(concerns), serverNow(), readAt) ? read() : null),
    signal,
  );
  repeat(TICK_MILLISECONDS, tick, signal);
  show();
  return { title: TEXTS.myTickets, node };
}

/**
 * A card that has moved to the other list takes the focus with it. A button that is gone has none.
 * @param {HTMLElement} focused
 */
function keepFocus(focused) {
  if (focused.closest('[hidden]') !== null) focused.blur();
  else if (document.activeElement !== focused) focused.focus();
}

/** @param {AbortSignal} signal */
async function readAll(signal) {
  /** @type {Api.OwnRegistration[]} */
  const all = [];
  /** @type {string | null} */
  let cursor = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    /** @type {Api.OwnRegistrationPage} */
    const { items, next_cursor: next } = await api.ownRegistrations({ cursor }, signal);
    all.push(...items);
    if (!next) break;
    cursor = next;
  }
  return all;
}

/**
 * @param {Api.OwnRegistration} registration
 * @param {Api.OwnRegistration['event']} event
 * @returns {Api.OwnRegistration}
 */
function withEvent(registration, event) {
  const eventCancelled = event.status === 'CANCELLED' && registration.status !== 'CANCELLED';
  return { ...registration, event, event_cancelled: eventCancelled };
}
