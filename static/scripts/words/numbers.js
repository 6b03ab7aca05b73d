import { LANGUAGE } from './locale.js';

const WHOLE_FROM = 1000;

const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const plurals = new Intl.PluralRules(LANGUAGE);
const decimal = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 2 });

/**
 * A number for people: 12345 is 12,345. Two decimals at most, none from 1,000 on. Other values stay as they are.
 * @param {unknown} value
 */
export function counted(value) {
  if (typeof value !== 'number') return String(value ?? '?');
  return (Math.abs(value) >= WHOLE_FROM ? whole : decimal).format(value);
}

/**
 * A number with its noun: 1 seat, 2 seats.
 * @param {number | undefined} value
 * @param {string} one
 * @param {string} [many]
 */
export function countOf(value, one, many = `${one}s`) {
  return `${counted(value)} ${value !== undefined && plurals.select(value) === 'one' ? one : many}`;
}
