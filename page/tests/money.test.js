import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountText, amountWords, minorDigits, parsedAmount, priceWords } from '../../static/scripts/words/money.js';

// A space that does not break stands between a code and its number.
const words = (amount, currency) => amountWords(amount, currency).replaceAll('\u00a0', ' ');

test('an amount has the digits of its currency', () => {
  assert.equal(words(2500, 'EUR'), '€25.00');
  assert.equal(words(5, 'EUR'), '€0.05');
  assert.equal(words(123_456_789, 'USD'), '$1,234,567.89');
  assert.equal(words(2500, 'JPY'), '¥2,500');
  assert.equal(words(2500, 'BHD'), 'BHD 2.500');
  assert.equal(words(0, 'EUR'), '€0.00');
  assert.equal(words(0, null), 'Free');
});

test('the digits are those of ISO 4217, also where browsers show prices with fewer', () => {
  for (const currency of ['HUF', 'COP', 'IDR', 'PKR', 'RSD', 'EUR', 'CHF']) assert.equal(minorDigits(currency), 2);
  for (const currency of ['JPY', 'KRW', 'ISK', 'CLP']) assert.equal(minorDigits(currency), 0);
  for (const currency of ['BHD', 'KWD', 'IQD', 'TND']) assert.equal(minorDigits(currency), 3);
  assert.equal(minorDigits('CLF'), 4);
  assert.equal(minorDigits(null), 0);
  assert.equal(words(250_000, 'HUF'), 'HUF 2,500.00');
});

test('a price of nothing is free', () => {
  assert.equal(priceWords(0, 'EUR'), 'Free');
  assert.equal(priceWords(1, 'EUR'), '€0.01');
});

test('a typed amount is what it says', () => {
  const euros = (text) => parsedAmount(text, 'EUR');
  assert.equal(euros('25'), 2500);
  assert.equal(euros(' 25.5 '), 2550);
  assert.equal(euros('25,50'), 2550);
  assert.equal(euros('0'), 0);
  assert.equal(euros('1 000.29'), 100_029);
  assert.equal(euros('8.29'), 829);
  assert.equal(parsedAmount('2500', 'JPY'), 2500);
  assert.equal(parsedAmount('2.5', 'BHD'), 2500);
  assert.equal(parsedAmount('1.250', 'BHD'), 1250);
});

test('a text that is no amount, or could be two, is none', () => {
  for (const text of [
    '',
    ' ',
    '-1',
    '+1',
    '1e3',
    '0x10',
    'ten',
    '25.001',
    '25.',
    '.5',
    '1,000',
    '1.000,50',
    '1 00',
    '€25',
  ])
    assert.equal(parsedAmount(text, 'EUR'), null, text);
  assert.equal(parsedAmount('2.5', 'JPY'), null);
  assert.equal(parsedAmount('1,250', 'BHD'), null);
  assert.equal(parsedAmount('9'.repeat(20), 'EUR'), null);
});

test('the text of an amount means this amount again', () => {
  for (const currency of ['EUR', 'JPY', 'BHD', 'CLF', 'HUF'])
    for (const amount of [0, 1, 9, 10, 99, 100, 829, 1005, 123_456, 10 ** 9])
      assert.equal(parsedAmount(amountText(amount, currency), currency), amount, `${amount} ${currency}`);
});

test('a currency that is still being typed is no error', () => {
  assert.equal(amountWords(2500, 'E'), '25.00 E');
  assert.equal(amountWords(2500, 'eur'), '25.00 eur');
});
