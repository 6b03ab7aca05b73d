// Problems in sentences for people.

import { Problem, Unreachable } from '../server/failures.js';
import { counted, countOf } from './numbers.js';
import { capitalised } from './text.js';
import { TICKET_SENTENCES } from './ticket-problems.js';
import { at } from './times.js';

const UNREADABLE = 'The server couldn’t read the request. Reload the page and try again.';

/** @type {Record<string, (problem: Problem, zone?: string) => string>} */
const SENTENCES = {
  ...TICKET_SENTENCES,
  'address-unverified': () => 'Confirm your e-mail address first: this event is for people with a confirmed one.',
  'already-registered': () => 'You already have a booking for this event.',
  'audience-grew': ({ body }) =>
    `Meanwhile ${countOf(body.people, 'person', 'people')} would get it. Nothing was sent. Send it again if that is right.`,
  'body-too-large': () => 'That’s more text than fits. Shorten it and try again.',
  'booking-not-confirmed': () => 'Only a confirmed booking has tickets.',
  busy: () => 'We’re very busy and didn’t get to your request. Nothing was changed. Try again.',
  'cancelling-ended': ({ body }, zone) =>
    `Bookings can no longer be cancelled${at(body.ended_at, zone, ': that ended on ')}.`,
  'capacity-raise-too-large': ({ body }) =>
    `That would give seats to too many people on the waitlist in one step. Set at most ${counted(body.capacity_at_most)} seats now, then raise it again.`,
  'checked-in': () => 'Somebody is in with the ticket that would end. The staff at the door can undo that.',
  'coming-events': () =>
    'You have upcoming events. Hand them over to another organizer, cancel them, or delete the drafts first.',
  'edit-conflict': () => 'Somebody else changed this event after you opened it. Your changes aren’t saved yet.',
  'email-taken': () => 'There’s already an account with this e-mail address. Sign in instead?',
  'event-cancelled': () => 'This event was cancelled, so its bookings can no longer change.',
  'event-ended': () => 'This event is over, so its bookings can no longer change.',
  'event-not-published': () => 'This event is still a draft. It can be booked once it’s published.',
  'event-under-test': () => 'This event is under test. Bookings are paused until the test is undone.',
  forbidden: () => 'Your account isn’t allowed to do this.',
  'last-admin': () => 'This is the last active administrator. Make somebody else an administrator first.',
  'link-of-another': () =>
    'This link belongs to another account. Sign in with that account, and open the link from the e-mail again.',
  'link-not-valid': () => 'This link has been used or has expired. Ask for another one.',
  'mail-off': () => 'This server sends no e-mail. Ask an administrator.',
  'malformed-json': () => UNREADABLE,
  'malformed-header': () => UNREADABLE,
  'method-not-allowed': () => UNREADABLE,
  'names-closed': ({ body }, zone) =>
    `Names can no longer be filled in${at(body.closed_at, zone, ': that ended on ')}.`,
  'names-off': () => 'Tickets of this event have no names of their own.',
  'not-found': () => 'This page doesn’t exist, or you don’t have access.',
  'not-a-draft': () => 'This event is no longer a draft. You can only cancel it.',
  'outcome-unknown': () => 'We don’t know yet whether this went through. Check again; nothing is done twice.',
  'own-password': () => 'This is your own account. Change its password on your account page.',
  'registration-removed': () =>
    'The organizer removed your booking for this event, so you can’t book it again. “My tickets” shows the reason.',
  'request-timeout': () => 'Your connection is very slow, and the request didn’t arrive in time. Try again.',
  'sales-closed': ({ body }, zone) => `The sale is over${at(body.closed_at, zone, ': it closed on ')}.`,
  'sales-not-open': ({ body }, zone) => `The sale hasn’t started yet${at(body.opens_at, zone, ': it opens on ')}.`,
  'simulation-running': () => 'A stress test is already running. Only one can run at a time.',
  'ticket-checked-in': ({ body }) =>
    `Somebody has come in with ticket ${counted(body.ticket)}, so its name can’t change any more. Nothing was saved.`,
  'token-expired': () => 'Your session has ended. Sign in again.',
  'too-many-accounts': ({ body, retryAfterSeconds }) =>
    `${counted(body.limit)} accounts were created from your address within ${countOf(body.window_minutes, 'minute')}, which is the limit. ${waitWords(retryAfterSeconds)}`,
  'too-many-announcements': () => 'This event has reached its limit of messages to attendees.',
  'too-many-attempts': ({ retryAfterSeconds }) => `Too many attempts. ${waitWords(retryAfterSeconds)}`,
  'too-many-edits': () => 'This event has been edited too often. It can no longer be edited.',
  'transfer-over': () => 'This ticket is no longer offered: it was taken, or the link was withdrawn or is too old.',
  'transfers-off': () => 'The organizer of this event doesn’t allow tickets to be passed on.',
  'too-many-transfers': () => 'You’ve made as many links for this booking as you may. Withdraw one first.',
  'too-many-door-staff': () => 'The event has as many door staff as it may. Remove somebody first.',
  'too-many-events': () => 'The account has reached its limit of events.',
  'too-many-keys': () => 'You have as many API keys as an account may have. Revoke one of them first.',
  'too-many-mails': ({ retryAfterSeconds }) => `Too many e-mails were asked for. ${waitWords(retryAfterSeconds)}`,
  'too-many-registrations': () => 'Your bookings for this event were cancelled too often, so you can’t book it again.',
  'too-many-webhooks': () => 'You have reached the limit of webhooks. Delete one first.',
  unauthenticated: () => 'Sign in first.',
  unavailable: () => 'The service is unavailable right now. Try again soon.',
  'unsupported-media-type': () => UNREADABLE,
  'unusable-picture': () => 'This file can’t be used as a picture.',
  'webhook-off': () => 'Nothing is sent to this webhook while it is off. Switch it on first.',
  'webhook-too-often': ({ retryAfterSeconds }) =>
    `That was too often for this webhook. ${waitWords(retryAfterSeconds)}`,
};

/** The API's field names, in the words of the labels. @type {Record<string, string>} */
const FIELD_WORDS = {
  starts_at: 'the start',
  ends_at: 'the end',
  sales_open_at: 'the opening of the sale',
  sales_close_at: 'the close of the sale',
  cancel_until: 'the deadline for cancelling',
};

/** The codes of all problems that the page has words of its own for. */
export const PROBLEM_CODES = Object.keys(SENTENCES);

/**
 * An error in a sentence.
 * @param {unknown} error
 * @param {string} [timeZone] of times in the sentence; the reader's own by default
 */
export function sentenceOf(error, timeZone) {
  if (error instanceof Unreachable) return 'We can’t reach the server. Check your connection and try again.';
  if (!(error instanceof Problem)) {
    console.error(error);
    return 'Something went wrong on this page. Reload it and try again.';
  }
  const known = Object.hasOwn(SENTENCES, error.code) ? SENTENCES[error.code] : undefined;
  if (known) return known(error, timeZone);
  const reference = error.requestId ? ` If you report this, mention the number ${error.requestId}.` : '';
  if (error.status >= 500) return `Something went wrong on our side.${reference}`;
  return capitalised(error.message);
}

/** Beside numbers that are live, while the server cannot be reached. */
export const CONNECTION_LOST = 'Connection lost: these numbers may be old. Trying again…';

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

/** @param {number | null} seconds */
function waitWords(seconds) {
  return `Wait ${seconds ? countOf(Math.ceil(seconds), 'second') : 'a while'} and try again.`;
}

/** @param {unknown} text */
function escaped(text) {
  return String(text).replace(/[^\w]/g, '\\$&');
}
