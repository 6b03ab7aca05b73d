import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanOf, whenOf } from '../../static/scripts/words/whens.js';

// The reader is in New York: see setup.js.
const BERLIN = 'Europe/Berlin';
const span = (when, now, zone) => {
  const { from, to } = spanOf(when, Date.parse(now), zone);
  return [from, to];
};

test('a day begins and ends where the reader is', () => {
  assert.deepEqual(span('today', '2026-11-27T03:00:00Z'), ['2026-11-26T05:00:00.000Z', '2026-11-27T05:00:00.000Z']);
  assert.deepEqual(span('today', '2026-11-27T03:00:00Z', BERLIN), [
    '2026-11-26T23:00:00.000Z',
    '2026-11-27T23:00:00.000Z',
  ]);
});

test('the weekend is the next one until Sunday is over', () => {
  const weekend = ['2026-11-27T23:00:00.000Z', '2026-11-29T23:00:00.000Z'];
  for (const now of ['2026-11-23T12:00:00Z', '2026-11-27T12:00:00Z', '2026-11-28T12:00:00Z', '2026-11-29T22:59:00Z'])
    assert.deepEqual(span('weekend', now, BERLIN), weekend, now);
  assert.notDeepEqual(span('weekend', '2026-11-29T23:00:00Z', BERLIN), weekend);
});

test('months follow the calendar, over the end of a year and a change of clocks', () => {
  assert.deepEqual(span('month', '2026-12-31T22:59:00Z', BERLIN), [
    '2026-11-30T23:00:00.000Z',
    '2026-12-31T23:00:00.000Z',
  ]);
  assert.deepEqual(span('next-month', '2026-12-31T22:59:00Z', BERLIN), [
    '2026-12-31T23:00:00.000Z',
    '2027-01-31T23:00:00.000Z',
  ]);
  assert.deepEqual(span('month', '2026-03-31T12:00:00Z', BERLIN), [
    '2026-02-28T23:00:00.000Z',
    '2026-03-31T22:00:00.000Z',
  ]);
});

test('a day that has no midnight begins at one', () => {
  // Clocks in Santiago went from 24:00 on 5 September to 1:00.
  assert.deepEqual(span('today', '2026-09-06T12:00:00Z', 'America/Santiago'), [
    '2026-09-06T04:00:00.000Z',
    '2026-09-07T03:00:00.000Z',
  ]);
});

test('any time has no ends, and an address that says anything else means it', () => {
  assert.deepEqual(span('', '2026-11-27T03:00:00Z'), ['', '']);
  assert.deepEqual(['weekend', 'next-month', 'yesterday', '', null].map(whenOf), ['weekend', 'next-month', '', '', '']);
});
