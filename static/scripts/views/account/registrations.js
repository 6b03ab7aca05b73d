import { surelyGivenUp } from '../../booking/giving-up.js';
import * as booking from '../../booking/requests.js';
import { address } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort } from '../../server/failures.js';
import { watchEvents } from '../../server/live.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { dateStub } from '../../ui/event-card.js';
import { icon } from '../../ui/icons.js';
import { announce, toast } from '../../ui/messages.js';
import { placeBadge } from '../../ui/seats.js';
import { counted } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { mayGiveUp } from '../../words/sales.js';
import { dateAndTime, timeSpan, zoneName } from '../../words/times.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */

const EVERY_MILLISECONDS = 5000;
const PAGES_MAX = 20;
// As many as one stream tells of.
const WATCHED_MAX = 100;
/** What people have to hear of at once if it changes. @type {(keyof Api.EventSummary)[]} */
const FACTS = ['status', 'title', 'location', 'starts_at', 'ends_at', 'time_zone'];

/** @typedef {(registration: Api.OwnRegistration, button: HTMLButtonElement) => void} Leave */

/**
 * The user's own places, with the position in line of those that wait.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  let registrations = await readAll(signal);
  const standing = element('ul', { class: 'cards' });
  const past = element('ul', { class: 'cards' });
  const pastBox = element('details', { class: 'past' }, element('summary', {}, 'Given up or over'), past);
  const noneWords = element('p');
  const none = element(
    'div',
    { class: 'empty' },
    noneWords,
    element('a', { class: 'button button-primary', href: '#/events' }, 'Find an event'),
  );
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const refresh = element('button', { type: 'button', class: 'button' }, icon('refresh'), 'Refresh');
  const node = element(
    'section',
    { class: 'page' },
    element('div', { class: 'page-head' }, element('h1', {}, 'My places'), refresh),
    problem,
    standing,
    none,
    pastBox,
  );

  function show() {
    const focused = keyOf(node.contains(document.activeElement) ? document.activeElement : null);
    const current = registrations.filter(concerns);
    const others = registrations.filter((one) => !concerns(one));
    standing.replaceChildren(...current.map((one) => placeCard(one, leave)));
    past.replaceChildren(...others.map((one) => placeCard(one, leave)));
    setShown(none, current.length === 0);
    setText(
      noneWords,
      others.length === 0 ? 'You have no place anywhere yet.' : 'You have no place at a coming event.',
    );
    setShown(pastBox, others.length > 0);
    if (focused === undefined) return;
    const again = [...node.querySelectorAll('[data-key]')].find((one) => keyOf(one) === focused);
    if (again instanceof HTMLElement) again.focus();
  }

  async function read() {
    const newest = await readAll(signal);
    setText(problem, '');
    // New cards without a change would only disturb a reader.
    if (JSON.stringify(newest) === JSON.stringify(registrations)) return;
    registrations = newest;
    show();
    tellLive();
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
        ? `${newest.title} has been cancelled.`
        : `${newest.title} has changed.`,
    );
  }

  /** @type {Leave} */
  async function leave(registration, button) {
    if (button.getAttribute('aria-disabled') || !(await surelyGivenUp(registration, registration.event.title))) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      if (registrations.find(({ id }) => id === registration.id)?.status !== registration.status) {
        toast('Your place changed while you were asked, so it was kept. Please look again.');
        return;
      }
      await booking.giveUp(registration, {
        signal,
        onAttempt() {},
        onPause: ({ error }) => announce(sentenceOf(error)),
      });
      toast(registration.status === 'CONFIRMED' ? 'You gave up your seat.' : 'You left the line.', 'good');
      await read();
      if (!node.contains(document.activeElement)) node.querySelector('h1')?.focus();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, registration.event.time_zone));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  refresh.addEventListener('click', async () => {
    try {
      await read();
      announce('Your places are up to date.');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  });
  const live = watchEvents({ ids: () => watched().map(({ event }) => event.id), onEvent: update }, signal);
  tellLive();
  repeat(
    EVERY_MILLISECONDS,
    () => (registrations.some(({ status }) => status === 'WAITLISTED') ? read() : null),
    signal,
  );
  show();
  return { title: 'My places', node };
}

/**
 * The key of a link or button in a card, by which its successor is found when the cards are rebuilt.
 * @param {Element | null} node
 */
function keyOf(node) {
  return node instanceof HTMLElement ? node.dataset.key : undefined;
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
 * Whether a registration belongs among the current ones. Those of cancelled events do, so that nobody overlooks them.
 * @param {Api.OwnRegistration} registration
 */
function concerns({ status, event }) {
  return status !== 'CANCELLED' && Date.parse(event.ends_at) > serverNow();
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

/** @param {Api.OwnRegistration} registration */
function stands(registration) {
  return concerns(registration) && registration.event.status !== 'CANCELLED';
}

/** @param {Api.OwnRegistration} registration */
function mayLeave(registration) {
  return stands(registration) && mayGiveUp(registration.event, serverNow());
}

/**
 * @param {Api.OwnRegistration} registration
 * @param {Leave} leave
 */
function placeCard(registration, leave) {
  const { event, status, position } = registration;
  const stub = dateStub();
  stub.update(event);
  const button = mayLeave(registration)
    ? element(
        'button',
        { type: 'button', class: 'button button-small button-quiet-danger', 'data-key': `leave ${registration.id}` },
        status === 'CONFIRMED' ? 'Give up my seat' : 'Leave the line',
      )
    : null;
  button?.addEventListener('click', () => leave(registration, button));
  return element(
    'li',
    { class: `card card-${(event.status === 'CANCELLED' ? event : registration).status.toLowerCase()}` },
    stub.node,
    element(
      'div',
      { class: 'card-body' },
      element(
        'div',
        { class: 'card-head' },
        element(
          'h2',
          { class: 'card-title' },
          element('a', { href: address('events', event.id), 'data-key': `event ${registration.id}` }, event.title),
        ),
        placeBadge(registration),
      ),
      status === 'WAITLISTED' &&
        stands(registration) &&
        element(
          'p',
          { class: 'line-number' },
          element('strong', {}, position ? counted(position) : '…'),
          position === 1 ? ' in line: you are next' : ' in line',
        ),
      element(
        'p',
        { class: 'card-line' },
        icon('clock'),
        `${timeSpan(event.starts_at, event.ends_at, event.time_zone)}, ${zoneName(event.time_zone, event.starts_at)}`,
      ),
      element('p', { class: 'card-line' }, icon('pin'), event.location),
      element('p', { class: 'soft small' }, historyWords(registration)),
      button && element('div', { class: 'actions' }, button),
    ),
  );
}

/** @param {Api.OwnRegistration} registration */
function historyWords(registration) {
  const { status, event, registered_at: registered, confirmed_at: confirmed, cancelled_at: cancelled } = registration;
  if (status === 'CANCELLED') {
    const when = dateAndTime(cancelled ?? registered);
    if (registration.cancellation === 'REMOVED') {
      const again = registration.may_book_again ? 'You may book it again.' : 'You cannot book it again.';
      return `Removed by the organizer on ${when}: “${registration.removal_reason}” ${again}`;
    }
    if (registration.cancellation === 'DEACTIVATED')
      return `Cancelled on ${when}, because your account was deactivated.`;
    return `Given up on ${when}.`;
  }
  if (event.status === 'CANCELLED') return status === 'CONFIRMED' ? 'You had a seat.' : 'You were in line.';
  return status === 'CONFIRMED'
    ? `Seat since ${dateAndTime(confirmed ?? registered)}.`
    : `In line since ${dateAndTime(registered)}.`;
}
