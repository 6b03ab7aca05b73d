import { notify } from '../browser/notices.js';
import { tellInTitle } from '../browser/tab-title.js';
import { changeWords } from './answer-words.js';
import { titleWords } from './title-words.js';

/**
 * Tells somebody who looks at another tab how their bookings have changed: in the tab's title, and by a notice where they
 * want them.
 * @param {string} title the event's
 * @param {Api.Registration[]} before
 * @param {Api.Registration[]} newest
 */
export function tellAway(title, before, newest) {
  for (const booking of before) {
    const after = newest.find(({ id }) => id === booking.id);
    const text = changeWords(booking, after);
    if (text === null) continue;
    tellInTitle(titleWords(booking, after));
    notify({ title, text, tag: `${booking.id} ${after?.status}` });
  }
}
