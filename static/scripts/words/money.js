// Amounts of money. The API counts them in the smallest unit of their currency.

import { LANGUAGE } from './locale.js';

/**
 * The currencies whose smallest unit is not a hundredth, by ISO 4217, with the digits after the decimal sign. Browsers
 * know other digits for some currencies, because they round prices as shops do: a forint's amount would be shown a
 * hundredfold.
 * @type {Map<string, number>}
 */
const DIGITS = new Map(
  Object.entries({
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
    4: 'CLF UYW',
  }).flatMap(([digits, codes]) => codes.split(' ').map((code) => /** @type {const} */ ([code, Number(digits)]))),
);
const HUNDREDTHS = 2;
// A decimal sign, and spaces between groups of three digits. A comma before three digits may be either sign.
const TYPED = /^(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:([.,])(\d*))?$/;
const AMBIGUOUS = /,\d{3}$/;

const CODE = /^[A-Z]{3}$/;

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * How many digits the currency has after the decimal sign: 2 for EUR, 0 for JPY, 3 for BHD. None without a currency.
 * @param {string | null} currency
 */
export function minorDigits(currency) {
  return currency === null ? 0 : (DIGITS.get(currency) ?? HUNDREDTHS);
}

/**
 * An amount for people: 2500 in EUR is €25.00. Without a currency everything is free.
 * @param {number} amount in the smallest unit of the currency
 * @param {string | null} currency
 */
export function amountWords(amount, currency) {
  if (currency === null) return amount === 0 ? 'Free' : String(amount);
  // A currency that is still being typed is no code yet.
  if (!CODE.test(currency)) return `${amountText(amount, currency)} ${currency}`;
  return format(currency).format(amount / 10 ** minorDigits(currency));
}

/**
 * A price for people: as `amountWords`, but nothing to pay is free.
 * @param {number} amount in the smallest unit of the currency
 * @param {string | null} currency
 */
export function priceWords(amount, currency) {
  return amount === 0 ? 'Free' : amountWords(amount, currency);
}

/**
 * An amount as a field shows it for editing: 2500 in EUR is 25.00.
 * @param {number} amount in the smallest unit of the currency
 * @param {string | null} currency
 */
export function amountText(amount, currency) {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/**
 * The amount that a typed text means, in the smallest unit of the currency. Null if it means none: a negative number,
 * more digits than the currency has, or a comma that could be either sign.
 * @param {string} text such as `25`, `25.00`, `25,50` or `1 000`
 * @param {string | null} currency
 */
export function parsedAmount(text, currency) {
  const typed = text.trim();
  const match = TYPED.exec(typed);
  if (match === null || AMBIGUOUS.test(typed)) return null;
  const [, whole = '', sign, fraction = ''] = match;
  const digits = minorDigits(currency);
  if (fraction.length > digits || (sign !== undefined && fraction === '')) return null;
  // As digits, because 0.1 + 0.2 is not 0.3.
  const amount = Number(whole.replace(/\D/g, '') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}

/** @param {string} currency */
function format(currency) {
  const known = formats.get(currency);
  if (known !== undefined) return known;
  const digits = minorDigits(currency);
  const made = new Intl.NumberFormat(LANGUAGE, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(currency, made);
  return made;
}
