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

const TEXTS = Object.freeze({
  showTickets: 'Show tickets',
  fewerSeats: 'Fewer seats…',
  youreNextOnTheWaitlist: 'You’re next on the waitlist',
  position: 'Position ',
  onTheWaitlist: ' on the waitlist',
  /** @param {string} seats */
  thoseAheadWant: (seats) => ` (those ahead want ${seats})`,
  timeLeftToPay: 'Time left to pay',
  howToPay: 'How to pay',
  /** @param {string} amount */
  willBeRefunded: (amount) => ` ${amount} will be refunded.`,
  aSeat: 'a seat',
  /** @param {string} seats */
  heldForYouTheresNothing: (seats) => `${seats} held for you. There’s nothing to pay.`,
  aSeatWas: 'A seat was',
  /** @param {string} seats */
  were: (seats) => `${seats} were`,
  /** @param {string} seats @param {string} owed */
  youHad: (seats, owed) => `You had ${seats}.${owed}`,
  youWereOnTheWaitlist: 'You were on the waitlist.',
  /** @param {string} time @param {string} owed */
  confirmedOn: (time, owed) => `Confirmed on ${time}.${owed}`,
  /** @param {string} time */
  bookedOn: (time) => `Booked on ${time}.`,
  /** @param {string} time */
  onTheWaitlistSince: (time) => `On the waitlist since ${time}.`,
  youCanBookAgain: 'You can book again.',
  youCantBookAgain: 'You can’t book again.',
  /** @param {string} when @param {string | null} removalReason @param {string} again */
  removedByTheOrganizerOn: (when, removalReason, again) =>
    `Removed by the organizer on ${when}: “${removalReason}” ${again}`,
  /** @param {string} when */
  cancelledOnBecauseYourAccount: (when) => `Cancelled on ${when}, because your account was deactivated.`,
  /** @param {string} when */
  notPaidInTimeThe: (when) => `Not paid in time: the hold ended on ${when}, and the seats were released.`,
  /** @param {string} when */
  passedOverOn: (when) =>
    `Too few seats for this booking were free for too long. You went to the end of the waitlist on ${when}.`,
  /** @param {string} when */
  passedOnOn: (when) => `You passed your last ticket on, on ${when}.`,
  /** @param {string} when */
  cancelledOn: (when) => `Cancelled on ${when}.`,
});

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
 * The card of a registration. Its nodes stay while what it shows changes, and with them the focus and a press.
 * @param {Api.OwnRegistration} first
 * @param {{ leave: Act, fewer: Act }} options
 */
export function placeCard(first, { leave, fewer }) {
  let shown = first;
  const stub = dateStub();
  const title = element('a');
  let badge = placeBadge(first);
  const line = linePart();
  const hold = holdPart();
  const seats = element('span');
  const seatsLine = element('p', { class: 'card-line' }, icon('ticket'), seats);
  const when = element('span');
  const where = element('span');
  const history = element('p');
  const tickets = element('a', { class: 'button button-small button-primary' }, TEXTS.showTickets);
  const fewerButton = action(TEXTS.fewerSeats, '', fewer);
  const leaveButton = action('', ' button-quiet-danger', leave);
  const actions = element('div', { class: 'actions' }, tickets, fewerButton, leaveButton);
  const node = element(
    'li',
    {},
    stub.node,
    element(
      'div',
      { class: 'card-body' },
      element('div', { class: 'card-head' }, element('h2', { class: 'card-title' }, title), badge),
      line.node,
      hold.node,
      seatsLine,
      element('p', { class: 'card-line' }, icon('clock'), when),
      element('p', { class: 'card-line' }, icon('pin'), where),
      history,
      actions,
    ),
  );

  /**
   * @param {string} label
   * @param {string} look
   * @param {Act} act
   */
  function action(label, look, act) {
    const button = element('button', { type: 'button', class: `button button-small${look}` }, label);
    button.addEventListener('click', () => act(shown, button));
    return button;
  }

  /** @param {Api.OwnRegistration} newest */
  function update(newest) {
    shown = newest;
    const { event, status, seat_count: count } = newest;
    const mayChange = mayLeave(newest);
    const hasTickets = status === 'CONFIRMED' && stands(newest);
    node.className = `card card-${(event.status === 'CANCELLED' ? event : newest).status.toLowerCase()}`;
    stub.update(event);
    setText(title, event.title);
    title.href = address('e', event.slug);
    const newBadge = placeBadge(newest);
    badge.replaceWith(newBadge);
    badge = newBadge;
    line.update(status === 'WAITLISTED' && stands(newest) ? newest : null);
    hold.update(status === 'HELD' && stands(newest) ? newest : null);
    setShown(seatsLine, !isPlain(newest));
    setText(seats, isPlain(newest) ? '' : seatsWords(newest));
    const zone = event.time_zone;
    setText(when, `${timeSpan(event.starts_at, event.ends_at, zone)}, ${zoneName(zone, event.starts_at)}`);
    setText(where, event.location);
    history.className = isKnownStatus(status) ? 'soft small' : 'form-error';
    setText(history, historyWords(newest));
    tickets.href = address('tickets', event.id, newest.id);
    setShown(tickets, hasTickets);
    setShown(fewerButton, mayChange && count > 1);
    setText(leaveButton, leaveLabel(newest));
    setShown(leaveButton, mayChange);
    setShown(actions, mayChange || hasTickets);
  }

  update(first);
  return { node, update, count: hold.count };
}

function linePart() {
  const node = element('p', { class: 'line-number' });
  return {
    node,
    /** @param {Api.OwnRegistration | null} registration */
    update(registration) {
      setShown(node, registration !== null);
      if (registration === null) return;
      const { position, seats_ahead: ahead } = registration;
      const isMore = position !== null && ahead !== null && ahead !== position - 1;
      const number = element('strong', {}, position ? counted(position) : '…');
      node.replaceChildren(
        ...(position === 1 ? [TEXTS.youreNextOnTheWaitlist] : [TEXTS.position, number, TEXTS.onTheWaitlist]),
      );
      if (isMore) node.append(element('span', { class: 'soft small' }, TEXTS.thoseAheadWant(countOf(ahead, 'seat'))));
    },
  };
}

function holdPart() {
  const timer = element('p', { class: 'countdown countdown-small', role: 'timer', 'aria-label': TEXTS.timeLeftToPay });
  const words = element('p', { class: 'small' });
  const how = element('p', { class: 'pay-lines' });
  const pay = element('div', { class: 'pay' }, element('h3', {}, TEXTS.howToPay), how);
  const node = element('div', { class: 'hold' }, timer, words, pay);
  /** @type {Api.OwnRegistration | null} */
  let held = null;

  function count() {
    if (held === null) return;
    const { event } = held;
    const now = serverNow();
    const texts = heldWords({ sale: saleOf(event, now), event, now }, held);
    setText(timer, texts.countdown ?? '');
    setShown(timer, texts.countdown !== undefined);
    setText(words, texts.words);
    setText(how, texts.pay ?? '');
    setShown(pay, Boolean(texts.pay));
  }

  return {
    node,
    count,
    /** @param {Api.OwnRegistration | null} registration */
    update(registration) {
      held = registration;
      setShown(node, held !== null);
      count();
    },
  };
}

/** @param {Api.OwnRegistration} registration */
function historyWords(registration) {
  const { status, event, registered_at: registered, confirmed_at: confirmed, seat_count: count } = registration;
  if (!isKnownStatus(status)) return unknownStatusWords(status);
  const owed =
    registration.owed_back > 0 ? TEXTS.willBeRefunded(amountWords(registration.owed_back, registration.currency)) : '';
  if (status === 'CANCELLED') return `${cancelledWords(registration)}${owed}`;
  const seats = count === 1 ? TEXTS.aSeat : countOf(count, 'seat');
  if (event.status === 'CANCELLED') {
    if (status === 'HELD') return TEXTS.heldForYouTheresNothing(count === 1 ? TEXTS.aSeatWas : TEXTS.were(seats));
    return status === 'CONFIRMED' ? TEXTS.youHad(seats, owed) : TEXTS.youWereOnTheWaitlist;
  }
  if (status === 'CONFIRMED') return TEXTS.confirmedOn(dateAndTime(confirmed ?? registered), owed);
  return status === 'HELD'
    ? TEXTS.bookedOn(dateAndTime(registered))
    : TEXTS.onTheWaitlistSince(dateAndTime(registered));
}

/** @param {Api.OwnRegistration} registration */
function cancelledWords({ cancellation, cancelled_at: cancelled, registered_at: registered, ...more }) {
  const when = dateAndTime(cancelled ?? registered);
  switch (cancellation) {
    case 'REMOVED': {
      const again = more.may_book_again ? TEXTS.youCanBookAgain : TEXTS.youCantBookAgain;
      return TEXTS.removedByTheOrganizerOn(when, more.removal_reason, again);
    }
    case 'DEACTIVATED':
      return TEXTS.cancelledOnBecauseYourAccount(when);
    case 'LAPSED':
      return TEXTS.notPaidInTimeThe(when);
    case 'PASSED':
      return TEXTS.passedOverOn(when);
    case 'PASSED_ON':
      return TEXTS.passedOnOn(when);
    case 'GIVEN_UP':
      return TEXTS.cancelledOn(when);
    default:
      return TEXTS.cancelledOn(when);
  }
}
