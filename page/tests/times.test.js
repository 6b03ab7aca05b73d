import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as times from '../../static/scripts/words/times.js';

// The reader is in New York: see setup.js.
const BERLIN = 'Europe/Berlin';

test('a time is shown in the zone that is asked for, and in the reader’s own by default', () => {
  assert.equal(times.dateAndTime('2026-11-21T18:00:00Z', BERLIN), 'Sat, 21 Nov 2026, 19:00');
  assert.equal(times.dateAndTime('2026-11-21T18:00:00Z'), 'Sat, 21 Nov 2026, 13:00');
  assert.equal(times.timeOfDay('2026-07-01T18:00:00Z', BERLIN), '20:00');
  assert.equal(times.dayAndMonth('2026-11-21T23:30:00Z', BERLIN), '22 Nov');
  assert.equal(times.monthAndYear('2026-12-01T02:00:00Z', BERLIN), 'December 2026');
  assert.equal(times.monthAndYear('2026-12-01T02:00:00Z', times.ownZone), 'November 2026');
  assert.equal(times.exactTime('2026-11-21T18:00:05Z', BERLIN), 'Sat, 21 Nov 2026, 19:00:05');
});

test('a time in another zone is also shown in the reader’s own', () => {
  assert.equal(times.inBothZones('2026-11-21T18:00:00Z', BERLIN), 'Sat, 21 Nov 2026, 19:00 (13:00 in your time)');
  // It is still the day before in New York.
  assert.equal(
    times.inBothZones('2026-11-21T01:00:00Z', BERLIN),
    'Sat, 21 Nov 2026, 02:00 (Fri, 20 Nov 2026, 20:00 in your time)',
  );
  assert.equal(times.inBothZones('2026-11-21T18:00:00Z', 'America/Toronto'), 'Sat, 21 Nov 2026, 13:00');
});

test('a span names a common day once', () => {
  assert.equal(
    times.timeSpan('2026-11-21T18:00:00Z', '2026-11-21T20:30:00Z', BERLIN),
    'Sat, 21 Nov 2026, 19:00 – 21:30',
  );
  assert.equal(
    times.timeSpan('2026-11-21T18:00:00Z', '2026-11-21T23:30:00Z', BERLIN),
    'Sat, 21 Nov 2026, 19:00 – Sun, 22 Nov 2026, 00:30',
  );
});

test('a ticket’s stub has the date of the event’s zone', () => {
  assert.deepEqual(times.stubParts('2026-12-31T23:30:00Z', BERLIN), {
    month: 'Jan',
    day: '1',
    weekday: 'Fri',
    year: '2027',
  });
});

test('a countdown has days, hours, minutes and seconds, and never goes below zero', () => {
  const [second, hour, day] = [1000, 3_600_000, 86_400_000];
  assert.equal(times.countdown(2 * day + 3 * hour + 245 * second), '2 d 03:04:05');
  assert.equal(times.countdown(3 * hour + 245 * second), '03:04:05');
  assert.equal(times.countdown(245 * second), '04:05');
  // A started second counts, so that zero means that it is time.
  assert.equal(times.countdown(1), '00:01');
  assert.equal(times.countdown(0), '00:00');
  assert.equal(times.countdown(-day), '00:00');
});

test('a wall clock’s time is read back as the same time', () => {
  for (const zone of [BERLIN, 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'UTC']) {
    for (let hour = 0; hour < 24 * 366; hour += 7) {
      const time = new Date(Date.UTC(2027, 0, 1, hour, 30)).toISOString();
      const wall = times.wallClock(time, zone);
      const back = times.instantsOf(wall, zone);
      assert.ok(back.includes(time), `${wall} in ${zone} is not ${time}`);
      assert.ok(back.every((one) => times.wallClock(one, zone) === wall));
    }
  }
});

test('a wall clock that is set back shows a time twice', () => {
  const both = times.instantsOf('2026-10-25T02:30', BERLIN);
  assert.deepEqual(both, ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  assert.equal(new Set(both.map((time) => times.clockName(BERLIN, time))).size, 2);
});

test('a wall clock that is set forward leaves a time out', () => {
  assert.deepEqual(times.instantsOf('2026-03-29T02:30', BERLIN), []);
  assert.deepEqual(times.instantsOf('2026-03-29T03:00', BERLIN), ['2026-03-29T01:00:00.000Z']);
});

test('a text that is no time has no instant', () => {
  assert.deepEqual(times.instantsOf('soon', BERLIN), []);
  assert.deepEqual(times.instantsOf('', BERLIN), []);
});

test('a zone that the browser does not know is shown as UTC, and called so', () => {
  assert.equal(times.isZone('Mars/Olympus_Mons'), false);
  assert.equal(times.dateAndTime('2026-11-21T18:00:00Z', 'Mars/Olympus_Mons'), 'Sat, 21 Nov 2026, 18:00');
  assert.match(times.zoneName('Mars/Olympus_Mons', '2026-11-21T18:00:00Z'), /^UTC/);
});

test('a zone’s name has its offset at that time', () => {
  assert.match(times.zoneName('Asia/Kolkata', '2026-11-21T18:00:00Z'), /^Asia\/Kolkata \((GMT\+5:30|IST)\)$/);
  assert.notEqual(times.zoneName(BERLIN, '2026-01-01T00:00:00Z'), times.zoneName(BERLIN, '2026-07-01T00:00:00Z'));
  // Not a hyphen, at which the line could break.
  assert.match(times.zoneName('America/Sao_Paulo', '2026-11-21T18:00:00Z'), /^America\/Sao Paulo \(GMT−3\)$/);
});

test('a zone that was renamed is offered and shown by today’s name, and understood by both', () => {
  const names = times.zoneNames();
  assert.ok(names.includes('Asia/Kolkata') && names.includes('Europe/Kyiv'));
  assert.ok(!names.includes('Asia/Calcutta') && !names.includes('Europe/Kiev'));
  assert.ok(times.isZone('Asia/Calcutta') && times.isZone('Asia/Kolkata'));
  assert.match(times.zoneName('Asia/Calcutta', '2026-11-21T18:00:00Z'), /^Asia\/Kolkata \(/);
  assert.equal(times.todaysName('constructor'), 'constructor');
  // No other name in the browser's list is a former one.
  const former = Intl.supportedValuesOf('timeZone').filter((name) => times.todaysName(name) !== name);
  assert.equal(former.length, 19);
});

test('the zones to choose from are known, named once, and have the reader’s own', () => {
  const names = times.zoneNames();
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes('UTC') && names.includes('America/New_York') && names.includes(BERLIN));
  assert.deepEqual(
    names.filter((name) => !times.isZone(name)),
    [],
  );
});
