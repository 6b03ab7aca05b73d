// Search by name in the list that was loaded.

import { folded } from '../../words/search.js';
import { namesOf } from './list.js';

/** @import { PackedList } from './list.js' */

/** More would not be read at a door: another word finds fewer. */
export const FOUND_MAX = 12;

/**
 * A search through the names of a list. They are prepared once, at the first search.
 * @param {PackedList} list
 */
export function nameSearch(list) {
  /** @type {string[] | undefined} */
  let prepared;

  /**
   * The bookings whose names have each of the words, in any order; those that begin with the text come first.
   * @param {string} sought
   * @returns {{ bookings: number[], more: boolean }}
   */
  return (sought) => {
    const text = folded(sought);
    if (text === '') return { bookings: [], more: false };
    prepared ??= allFolded(namesOf(list));
    const words = text.split(' ');
    const found = [];
    for (const [booking, name] of prepared.entries())
      if (words.every((word) => name.includes(word))) found.push(booking);
    const rank = (/** @type {number} */ booking) => (prepared?.[booking]?.startsWith(text) ? 0 : 1);
    found.sort((one, other) => rank(one) - rank(other) || one - other);
    return { bookings: found.slice(0, FOUND_MAX), more: found.length > FOUND_MAX };
  };
}

/**
 * The names as searches compare them. People share words of their names, and each word is prepared once.
 * @param {readonly string[]} names
 */
export function allFolded(names) {
  /** @type {Map<string, string>} */
  const known = new Map();
  const wordFolded = (/** @type {string} */ word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const after = folded(word);
    known.set(word, after);
    return after;
  };
  return names.map((name) =>
    name
      .split(' ')
      .map(wordFolded)
      .filter((word) => word !== '')
      .join(' '),
  );
}
