import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldWords, warningWords } from '../../static/scripts/booking/held-words.js';

const UNTIL = '2026-11-21T19:00:00Z';
const DUE = Date.parse(UNTIL);
const EVENT = { time_zone: 'America/New_York', waiting: 0, ticket_types: [{ number: 1, waiting: 0 }] };
const HELD = {
  status: 'HELD',
  ticket_type: 1,
  seat_count: 2,
  amount: 5000,
  currency: 'EUR',
  held_until: UNTIL,
  payment_instructions: 'To the account 1234,\nwith your name.',
};
const words = (now, { code = 'open', event = EVENT, ...changes } = {}) =>
  heldWords({ sale: { code }, event, now }, { ...HELD, ...changes });

test('a hold counts down to its deadline, and says what to pay and what follows', () => {
  const shown = words(DUE - 90_000);
  assert.equal(shown.state, 'held');
  assert.equal(shown.heading, 'Your 2 seats are held');
  assert.equal(shown.countdown, '01:30');
  assert.match(shown.words, /pay €50\.00 by Sat, 21 Nov 2026, 14:00\..*your 2 seats go to whoever books next/);
  assert.equal(shown.pay, HELD.payment_instructions);
});

test('where somebody waits for the seats, they go to the waitlist', () => {
  const event = {
    ...EVENT,
    waiting: 5,
    ticket_types: [
      { number: 1, waiting: 0 },
      { number: 2, waiting: 5 },
    ],
  };
  assert.match(words(DUE - 1, { event }).words, /whoever books next/);
  assert.match(words(DUE - 1, { event, ticket_type: 2 }).words, /the next on the waitlist/);
});

test('after its deadline a hold counts no more, until it ends', () => {
  assert.equal(words(DUE - 1).countdown, '00:01');
  assert.equal(words(DUE).countdown, undefined);
  assert.match(words(DUE).words, /ended on .*your hold ends at any moment/);
});

test('without a deadline there is none to count to', () => {
  const shown = words(DUE, { held_until: null });
  assert.equal(shown.countdown, undefined);
  assert.match(shown.words, /€50\.00\. There is no deadline/);
  assert.equal(shown.pay, HELD.payment_instructions);
});

test('after the event, or its cancellation, nothing counts and nothing is to be paid', () => {
  for (const code of ['ended', 'cancelled']) {
    const shown = words(DUE - 60_000, { code });
    assert.ok(!shown.countdown && !shown.pay);
    assert.doesNotMatch(shown.words, /Please pay/);
  }
});

test('one seat is one seat', () => {
  const shown = words(DUE - 1, { seat_count: 1, amount: 2500 });
  assert.equal(shown.heading, 'Your seat is held');
  assert.match(shown.words, /your seat goes to/);
});

test('a reader is warned once at each mark', () => {
  const warned = (before, now) => warningWords(DUE, DUE - before * 1000, DUE - now * 1000);
  assert.equal(warned(301, 300), '5 minutes are left to pay.');
  assert.equal(warned(300, 299), null);
  assert.equal(warned(61, 60), 'One minute is left to pay.');
  // A tab that slept over both hears of the shorter one.
  assert.equal(warned(400, 30), 'One minute is left to pay.');
  assert.equal(warned(400, -1), null);
});
