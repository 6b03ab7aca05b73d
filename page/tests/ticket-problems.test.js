import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../static/scripts/server/failures.js';
import { sentenceOf } from '../../static/scripts/words/problems.js';
import { apiDescription } from '../description.js';

const sentence = (code, members) =>
  sentenceOf(new Problem(409, { type: `/problems/${code}`, status: 409, ...members }), 'UTC');

test('a sum is told in its currency', () => {
  assert.match(sentence('amount-differs', { amount: 5000, currency: 'EUR' }), /costs €50\.00 now/);
  assert.match(sentence('amount-differs', { amount: 5000, currency: 'JPY' }), /costs ¥5,000 now/);
  assert.match(sentence('amount-differs', { amount: 0, currency: null }), /costs nothing now/);
  assert.match(sentence('wrong-amount', { amount: 5000, currency: 'EUR' }), /€50\.00/);
});

test('what is left is told, and nothing left is sold out', () => {
  assert.match(sentence('price-sold-out', { seats_left: 0 }), /sold out/);
  assert.match(sentence('price-sold-out', { seats_left: 1 }), /Only 1 seat is available/);
  assert.match(sentence('price-sold-out', { seats_left: 3 }), /Only 3 seats are available/);
  assert.match(sentence('code-used-up', { seats_left: 0 }), /All seats/);
  assert.match(sentence('code-used-up', { seats_left: 2 }), /2 more seats/);
  assert.match(sentence('too-many-seats', { seats_at_most: 4 }), /4 seats at most/);
  assert.match(sentence('party-too-large', { capacity: 3 }), /only 3 seats/);
});

test('a price that is not open says from when on', () => {
  assert.match(sentence('price-not-open', { opens_at: '2026-11-21T18:00:00Z' }), /Sat, 21 Nov 2026, 18:00/);
});

test('a booking that cannot be paid says why', () => {
  const described = apiDescription().components.schemas.CannotBePaidProblem.properties.cause.enum;
  const cancellations = ['GIVEN_UP', 'REMOVED', 'DEACTIVATED', 'PASSED_ON'];
  const told = [
    ...described.map((cause) => sentence('cannot-be-paid', { cause })),
    ...cancellations.map((cancellation) =>
      sentence('cannot-be-paid', { cause: 'CANCELLED', registration: { cancellation } }),
    ),
    sentence('cannot-be-paid', { cause: 'A_NEW_ONE' }),
  ];
  assert.equal(new Set(told).size, described.length + cancellations.length + 1);
});
