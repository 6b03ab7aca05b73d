// What another number of seats would come to, said before it is asked for. The server decides, by the numbers of then.

import { countOf, counted } from './numbers.js';

/**
 * `{ refused, words, question }`: why it cannot be, or null; what would happen; and what to ask before, or null where
 * it can be taken back.
 */
export function consequencesOf({ capacity, confirmed, waiting, status }, wanted) {
  if (!Number.isInteger(wanted) || wanted < 0) return { refused: null, words: '', question: null };
  if (wanted < confirmed) {
    const people = countOf(confirmed, 'person already has', 'people already have');
    return { refused: `${people} a seat, so there cannot be fewer seats than that.`, words: '', question: null };
  }
  if (wanted === capacity) return { refused: null, words: '', question: null };
  const promoted = Math.min(waiting, wanted - confirmed);
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

function lowerWords(confirmed, wanted, status) {
  const free = wanted - confirmed;
  if (status === 'DRAFT') return `${countOf(wanted, 'seat')} when it is published.`;
  if (free === 0) return 'No seat stays free: who books from then on joins the line.';
  return `${countOf(free, 'seat stays', 'seats stay')} free. Nobody loses a seat.`;
}
