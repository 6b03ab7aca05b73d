import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, asked, criteriaOf } from '../../static/scripts/views/public/event-filters.js';

const ALL = { q: '', when: '', place: '', free: '' };
const read = (query) => criteriaOf(new URLSearchParams(query));

test('criteria come back from their address as they were', () => {
  for (const criteria of [
    ALL,
    { ...ALL, when: 'next-month', free: 'true' },
    { q: 'rock & roll', when: 'weekend', place: 'Köln/Süd + Bonn', free: 'false' },
  ])
    assert.deepEqual(read(addressOf(criteria).split('?')[1] ?? ''), criteria);
});

test('the address of a list without criteria is the shortest one', () => {
  assert.equal(addressOf(ALL), '/events');
  assert.equal(addressOf({ ...ALL, when: 'today' }), '/events?when=today');
});

test('an address that has anything else is a list without it', () => {
  assert.deepEqual(read('when=yesterday&free=maybe&order=price'), ALL);
});

test('the API is asked for times, and for nothing that is empty', () => {
  const { from, to, ...rest } = asked({ ...ALL, when: 'today', free: 'true' });
  assert.ok(Date.parse(from) <= Date.now() && Date.now() < Date.parse(to));
  assert.deepEqual(rest, { q: '', place: '', free: 'true' });
  assert.deepEqual(asked(ALL), { q: '', place: '', free: '', from: '', to: '' });
});
