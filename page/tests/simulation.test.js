import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headlineOf } from '../../static/scripts/views/admin/simulation-facts.js';
import { machineWords } from '../../static/scripts/views/admin/simulation-machine-words.js';
import { groundOfRun, outcomeOf, stoppedWords } from '../../static/scripts/views/admin/simulation-run-words.js';
import { groundOf, groundWords, itselfQuestion } from '../../static/scripts/views/admin/simulation-words.js';
import { linesOfSql } from '../../static/scripts/views/admin/sql-lines.js';

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

test('the history says where a run was and what came of it', () => {
  const results = {
    rehearsal: true,
    capacity: 10,
    seats_given: 10,
    waitlisted_count: 490,
    failed_count: 0,
    duration_milliseconds: 42,
    throughput_per_second: 11_904.8,
    stopped: false,
    passed: true,
  };
  assert.equal(groundOfRun({ results }), 'A hidden copy (dry run)');
  assert.equal(groundOfRun({ results: { ...results, rehearsal: false } }), 'The event itself');
  assert.equal(groundOfRun({ results: null }), '–');
  const outcome = (changes) => outcomeOf({ state: 'DONE', results: { ...results, ...changes } });
  assert.equal(outcome({}), '10 of 10 seats sold in 0.042\u00a0s, all guarantees hold');
  assert.equal(
    outcome({ failed_count: 3, passed: false, duration_milliseconds: 1500 }),
    '10 of 10 seats sold in 1.5\u00a0s, 3 buyers failed, a guarantee is broken',
  );
  assert.equal(outcome({ stopped: true }), '10 of 10 seats sold in 0.042\u00a0s, stopped early, all guarantees hold');
  assert.equal(outcomeOf({ state: 'RUNNING', results: null }), 'Running');
  assert.match(outcomeOf({ state: 'LOST', results: null }), /^Lost/);
  assert.equal(outcomeOf({ state: 'FAILED', results: null }), 'Failed');
});

test('a run that was stopped says how many had asked', () => {
  const stopped = { stopped: true, total_attempted: 1312 };
  assert.equal(stoppedWords(5000, stopped), 'Stopped early: 1,312 of 5,000 buyers had asked.');
  assert.equal(stoppedWords(5000, { ...stopped, stopped: false }), '');
});

test('the report says plainly whether commits are durable, on which machine', () => {
  const settings = ['fsync', 'full_page_writes', 'synchronous_commit'].map((name) => ({ name, value: 'on' }));
  const machine = { cores: 2, processor: 'A processor', postgresql: '17.2', durable: true, settings };
  assert.equal(
    machineWords(machine),
    'Run on 2 cores (A processor) with PostgreSQL 17.2. Commits are durable: an answered booking survives a crash ' +
      '(fsync on, full_page_writes on, synchronous_commit on).',
  );
  const lax = { ...machine, processor: null, durable: false, settings: [{ name: 'fsync', value: 'off' }] };
  assert.match(
    machineWords(lax),
    /^Run on 2 cores with PostgreSQL 17\.2\. Commits are not durable: .*\(fsync off\)\.$/,
  );
});

test('a query is shown in lines, and stays the same query', () => {
  const sql =
    "with a as (select id from t where x = $1), b as (select 'and' || id from a) select count(*) from b left join a on true where b.id > 1 and a.id = 2";
  const lines = linesOfSql(sql);
  assert.equal(lines.replaceAll(/\s+/g, ' '), sql);
  assert.ok(lines.split('\n').includes('left join a on true'));
  assert.ok(lines.split('\n').length > 6);
});
