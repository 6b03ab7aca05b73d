import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeErrors, timeWarnings } from '../../static/scripts/views/studio/time-order.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const day = (days) => new Date(NOW + days * 86_400_000).toISOString();
const SOUND = {
  starts_at: day(10),
  ends_at: day(11),
  sales_open_at: day(1),
  sales_close_at: day(9),
  cancel_until: day(8),
};
const errors = (changes, isNew = () => true) => timeErrors({ ...SOUND, ...changes }, { now: NOW, isNew });
const warnings = (changes, isNew = () => true) => timeWarnings({ ...SOUND, ...changes }, { now: NOW, isNew });

test('times in order have no faults, also those that are not given', () => {
  const none = { starts_at: null, ends_at: null, sales_open_at: null, sales_close_at: null, cancel_until: null };
  for (const check of [errors, warnings]) {
    assert.deepEqual(check({}), {});
    assert.deepEqual(check(none), {});
    assert.deepEqual(check({ sales_open_at: null, sales_close_at: null, cancel_until: null }), {});
  }
});

test('the end is after the start, in the future, and at most 366 days away', () => {
  assert.deepEqual(errors({ ends_at: day(10) }), { ends_at: 'The end must be after the start.' });
  assert.deepEqual(errors({ ends_at: day(377) }), { ends_at: 'An event lasts at most 366 days.' });
  assert.deepEqual(errors({ ends_at: day(376) }), {});
  const past = { starts_at: day(-2), ends_at: day(0), sales_open_at: null, cancel_until: null };
  assert.deepEqual(errors(past), { ends_at: 'The end must be in the future.' });
});

test('the sale opens before the end and closes after it opens', () => {
  assert.deepEqual(errors({ sales_open_at: day(11), sales_close_at: null }), {
    sales_open_at: 'The sale must open before the event ends.',
  });
  assert.deepEqual(errors({ sales_close_at: day(1) }), { sales_close_at: 'The sale must close after it opens.' });
});

test('cancelling ends when the event starts, or before', () => {
  assert.deepEqual(errors({ cancel_until: day(10) }), {});
  assert.deepEqual(Object.keys(errors({ cancel_until: day(10.001) })), ['cancel_until']);
});

test('a saved time may stay as it is', () => {
  const broken = { ends_at: day(-1), sales_close_at: day(0), cancel_until: day(20) };
  assert.deepEqual(
    errors(broken, () => false),
    {},
  );
  assert.deepEqual(
    warnings({ starts_at: day(-1) }, () => false),
    {},
  );
  assert.deepEqual(Object.keys(errors(broken, (name) => name === 'cancel_until')), ['cancel_until']);
});

test('times in the past are pointed out', () => {
  const past = { starts_at: day(-1), sales_open_at: day(-3), sales_close_at: day(-2), cancel_until: day(-2) };
  assert.deepEqual(Object.keys(warnings(past)).sort(), [
    'cancel_until',
    'sales_close_at',
    'sales_open_at',
    'starts_at',
  ]);
});

test('a sale outside of the event is pointed out', () => {
  assert.deepEqual(Object.keys(warnings({ sales_open_at: day(10.5), sales_close_at: day(12) })), [
    'sales_open_at',
    'sales_close_at',
  ]);
});
