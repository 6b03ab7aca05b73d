import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveOf } from '../../static/scripts/views/studio/sales-curve.js';

const column = (confirmed, waitlisted, promoted, cancelled) => ({ confirmed, waitlisted, promoted, cancelled });
const numbers = (columns, end = null) => curveOf(columns, end).map(({ sold, waiting }) => [sold, waiting]);

test('bookings add up', () => {
  assert.deepEqual(numbers([]), []);
  assert.deepEqual(numbers([column(3, 0, 0, 0), column(0, 0, 0, 0), column(2, 4, 0, 0)]), [
    [3, 0],
    [3, 0],
    [5, 4],
  ]);
});

test('while nobody waits, cancelled bookings had a seat', () => {
  assert.deepEqual(numbers([column(5, 0, 0, 0), column(0, 0, 0, 2)]), [
    [5, 0],
    [3, 0],
  ]);
});

test('each seat that came free while people waited went to one of them', () => {
  assert.deepEqual(numbers([column(5, 9, 0, 0), column(0, 0, 2, 3)]), [
    [5, 9],
    [5, 6],
  ]);
});

test('seats that were added let people in without anybody leaving', () => {
  assert.deepEqual(numbers([column(5, 9, 0, 0), column(0, 0, 4, 0)]), [
    [5, 9],
    [9, 5],
  ]);
});

test('the curve ends at the numbers that are known', () => {
  const columns = [column(5, 4, 0, 0), column(0, 0, 0, 4), column(0, 0, 0, 1)];
  assert.deepEqual(numbers(columns).at(-1), [4, 0]);
  // Two of the four had seats that were taken away from the sale, so that nobody got them.
  assert.deepEqual(numbers(columns, { sold: 3, waiting: 1 }).at(-1), [3, 1]);
  for (const [sold, waiting] of numbers(columns, { sold: 3, waiting: 1 })) assert.ok(sold >= 0 && waiting >= 0);
});
