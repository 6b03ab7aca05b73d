// The panel with the user's own place at an event: books it, shows it, gives it up.

import { signInAddress } from '../browser/navigation.js';
import { repeat } from '../browser/polling.js';
import { serverNow } from '../server/clock.js';
import { isAbort, Problem } from '../server/failures.js';
import * as session from '../server/session.js';
import { element, setShown, setText } from '../ui/dom.js';
import { sentenceOf } from '../words/problems.js';
import { saleOf } from '../words/sales.js';
import { surelyGivenUp } from './giving-up.js';
import { ownPlace } from './own-place.js';
import { answerWords, pauseWords, placeWords } from './place-words.js';
import * as booking from './requests.js';

const PLACE_EVERY_MILLISECONDS = 4000;
const TICK_MILLISECONDS = 250;

/** @import { Progress } from '../server/retrying.js' */
/** @import { SaleCode } from '../words/sales.js' */

/**
 * The panel for an event.
 * @param {Api.Event} firstEvent
 * @param {{ signal: AbortSignal, onChanged: () => void }} options `onChanged` is called after a booking and a giving up
 */
export function placePanel(firstEvent, { signal, onChanged }) {
  let event = firstEvent;
  /** @type {Api.Registration | null} */
  let registration = null;
  let known = session.user() === null;
  /** Stops the booking or giving up that is under way. @type {AbortController | null} */
  let work = null;
  let works = 0;
  /** @type {number | null} */
  let opensAt = null;
  // How many people were in line when the user's place was read last.
  let lineThen = 0;
  let looking = false;

  const heading = element('h2', { tabindex: '-1' });
  const number = element('p', { class: 'place-number' });
  const words = element('p', { class: 'place-words' });
  const timer = element('p', { class: 'countdown', role: 'timer' });
  const answer = element('p', { class: 'place-answer', role: 'status' });
  const alert = element('p', { class: 'form-error', role: 'alert' });
  const book = element('button', { type: 'button', class: 'button button-primary button-large' });
  const signIn = element(
    'a',
    { class: 'button button-primary button-large', href: signInAddress() },
    'Sign in to book',
  );
  const stop = element('button', { type: 'button', class: 'button' }, 'Stop trying');
  const leave = element('button', { type: 'button', class: 'button button-quiet-danger' });
  const actions = element('div', { class: 'actions' }, book, signIn, stop, leave);
  const node = element('section', { class: 'panel place' }, heading, number, timer, words, answer, alert, actions);

  function show() {
    const now = serverNow();
    if (opensAt !== null && opensAt <= now) {
      opensAt = null;
      setText(alert, '');
    }
    /** @type {{ code: SaleCode, bookable: boolean }} */
    const sale = opensAt === null ? saleOf(event, now) : { code: 'early', bookable: false };
    const signedIn = session.user() !== null;
    const shown = placeWords({
      event,
      registration,
      known,
      sale,
      signedIn,
      unsettled: work === null && isUnsettled(),
      opensAt,
      now,
    });
    node.dataset.state = work ? 'working' : shown.state;
    setText(heading, shown.heading);
    setText(number, shown.number ?? '');
    setShown(number, Boolean(shown.number));
    setText(words, shown.words);
    setText(timer, shown.countdown ?? '');
    setShown(timer, Boolean(shown.countdown));
    setText(book, shown.book ?? '');
    setText(leave, shown.leave ?? '');
    const idle = work === null;
    const focusWasHere = actions.contains(document.activeElement);
    setShown(book, idle && Boolean(shown.book));
    setShown(signIn, idle && shown.signIn);
    setShown(leave, idle && Boolean(shown.leave));
    setShown(stop, !idle);
    // The pressed button is gone. The focus moves to the panel's heading and not to the top of the page.
    const focused = document.activeElement;
    if (focusWasHere && (focused === document.body || (focused instanceof HTMLElement && focused.hidden)))
      heading.focus({ preventScroll: true });
  }

  function isUnsettled() {
    return registration === null && booking.isUnsettled(event.id);
  }

  /** @param {Api.Registration | null} newest */
  function take(newest) {
    registration = newest?.status === 'CANCELLED' ? null : newest;
    known = true;
    lineThen = event.waiting;
    if (registration) booking.settle(event.id);
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

  // A stopped request may have gone through. A booking is repeated by its key, and a place is read again.
  function stopped() {
    setText(answer, 'Stopped.');
    if (registration !== null) known = false;
  }

  /** @param {unknown} error */
  function refused(error) {
    if (error instanceof Problem && error.code === 'already-registered') {
      if (error.body.registration) take(error.body.registration);
      else known = false;
      setText(answer, sentenceOf(error));
      return;
    }
    if (error instanceof Problem && error.code === 'sales-not-open' && error.body.opens_at)
      opensAt = Date.parse(error.body.opens_at);
    setText(alert, sentenceOf(error, event.time_zone));
    onChanged();
  }

  async function lookAgain() {
    if (looking || work !== null || (known && registration?.status !== 'WAITLISTED')) return;
    looking = true;
    try {
      const before = registration;
      const begun = works;
      const wasKnown = known;
      const newest = await ownPlace(event.id, signal);
      // A request that began meanwhile has a newer answer than this one.
      if (begun !== works) return;
      if (!wasKnown) setText(alert, '');
      take(newest);
      if (before?.status === 'WAITLISTED' && registration?.status === 'CONFIRMED')
        setText(answer, 'A seat became free and it is yours!');
      else if (before !== null && registration === null)
        setText(answer, 'You have no place here any more. “My places” says why.');
      // The answer names an earlier place in line.
      else if (before?.position !== registration?.position) setText(answer, '');
      show();
    } finally {
      looking = false;
    }
  }

  // Only as many people ask at once as have left the line. The others learn of their place with the next poll.
  function mayBeSeated() {
    return registration?.status === 'WAITLISTED' && (registration.position ?? 0) <= lineThen - event.waiting;
  }

  book.addEventListener('click', () =>
    working(async (progress) => {
      const made = await booking.book(event.id, progress);
      take(made);
      setText(answer, answerWords(made));
      onChanged();
    }),
  );
  leave.addEventListener('click', async () => {
    const asked = registration;
    if (asked === null || !(await surelyGivenUp(asked, event.title)) || signal.aborted || work !== null) return;
    if (registration?.id !== asked.id || registration.status !== asked.status) {
      setText(answer, 'Your place changed while you were asked, so it was kept. Please look again.');
      return;
    }
    await working(async (progress) => {
      take(await booking.giveUp(asked, progress));
      setText(answer, asked.status === 'CONFIRMED' ? 'You gave up your seat.' : 'You left the line.');
      onChanged();
    });
  });
  stop.addEventListener('click', () => work?.abort());

  let bookableBefore = saleOf(event, serverNow()).bookable;
  const tick = setInterval(() => {
    const { bookable } = saleOf(event, serverNow());
    if (bookable && !bookableBefore && registration === null) setText(answer, 'The sale is open now.');
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
      if (mayBeSeated()) lookAgain().catch(() => {});
    },
  };
}
