import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  admittedWords,
  CHECK_IN_CHOICES,
  causeWords,
  checkInLabel,
  codesWords,
  doorStateWords,
  historyWords,
  lateWords,
  namesChoices,
  namesMinutes,
  namesValue,
  openingChoices,
  openingMinutes,
  openingValue,
  undoQuestion,
} from '../../static/scripts/views/studio/door-words.js';

const BERLIN = 'Europe/Berlin';
const OPENS = '2026-11-21T17:00:00Z';
const OPENS_MS = Date.parse(OPENS);
const UNDONE = { at: '2026-11-21T19:00:00Z', by: 'Otto', reason: 'pressed twice' };

test('each opening to choose becomes its minutes again', () => {
  for (const present of [null, 0, 60, 1440, 43_200, 45]) {
    const values = openingChoices(present).map(([value]) => value);
    assert.ok(values.includes(openingValue(present)), String(present));
    assert.equal(openingMinutes(openingValue(present)), present);
    assert.equal(new Set(values).size, values.length);
  }
});

test('openings are told by their longest unit, in order, after any time', () => {
  const labels = openingChoices(45).map(([, label]) => label);
  assert.deepEqual(labels.slice(0, 5), [
    'At any time',
    'From the start on',
    'From 30 minutes before the start',
    'From 45 minutes before the start',
    'From 1 hour before the start',
  ]);
  assert.equal(labels.at(-1), 'From 7 days before the start');
});

test('a door says since when or from when tickets are taken, by the event’s clock', () => {
  const door = { status: 'PUBLISHED', opens_at: OPENS };
  assert.equal(doorStateWords(door, BERLIN, OPENS_MS - 1), 'Tickets are taken from Sat, 21 Nov 2026, 18:00 on.');
  assert.equal(doorStateWords(door, BERLIN, OPENS_MS), 'Tickets have been taken since Sat, 21 Nov 2026, 18:00.');
  assert.equal(doorStateWords({ ...door, opens_at: null }, BERLIN, OPENS_MS), 'Tickets are taken at any time.');
  assert.match(doorStateWords({ ...door, status: 'CANCELLED' }, BERLIN, OPENS_MS), /cancelled/);
});

test('people who are in are counted', () => {
  assert.equal(admittedWords(1200, 4800), '1,200 of 4,800 in');
});

test('each state has a label and is a choice', () => {
  assert.deepEqual(checkInLabel('DOUBLE'), ['To settle', 'bad']);
  for (const [state, label] of CHECK_IN_CHOICES.slice(1)) assert.equal(checkInLabel(state)[0], label);
  assert.deepEqual(
    CHECK_IN_CHOICES.map(([state]) => state),
    ['', 'ADMITTED', 'DOUBLE', 'UNDONE'],
  );
});

test('states and causes of a newer server are told by their own names', (context) => {
  context.mock.method(console, 'error', () => {});
  assert.deepEqual(checkInLabel('LEFT_AGAIN'), ['Left again', 'quiet']);
  assert.equal(causeWords({ because: 'TOO_LATE' }), 'Too late');
  assert.equal(causeWords({ because: null }), 'It does not count.');
});

test('a double says why it does not count, and what was undone says by whom and why', () => {
  assert.match(String(historyWords({ state: 'DOUBLE', because: 'UNPAID', undone: null }, BERLIN)), /not paid/);
  assert.equal(historyWords({ state: 'ADMITTED', because: null, undone: null }, BERLIN), null);
  assert.equal(
    historyWords({ state: 'UNDONE', because: 'UNPAID', undone: UNDONE }, BERLIN),
    'By Otto, Sat, 21 Nov 2026, 20:00: “pressed twice”',
  );
});

test('a scan that came late says when it came', () => {
  const at = '2026-11-21T18:32:00Z';
  assert.equal(lateWords({ at, received_at: '2026-11-21T18:32:59Z' }, BERLIN), null);
  assert.equal(lateWords({ at, received_at: '2026-11-21T18:33:00Z' }, BERLIN), 'came here at 19:33');
  // A device whose clock is ahead was not late.
  assert.equal(lateWords({ at, received_at: '2026-11-21T18:00:00Z' }, BERLIN), null);
});

test('settling keeps the check-in that counts, and undoing lets somebody in again', () => {
  const alice = { name: 'Alice', ticket_name: null, number: 2 };
  assert.equal(undoQuestion({ ...alice, state: 'DOUBLE' }).title, 'Settle Alice’s ticket 2?');
  const undo = undoQuestion({ ...alice, state: 'ADMITTED' });
  assert.equal(undo.title, 'Undo the check-in of Alice’s ticket 2?');
  assert.match(undo.text, /in again/);
  const named = undoQuestion({ ...alice, ticket_name: 'Ada', state: 'ADMITTED' });
  assert.equal(named.title, 'Undo the check-in of Ada’s ticket 2?');
});

test('codes say when they were made', () => {
  assert.equal(codesWords(null), 'There are no codes yet.');
  // By the reader's clock.
  assert.equal(codesWords(OPENS), 'The present codes were made on Sat, 21 Nov 2026, 12:00.');
});

test('names are filled in until a time before the start, or not at all, and another program’s choice stays', () => {
  const labels = namesChoices(45).map(([value, label]) => `${value} ${label}`);
  assert.equal(labels[0], '0 Until the start');
  assert.ok(labels.includes('45 Until 45 minutes before the start'), labels.join());
  assert.equal(labels.at(-1), 'NONE Not at all');
  for (const minutes of [0, 45, 1440, null]) assert.equal(namesMinutes(namesValue(minutes)), minutes);
  assert.equal(namesChoices(null).length, namesChoices(0).length);
});
