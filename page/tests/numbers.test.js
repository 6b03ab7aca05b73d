import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, countOf } from '../../static/scripts/words/numbers.js';

test('thousands are separated', () => {
  assert.equal(counted(12_345), '12,345');
  assert.equal(counted(-1_000_000), '-1,000,000');
});

test('decimals are rounded to two below 1,000 and to none from there on', () => {
  assert.equal(counted(1.23456), '1.23');
  assert.equal(counted(999.999), '1,000');
  assert.equal(counted(1000.6), '1,001');
  assert.equal(counted(0), '0');
});

test('other values stay as they are, and a missing one is a question mark', () => {
  assert.equal(counted('many'), 'many');
  assert.equal(counted(null), '?');
  assert.equal(counted(undefined), '?');
});

test('a noun follows its number', () => {
  assert.equal(countOf(1, 'seat'), '1 seat');
  assert.equal(countOf(0, 'seat'), '0 seats');
  assert.equal(countOf(2000, 'seat'), '2,000 seats');
  assert.equal(countOf(2, 'person', 'people'), '2 people');
});
