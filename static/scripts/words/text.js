// Typed text, trimmed and checked as the server does it in crates/domain/src/text.rs. Tests hold both to
// page/tests/invisible.json.

/** @typedef {[first: number, last: number]} Range of code points */

/** @type {Range[]} */
const LOOSE = [
  [0x0009, 0x000d],
  [0x0020, 0x0020],
  [0x0085, 0x0085],
  [0x00a0, 0x00a0],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
];

/** @type {Range[]} */
const REFUSED_WITHIN = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x061c, 0x061c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
];

const LINE_BREAKS = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

/** Characters before a refused one that the error quotes. */
const QUOTED_CHARACTERS = 20;

/**
 * The text without white space and invisible characters at its ends, which are pasted along with it.
 * @param {string} text
 */
export function trimmed(text) {
  const characters = [...text];
  const isKept = (/** @type {string} */ one) => !isAmong(LOOSE, one);
  return characters.slice(Math.max(0, characters.findIndex(isKept)), characters.findLastIndex(isKept) + 1).join('');
}

/**
 * The text as the server keeps it: trimmed, and in Unicode's composed form (NFC), in which its characters are counted.
 * @param {string} text
 */
export function normalized(text) {
  return trimmed(text).normalize('NFC');
}

/**
 * The first invisible character within the text that the server would refuse, in words, or null.
 * @param {string} text
 * @param {{ lines?: boolean }} [allowed] whether it may have several lines, and tabs
 */
export function strayError(text, { lines = false } = {}) {
  const characters = [...normalized(text)];
  const at = characters.findIndex((one) => isAmong(REFUSED_WITHIN, one) && !(lines && (one === '\n' || one === '\t')));
  const stray = characters[at];
  if (stray === undefined) return null;
  const before = [...trimmed(characters.slice(0, at).join(''))];
  const line = before.slice(before.findLastIndex((one) => isAmong(REFUSED_WITHIN, one)) + 1);
  const quoted = trimmed(line.slice(-QUOTED_CHARACTERS).join(''));
  const place = at === 0 ? ' at the beginning' : quoted && ` after ${quoted}`;
  return `This has ${nameOf(stray)}${place}.`;
}

/** @param {string} character */
function nameOf(character) {
  if (LINE_BREAKS.includes(character)) return 'a line break';
  if (character === '\t') return 'a tab';
  return `an invisible character U+${codeOf(character).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Whether a character is in one of these ranges.
 * @param {Range[]} ranges
 * @param {string} character
 */
export function isAmong(ranges, character) {
  const code = codeOf(character);
  return ranges.some(([first, last]) => first <= code && code <= last);
}

/** @param {string} character */
function codeOf(character) {
  return character.codePointAt(0) ?? 0;
}

/** @param {string} text */
export function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
