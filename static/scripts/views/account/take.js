// The page of a link by which somebody passes a seat on.

import { answerWords, pauseWords } from '../../booking/answer-words.js';
import { ownPlaces, standing } from '../../booking/own-places.js';
import { address, go, signInAddress } from '../../browser/navigation.js';
import { serverNow } from '../../server/clock.js';
import { Problem } from '../../server/failures.js';
import { untilFinal } from '../../server/retrying.js';
import * as session from '../../server/session.js';
import { offeredSeat, takeSeat } from '../../server/transfers-api.js';
import { element, setText } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { verificationButton } from '../../ui/verification.js';
import { isolated } from '../../words/bidi.js';
import { inBothZones } from '../../words/known-times.js';
import { sentenceOf } from '../../words/problems.js';
import { timeSpan, zoneName } from '../../words/times.js';
import { forgetLink, keepLink, keptLink } from './kept-links.js';
import { takeToken } from './link-token.js';
import { offeredWords, overWords, payingWords } from './pass-on-words.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { IconName } from '../../ui/icons.js' */
/** @import { Child } from '../../ui/dom.js' */

const TEXTS = Object.freeze({
  title: 'A ticket for you',
  /** @param {string} name */
  from: (name) => `${isolated(name)} passes a ticket on to you.`,
  when: 'When',
  where: 'Where',
  ticket: 'Ticket',
  until: 'Can be taken until',
  incomplete: 'This link is not complete. Open it again from the message that it came in.',
  unknown: 'There’s no such link. Open it again from the message that it came in, or ask for another one.',
  signInFirst: 'Sign in to take the ticket. The link is kept for you.',
  signIn: 'Sign in to take it',
  signUp: 'Create account',
  take: 'Take this ticket',
  taking: 'Taking it…',
  /** @param {number} attempt */
  tryingAgain: (attempt) => `Trying again… (attempt ${attempt})`,
  taken: 'The ticket is yours. See you there!',
  haveOne: 'You already have a booking of this ticket type, so you can’t take this ticket as well.',
  showTickets: 'Show tickets',
  myTickets: 'My tickets',
  browse: 'Browse events',
});

/** After these nobody can take the seat by this link. */
const FINAL = ['transfer-over', 'event-cancelled', 'event-ended', 'not-found'];

/**
 * Shows the seat that a link offers. It is taken when the button is pressed: programs that look into messages open links,
 * and press nothing.
 * @param {Visit & { parameters: { event: string } }} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, fragment, signal }) {
  const { event: eventId } = parameters;
  const brought = takeToken(fragment);
  if (brought !== '') keepLink(eventId, brought);
  const token = keptLink(eventId);
  if (token === '') return page(element('p', {}, TEXTS.incomplete), onward());
  /** @type {Api.OfferedSeat} */
  let seat;
  /** @type {Api.OwnRegistration[]} */
  let places;
  try {
    [seat, places] = await Promise.all([
      offeredSeat(eventId, token, signal),
      session.user() === null ? [] : ownPlaces(eventId, signal),
    ]);
  } catch (error) {
    if (!(error instanceof Problem) || ![404, 409].includes(error.status)) throw error;
    if (FINAL.includes(error.code)) forgetLink(eventId);
    return page(element('p', {}, refusalWords(error)), onward());
  }
  const own = standing(places).find(({ ticket_type: type }) => type === seat.ticket_type.number);
  const over = overWords(seat, serverNow());
  return page(
    element('p', {}, TEXTS.from(seat.from)),
    element('h2', { dir: 'auto' }, seat.event.title),
    facts(seat),
    over === null ? wayToTake(seat, { eventId, token, own, signal }) : [element('p', {}, over), onward()],
  );
}

/**
 * @param {Api.OfferedSeat} seat
 * @param {{ eventId: string, token: string, own: Api.OwnRegistration | undefined, signal: AbortSignal }} options
 * @returns {Child}
 */
function wayToTake(seat, { eventId, token, own, signal }) {
  if (own !== undefined) return [element('p', { class: 'notice' }, TEXTS.haveOne), toTickets(own)];
  if (session.user() === null) return [aboutPaying(seat), ...signInFirst()];
  return takingForm(seat, { eventId, token, signal });
}

/**
 * @param {Api.OfferedSeat} seat
 * @param {{ eventId: string, token: string, signal: AbortSignal }} options
 */
function takingForm(seat, { eventId, token, signal }) {
  const { time_zone: zone } = seat.event;
  const progress = element('p', { class: 'consequences', role: 'status' });
  const proof = element('div', {});
  const made = form({
    name: TEXTS.title,
    fields: [],
    content: [progress],
    label: TEXTS.take,
    busyLabel: TEXTS.taking,
    async send() {
      try {
        const registration = await untilFinal(() => takeSeat(eventId, token, signal), {
          signal,
          onAttempt: (attempt) => setText(progress, attempt === 1 ? '' : TEXTS.tryingAgain(attempt)),
          onPause: ({ error, milliseconds }) => setText(progress, pauseWords(error, milliseconds)),
        });
        forgetLink(eventId);
        if (registration.status === 'CONFIRMED') arrive(registration);
        else end(answerWords(registration), toTickets(registration));
      } finally {
        setText(progress, '');
      }
    },
    explain(error) {
      if (!(error instanceof Problem)) return false;
      const { registration } = error.body;
      if (error.code === 'already-registered') {
        end(TEXTS.haveOne, registration === undefined ? onward() : toTickets(registration));
        return true;
      }
      if (FINAL.includes(error.code)) {
        forgetLink(eventId);
        end(refusalWords(error, zone), onward());
        return true;
      }
      proof.replaceChildren(...(error.code === 'address-unverified' ? [verificationButton()] : []));
      made.showMessage(sentenceOf(error, zone));
      return true;
    },
  });
  const node = element('div', { class: 'stack' }, aboutPaying(seat), made.node, proof);

  /** @param {Api.Registration} registration */
  function arrive({ id }) {
    toast(TEXTS.taken, 'good');
    if (!signal.aborted) go(address('tickets', eventId, id), { replace: true });
  }

  /**
   * @param {string} words
   * @param {HTMLElement} way
   */
  function end(words, way) {
    node.replaceChildren(element('p', { class: 'notice', role: 'status' }, words), way);
    // The pressed button is gone.
    way.focus();
  }

  return node;
}

/** @param {Api.OfferedSeat} seat */
function aboutPaying(seat) {
  const words = payingWords(seat);
  return words !== '' && element('p', { class: 'soft' }, words);
}

/**
 * @param {Problem} problem
 * @param {string} [zone]
 */
function refusalWords(problem, zone) {
  return problem.code === 'not-found' ? TEXTS.unknown : sentenceOf(problem, zone);
}

/** @param {Api.OfferedSeat} seat */
function facts(seat) {
  const { starts_at: start, ends_at: end, time_zone: zone, location: where } = seat.event;
  return element(
    'dl',
    { class: 'facts' },
    fact('clock', TEXTS.when, `${timeSpan(start, end, zone)}, ${zoneName(zone, start)}`),
    fact('pin', TEXTS.where, element('bdi', {}, where)),
    fact('ticket', TEXTS.ticket, offeredWords(seat)),
    fact('clock', TEXTS.until, inBothZones(seat.expires_at, zone)),
  );
}

/**
 * @param {IconName} name
 * @param {string} label
 * @param {Child} value
 */
function fact(name, label, value) {
  return element('div', { class: 'fact' }, icon(name), element('dt', {}, label), element('dd', {}, value));
}

function signInFirst() {
  const signIn = signInAddress();
  return [
    element('p', {}, TEXTS.signInFirst),
    element(
      'div',
      { class: 'actions' },
      element('a', { class: 'button button-primary', href: signIn }, TEXTS.signIn),
      element('a', { class: 'button', href: signIn.replace(/^\/sign-in/, '/sign-up') }, TEXTS.signUp),
    ),
  ];
}

/** @param {Pick<Api.Registration, 'id' | 'event_id' | 'status'>} registration */
function toTickets({ id, event_id: event, status }) {
  if (status !== 'CONFIRMED') return element('a', { class: 'button', href: '/tickets' }, TEXTS.myTickets);
  const href = address('tickets', event, id);
  return element('a', { class: 'button button-primary', href }, icon('ticket'), TEXTS.showTickets);
}

/** The seat may be the reader's already: people open an old link to find their ticket. */
function onward() {
  return session.user() === null
    ? element('a', { class: 'button', href: '/events' }, TEXTS.browse)
    : element('a', { class: 'button', href: '/tickets' }, TEXTS.myTickets);
}

/**
 * @param {...Child} children
 * @returns {Page}
 */
function page(...children) {
  const node = element('section', { class: 'panel panel-narrow' }, element('h1', {}, TEXTS.title), children);
  return { title: TEXTS.title, node };
}
