// The state of a gate in words: whether it is alone, and what waits on the device.

import { counted, countOf } from '../words/numbers.js';
import { ownZone, timeOfDay } from '../words/times.js';

/** @import { GateState } from './gate.js' */
/** @typedef {Pick<GateState, 'isAlone' | 'hold' | 'waiting' | 'setAside' | 'kept' | 'reading' | 'canList'>} Shown */

/**
 * The state in a word, with its tone.
 * @param {Shown} state
 * @returns {{ tone: 'good' | 'warm' | 'bad', text: string }}
 */
export function chipWords({ isAlone, hold }) {
  if (hold === 'SIGN_IN') return { tone: 'bad', text: 'Signed out' };
  if (hold === 'NOT_ALLOWED') return { tone: 'bad', text: 'No access' };
  return isAlone ? { tone: 'warm', text: 'Alone' } : { tone: 'good', text: 'Online' };
}

/**
 * What its user has to know, or nothing.
 * @param {Shown} state
 * @param {string} [zone]
 */
export function noticeWords(state, zone = ownZone) {
  const { isAlone, hold, waiting, kept, canList } = state;
  const scans = waiting === 0 ? '' : ` ${keptWords(waiting)}`;
  if (hold === 'SIGN_IN')
    return `You’re signed out. This device decides by its list.${scans} Sign in ${waiting > 0 ? 'to send them' : 'to go on'}.`;
  if (hold === 'NOT_ALLOWED')
    return `Your account may no longer check people in here.${scans} Sign in with another account, or ask the organizer.`;
  if (isAlone && kept === null)
    return `No answer from the server, and no list on this device: nobody can be checked in.${scans}`;
  if (isAlone)
    return `No answer from the server. This device decides by itself, by its list of ${clock(kept, zone)}.${scans}`;
  if (!canList)
    return 'This page can’t keep a list for times without a network: that needs HTTPS, and storage that isn’t blocked.';
  return '';
}

/** @param {number} waiting */
function keptWords(waiting) {
  return `${countOf(waiting, 'scan')} ${waiting === 1 ? 'is' : 'are'} kept here until ${waiting === 1 ? 'it is' : 'they are'} sent.`;
}

/**
 * The list on the device.
 * @param {Shown} state
 * @param {string} [zone]
 */
export function listWords({ kept, reading, canList }, zone = ownZone) {
  if (reading !== null) return `Loading the list of tickets: ${counted(reading)} so far…`;
  if (!canList) return 'No list on this device.';
  if (kept === null) return 'No list on this device yet.';
  return `${countOf(kept.list.tickets, 'ticket')} on this device, as of ${clock(kept, zone)}.`;
}

/**
 * Scans that are not at the server, for the file.
 * @param {Pick<Shown, 'waiting' | 'setAside'>} state
 */
export function unsentWords({ waiting, setAside }) {
  const parts = [];
  if (waiting > 0) parts.push(`${countOf(waiting, 'scan')} not sent yet.`);
  if (setAside > 0)
    parts.push(`The server could not read ${countOf(setAside, 'scan')}: save the file, and tell the organizer.`);
  return parts.join(' ');
}

/**
 * @param {Shown['kept']} kept
 * @param {string} zone
 */
function clock(kept, zone) {
  return timeOfDay(new Date(kept?.listed_at ?? 0).toISOString(), zone);
}
