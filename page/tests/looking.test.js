import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLookDue, mayHaveMoved } from '../../static/scripts/booking/looking.js';

const NOW = Date.parse('2026-11-21T18:00:00Z');
const held = (rest) => ({ status: 'HELD', held_until: rest === null ? null : new Date(NOW + rest).toISOString() });

test('whoever waits is looked at with every turn, and whoever has a seat never', () => {
  assert.ok(isLookDue([{ status: 'WAITLISTED', held_until: null }], NOW, NOW));
  assert.ok(!isLookDue([{ status: 'CONFIRMED', held_until: null }], NOW, 0));
  assert.ok(!isLookDue([], NOW, 0));
});

test('a hold is looked at now and then, and with every turn around its deadline', () => {
  for (const rest of [null, 3_600_000, -3_600_000]) {
    assert.ok(!isLookDue([held(rest)], NOW, NOW - 14_999));
    assert.ok(isLookDue([held(rest)], NOW, NOW - 15_000));
  }
  for (const rest of [5000, 0, -60_000]) assert.ok(isLookDue([held(rest)], NOW, NOW));
  for (const rest of [5001, -60_001]) assert.ok(!isLookDue([held(rest)], NOW, NOW));
});

test('only as many look as have left their line', () => {
  const event = (one, two) => ({
    ticket_types: [
      { number: 1, waiting: one },
      { number: 2, waiting: two },
    ],
  });
  const at = (position, type = 1) => [{ status: 'WAITLISTED', position, ticket_type: type }];
  assert.ok(mayHaveMoved(at(3), event(10, 0), event(7, 0)));
  assert.ok(!mayHaveMoved(at(4), event(10, 0), event(7, 0)));
  // The line of another type says nothing.
  assert.ok(!mayHaveMoved(at(3), event(10, 5), event(10, 0)));
  assert.ok(mayHaveMoved(at(3, 2), event(10, 5), event(10, 0)));
  assert.ok(!mayHaveMoved([{ status: 'HELD', position: null, ticket_type: 1 }], event(10, 0), event(0, 0)));
});
