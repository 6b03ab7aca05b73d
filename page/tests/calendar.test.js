import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile, calendarName } from '../../static/scripts/words/calendar.js';

const EVENT = {
  uid: '0190@tickets.example',
  sequence: 3,
  title: 'Jazz; live, at \\night',
  location: 'Hall 1, Main Street',
  description: 'Doors open\r\nat seven',
  starts: '2026-11-21T19:00:00+01:00',
  ends: '2026-11-21T21:30:00Z',
  address: 'https://tickets.example/e/jazz-1?a,b;c',
};
const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const file = (changes) => calendarFile({ ...EVENT, ...changes }, NOW);

test('a calendar’s file has its times in UTC and its texts escaped', () => {
  assert.deepEqual(file().split('\r\n'), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Onsale//Onsale//EN',
    'BEGIN:VEVENT',
    'UID:0190@tickets.example',
    'SEQUENCE:3',
    'DTSTAMP:20260102T030405Z',
    'DTSTART:20261121T180000Z',
    'DTEND:20261121T213000Z',
    'SUMMARY:Jazz\\; live\\, at \\\\night',
    'LOCATION:Hall 1\\, Main Street',
    'DESCRIPTION:Doors open\\nat seven',
    'URL:https://tickets.example/e/jazz-1?a,b;c',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('no text can add a line of its own', () => {
  const lines = file({ title: 'a\r\nATTACH:x', location: 'b\rATTACH:x', description: 'c\u0085\u0000\nATTACH:x' }).split(
    /\r\n|\r|\n/,
  );
  assert.ok(!lines.some((line) => line.startsWith('ATTACH')));
});

test('long lines are folded between characters, at 75 octets', () => {
  const description = 'אירוע 🎷 '.repeat(40);
  const text = file({ description });
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(text.replaceAll('\r\n ', '').includes(`DESCRIPTION:${description}`));
  assert.ok(!text.includes('\ufffd'));
});

test('empty texts are left out', () => {
  assert.doesNotMatch(file({ location: '', description: '' }), /LOCATION|DESCRIPTION/);
});

test('a file is named after its event', () => {
  assert.equal(calendarName('Jazz: live / at night!'), 'Jazz-live-at-night.ics');
  assert.equal(calendarName('אירוע'), 'אירוע.ics');
  assert.equal(calendarName('../..'), 'event.ics');
});
