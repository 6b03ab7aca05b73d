// Codes of tickets as a gate scans them and people type them. The rule is the server's, in
// crates/auth/src/ticket_codes.rs, where the reasons are.

/**
 * A sound code: its 16 symbols, and the three that stand for the event, if it was scanned with them.
 * @typedef {{ kind: 'CODE', symbols: string, mark: string | null }} SoundCode
 * @typedef {SoundCode | { kind: 'MISTYPED' } | { kind: 'NONE' }} ReadCode
 */

/** Crockford's base 32: no letter looks like another. */
export const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const CODE_SYMBOLS = 16;

/** The longest text that may be a code, with room for hyphens and spaces. A longer one is not even looked at. */
export const CHARACTERS_MAX = 100;

const MARK_SYMBOLS = 3;
const GROUP_SYMBOLS = 4;

/**
 * Reads what was scanned or typed: in any case, with hyphens and spaces anywhere, and with letters that look like the
 * digits that are meant.
 * @param {string} text
 * @returns {ReadCode}
 */
export function readCode(text) {
  if (text.length > CHARACTERS_MAX) return { kind: 'NONE' };
  const dot = text.indexOf('.');
  const symbols = symbolsOf(dot < 0 ? text : text.slice(0, dot));
  const mark = dot < 0 ? null : symbolsOf(text.slice(dot + 1));
  if (symbols?.length !== CODE_SYMBOLS) return { kind: 'NONE' };
  if (dot >= 0 && mark?.length !== MARK_SYMBOLS) return { kind: 'NONE' };
  return sum(symbols) === 0 ? { kind: 'CODE', symbols, mark } : { kind: 'MISTYPED' };
}

/**
 * Whether a text that is still typed is more likely a code than a name: it has a digit, and nothing that codes have not.
 * @param {string} text
 */
export function looksLikeCode(text) {
  const [before = ''] = text.slice(0, CHARACTERS_MAX).split('.');
  return /\d/.test(before) && symbolsOf(before) !== null;
}

/**
 * A code as the server takes it.
 * @param {SoundCode} code
 */
export function sentCode({ symbols, mark }) {
  return mark === null ? symbols : `${symbols}.${mark}`;
}

/**
 * A code as people read it: `7K2M-QX0A-94TD-HB5C`.
 * @param {string} symbols
 */
export function shownCode(symbols) {
  return (symbols.match(new RegExp(`.{1,${GROUP_SYMBOLS}}`, 'g')) ?? []).join('-');
}

/**
 * The symbols that a text means, or null if it has a character that is none.
 * @param {string} text
 */
function symbolsOf(text) {
  const meant = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return [...meant].every((one) => SYMBOLS.includes(one)) ? meant : null;
}

/**
 * The sum of all symbols after Luhn, modulo 32; 0 of every sound code.
 * @param {string} symbols
 */
function sum(symbols) {
  const base = SYMBOLS.length;
  const values = [...symbols].reverse().map((one) => SYMBOLS.indexOf(one));
  const counted = values.map((value, at) =>
    at % 2 === 0 ? value : Math.floor((2 * value) / base) + ((2 * value) % base),
  );
  return counted.reduce((all, one) => (all + one) % base, 0);
}
