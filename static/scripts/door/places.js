// The place that was chosen last, so that a reload during the admission leads straight back to work.

import { ownTab, shared } from '../browser/storage.js';

/** @import { Place } from './gate.js' */

const KEY = 'onsale.door.place';
/** Only in this tab, so that another one can be another gate. */
const AT_WORK = 'onsale.door.at-work';

/** @returns {Place | null} the last place, or null */
export function lastPlace() {
  try {
    const place = JSON.parse(ownTab.read(AT_WORK) ?? shared.read(KEY) ?? 'null');
    const isSound = [place?.event?.id, place?.event?.title, place?.event?.time_zone, place?.gate, place?.device];
    return isSound.every((part) => typeof part === 'string') ? place : null;
  } catch {
    return null;
  }
}

/** Whether this tab was at work when it was loaded. */
export function isAtWork() {
  return ownTab.read(AT_WORK) !== null;
}

/** @param {Place} place */
export function goToWork(place) {
  const text = JSON.stringify(place);
  shared.write(KEY, text);
  ownTab.write(AT_WORK, text);
}

/** Forgets that this tab is at work. Gate and device stay for the next time. */
export function stopWork() {
  ownTab.remove(AT_WORK);
}
