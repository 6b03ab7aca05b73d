import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titleWords } from '../../static/scripts/booking/title-words.js';

test('a title tells what has changed', () => {
  const change = (before, after, more) =>
    titleWords({ status: before }, { status: after, seat_count: 1, paid_at: null, ...more });
  assert.equal(change('WAITLISTED', 'CONFIRMED'), 'You’ve got a seat');
  assert.equal(change('WAITLISTED', 'CONFIRMED', { seat_count: 3 }), 'You’ve got 3 seats');
  assert.equal(change('WAITLISTED', 'HELD'), 'You’ve got a seat: please pay');
  assert.equal(change('HELD', 'CONFIRMED'), 'Payment arrived');
  assert.equal(change('CONFIRMED', 'HELD'), 'Payment did not arrive');
  assert.equal(change('HELD', 'CANCELLED'), 'Hold ended');
  assert.equal(change('CONFIRMED', 'CANCELLED'), 'Booking cancelled');
  assert.equal(titleWords({ status: 'HELD' }, undefined), 'Booking cancelled');
});
