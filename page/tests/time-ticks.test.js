import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeTicks } from '../../static/scripts/views/studio/time-ticks.js';

const words = (from, to, zone, most) =>
  timeTicks(Date.parse(from), Date.parse(to), zone, most).map((tick) => [tick.words, tick.under]);

test('marks are round times, and each day is named once', () => {
  assert.deepEqual(words('2026-11-27T22:50:00Z', '2026-11-28T01:10:00Z', 'UTC', 5), [
    ['23:00', '27 Nov'],
    ['23:30', ''],
    ['00:00', '28 Nov'],
    ['00:30', ''],
    ['01:00', ''],
  ]);
});

test('marks are those of the zone, also when its clocks change', () => {
  assert.deepEqual(words('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'Europe/Berlin', 4), [
    ['00:00', '29 Mar'],
    ['12:00', ''],
    ['00:00', '30 Mar'],
    ['12:00', ''],
  ]);
});

test('marks of days name the year once', () => {
  assert.deepEqual(words('2026-12-30T00:00:00Z', '2027-01-02T00:00:00Z', 'UTC', 5), [
    ['30 Dec', '2026'],
    ['31 Dec', ''],
    ['1 Jan', '2027'],
    ['2 Jan', ''],
  ]);
});

test('there are never more marks than asked for, but for the one at the begin', () => {
  const from = Date.parse('2026-11-27T22:50:00Z');
  for (const minutes of [1, 12, 59, 60, 61, 1000, 10_000, 100_000, 500_000])
    for (const most of [1, 3, 8]) {
      const ticks = timeTicks(from, from + minutes * 60_000, 'Europe/Berlin', most);
      assert.ok(ticks.length <= most + 1, `${ticks.length} of ${most} in ${minutes} minutes`);
    }
});
