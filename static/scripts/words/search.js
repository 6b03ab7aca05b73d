// The rule by which a text is found in others, as the server has it in crates/domain/src/search.rs, where the reasons are.
// The server also forgives typing errors where it searches for events.
// Tests hold both to page/tests/search.json.

import { isAmong } from './text.js';

/** @import { Range } from './text.js' */

/** Accents and other marks that may be left out, variation selectors, and invisible characters. @type {Range[]} */
const PASSED_OVER = [
  [0x00ad, 0x00ad],
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x0591, 0x05bd],
  [0x05bf, 0x05bf],
  [0x05c1, 0x05c2],
  [0x05c4, 0x05c5],
  [0x05c7, 0x05c7],
  [0x0610, 0x061a],
  [0x061c, 0x061c],
  [0x0640, 0x0640],
  [0x064b, 0x065f],
  [0x0670, 0x0670],
  [0x06d6, 0x06dc],
  [0x06df, 0x06e4],
  [0x06e7, 0x06e8],
  [0x06ea, 0x06ed],
  [0x115f, 0x1160],
  [0x180e, 0x180e],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20f0],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0100, 0xe01ef],
];

/**
 * Lower-case letters and signs, and what people type for each of them where Unicode does not say so.
 * @type {[letters: string, plain: string][]}
 */
const TYPED = [
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
  ['ø', 'o'],
  ['đð', 'd'],
  ['ħ', 'h'],
  ['ł', 'l'],
  ['ŧ', 't'],
  ['ŋ', 'n'],
  ['ǥ', 'g'],
  ['ƶ', 'z'],
  ['\u2018\u2019\u201a\u201b\u02bc', "'"],
  ['\u201c\u201d\u201e\u201f', '"'],
  ['\u2010\u2012\u2013\u2014\u2015\u2212', '-'],
];
const PLAIN = new Map(
  TYPED.flatMap(([letters, plain]) => [...letters].map((letter) => /** @type {[string, string]} */ ([letter, plain]))),
);

/**
 * The text as searches compare it: without case, accents and the way in which letters are composed.
 * @param {string} text
 */
export function folded(text) {
  const letters = [...text.normalize('NFKD')].filter((one) => !isPassedOver(one));
  const plain = [...letters.map(withoutCase).join('')].map((one) => PLAIN.get(one) ?? one);
  return plain
    .join('')
    .normalize('NFC')
    .replace(/\p{White_Space}+/gu, ' ')
    .trim();
}

/**
 * Whether a search for `sought` finds `text`: each of its words occurs in it, in any order.
 * @param {string} sought
 * @param {string} text
 */
export function isFound(sought, text) {
  const searched = folded(text);
  return folded(sought)
    .split(' ')
    .every((word) => searched.includes(word));
}

/**
 * Whether searches pass over a character.
 * @param {string} character
 */
export function isPassedOver(character) {
  return isAmong(PASSED_OVER, character);
}

/**
 * One letter, so that no letter depends on its place: at the end of a word, lower case would make another sigma.
 * @param {string} letter
 */
function withoutCase(letter) {
  const upper = [...letter.toLowerCase()].flatMap((one) => [...one.toUpperCase()]);
  return upper.map((one) => one.toLowerCase()).join('');
}
