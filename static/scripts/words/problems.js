// Problems in sentences for people.

import { Problem, Unreachable } from '../server/failures.js';
import { counted, countOf } from './numbers.js';
import { TICKET_SENTENCES } from './ticket-problems.js';
import { at } from './times.js';

/** @type {Record<string, (problem: Problem, zone?: string) => string>} */
const SENTENCES = {
  ...TICKET_SENTENCES,
  'already-registered': () => 'You already have a place at this event.',
  'body-too-large': () => 'That is more text than the server takes at once. Please shorten it.',
  busy: () => 'The box office is very busy and did not get to your request. Nothing was changed; please try again.',
  'cancelling-ended': ({ body }, zone) =>
    `Places can no longer be given up${at(body.ended_at, zone, ': that ended on ')}.`,
  'capacity-raise-too-large': ({ body }) =>
    `That would seat too many waiting people in one step. Set at most ${counted(body.capacity_at_most)} seats now, then raise again.`,
  'coming-events': () =>
    'You have events that are still to come. Please hand them over to another organizer, or cancel them, or delete the drafts.',
  'edit-conflict': () => 'Somebody else changed this event after you opened it. Nothing of yours was saved yet.',
  'email-taken': () => 'There is already an account with this e-mail address. Sign in instead?',
  'event-cancelled': () => 'This event was cancelled, so its places no longer change.',
  'event-ended': () => 'This event is over, so its places no longer change.',
  'event-not-published': () => 'This event is still a draft. It can be booked once it is published.',
  'event-under-test': () => 'This event is being stress-tested. Booking is possible again when the test is undone.',
  forbidden: () => 'Your account may not do this.',
  'last-admin': () =>
    'This is the last active administrator. Make somebody else one first, or nobody could run this system.',
  'malformed-json': () => 'The server could not read the request. Please reload the page and try again.',
  'malformed-header': () => 'The server could not read the request. Please reload the page and try again.',
  'method-not-allowed': () => 'The server does not do this here. Please reload the page and try again.',
  'not-found': () => 'This does not exist, or it is not for you to see.',
  'not-a-draft': () => 'This event is no draft any more, so it can only be cancelled.',
  'outcome-unknown': () => 'The server lost track of whether this went through. Asking again finds out, and is safe.',
  'own-password': () => 'This is your own account. Change its password on your account page, with the old one.',
  'registration-removed': () =>
    'The organizer has removed your booking of this event, so you cannot book it again. “My places” has the reason.',
  'request-timeout': () => 'The connection is very slow: your request did not arrive in time. Please try again.',
  'sales-closed': ({ body }, zone) => `The sale is over${at(body.closed_at, zone, ': it closed on ')}.`,
  'sales-not-open': ({ body }, zone) => `The sale has not begun yet${at(body.opens_at, zone, ': it opens on ')}.`,
  'simulation-running': () => 'A stress test is already running. Only one can run at a time.',
  'token-expired': () => 'Your session has ended. Please sign in again.',
  'too-many-accounts': ({ body, retryAfterSeconds }) =>
    `${counted(body.limit)} accounts were made from your address in ${countOf(body.window_minutes, 'minute')}, which is the limit. Please wait ${retryAfterSeconds ? countOf(Math.ceil(retryAfterSeconds), 'second') : 'a while'} and try again.`,
  'too-many-attempts': ({ retryAfterSeconds }) =>
    `Too many attempts. Please wait ${retryAfterSeconds ? countOf(Math.ceil(retryAfterSeconds), 'second') : 'a while'} and try again.`,
  'too-many-edits': () => 'This event has been edited too often, so it can no longer be edited.',
  'too-many-events': () => 'The account has reached its limit of events, so it cannot have another one.',
  'too-many-registrations': () => 'Your bookings of this event were cancelled too often, so you cannot book it again.',
  unauthenticated: () => 'Please sign in first.',
  unavailable: () => 'The service is not available at the moment. Please try again soon.',
  'unsupported-media-type': () => 'The server could not read the request. Please reload the page and try again.',
};

/** The API's field names, in the words of the labels. @type {Record<string, string>} */
const FIELD_WORDS = {
  starts_at: 'the start',
  ends_at: 'the end',
  sales_open_at: 'the opening of the sale',
  sales_close_at: 'the close of the sale',
  cancel_until: 'the end of giving up',
};

/** The codes of all problems that the page has words of its own for. */
export const PROBLEM_CODES = Object.keys(SENTENCES);

/**
 * An error in a sentence.
 * @param {unknown} error
 * @param {string} [timeZone] of times in the sentence; the reader's own by default
 */
export function sentenceOf(error, timeZone) {
  if (error instanceof Unreachable) return 'The server cannot be reached. Please check your connection and try again.';
  if (!(error instanceof Problem)) {
    console.error(error);
    return 'Something went wrong in this page. Please reload it and try again.';
  }
  const known = Object.hasOwn(SENTENCES, error.code) ? SENTENCES[error.code] : undefined;
  if (known) return known(error, timeZone);
  const reference = error.requestId ? ` If you report this, please give the number ${error.requestId}.` : '';
  if (error.status >= 500) return `The server made a mistake.${reference}`;
  return capitalised(error.message);
}

/**
 * The server's reason for refusing a field, as a sentence.
 * @param {Problem} problem
 */
export function fieldSentenceOf(problem) {
  const field = problem.body.field;
  const reason = String(problem.body.reason ?? problem.message).replace(
    new RegExp(`^\`?${escaped(field)}\`?:?\\s*`),
    '',
  );
  const subject = /^(must|is|has|cannot)\b/.test(reason) ? `this ${reason}` : reason;
  const worded = subject.replace(/\b[a-z]+(_[a-z]+)+\b/g, (word) => FIELD_WORDS[word] ?? word);
  const sentence = capitalised(worded);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** @param {string} text */
function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {unknown} text */
function escaped(text) {
  return String(text).replace(/[^\w]/g, '\\$&');
}
