import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentsOf, nextSecond } from '../../static/scripts/booking/moments.js';
import { countdown } from '../../static/scripts/words/times.js';

test('an event’s texts change with its sale, its prices and the user’s holds', () => {
  const event = {
    sales_open_at: 'opens',
    sales_close_at: null,
    cancel_until: 'cancel',
    starts_at: 'starts',
    ends_at: 'ends',
    ticket_types: [{ prices: [{ opens_at: null, closes_at: 'early bird' }] }, { prices: [] }],
  };
  assert.deepEqual(
    momentsOf(event, [{ held_until: 'held' }]).filter((time) => time !== null),
    ['opens', 'cancel', 'starts', 'ends', 'held', 'early bird'],
  );
});

test('a countdown is looked at when it shows another second, and not before', () => {
  const end = 1_000_000;
  for (const now of [end - 90_500, end - 90_000, end - 1, end - 1000]) {
    const rest = nextSecond([end], now);
    const shown = countdown(end - now);
    assert.equal(countdown(end - (now + rest - 1)), shown);
    if (now + rest < end) assert.notEqual(countdown(end - (now + rest) - 1), shown);
  }
  assert.equal(nextSecond([undefined, end], end), null);
  assert.equal(nextSecond([end + 300, end + 700], end), 300);
});
