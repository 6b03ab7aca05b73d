import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fewerMissing, fewerWords, summedFewer } from '../../static/scripts/booking/fewer.js';

const PARTY = {
  status: 'CONFIRMED',
  seats: [
    { price: 1, name: 'Adult', amount: 2500, count: 2 },
    { price: 2, name: 'Child', amount: 1000, count: 1 },
  ],
  seat_count: 3,
  amount: 6000,
  currency: 'EUR',
  paid_at: null,
};
const kept = (adults, children) => [
  { price: 1, count: adults },
  { price: 2, count: children },
];

test('what remains is counted and summed', () => {
  assert.deepEqual(summedFewer(PARTY, kept(1, 1)), { seats: 2, amount: 3500 });
});

test('at least one seat remains, and at least one goes', () => {
  assert.match(fewerMissing(PARTY, kept(0, 0)), /at least one/);
  assert.match(fewerMissing(PARTY, kept(2, 1)), /all of your seats/);
  assert.equal(fewerMissing(PARTY, kept(2, 0)), null);
});

test('the consequences are told by what the seats are', () => {
  const words = (changes) => fewerWords({ ...PARTY, ...changes }, kept(1, 1));
  assert.equal(words({ status: 'WAITLISTED' }), 'You keep 2 of 3 seats on the waitlist.');
  assert.match(words({ status: 'HELD' }), /give 1 seat back\. You then have €35\.00 to pay/);
  assert.match(words({ paid_at: '2026-11-21T10:00:00Z' }), /price is €35\.00\. .*organizer’s rules/);
  assert.equal(words({ amount: 0 }), 'You keep 2 of 3 seats and give 1 seat back.');
});

test('who takes the seats that are free hears what they get and what they leave', () => {
  assert.equal(
    fewerWords({ ...PARTY, status: 'WAITLISTED' }, kept(1, 1), true),
    'You get 2 seats now for €35.00, and leave the waitlist for the other 1.',
  );
});
