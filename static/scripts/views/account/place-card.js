// One of the user's own bookings as a card.

import { heldWords } from '../../booking/held-words.js';
import { leaveLabel } from '../../booking/own-words.js';
import { address } from '../../browser/navigation.js';
import { serverNow } from '../../server/clock.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { dateStub } from '../../ui/event-card.js';
import { icon } from '../../ui/icons.js';
import { placeBadge } from '../../ui/seats.js';
import { amountWords } from '../../words/money.js';
import { counted, countOf } from '../../words/numbers.js';
import { isKnownStatus, isPlain, seatsWords, unknownStatusWords } from '../../words/places.js';
import { mayGiveUp, saleOf } from '../../words/sales.js';
import { dateAndTime, timeSpan, zoneName } from '../../words/times.js';

/** @typedef {(registration: Api.OwnRegistration, button: HTMLButtonElement) => void} Act */

/**
 * Whether a registration belongs among the current ones. Those of cancelled events do, so that nobody overlooks them.
 * @param {Api.OwnRegistration} registration
 */
export function concerns({ status, event }) {
  return status !== 'CANCELLED' && Date.parse(event.ends_at) > serverNow();
}

/** @param {Api.OwnRegistration} registration */
function stands(registration) {
  return concerns(registration) && registration.event.status !== 'CANCELLED';
}

/** @param {Api.OwnRegistration} registration */
function mayLeave(registration) {
  return stands(registration) && isKnownStatus(registration.status) && mayGiveUp(registration.event, serverNow());
}

/**
 * The card of a registration. `update` counts its time down.
 * @param {Api.OwnRegistration} registration
 * @param {{ leave: Act, fewer: Act }} options
 */
export function placeCard(registration, { leave, fewer }) {
  const { id, event, status, seat_count: count } = registration;
  const stub = dateStub();
  stub.update(event);
  const mayChange = mayLeave(registration);
  const hold = status === 'HELD' && stands(registration) ? holdPart(registration) : null;
  const node = element(
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
          element('a', { href: address('e', event.slug), 'data-key': `event ${id}` }, event.title),
        ),
        placeBadge(registration),
      ),
      status === 'WAITLISTED' && stands(registration) && linePart(registration),
      hold?.node,
      !isPlain(registration) && element('p', { class: 'card-line' }, icon('ticket'), seatsWords(registration)),
      element(
        'p',
        { class: 'card-line' },
        icon('clock'),
        `${timeSpan(event.starts_at, event.ends_at, event.time_zone)}, ${zoneName(event.time_zone, event.starts_at)}`,
      ),
      element('p', { class: 'card-line' }, icon('pin'), event.location),
      element('p', { class: isKnownStatus(status) ? 'soft small' : 'form-error' }, historyWords(registration)),
      mayChange &&
        element(
          'div',
          { class: 'actions' },
          count > 1 && action('Fewer seats…', `fewer ${id}`, '', fewer),
          action(leaveLabel(registration), `leave ${id}`, 'button-quiet-danger', leave),
        ),
    ),
  );

  /**
   * @param {string} label
   * @param {string} key
   * @param {string} kind
   * @param {Act} act
   */
  function action(label, key, kind, act) {
    const button = element('button', { type: 'button', class: `button button-small ${kind}`, 'data-key': key }, label);
    button.addEventListener('click', () => act(registration, button));
    return button;
  }

  return { node, update: () => hold?.update() };
}

/** @param {Api.OwnRegistration} registration */
function linePart({ position, seats_ahead: ahead }) {
  const isMore = position !== null && ahead !== null && ahead !== position - 1;
  return element(
    'p',
    { class: 'line-number' },
    position === 1
      ? 'You’re next on the waitlist'
      : ['Position ', element('strong', {}, position ? counted(position) : '…'), ' on the waitlist'],
    isMore && element('span', { class: 'soft small' }, ` (those ahead want ${countOf(ahead, 'seat')})`),
  );
}

/** @param {Api.OwnRegistration} registration */
function holdPart(registration) {
  const { event } = registration;
  const timer = element('p', { class: 'countdown countdown-small', role: 'timer', 'aria-label': 'Time left to pay' });
  const words = element('p', { class: 'small' });
  const how = element('p', { class: 'pay-lines' });
  const pay = element('div', { class: 'pay' }, element('h3', {}, 'How to pay'), how);

  function update() {
    const now = serverNow();
    const texts = heldWords({ sale: saleOf(event, now), event, now }, registration);
    setText(timer, texts.countdown ?? '');
    setShown(timer, texts.countdown !== undefined);
    setText(words, texts.words);
    setText(how, texts.pay ?? '');
    setShown(pay, Boolean(texts.pay));
  }

  update();
  return { node: element('div', { class: 'hold' }, timer, words, pay), update };
}

/** @param {Api.OwnRegistration} registration */
function historyWords(registration) {
  const { status, event, registered_at: registered, confirmed_at: confirmed, seat_count: count } = registration;
  if (!isKnownStatus(status)) return unknownStatusWords(status);
  const owed =
    registration.owed_back > 0
      ? ` ${amountWords(registration.owed_back, registration.currency)} will be refunded.`
      : '';
  if (status === 'CANCELLED') return `${cancelledWords(registration)}${owed}`;
  const seats = count === 1 ? 'a seat' : countOf(count, 'seat');
  if (event.status === 'CANCELLED') {
    if (status === 'HELD')
      return `${count === 1 ? 'A seat was' : `${seats} were`} held for you. There’s nothing to pay.`;
    return status === 'CONFIRMED' ? `You had ${seats}.${owed}` : 'You were on the waitlist.';
  }
  if (status === 'CONFIRMED') return `Confirmed on ${dateAndTime(confirmed ?? registered)}.${owed}`;
  return status === 'HELD'
    ? `Booked on ${dateAndTime(registered)}.`
    : `On the waitlist since ${dateAndTime(registered)}.`;
}

/** @param {Api.OwnRegistration} registration */
function cancelledWords({ cancellation, cancelled_at: cancelled, registered_at: registered, ...more }) {
  const when = dateAndTime(cancelled ?? registered);
  switch (cancellation) {
    case 'REMOVED': {
      const again = more.may_book_again ? 'You can book again.' : 'You can’t book again.';
      return `Removed by the organizer on ${when}: “${more.removal_reason}” ${again}`;
    }
    case 'DEACTIVATED':
      return `Cancelled on ${when}, because your account was deactivated.`;
    case 'LAPSED':
      return `Not paid in time: the hold ended on ${when}, and the seats were released.`;
    case 'GIVEN_UP':
      return `Cancelled on ${when}.`;
    default:
      return `Cancelled on ${when}.`;
  }
}
