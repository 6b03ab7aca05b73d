// The consequences of another capacity, told in advance. The server decides, with the numbers of that moment.

import { counted, countOf } from './numbers.js';

/**
 * `party` is the most seats of one booking, 1 by default. `confirmed` counts seats.
 * @typedef {Pick<Api.EventSummary, 'capacity' | 'confirmed' | 'waiting' | 'status'> & { party?: number }} SeatNumbers
 *
 * @typedef {object} Consequences
 * @property {string | null} refused why the capacity is impossible, or null
 * @property {string} words the consequences, or nothing
 * @property {{ title: string, text: string, yes: string } | null} question to ask before a change that cannot be undone
 */

/**
 * The consequences of setting the capacity to `wanted`.
 * @param {SeatNumbers} event
 * @param {number} wanted
 * @returns {Consequences}
 */
export function consequencesOf({ capacity, confirmed, waiting, status, party = 1 }, wanted) {
  if (!Number.isInteger(wanted) || wanted < 0) return { refused: null, words: '', question: null };
  if (wanted < confirmed) {
    const people =
      party > 1
        ? `${countOf(confirmed, 'seat is', 'seats are')} taken`
        : `${countOf(confirmed, 'person already has', 'people already have')} a seat`;
    return { refused: `${people}. The capacity can’t be lower than that.`, words: '', question: null };
  }
  if (wanted === capacity) return { refused: null, words: '', question: null };
  if (party > 1 && wanted < party) {
    const refused = `One booking may have ${counted(party)} seats. The capacity can’t be lower than that.`;
    return { refused, words: '', question: null };
  }
  // Fewer seats seat nobody, also where some are available while a party waits for more.
  const promoted = wanted > capacity ? Math.min(waiting, wanted - confirmed) : 0;
  if (party > 1 && promoted > 0) return partiesSeated({ waiting, promoted, wanted });
  const words =
    wanted > capacity
      ? raiseWords({ confirmed, waiting, capacity, status }, wanted, promoted)
      : lowerWords(confirmed, wanted, status);
  if (promoted === 0) return { refused: null, words, question: null };
  return {
    refused: null,
    words,
    question: {
      title: `Give seats to ${countOf(promoted, 'person', 'people')} on the waitlist?`,
      text: `${words} This can’t be undone.`,
      yes: `Change to ${countOf(wanted, 'seat')}`,
    },
  };
}

/**
 * Parties want several seats each, and the first one that does not fit stops the waitlist.
 * @param {{ waiting: number, promoted: number, wanted: number }} numbers `promoted` bookings at most leave the waitlist
 * @returns {Consequences}
 */
function partiesSeated({ waiting, promoted, wanted }) {
  const words = `Up to ${counted(promoted)} of ${countOf(waiting, 'booking')} on the waitlist get seats at once, in order.`;
  return {
    refused: null,
    words,
    question: {
      title: 'Give seats to people on the waitlist?',
      text: `${words} This can’t be undone.`,
      yes: `Change to ${countOf(wanted, 'seat')}`,
    },
  };
}

/**
 * @param {SeatNumbers} event
 * @param {number} wanted
 * @param {number} promoted how many people leave the waitlist
 */
function raiseWords({ confirmed, waiting, capacity, status }, wanted, promoted) {
  const free = wanted - confirmed - promoted;
  if (promoted === 0) {
    const added = wanted - capacity;
    if (status === 'DRAFT') return `${countOf(added, 'more seat', 'more seats')} when it is published.`;
    return `${countOf(added, 'more seat', 'more seats')}, ${counted(free)} available in all. Nobody is on the waitlist.`;
  }
  if (promoted < waiting)
    return `The first ${countOf(promoted, 'person', 'people')} on the waitlist get${promoted === 1 ? 's' : ''} a seat at once, ${counted(waiting - promoted)} stay${waiting - promoted === 1 ? 's' : ''} on it.`;
  const all =
    waiting === 1 ? 'The one person on the waitlist gets' : `All ${counted(waiting)} people on the waitlist get`;
  const rest = free === 0 ? 'and the event is full' : `and ${countOf(free, 'seat stays', 'seats stay')} available`;
  return `${all} a seat at once, ${rest}.`;
}

/**
 * @param {number} confirmed
 * @param {number} wanted
 * @param {Api.EventStatus} status
 */
function lowerWords(confirmed, wanted, status) {
  const free = wanted - confirmed;
  if (status === 'DRAFT') return `${countOf(wanted, 'seat')} when it is published.`;
  if (free === 0) return 'No seat stays available: new bookings join the waitlist.';
  return `${countOf(free, 'seat stays', 'seats stay')} available. Nobody loses a seat.`;
}
