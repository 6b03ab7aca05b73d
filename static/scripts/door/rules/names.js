// Search by name in the list that was loaded.

import { folded } from '../../words/search.js';
import { namesOf, ownNamesOf } from './list.js';

/** @import { PackedList } from './list.js' */

/** More would not be read at a door: another word finds fewer. */
export const FOUND_MAX = 12;

/**
 * A search through the names of a list. They are prepared once, at the first search.
 * @param {PackedList} list
 */
export function nameSearch(list) {
  /**
   * The names of buyers, each at the place of its booking, and behind them those of tickets.
   * @type {string[] | undefined}
   */
  let prepared;
  /** @type {number[]} */
  let bookings = [];

  function prepare() {
    const names = namesOf(list);
    const own = ownNamesOf(list);
    bookings = [...names.keys(), ...own.map(({ booking }) => booking)];
    return allFolded([...names, ...own.map(({ name }) => name)]);
  }

  /**
   * The bookings where the buyer's name, or a ticket's own, has each of the words, in any order; those that begin with
   * the text come first.
   * @param {string} sought
   * @returns {{ bookings: number[], more: boolean }}
   */
  return (sought) => {
    const text = folded(sought);
    if (text === '') return { bookings: [], more: false };
    prepared ??= prepare();
    const words = text.split(' ');
    /** @type {Map<number, number>} */
    const ranks = new Map();
    for (const [at, name] of prepared.entries()) {
      if (!words.every((word) => name.includes(word))) continue;
      const booking = bookings[at] ?? 0;
      ranks.set(booking, Math.min(ranks.get(booking) ?? 1, name.startsWith(text) ? 0 : 1));
    }
    const found = [...ranks.keys()];
    found.sort((one, other) => (ranks.get(one) ?? 1) - (ranks.get(other) ?? 1) || one - other);
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
