// The panel with the user's own place at an event: book it, see it, give it up.

import * as booking from './requests.js';
import { serverNow } from '../server/clock.js';
import { element, setShown, setText } from '../ui/dom.js';
import { surelyGivenUp } from './giving-up.js';
import { isAbort, Problem } from '../server/failures.js';
import { ownPlace } from './own-place.js';
import { placeWords } from './place-words.js';
import { repeat } from '../browser/polling.js';
import { sentenceOf } from '../words/problems.js';
import { signInAddress } from '../browser/navigation.js';
import { saleOf } from '../words/sales.js';
import * as session from '../server/session.js';

const PLACE_EVERY_MILLISECONDS = 4000;
const TICK_MILLISECONDS = 250;

/** The panel for an event: `{ node, update(event) }`. `onChanged` is called when a place was booked or given up. */
export function placePanel(firstEvent, { signal, onChanged }) {
  let event = firstEvent;
  let registration = null;
  let known = session.user() === null;
  let work = null;
  let works = 0;
  let opensAt = null;
  // How many were waiting when the place was read last.
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
    // The button that was pressed is gone: go on from the panel's heading, not from the top of the page.
    if (focusWasHere && (document.activeElement === document.body || document.activeElement.hidden))
      heading.focus({ preventScroll: true });
  }

  function isUnsettled() {
    return registration === null && booking.isUnsettled(event.id);
  }

  function take(newest) {
    registration = newest?.status === 'CANCELLED' ? null : newest;
    known = true;
    lineThen = event.waiting;
    if (registration) booking.settle(event.id);
  }

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

  // A request that was let go may have gone through: a booking is asked for again by its key, a place is looked up.
  function stopped() {
    setText(answer, 'Stopped.');
    if (registration !== null) known = false;
  }

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

  async function readPlace() {
    take(await ownPlace(event.id, signal));
    show();
  }

  async function lookAgain() {
    if (looking || work !== null || (known && registration?.status !== 'WAITLISTED')) return;
    looking = true;
    try {
      const before = registration;
      const begun = works;
      const wasKnown = known;
      const newest = await ownPlace(event.id, signal);
      // Something was begun meanwhile: its answer is newer than this one.
      if (begun !== works) return;
      if (!wasKnown) setText(alert, '');
      take(newest);
      if (before?.status === 'WAITLISTED' && registration?.status === 'CONFIRMED')
        setText(answer, 'A seat became free and it is yours!');
      // What was answered named the place in line of that moment.
      else if (before?.position !== registration?.position) setText(answer, '');
      show();
    } finally {
      looking = false;
    }
  }

  // Only as many ask at once as have left the line: the others learn of their place in their turn.
  function mayBeSeated() {
    return registration?.status === 'WAITLISTED' && registration.position <= lineThen - event.waiting;
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
    if (!(await surelyGivenUp(asked, event.title)) || signal.aborted || work !== null) return;
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
    readPlace().catch((error) => {
      if (!isAbort(error)) setText(alert, sentenceOf(error));
    });
    repeat(PLACE_EVERY_MILLISECONDS, lookAgain, signal);
  }
  show();

  return {
    node,
    update(newest) {
      event = newest;
      if (work === null) show();
      if (mayBeSeated()) lookAgain().catch(() => {});
    },
  };
}

function pauseWords(error, milliseconds) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const again = `Trying again in ${seconds}\u00a0s; it stays one request, so you cannot get two places.`;
  if (!(error instanceof Problem)) return `No answer came. ${again}`;
  if (error.code === 'outcome-unknown') return `The server lost track of your request. ${again}`;
  if (error.code === 'busy') return `The box office is very busy. ${again}`;
  return `The service is not available at the moment. ${again}`;
}

function answerWords({ status, position }) {
  if (status === 'CONFIRMED') return 'Booked. See you there!';
  if (status === 'WAITLISTED')
    return position
      ? `All seats are taken. You are number ${position} in line.`
      : 'All seats are taken. You are in line.';
  return 'This booking was given up in the meantime. You can book again.';
}
