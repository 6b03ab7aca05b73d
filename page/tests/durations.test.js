import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  agoWords,
  DURATION_UNITS,
  durationError,
  durationOf,
  durationWords,
  minutesOf,
} from '../../static/scripts/words/durations.js';

test('minutes are shown in the longest unit that needs no fraction, and typed back', () => {
  for (const [minutes, count, unit] of [
    [15, '15', 'minutes'],
    [60, '1', 'hours'],
    [90, '90', 'minutes'],
    [2160, '36', 'hours'],
    [1440, '1', 'days'],
    [20_160, '14', 'days'],
    [0, '0', 'minutes'],
  ]) {
    assert.deepEqual(durationOf(minutes), { count, unit });
    assert.equal(minutesOf({ count, unit }), minutes);
  }
});

test('an empty length is none, and text is no length', () => {
  assert.equal(durationOf(null).count, '');
  assert.equal(minutesOf({ count: ' ', unit: 'hours' }), null);
  for (const count of ['1.5', '-1', 'two', '1e3', '9999999999'])
    assert.ok(Number.isNaN(minutesOf({ count, unit: 'hours' })), count);
  assert.ok(Number.isNaN(minutesOf({ count: '1', unit: 'years' })));
});

test('a length has words', () => {
  assert.equal(durationWords(1), '1 minute');
  assert.equal(durationWords(120), '2 hours');
  assert.equal(durationWords(1440), '1 day');
  assert.equal(durationWords(0), '0 minutes');
  assert.deepEqual(DURATION_UNITS, ['minutes', 'hours', 'days']);
});

test('a length outside of its bounds says them in words', () => {
  const bounds = { least: 15, most: 20_160 };
  assert.equal(durationError({ count: '14', unit: 'minutes' }, bounds), 'Enter 15 minutes or more.');
  assert.equal(durationError({ count: '15', unit: 'days' }, bounds), 'Enter 14 days or less.');
  assert.equal(durationError({ count: '0.5', unit: 'days' }, bounds), 'Enter a whole number.');
  assert.equal(durationError({ count: '', unit: 'days' }, bounds), null);
  for (const count of ['15', '20160']) assert.equal(durationError({ count, unit: 'minutes' }, bounds), null);
});

test('a time ago is told roughly', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const ago = (minutes) => agoWords(new Date(now - minutes * 60_000).toISOString(), now);
  assert.equal(ago(0), 'less than a minute');
  assert.equal(ago(1), '1 minute');
  assert.equal(ago(59), '59 minutes');
  assert.equal(ago(60), '1 hour');
  assert.equal(ago(179), '2 hours');
  assert.equal(ago(3 * 1440), '3 days');
  // The server's clock may be a little behind.
  assert.equal(ago(-5), 'less than a minute');
});
