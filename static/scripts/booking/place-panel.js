// The panel with the user's own places at an event: books, shows them, takes fewer seats, gives them up.

import { signInAddress } from '../browser/navigation.js';
import { repeat } from '../browser/polling.js';
import { serverNow } from '../server/clock.js';
import { isAbort, Problem } from '../server/failures.js';
import * as session from '../server/session.js';
import { element, setShown, setText } from '../ui/dom.js';
import { sentenceOf } from '../words/problems.js';
import { saleOf } from '../words/sales.js';
import { bookAgreed } from './agreed.js';
import { answerWords, changeWords, fewerAnswerWords, pauseWords } from './answer-words.js';
import { choosing } from './choosing.js';
import { fewerSeats } from './fewer-dialog.js';
import { givenUpWords, surelyGivenUp } from './giving-up.js';
import { isLookDue, mayHaveMoved } from './looking.js';
import { ownPlaces, standing } from './own-places.js';
import { ownWords, seatsOffered } from './own-words.js';
import { placeParts } from './place-parts.js';
import { bookingWords } from './place-words.js';
import * as booking from './requests.js';

const PLACE_EVERY_MILLISECONDS = 4000;
const TICK_MILLISECONDS = 250;
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
/** @import { Situation } from './place-words.js' */

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
  let shownAt = serverNow();
  // Whether somebody with a place wants one of another ticket type, too.
  let wantsMore = false;

  const heading = element('h2', { tabindex: '-1' });
  const parts = placeParts({ onLeave: leave, onFewer: takeFewer, onTake: takeFree });
  // A second press of the button that has just booked must not book another type.
  const another = element(
    'button',
    { type: 'button', class: 'button', 'aria-expanded': 'false', hidden: true },
    'Book another ticket type',
  );
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
  const book = element('button', { type: 'button', class: 'button button-primary button-large' });
  const signIn = element(
    'a',
    { class: 'button button-primary button-large', href: signInAddress() },
    'Sign in to book',
  );
  const stop = element('button', { type: 'button', class: 'button' }, 'Stop trying');
  const actions = element('div', { class: 'actions place-actions' }, book, signIn, stop);
  const node = element(
    'section',
    { class: 'panel place' },
    heading,
    parts.node,
    another,
    timer,
    choiceBox,
    words,
    answer,
    alert,
    actions,
  );

  function show() {
    const now = serverNow();
    if (opensAt !== null && opensAt <= now) {
      opensAt = null;
      setText(alert, '');
    }
    /** @type {{ code: SaleCode, bookable: boolean }} */
    const sale = opensAt === null ? saleOf(event, now) : { code: 'early', bookable: false };
    const idle = work === null;
    const unsettled = idle && isUnsettled();
    choice.update(event, new Set(places.map(({ ticket_type: type }) => type)));
    const may = CHOOSING.includes(sale.code) && choice.isPossible();
    choiceBox.inert = !idle;
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
    const shown = bookingWords(situation);
    // A place that may have changed is not shown until it is read again.
    const current = known ? places : [];
    const texts = current.map((place) => ownWords(situation, place));
    const isMore = current.length > 0 && may;
    const isOffered = current.length === 0 || (isMore && (unsettled || wantsMore));
    another.setAttribute('aria-expanded', String(wantsMore));
    setShown(choiceBox, known && may && isOffered && !unsettled);
    const [first, ...others] = texts;
    node.dataset.state = work ? 'working' : (first?.state ?? shown.state);
    node.classList.toggle('is-alone', texts.length === 1 && !isMore);
    node.classList.toggle('has-places', isMore);
    setText(heading, first === undefined ? shown.heading : others.length === 0 ? first.heading : 'Your places');
    parts.update(current, texts, { idle, before: shownAt, now });
    setShown(another, isMore && idle && !unsettled);
    showText(words, isOffered ? shown.words : '');
    showText(timer, isOffered ? (shown.countdown ?? '') : '');
    setText(book, shown.book ?? '');
    const focusWasHere = node.contains(document.activeElement);
    setShown(book, idle && isOffered && Boolean(shown.book));
    setShown(signIn, idle && isOffered && shown.signIn);
    setShown(stop, !idle);
    shownAt = now;
    if (focusWasHere) keepFocus();
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

  /** @param {(progress: Progress) => Promise<void>} task */
  async function working(task) {
    const stopping = new AbortController();
    work = stopping;
    works += 1;
    setText(alert, '');
    show();
    try {
      await task({
        signal: AbortSignal.any([signal, stopping.signal]),
        onAttempt: (attempt) =>
          setText(answer, attempt === 1 ? 'Asking the box office…' : `Asking again (attempt ${attempt})…`),
        onPause: ({ error, milliseconds }) => setText(answer, pauseWords(error, milliseconds)),
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
    setText(answer, 'Stopped.');
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
        onChanged();
      }
      // The answer names an earlier place in line.
      else if (before.some(({ id, position }) => newest.some((one) => one.id === id && one.position !== position)))
        setText(answer, '');
      show();
    } finally {
      looking = false;
    }
  }

  /** @param {Wanted | null} wanted */
  async function bookNow(wanted) {
    await working(async (progress) => {
      const made = await bookAgreed(event, wanted, { progress, onDiffers: onChanged });
      if (made === null) {
        setText(answer, 'Nothing was booked.');
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
   * Whether a place is still as it was when the user was asked about it.
   * @param {Api.Registration} asked
   */
  function isAsAsked(asked) {
    const now = places.find(({ id }) => id === asked.id);
    if (now?.status === asked.status && now.seat_count === asked.seat_count) return true;
    setText(answer, 'Your place changed while you were asked, so it was kept. Please look again.');
    return false;
  }

  /** @param {Api.Registration} asked */
  async function leave(asked) {
    if (!(await surelyGivenUp(asked, event.title)) || signal.aborted || work !== null || !isAsAsked(asked)) return;
    await working(async (progress) => {
      const after = await booking.giveUp(asked, progress);
      takeOne(after);
      setText(answer, givenUpWords(asked, after));
      onChanged();
    });
  }

  /** @param {Api.Registration} asked */
  async function takeFewer(asked) {
    const options = { title: 'Fewer seats', most: asked.seat_count, taking: false };
    await reduce(asked, await fewerSeats(asked, options));
  }

  /** @param {Api.Registration} asked */
  async function takeFree(asked) {
    const free = seatsOffered(event, asked);
    if (free === 0) return;
    const title = free === 1 ? 'Take the one seat that is free?' : `Take the ${free} seats that are free?`;
    await reduce(asked, await fewerSeats(asked, { title, most: free, taking: true }));
  }

  /**
   * @param {Api.Registration} asked
   * @param {Remaining | null} remaining
   */
  async function reduce(asked, remaining) {
    if (remaining === null || signal.aborted || work !== null) return;
    await working(async (progress) => {
      // With the status that was shown: somebody who was seated meanwhile has not agreed to fewer.
      const after = await booking.takeFewer(asked, { seats: remaining, status: asked.status }, progress);
      takeOne(after);
      setText(answer, fewerAnswerWords(asked, after));
      onChanged();
    });
  }

  book.addEventListener('click', () => {
    const missing = isUnsettled() || choice.words() === null ? null : choice.missing();
    if (missing === null) {
      bookNow(choice.wanted());
      return;
    }
    setText(alert, missing);
    choice.focus();
  });
  another.addEventListener('click', () => {
    wantsMore = !wantsMore;
    show();
  });
  stop.addEventListener('click', () => work?.abort());

  let bookableBefore = saleOf(event, serverNow()).bookable;
  const tick = setInterval(() => {
    const { bookable } = saleOf(event, serverNow());
    if (bookable && !bookableBefore && places.length === 0) setText(answer, 'The sale is open now.');
    bookableBefore = bookable;
    if (work === null) show();
  }, TICK_MILLISECONDS);
  signal.addEventListener('abort', () => clearInterval(tick), { once: true });

  if (session.user() !== null) {
    lookAgain().catch((error) => {
      if (!isAbort(error)) setText(alert, sentenceOf(error));
    });
    repeat(PLACE_EVERY_MILLISECONDS, lookAgain, signal);
  }
  show();

  return {
    node,
    /** @param {Api.Event} newest */
    update(newest) {
      event = newest;
      if (work === null) show();
      // Only as many people ask at once as have left the line. The others learn of their place with the next poll.
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
