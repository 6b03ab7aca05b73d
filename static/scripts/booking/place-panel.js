// The panel of an event's seats and the user's own bookings: books, shows them, takes fewer seats, cancels them.

import { alarm } from '../browser/alarm.js';
import { repeatWhileHidden } from '../browser/background.js';
import { repeat } from '../browser/polling.js';
import { pressOver } from '../browser/pressing.js';
import { serverNow } from '../server/clock.js';
import { isAbort, Problem } from '../server/failures.js';
import * as session from '../server/session.js';
import { element, setShown, setText } from '../ui/dom.js';
import { sentenceOf } from '../words/problems.js';
import { nextMoment } from '../words/sale-moments.js';
import { saleOf } from '../words/sales.js';
import { countdown } from '../words/times.js';
import { actionBar } from './action-bar.js';
import { bookAgreed } from './agreed.js';
import { answerWords, CHANGED_MEANWHILE, changeWords, fewerAnswerWords, pauseWords } from './answer-words.js';
import { barWords } from './bar-words.js';
import { choosing } from './choosing.js';
import { fewerSeats } from './fewer-dialog.js';
import { givenUpWords, surelyGivenUp } from './giving-up.js';
import { isLookDue, mayHaveMoved } from './looking.js';
import { momentsOf, nextSecond } from './moments.js';
import { noticePart } from './notice-part.js';
import { ownPlaces, standing } from './own-places.js';
import { ownWords, seatsOffered } from './own-words.js';
import { placeParts } from './place-parts.js';
import { bookingWords } from './place-words.js';
import { proofPart } from './proof-part.js';
import * as booking from './requests.js';
import { seatsPart } from './seats-part.js';
import { tellAway } from './telling-away.js';

const TEXTS = Object.freeze({
  bookAnotherTicketType: 'Book another ticket type',
  theSaleIsOpenNow: 'The sale is open now.',
  yourBookings: 'Your bookings',
  /** @param {number} attempt */
  tryingAgainAttempt: (attempt) => `Trying again (attempt ${attempt})…`,
  stopped: 'Stopped.',
  bookingYourSeat: 'Booking your seat…',
  nothingWasBooked: 'Nothing was booked.',
  cancellingYourBooking: 'Cancelling your booking…',
  fewerSeats: 'Fewer seats',
  takeTheAvailableSeat: 'Take the available seat?',
  /** @param {number} free */
  takeTheAvailableSeats: (free) => `Take the ${free} available seats?`,
  changingYourBooking: 'Changing your booking…',
});

const PLACE_EVERY_MILLISECONDS = 4000;
// A reader of another tab can wait a little longer to hear of it.
const HIDDEN_EVERY_MILLISECONDS = 30_000;
// While a sale is early people choose, so that they are quick.
/** @type {SaleCode[]} */
const CHOOSING = ['early', 'open', 'full'];
/** Refusals after which the prices of a code are to be read again. */
const STALE_PRICES = [
  'code-used-up',
  'price-closed',
  'price-not-open',
  'price-sold-out',
  'unknown-price',
  'wrong-code',
];

/** @import { Progress } from '../server/retrying.js' */
/** @import { SaleCode } from '../words/sales.js' */
/** @import { Wanted } from './choice.js' */
/** @import { Remaining } from './fewer.js' */
/** @import { OwnTexts } from './held-words.js' */
/** @import { PlaceTexts, Situation } from './place-words.js' */

/**
 * The panel for an event.
 * @param {Api.Event} firstEvent
 * @param {{ code?: string, signal: AbortSignal, onChanged: () => void }} options `code` comes from a link; `onChanged` is
 *   called after each change of the user's places
 */
export function placePanel(firstEvent, { code = '', signal, onChanged }) {
  let event = firstEvent;
  /** Those that are not cancelled. @type {Api.Registration[]} */
  let places = [];
  let known = session.user() === null;
  /** Stops the request that is under way. @type {AbortController | null} */
  let work = null;
  let works = 0;
  /** @type {number | null} */
  let opensAt = null;
  // The event as it was when the user's places were read last, and when that was.
  let eventThen = firstEvent;
  let lookedAt = 0;
  let looking = false;
  /** The texts that are shown. @type {{ own: OwnTexts[], booking: PlaceTexts | null }} */
  let shown = { own: [], booking: null };
  let countedAt = serverNow();
  /** When other texts are due by themselves. @type {number | null} */
  let changesAt = null;
  let wasBookable = saleOf(event, countedAt).bookable;
  // Whether somebody with a booking wants one of another ticket type, too.
  let wantsMore = false;

  const heading = element('h2', { tabindex: '-1' });
  const parts = placeParts({ onLeave: leave, onFewer: takeFewer, onTake: takeFree });
  const notices = noticePart();
  const seats = seatsPart();
  // A second press of the button that has just booked must not book another type.
  const another = element(
    'button',
    { type: 'button', class: 'button', 'aria-expanded': 'false', hidden: true },
    TEXTS.bookAnotherTicketType,
  );
  // In the room of the button that comes when the booking is known: nothing on the page is to jump.
  const unknown = element('p', { class: 'place-unknown' });
  const words = element('p', { class: 'place-words' });
  const timer = element('p', { class: 'countdown', role: 'timer' });
  const choice = choosing(event, {
    code,
    signal,
    onChosen() {
      setText(alert, '');
      show();
    },
    onUnlocked: show,
  });
  const choiceBox = element('div', {}, choice.node);
  const answer = element('p', { class: 'place-answer', role: 'status' });
  const alert = element('p', { class: 'form-error', role: 'alert' });
  const proof = proofPart();
  const bar = actionBar({
    onBook: bookOrAsk,
    onStop: () => work?.abort(),
    onWay: () => node.scrollIntoView({ block: 'start' }),
  });
  const node = element(
    'section',
    { class: 'panel place' },
    heading,
    parts.node,
    notices.node,
    timer,
    seats.node,
    another,
    choiceBox,
    words,
    answer,
    alert,
    proof.node,
    unknown,
    bar.node,
  );
  const clock = alarm(nextTick, tick, signal);

  function show() {
    const now = serverNow();
    if (opensAt !== null && opensAt <= now) {
      opensAt = null;
      setText(alert, '');
    }
    /** @type {{ code: SaleCode, bookable: boolean }} */
    const sale = opensAt === null ? saleOf(event, now) : { code: 'early', bookable: false };
    if (sale.bookable && !wasBookable && places.length === 0) setText(answer, TEXTS.theSaleIsOpenNow);
    wasBookable = sale.bookable;
    const unsettled = work === null && isUnsettled();
    choice.update(event, new Set(places.map(({ ticket_type: type }) => type)));
    const may = CHOOSING.includes(sale.code) && choice.isPossible();
    choiceBox.inert = work !== null;
    choice.show();
    /** @type {Situation} */
    const situation = {
      event,
      known,
      sale,
      signedIn: session.user() !== null,
      unsettled,
      opensAt,
      choice: choice.words(),
      now,
    };
    // A booking that may have changed is not shown until it is read again.
    const current = known ? places : [];
    const isMore = current.length > 0 && may;
    const isOffered = current.length === 0 || (isMore && (unsettled || wantsMore));
    const texts = bookingWords(situation);
    shown = {
      own: current.map((place) => ownWords(situation, place)),
      booking: isOffered ? texts : null,
    };
    changesAt = nextMoment([opensAt, ...momentsOf(event, current), ...choice.moments()], now);
    // Also while the booking is looked up, unseen: most people have none yet, and the choice has its room.
    proof.show(event, CHOOSING.includes(sale.code) && isOffered);
    setShown(choiceBox, may && isOffered && !unsettled && situation.choice !== null);
    put(current, texts, sale.code, isMore && work === null && !unsettled);
    countedAt = now;
    clock.set();
  }

  /**
   * Puts the texts into the nodes.
   * @param {Api.Registration[]} current the user's bookings
   * @param {PlaceTexts} texts of a booking, whether one is offered or not
   * @param {SaleCode} sale
   * @param {boolean} offersMore whether another ticket type can be asked for
   */
  function put(current, texts, sale, offersMore) {
    const idle = work === null;
    const { own, booking: offered } = shown;
    const [first, ...others] = own;
    const focusWasHere = node.contains(document.activeElement);
    node.dataset.state = idle ? (first?.state ?? texts.state) : 'working';
    node.classList.toggle('has-places', first !== undefined);
    node.classList.toggle('is-first-look', !known && lookedAt === 0 && alert.textContent === '');
    setText(heading, first === undefined ? texts.heading : others.length === 0 ? first.heading : TEXTS.yourBookings);
    parts.update(current, own, { event, idle });
    notices.update(own.some(({ state }) => state === 'waiting'));
    seats.update(event, { sale, choosing: !choiceBox.hidden && choice.showsTypes() });
    another.setAttribute('aria-expanded', String(wantsMore));
    setShown(another, offersMore);
    showText(unknown, known ? '' : texts.words);
    showText(words, (known ? offered?.words : choiceBox.hidden ? '' : choice.words()?.words) ?? '');
    showText(timer, offered?.countdown ?? '');
    bar.update(barWords({ own, booking: offered, sum: choiceBox.hidden ? null : choice.sum(), event }), {
      book: idle ? (offered?.book ?? null) : null,
      signIn: idle ? (offered?.signIn ?? null) : null,
      stop: !idle,
    });
    if (!idle) bar.tell(answer.textContent);
    if (focusWasHere) keepFocus();
  }

  /** The milliseconds until something is to be shown that time alone has changed. Work that ends shows everything anew. */
  function nextTick() {
    if (work !== null) return null;
    const now = serverNow();
    const second = nextSecond(
      [shown.booking, ...shown.own].map((texts) => texts?.countsTo),
      now,
    );
    const change = changesAt === null ? null : Math.max(0, changesAt - now);
    return second === null || change === null ? (second ?? change) : Math.min(second, change);
  }

  function tick() {
    if (work !== null) return;
    const now = serverNow();
    if (changesAt !== null && now >= changesAt) show();
    else count(now);
  }

  /**
   * Counts down, and touches nothing else.
   * @param {number} now
   */
  function count(now) {
    parts.count(countedAt, now);
    countedAt = now;
    const ends = [shown.booking, ...shown.own].flatMap((texts) => texts?.countsTo ?? []);
    const offered = shown.booking?.countsTo;
    if (offered !== undefined) setText(timer, countdown(offered - now));
    if (ends.length > 0) bar.count(countdown((offered ?? Math.min(...ends)) - now));
  }

  // The pressed button is gone. The focus moves to the panel's heading and not to the top of the page.
  function keepFocus() {
    const focused = document.activeElement;
    if (focused === document.body || (focused instanceof HTMLElement && focused.closest('[hidden]') !== null))
      heading.focus({ preventScroll: true });
  }

  function isUnsettled() {
    if (!booking.isUnsettled(event.id)) return false;
    const type = booking.wantedBefore(event.id)?.ticket_type;
    return !places.some((place) => type === undefined || place.ticket_type === type);
  }

  /** @param {Api.Registration[]} newest */
  function take(newest) {
    places = standing(newest);
    known = true;
    eventThen = event;
    if (booking.isUnsettled(event.id) && !isUnsettled()) booking.settle(event.id);
  }

  /** @param {Api.Registration} newest */
  function takeOne(newest) {
    take([...places.filter(({ id }) => id !== newest.id), newest]);
  }

  /** @param {string} text about the work that is under way */
  function say(text) {
    setText(answer, text);
    bar.tell(text);
  }

  /**
   * @param {string} what is under way, in words
   * @param {(progress: Progress) => Promise<void>} task
   */
  async function working(what, task) {
    const stopping = new AbortController();
    work = stopping;
    works += 1;
    setText(alert, '');
    proof.refuse(false);
    show();
    try {
      await task({
        signal: AbortSignal.any([signal, stopping.signal]),
        onAttempt: (attempt) => say(attempt === 1 ? what : TEXTS.tryingAgainAttempt(attempt)),
        onPause: ({ error, milliseconds }) => say(pauseWords(error, milliseconds)),
      });
    } catch (error) {
      setText(answer, '');
      if (!isAbort(error)) refused(error);
      else if (!signal.aborted) stopped();
    } finally {
      if (work === stopping) work = null;
      if (!signal.aborted) show();
    }
  }

  // A stopped request may have gone through. A booking is repeated by its key, and places are read again.
  function stopped() {
    setText(answer, TEXTS.stopped);
    if (places.length > 0) known = false;
  }

  /** @param {unknown} error */
  function refused(error) {
    if (error instanceof Problem && ['already-registered', 'more-seats'].includes(error.code)) {
      if (error.body.registration) takeOne(error.body.registration);
      else known = false;
      setText(answer, sentenceOf(error));
      return;
    }
    if (error instanceof Problem && error.code === 'sales-not-open' && error.body.opens_at)
      opensAt = Date.parse(error.body.opens_at);
    setText(alert, sentenceOf(error, event.time_zone));
    proof.refuse(error instanceof Problem && error.code === 'address-unverified');
    // The bar was pressed, which may be far below.
    alert.scrollIntoView({ block: 'nearest' });
    if (error instanceof Problem && STALE_PRICES.includes(error.code)) choice.lookAgain();
    onChanged();
  }

  async function lookAgain() {
    if (looking || work !== null || (known && !isLookDue(places, serverNow(), lookedAt))) return;
    await look();
  }

  async function look() {
    looking = true;
    try {
      const before = places;
      const begun = works;
      const wasKnown = known;
      const newest = await ownPlaces(event.id, signal);
      lookedAt = serverNow();
      await pressOver();
      // A request that began meanwhile has a newer answer than this one.
      if (begun !== works) return;
      if (!wasKnown) setText(alert, '');
      take(newest);
      const changes = before.map((place) =>
        changeWords(
          place,
          newest.find(({ id }) => id === place.id),
        ),
      );
      const told = changes.filter((change) => change !== null);
      if (told.length > 0) {
        setText(answer, told.join(' '));
        tellAway(event.title, before, newest);
        onChanged();
      }
      // The answer names an earlier position on the waitlist.
      else if (before.some(({ id, position }) => newest.some((one) => one.id === id && one.position !== position)))
        setText(answer, '');
      show();
    } finally {
      looking = false;
    }
  }

  /** @param {Wanted | null} wanted */
  async function bookNow(wanted) {
    await working(TEXTS.bookingYourSeat, async (progress) => {
      const made = await bookAgreed(event, wanted, { progress, onDiffers: onChanged });
      if (made === null) {
        setText(answer, TEXTS.nothingWasBooked);
        return;
      }
      takeOne(made);
      choice.forget();
      wantsMore = false;
      setText(answer, answerWords(made));
      onChanged();
    });
  }

  /**
   * Whether a booking is still as it was when the user was asked about it.
   * @param {Api.Registration} asked
   */
  function isAsAsked(asked) {
    const now = places.find(({ id }) => id === asked.id);
    if (now?.status === asked.status && now.seat_count === asked.seat_count) return true;
    setText(answer, CHANGED_MEANWHILE);
    return false;
  }

  /** @param {Api.Registration} asked */
  async function leave(asked) {
    if (!(await surelyGivenUp(asked, event.title)) || signal.aborted || work !== null || !isAsAsked(asked)) return;
    await working(TEXTS.cancellingYourBooking, async (progress) => {
      const after = await booking.giveUp(asked, progress);
      takeOne(after);
      setText(answer, givenUpWords(asked, after));
      onChanged();
    });
  }

  /** @param {Api.Registration} asked */
  async function takeFewer(asked) {
    const options = { title: TEXTS.fewerSeats, most: asked.seat_count, taking: false };
    await reduce(asked, await fewerSeats(asked, options));
  }

  /** @param {Api.Registration} asked */
  async function takeFree(asked) {
    const free = seatsOffered(event, asked);
    if (free === 0) return;
    const title = free === 1 ? TEXTS.takeTheAvailableSeat : TEXTS.takeTheAvailableSeats(free);
    await reduce(asked, await fewerSeats(asked, { title, most: free, taking: true }));
  }

  /**
   * @param {Api.Registration} asked
   * @param {Remaining | null} remaining
   */
  async function reduce(asked, remaining) {
    if (remaining === null || signal.aborted || work !== null) return;
    await working(TEXTS.changingYourBooking, async (progress) => {
      // With the status that was shown: somebody who was seated meanwhile has not agreed to fewer.
      const after = await booking.takeFewer(asked, { seats: remaining, status: asked.status }, progress);
      takeOne(after);
      setText(answer, fewerAnswerWords(asked, after));
      onChanged();
    });
  }

  function bookOrAsk() {
    const missing = isUnsettled() || choice.words() === null ? null : choice.missing();
    if (missing === null) {
      bookNow(choice.wanted());
      return;
    }
    setText(alert, missing);
    choice.focus();
  }

  another.addEventListener('click', () => {
    wantsMore = !wantsMore;
    show();
  });

  if (session.user() !== null) {
    lookAgain().catch((error) => {
      if (isAbort(error)) return;
      setText(alert, sentenceOf(error));
      if (work === null) show();
    });
    repeat(PLACE_EVERY_MILLISECONDS, lookAgain, signal);
    repeatWhileHidden(HIDDEN_EVERY_MILLISECONDS, lookAgain, signal);
  }
  show();

  return {
    node,
    tellConnection: seats.tellConnection,
    /** @param {Api.Event} newest */
    update(newest) {
      event = newest;
      if (work === null) show();
      // Only as many people ask at once as have left the waitlist. The others learn of their position with the next poll.
      if (!looking && work === null && mayHaveMoved(places, eventThen, event)) look().catch(() => {});
    },
  };
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
function showText(node, text) {
  setText(node, text);
  setShown(node, text !== '');
}
