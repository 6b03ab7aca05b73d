import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toDoOf } from '../../static/scripts/views/studio/to-do.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const EVENT = {
  status: 'PUBLISHED',
  under_test: false,
  time_zone: 'UTC',
  description: 'Jazz.',
  capacity: 10,
  seats_available: 10,
  ends_at: '2026-12-01T10:00:00Z',
  sales_open_at: null,
  sales_close_at: null,
};
const PAID = {
  payment_instructions: '',
  ticket_types: [
    {
      prices: [
        { amount: 0, is_closed: false },
        { amount: 2500, is_closed: false },
      ],
    },
  ],
};
const words = (changes, tickets = null) => toDoOf({ ...EVENT, ...changes }, tickets, NOW).map((one) => one.words);

test('a sound event has nothing left to do', () => {
  assert.deepEqual(words({}), []);
  assert.deepEqual(words({}, { ...PAID, payment_instructions: 'By transfer.' }), []);
  const free = [{ prices: [{ amount: 0, is_closed: false }] }];
  assert.deepEqual(words({}, { ...PAID, ticket_types: free }), []);
});

test('what is missing is told with its place', () => {
  assert.deepEqual(words({ description: ' \n' }), ['Add a description, so that people know what to expect.']);
  assert.deepEqual(words({ capacity: 0 }), ['Add seats. There are none yet.']);
  assert.deepEqual(toDoOf(EVENT, PAID, NOW), [
    { words: 'Say how to pay. There are paid prices, but no payment instructions.', where: 'tickets' },
  ]);
  const closed = { payment_instructions: 'x', ticket_types: [{ prices: [{ amount: 5, is_closed: true }] }] };
  assert.deepEqual(words({}, closed), ['Open a price. All are closed, so nobody can book.']);
});

test('a sale that is not open says when it opens, or that it is closed', () => {
  assert.deepEqual(words({ sales_open_at: '2026-11-22T10:00:00Z' }), ['The sale opens Sun, 22 Nov 2026, 10:00.']);
  assert.deepEqual(words({ sales_close_at: '2026-11-20T10:00:00Z' }), [
    'The sale is closed. Move its end to sell more.',
  ]);
});

test('nothing is left to do for an event that is cancelled or over', () => {
  assert.deepEqual(words({ status: 'CANCELLED', description: '' }), []);
  assert.deepEqual(words({ ends_at: '2026-11-20T10:00:00Z', description: '' }), []);
});
