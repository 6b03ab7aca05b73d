// Messages in words: their kinds, what became of their mail, and how the sending goes.

import { agoWords } from './durations.js';
import { nameWords } from './facts.js';
import { countOf } from './numbers.js';
import { dateAndTime } from './times.js';
import { known, reportUnknown } from './unknown.js';

/** The name of each kind. @type {Record<Api.MessageKind, string>} */
const KINDS = {
  ABOUT_TO_LAPSE: 'Hold ends soon',
  ANNOUNCEMENT: 'Organizer’s message',
  CONFIRMED: 'Booking confirmed',
  EVENT_CANCELLED: 'Event cancelled',
  HELD: 'Seats held',
  IN_LINE: 'On the waitlist',
  LAPSED: 'Hold ended',
  MOVED: 'New time or place',
  PAID: 'Payment arrived',
  PASSED: 'Moved to the end of the waitlist',
  PASSED_ON: 'Seat passed on',
  PROMOTED: 'Seat from the waitlist',
  REDUCED: 'Fewer seats',
  REMINDER: 'Reminder',
  REMOVED: 'Booking removed',
};
/** The label of each state, with its tone. @type {Record<Api.MessageState, [label: string, tone: string]>} */
const STATES = {
  FAILED: ['Failed', 'bad'],
  DUE: ['Waiting to be sent', 'warm'],
  SENT: ['Sent', 'good'],
  SHOWN: ['Not mailed', 'quiet'],
  OBSOLETE: ['No longer needed', 'quiet'],
};
/** The label of how mail works, with its tone. @type {Record<Api.Outbox['mail'], [label: string, tone: string]>} */
const MAIL = {
  OFF: ['Mail is off', 'quiet'],
  READY: ['Mail works', 'good'],
  FAILING: ['Mail is failing', 'bad'],
};

/** A reader that is further behind than this is told of. */
const LAG_SECONDS_TOLD = 10;

/** The states that a list is filtered by. @type {[value: string, label: string][]} */
export const STATE_CHOICES = [
  ['', 'All'],
  ...Object.entries(STATES).map(([state, [label]]) => /** @type {[string, string]} */ ([state, label])),
];
/** The kinds that this page has a name for. */
export const MESSAGE_KINDS = Object.keys(KINDS);

/**
 * The name of a message's kind.
 * @param {string} kind
 */
export function kindWords(kind) {
  return known(KINDS, kind) ?? nameWords(kind);
}

/**
 * The label of a message's state, with its tone.
 * @param {string} state
 * @returns {[label: string, tone: string]}
 */
export function stateLabel(state) {
  const label = known(STATES, state);
  if (label !== undefined) return label;
  reportUnknown('a message’s state', state);
  return [nameWords(state), 'quiet'];
}

/**
 * What became of a message's mail, for those who run the event. Null if there is nothing more to say than its state.
 * @param {Pick<Api.Message, 'state' | 'ended_at' | 'tries' | 'last_error'>} message
 */
export function sendingWords({ state, ended_at: sent, tries, last_error: error }) {
  if (state === 'SENT') return sent === null ? null : dateAndTime(sent);
  if (state !== 'FAILED' && state !== 'DUE') return null;
  const tried = tries === 0 ? '' : `Tried ${tries === 1 ? 'once' : `${countOf(tries, 'time')}`}`;
  if (error === null) return tried === '' ? null : `${tried}.`;
  return tried === '' ? error : `${tried}: ${error}`;
}

/**
 * What became of a message's mail, for its person. Null if that is of no use to them.
 * @param {Pick<Api.Message, 'state' | 'ended_at'>} message
 */
export function ownMailWords({ state, ended_at: sent }) {
  if (state === 'SENT') return sent === null ? 'Also sent by e-mail.' : `Also sent by e-mail on ${dateAndTime(sent)}.`;
  if (state === 'FAILED') return 'It couldn’t be sent to your e-mail address.';
  return state === 'OBSOLETE' ? 'Your booking has changed since.' : null;
}

/**
 * Whether a message may be sent again: its mail has gone, or was given up.
 * @param {Pick<Api.Message, 'state'>} message
 */
export function maySendAgain({ state }) {
  return state === 'FAILED' || state === 'SENT';
}

/**
 * How mail works: a label with its tone, and what to know about it.
 * @param {Api.Outbox} sending
 * @param {number} now in milliseconds
 * @returns {{ label: string, tone: string, words: string[] }}
 */
export function mailWords({ mail, mail_error: error, oldest_due_at: oldest, journal_lag_seconds: lag }, now) {
  const [label, tone] = known(MAIL, mail) ?? [nameWords(mail), 'quiet'];
  const words = [
    mail === 'OFF' && 'People find their messages on the page. No mail server is set up.',
    mail === 'FAILING' && (error ?? 'The mail server takes no mail at the moment.'),
    oldest !== null && `The oldest mail has been waiting for ${agoWords(oldest, now)}.`,
    lag !== null && lag > LAG_SECONDS_TOLD && `New messages are written ${countOf(lag, 'second')} late.`,
  ];
  return { label, tone, words: words.filter((one) => typeof one === 'string') };
}

/**
 * How many people an audience has. Somebody may have a seat of one ticket type and wait for another.
 * @param {Api.Audience} audience
 * @param {Api.AudienceCounts} counts
 */
export function peopleOf(audience, { confirmed, waiting, both }) {
  if (audience === 'BOTH') return both;
  return audience === 'CONFIRMED' ? confirmed : waiting;
}

/**
 * An audience in the middle of a sentence.
 * @param {Api.Audience} audience
 */
export function audienceWords(audience) {
  if (audience === 'BOTH') return 'everybody with a seat or on the waitlist';
  return audience === 'CONFIRMED' ? 'everybody with a seat' : 'everybody on the waitlist';
}
