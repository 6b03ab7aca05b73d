// The answers to scans, in words that are read at arm's length.

import { countOf } from '../words/numbers.js';
import { bookedByWords, shownName } from '../words/ticket-names.js';
import { ownZone, timeOfDay } from '../words/times.js';
import { isToSettle } from './rules/queue.js';

/** @import { Answer } from '../server/door-types.js' */
/** @import { Checked } from './gate.js' */
/** @import { KeptScan } from './rules/queue.js' */

/**
 * `good` lets in, `bad` does not, `warm` needs another try.
 * @typedef {'good' | 'warm' | 'bad'} Tone
 * @typedef {{ tone: Tone, headline: string, who: string, which: string, why: string }} AnswerWords
 */

/** @type {Record<Answer['outcome'], { tone: Tone, headline: string }>} */
const HEADLINES = {
  ADMITTED: { tone: 'good', headline: 'Let in' },
  ALREADY_IN: { tone: 'bad', headline: 'Already in' },
  DOUBLE: { tone: 'bad', headline: 'Let in twice' },
  GIVEN_UP: { tone: 'bad', headline: 'Cancelled' },
  UNPAID: { tone: 'bad', headline: 'Not paid' },
  OTHER_EVENT: { tone: 'bad', headline: 'Another event' },
  UNKNOWN: { tone: 'bad', headline: 'Not one of our tickets' },
  MISTYPED: { tone: 'warm', headline: 'Mistyped' },
  TOO_EARLY: { tone: 'warm', headline: 'Too early' },
  EVENT_OFF: { tone: 'bad', headline: 'Event cancelled' },
  UNDONE: { tone: 'bad', headline: 'Undone' },
};

/**
 * An answer in words. Times are the event's.
 * @param {Checked} checked
 * @param {string} [zone]
 * @returns {AnswerWords}
 */
export function answerWords({ answer, alone }, zone = ownZone) {
  const { outcome, ticket } = answer;
  const who = ticket === null ? '' : shownName(ticket);
  const which = ticket === null ? '' : ticketWords(ticket);
  if (outcome === 'UNKNOWN' && alone !== undefined) return { ...unlisted(alone.listedAt, zone), who, which };
  return { ...HEADLINES[outcome], who, which, why: whyWords(answer, zone) };
}

/**
 * The answers to a party in words: the number that came in, and who did not.
 * @param {readonly Checked[]} party
 * @param {string} [zone]
 * @returns {AnswerWords}
 */
export function partyWords(party, zone = ownZone) {
  const refused = party.filter(({ answer }) => answer.outcome !== 'ADMITTED');
  const count = party.length - refused.length;
  const [first] = party;
  const shown = refused[0] ?? first;
  if (shown === undefined || count === 0) return answerWords(shown ?? { answer: NOTHING }, zone);
  const ticket = shown.answer.ticket;
  const why = refused.map(
    ({ answer }) => `Ticket ${answer.ticket?.number ?? '?'}: ${HEADLINES[answer.outcome].headline}.`,
  );
  return {
    tone: refused.length === 0 ? 'good' : 'warm',
    headline: `${countOf(count, 'person', 'people')} let in`,
    // All of the party, whatever the names on its tickets.
    who: ticket?.name ?? '',
    which: ticket?.ticket_type.name ?? '',
    why: why.join(' '),
  };
}

/** @type {Answer} */
const NOTHING = { outcome: 'UNKNOWN', id: '', check_in: null, ticket: null };

/**
 * An answer in one sentence, for screen readers.
 * @param {AnswerWords} words
 */
export function spoken({ headline, who, which, why }) {
  return [headline, who, which, why]
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

/**
 * `General · ticket 2 of 3 · booked by Alice`.
 * @param {Api.ScannedTicket} ticket
 */
function ticketWords({ ticket_type, number, seats, ...names }) {
  const which = seats > 1 ? `ticket ${number} of ${seats}` : '';
  return [ticket_type.name, which, bookedByWords(names)].filter((part) => part !== '').join(' · ');
}

/**
 * @param {Answer} answer
 * @param {string} zone
 */
function whyWords({ outcome, check_in, opens_at }, zone) {
  switch (outcome) {
    case 'ALREADY_IN':
    case 'DOUBLE':
      return check_in === null ? '' : `Came in at ${entryWords(check_in, zone)}.`;
    case 'GIVEN_UP':
      return 'This ticket was cancelled.';
    case 'UNPAID':
      return 'The booking isn’t paid yet.';
    case 'OTHER_EVENT':
      return 'The ticket is for another event.';
    case 'MISTYPED':
      return 'A letter or a digit is wrong. Check the code and type it again.';
    case 'TOO_EARLY':
      return opens_at === undefined || opens_at === null
        ? 'The doors aren’t open yet.'
        : `The doors open at ${timeOfDay(opens_at, zone)}.`;
    case 'EVENT_OFF':
      return 'Nobody is let in.';
    case 'UNDONE':
      return 'Somebody has undone this scan. Scan the ticket again.';
    case 'UNKNOWN':
      return 'The code belongs to no ticket of this event.';
    default:
      return '';
  }
}

/**
 * `18:02 (North)`.
 * @param {Pick<Api.CheckIn, 'at' | 'gate'>} entry
 * @param {string} zone
 */
export function entryWords({ at, gate }, zone) {
  return `${timeOfDay(at, zone)}${gate === '' ? '' : ` (${gate})`}`;
}

/**
 * @param {number | null} listedAt
 * @param {string} zone
 */
function unlisted(listedAt, zone) {
  if (listedAt === null)
    return {
      tone: /** @type {const} */ ('warm'),
      headline: 'Can’t check now',
      why: 'The server doesn’t answer, and this device has no list of tickets yet.',
    };
  const time = timeOfDay(new Date(listedAt).toISOString(), zone);
  return {
    tone: /** @type {const} */ ('bad'),
    headline: 'Not in the list',
    why: `The list on this device is of ${time}. A ticket that was booked later isn’t in it.`,
  };
}

/**
 * A scan that a person has to look at: both times of a double, or why the server would not have let in.
 * @param {KeptScan} kept
 * @param {string} [zone]
 */
export function settleWords(kept, zone = ownZone) {
  const { answer, name, number, scan } = kept;
  if (answer === null || !isToSettle(kept)) return '';
  const here = entryWords({ at: scan.scanned_at, gate: scan.gate }, zone);
  const who = `${name || 'Ticket'}, ticket ${number}`;
  if (answer.check_in !== null && ['DOUBLE', 'ALREADY_IN'].includes(answer.outcome))
    return `${who}: let in twice, at ${entryWords(answer.check_in, zone)} and at ${here}.`;
  return `${who}: let in at ${here}, but ${HEADLINES[answer.outcome].headline.toLowerCase()}.`;
}
