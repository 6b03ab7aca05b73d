import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headlineOf } from '../../static/scripts/views/admin/simulation-facts.js';
import { runsOf } from '../../static/scripts/views/admin/simulation-runs.js';
import { groundOf, groundWords, itselfQuestion } from '../../static/scripts/views/admin/simulation-words.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const EVENT = {
  title: 'A summit',
  status: 'PUBLISHED',
  under_test: false,
  ends_at: '2026-12-01T10:00:00Z',
  confirmed: 0,
  waiting: 0,
};
const REPORT = { total_attempted: 500, duration_milliseconds: 1250, capacity: 30, success_count: 7 };

test('only a public event without bookings is tested itself', () => {
  const ground = (changes) => groundOf({ ...EVENT, ...changes }, NOW);
  assert.equal(ground({}), 'itself');
  assert.equal(ground({ confirmed: 1 }), 'copy');
  assert.equal(ground({ waiting: 1 }), 'copy');
  assert.equal(ground({ under_test: true }), 'copy');
  assert.equal(ground({ status: 'DRAFT' }), 'copy');
  assert.equal(ground({ status: 'CANCELLED' }), 'closed');
  assert.equal(ground({ ends_at: '2026-11-21T10:00:00Z' }), 'closed');
});

test('the words say what visitors will see', () => {
  assert.match(groundWords(EVENT, NOW), /public and has no bookings yet/);
  assert.match(groundWords({ ...EVENT, confirmed: 1 }, NOW), /dry run on a hidden copy/);
  assert.match(itselfQuestion(EVENT, 500).text, /^500 simulated buyers will book “A summit” itself/);
});

test('the headline counts seats, not buyers', () => {
  const types = [
    { seats_given: 12, capacity: 20 },
    { seats_given: 10, capacity: 10 },
  ];
  assert.deepEqual(headlineOf({ ...REPORT, ticket_types: types }), {
    buyers: 500,
    seconds: 1.25,
    sold: 22,
    capacity: 30,
    oversold: 0,
  });
});

test('a type that gave out too many seats is oversold, also if the event has some left', () => {
  const types = [
    { seats_given: 1, capacity: 20 },
    { seats_given: 13, capacity: 10 },
  ];
  assert.equal(headlineOf({ ...REPORT, ticket_types: types }).oversold, 3);
});

test('a report without ticket types counts one seat for each buyer', () => {
  assert.deepEqual(headlineOf(REPORT).sold, 7);
});

test('the history has runs on the event and on its copies, and no others', () => {
  const entry = { at: '2026-11-21T10:00:00Z', action: 'SIMULATION_BEGUN', actor: { name: 'Ada' }, after: {} };
  const entries = [
    { ...entry, subject_id: 'copy', after: { rehearsal_of: 'event' } },
    { ...entry, subject_id: 'event', actor: null },
    { ...entry, subject_id: 'event', action: 'EVENT_EDITED' },
    { ...entry, subject_id: 'other' },
  ];
  assert.deepEqual(runsOf(entries, 'event'), [
    { at: entry.at, by: 'Ada', isDry: true },
    { at: entry.at, by: null, isDry: false },
  ]);
});
