import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVENT_FACTS, nameWords, stateWords, valueWords } from '../../static/scripts/words/facts.js';
import { apiDescription, membersOf } from '../description.js';

const { schemas } = apiDescription().components;

test('the facts of an event are members that the API has', () => {
  const members = membersOf(schemas.Event);
  assert.deepEqual(
    EVENT_FACTS.filter((name) => !members.includes(name)),
    [],
  );
});

test('each fact that an organizer can change is shown in a conflict', () => {
  assert.deepEqual(
    Object.keys(schemas.EventChanges.properties).filter((name) => !EVENT_FACTS.includes(name)),
    [],
  );
});

test('each role and each status has words of its own', () => {
  const states = [...schemas.Role.enum, ...schemas.EventStatus.enum];
  for (const state of states) assert.match(stateWords(state), /^[A-Z][a-z]+$/);
  assert.equal(stateWords('constructor'), 'constructor');
});

test('an API name becomes words', () => {
  assert.equal(nameWords('sales_open_at'), 'Sale opens');
  assert.equal(nameWords('EVENT_EDITED'), 'Event edited');
  assert.equal(nameWords('toString'), 'Tostring');
});

test('a value becomes words', () => {
  assert.equal(valueWords('starts_at', '2026-11-21T18:00:00Z', 'Europe/Berlin'), 'Sat, 21 Nov 2026, 19:00');
  assert.equal(valueWords('cancel_until', '2026-11-21T18:00:00Z', 'Europe/Berlin'), 'Sat, 21 Nov 2026, 19:00');
  assert.equal(valueWords('starts_at', 'later', 'Europe/Berlin'), 'later');
  assert.equal(valueWords('role', 'ADMIN'), 'Administrator');
  assert.equal(valueWords('capacity', 20_000), '20,000');
  assert.equal(valueWords('is_active', false), 'no');
  for (const nothing of [null, undefined, '']) assert.equal(valueWords('sales_open_at', nothing), '(empty)');
  assert.equal(valueWords('description', { from: 3 }), 'From: 3');
});

test('a fact of several members is told in words', () => {
  const prices = [
    { number: 2, name: 'Adult', limit: null, is_closed: false, code: '' },
    { name: 'Child', limit: 5 },
  ];
  assert.equal(valueWords('prices', prices), 'Number: 2, Name: Adult; Name: Child, Limit of seats: 5');
});
