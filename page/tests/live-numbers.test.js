import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withNumbers } from '../../static/scripts/server/live-numbers.js';

const PRICES = [{ number: 1, name: 'Adult' }];
const EVENT = {
  id: 'e',
  title: 'A concert',
  edit_version: 3,
  seats_available: 10,
  ticket_types: [
    { number: 1, name: 'Standing', prices: PRICES, seats_remaining: 7, seats_available: 7, waiting: 0 },
    { number: 2, name: 'Seated', prices: [], seats_remaining: 3, seats_available: 3, waiting: 0 },
  ],
};
const STREAMED = {
  id: 'e',
  edit_version: 3,
  last_decision: 9,
  seats_available: 8,
  ticket_types: [{ number: 1, seats_remaining: 5, seats_available: 5, waiting: 0 }],
};

test('the stream’s numbers go into the types, whose names and prices stay', () => {
  const event = withNumbers(EVENT, STREAMED);
  assert.equal(event.seats_available, 8);
  assert.deepEqual(event.ticket_types[0], { ...EVENT.ticket_types[0], seats_remaining: 5, seats_available: 5 });
  assert.deepEqual(event.ticket_types[1], EVENT.ticket_types[1]);
  assert.ok(!('last_decision' in event));
});

test('a type that the event does not have yet is not half shown', () => {
  const types = [...STREAMED.ticket_types, { number: 3, seats_remaining: 1, seats_available: 1, waiting: 0 }];
  assert.equal(withNumbers(EVENT, { ...STREAMED, ticket_types: types, edit_version: 4 }).ticket_types.length, 2);
});

test('an event that was read after a newer edit keeps its own numbers', () => {
  assert.equal(withNumbers({ ...EVENT, edit_version: 4 }, STREAMED).seats_available, 10);
  assert.equal(withNumbers(EVENT, undefined), EVENT);
});
