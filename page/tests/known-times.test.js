import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as known from '../../static/scripts/words/known-times.js';
import * as times from '../../static/scripts/words/times.js';

test('a time that is known is told as one that is formatted', () => {
  const time = '2026-11-21T19:00:00Z';
  for (const zone of ['Europe/Berlin', 'Asia/Tokyo', 'Europe/Berlin']) {
    assert.equal(known.dateAndTime(time, zone), times.dateAndTime(time, zone));
    assert.equal(known.inBothZones(time, zone), times.inBothZones(time, zone));
  }
  assert.equal(known.dateAndTime(time), times.dateAndTime(time));
});

test('a time is formatted once', (context) => {
  const format = context.mock.getter(Intl.DateTimeFormat.prototype, 'format');
  for (let round = 0; round < 3; round += 1) known.dateAndTime('2027-03-04T05:06:00Z', 'Europe/Paris');
  assert.ok(format.mock.callCount() <= 1);
  // Others push it out, and it is formatted again.
  for (let minute = 0; minute < 200; minute += 1) known.dateAndTime(minute * 60_000, 'Europe/Paris');
  assert.equal(
    known.dateAndTime('2027-03-04T05:06:00Z', 'Europe/Paris'),
    times.dateAndTime('2027-03-04T05:06:00Z', 'Europe/Paris'),
  );
});
