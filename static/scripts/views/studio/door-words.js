// An event's door in words: when it opens, who is in, and what became of each check-in.

import { isolated } from '../../words/bidi.js';
import { durationWords } from '../../words/durations.js';
import { nameWords } from '../../words/facts.js';
import { counted } from '../../words/numbers.js';
import { shownName } from '../../words/ticket-names.js';
import { dateAndTime, timeOfDay } from '../../words/times.js';
import { known, reportUnknown } from '../../words/unknown.js';

/** The choice of any time. */
const ANY_TIME = 'ANY';
/** The choice of no names. */
const NO_NAMES = 'NONE';
const NAMES_MINUTES = [0, 60, 360, 720, 1440, 2880, 10_080];
const OPENINGS_MINUTES = [0, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];
// Below this a scan was sent as soon as it was made.
const LATE_MILLISECONDS = 60_000;

/** The label of each state, with its tone. @type {Record<Api.CheckInState, [label: string, tone: string]>} */
const STATES = {
  ADMITTED: ['In', 'good'],
  DOUBLE: ['To settle', 'bad'],
  UNDONE: ['Undone', 'quiet'],
};
/** The reasons for which a check-in does not count. @type {Record<Api.CheckInObstacle, string>} */
const CAUSES = {
  ALREADY_IN: 'Somebody was in with this ticket already.',
  GIVEN_UP: 'The booking was cancelled.',
  UNPAID: 'The booking was not paid.',
  TOO_EARLY: 'The door was not open yet.',
  EVENT_OFF: 'The event was cancelled.',
};

/** The states that a list is filtered by. @type {[value: string, label: string][]} */
export const CHECK_IN_CHOICES = [
  ['', 'All'],
  ...Object.entries(STATES).map(([state, [label]]) => /** @type {[string, string]} */ ([state, label])),
];

/**
 * The times of opening to choose from, with the present one, which other programs may have chosen.
 * @param {number | null} present in minutes before the start
 * @returns {[value: string, label: string][]}
 */
export function openingChoices(present) {
  const minutes = present === null || OPENINGS_MINUTES.includes(present) ? [] : [present];
  const sorted = [...OPENINGS_MINUTES, ...minutes].sort((one, other) => one - other);
  return [
    [ANY_TIME, 'At any time'],
    ...sorted.map((one) => /** @type {[string, string]} */ ([String(one), openingWords(one)])),
  ];
}

/**
 * The choice of so many minutes.
 * @param {number | null} minutes
 */
export function openingValue(minutes) {
  return minutes === null ? ANY_TIME : String(minutes);
}

/**
 * The minutes of a choice.
 * @param {string} value
 */
export function openingMinutes(value) {
  return value === ANY_TIME ? null : Number(value);
}

/**
 * The times until which buyers fill in names, to choose from, with the present one.
 * @param {number | null} present in minutes before the start
 * @returns {[value: string, label: string][]}
 */
export function namesChoices(present) {
  const minutes = present === null || NAMES_MINUTES.includes(present) ? [] : [present];
  const sorted = [...NAMES_MINUTES, ...minutes].sort((one, other) => one - other);
  return [
    ...sorted.map((one) => /** @type {[string, string]} */ ([String(one), namesUntilWords(one)])),
    [NO_NAMES, 'Not at all'],
  ];
}

/**
 * The choice of so many minutes.
 * @param {number | null} minutes
 */
export function namesValue(minutes) {
  return minutes === null ? NO_NAMES : String(minutes);
}

/**
 * The minutes of a choice.
 * @param {string} value
 */
export function namesMinutes(value) {
  return value === NO_NAMES ? null : Number(value);
}

/** @param {number} minutes */
function namesUntilWords(minutes) {
  return minutes === 0 ? 'Until the start' : `Until ${durationWords(minutes)} before the start`;
}

/** @param {number} minutes */
function openingWords(minutes) {
  return minutes === 0 ? 'From the start on' : `From ${durationWords(minutes)} before the start`;
}

/**
 * Whether people can be let in now.
 * @param {{ status: string, opens_at: string | null }} door
 * @param {string} zone the event's
 * @param {number} now in milliseconds
 */
export function doorStateWords({ status, opens_at: opens }, zone, now) {
  if (status === 'CANCELLED') return 'The event is cancelled. Nobody is let in.';
  if (opens === null) return 'Tickets are taken at any time.';
  const time = dateAndTime(opens, zone);
  return Date.parse(opens) > now ? `Tickets are taken from ${time} on.` : `Tickets have been taken since ${time}.`;
}

/**
 * Some tickets, and those of them that are in: `120 of 480 in`.
 * @param {number} admitted
 * @param {number} tickets
 */
export function admittedWords(admitted, tickets) {
  return `${counted(admitted)} of ${counted(tickets)} in`;
}

/**
 * The label of a check-in's state, with its tone.
 * @param {string} state
 * @returns {[label: string, tone: string]}
 */
export function checkInLabel(state) {
  const label = known(STATES, state);
  if (label !== undefined) return label;
  reportUnknown('a check-in’s state', state);
  return [nameWords(state), 'quiet'];
}

/**
 * The reason for which a check-in does not count.
 * @param {Pick<Api.ListedCheckIn, 'because'>} checkIn
 */
export function causeWords({ because }) {
  return because ? (known(CAUSES, because) ?? nameWords(because)) : 'It does not count.';
}

/**
 * The words beside a check-in's state, or null.
 * @param {Pick<Api.ListedCheckIn, 'state' | 'undone' | 'because'>} checkIn
 * @param {string} zone the event's
 */
export function historyWords(checkIn, zone) {
  const { state, undone } = checkIn;
  if (undone !== null) return `By ${isolated(undone.by)}, ${dateAndTime(undone.at, zone)}: “${undone.reason}”`;
  return state === 'DOUBLE' ? causeWords(checkIn) : null;
}

/**
 * The words for a scan that came here late, because its device had no network. Null for others.
 * @param {Pick<Api.KeptCheckIn, 'at' | 'received_at'>} checkIn
 * @param {string} zone the event's
 */
export function lateWords({ at, received_at: received }, zone) {
  return Date.parse(received) - Date.parse(at) < LATE_MILLISECONDS ? null : `came here at ${timeOfDay(received, zone)}`;
}

/**
 * The question before a check-in is taken back.
 * @param {Pick<Api.ListedCheckIn, 'state' | 'name' | 'ticket_name' | 'number'>} checkIn
 */
export function undoQuestion({ state, number, ...names }) {
  const whose = `${shownName(names)}’s ticket ${counted(number)}`;
  return state === 'DOUBLE'
    ? {
        title: `Settle ${whose}?`,
        text: 'This check-in is marked as undone. The one that counts stays as it is.',
        yes: 'Settle',
      }
    : {
        title: `Undo the check-in of ${whose}?`,
        text: 'The ticket then lets somebody in again, unless a second person came in with it: that one then counts.',
        yes: 'Undo the check-in',
      };
}

/**
 * The words for the time at which the present codes were made: the first ticket that is shown makes them, and so does
 * renewing them.
 * @param {string | null} since
 */
export function codesWords(since) {
  return since === null ? 'There are no codes yet.' : `The present codes were made on ${dateAndTime(since)}.`;
}
