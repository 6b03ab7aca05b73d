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
    return { refused: `${people}, so there cannot be fewer seats than that.`, words: '', question: null };
  }
  if (wanted === capacity) return { refused: null, words: '', question: null };
  if (party > 1 && wanted < party) {
    const refused = `One booking may have ${counted(party)} seats, so there cannot be fewer seats than that.`;
    return { refused, words: '', question: null };
  }
  // Fewer seats seat nobody, also where some are free while a party waits for more.
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
      title: `Seat ${countOf(promoted, 'waiting person', 'waiting people')}?`,
      text: `${words} A seat that somebody has cannot be taken back from them.`,
      yes: `Change to ${countOf(wanted, 'seat')}`,
    },
  };
}

/**
 * Parties want several seats each, and the first one that does not fit stops the line.
 * @param {{ waiting: number, promoted: number, wanted: number }} numbers `promoted` registrations at most leave the line
 * @returns {Consequences}
 */
function partiesSeated({ waiting, promoted, wanted }) {
  const words = `Up to ${counted(promoted)} of ${countOf(waiting, 'registration')} in line get seats at once, in order.`;
  return {
    refused: null,
    words,
    question: {
      title: 'Give seats to people in line?',
      text: `${words} A seat that somebody has cannot be taken back from them.`,
      yes: `Change to ${countOf(wanted, 'seat')}`,
    },
  };
}

/**
 * @param {SeatNumbers} event
 * @param {number} wanted
 * @param {number} promoted how many people leave the line
 */
function raiseWords({ confirmed, waiting, capacity, status }, wanted, promoted) {
  const free = wanted - confirmed - promoted;
  if (promoted === 0) {
    const added = wanted - capacity;
    if (status === 'DRAFT') return `${countOf(added, 'more seat', 'more seats')} when it is published.`;
    return `${countOf(added, 'more seat', 'more seats')}, ${counted(free)} free in all. Nobody is waiting for ${added === 1 ? 'it' : 'them'}.`;
  }
  if (promoted < waiting)
    return `The first ${countOf(promoted, 'person', 'people')} in line get${promoted === 1 ? 's' : ''} a seat at once, ${counted(waiting - promoted)} go${waiting - promoted === 1 ? 'es' : ''} on waiting.`;
  const all = waiting === 1 ? 'The one person in line gets' : `All ${counted(waiting)} people in line get`;
  const rest = free === 0 ? 'then it is full' : `${countOf(free, 'seat stays', 'seats stay')} free`;
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
  if (free === 0) return 'No seat stays free: who books from then on joins the line.';
  return `${countOf(free, 'seat stays', 'seats stay')} free. Nobody loses a seat.`;
}
