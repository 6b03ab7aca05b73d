import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barWords } from '../../static/scripts/booking/bar-words.js';

const EVENT = { seats_available: 1200, currency: 'EUR' };
const OPEN = { state: 'none', heading: 'Tickets', words: '', book: 'Book a seat', signIn: false };
const bar = (shown) => barWords({ own: [], booking: null, sum: null, event: EVENT, ...shown });

test('beside the button stand the seats, or what was chosen', () => {
  assert.deepEqual(bar({ booking: OPEN }), { words: '1,200 seats available' });
  assert.deepEqual(bar({ booking: OPEN, sum: { seats: 0, amount: 0 } }), { words: '1,200 seats available' });
  const chosen = { seats: 2, amount: 5000 };
  assert.deepEqual(bar({ booking: { ...OPEN, book: 'Reserve 2 seats for €50.00' }, sum: chosen }), { words: '' });
  assert.deepEqual(bar({ booking: { ...OPEN, book: 'Join the waitlist' }, sum: chosen }), { words: '2 seats: €50.00' });
  assert.deepEqual(bar({ booking: { ...OPEN, book: null, signIn: true }, sum: chosen }), { words: '2 seats: €50.00' });
  const soldOut = { ...OPEN, heading: 'Sold out', book: 'Join the waitlist' };
  assert.deepEqual(bar({ booking: soldOut, event: { ...EVENT, seats_available: 0 } }), { words: 'Sold out' });
});

test('an early sale counts down, and one that is over says so', () => {
  const early = { state: 'early', heading: 'Sale opens in', words: 'x', countdown: '01:30', signIn: true };
  assert.deepEqual(bar({ booking: early }), { words: 'Sale opens in', countdown: '01:30' });
  assert.deepEqual(bar({ booking: { ...OPEN, heading: 'Sale closed', book: null } }), { words: 'Sale closed' });
  const unknown = { state: 'unknown', heading: 'Your booking', words: 'Looking up your booking…', signIn: false };
  assert.deepEqual(bar({ booking: unknown }), { words: 'Looking up your booking…' });
});

test('of several bookings the most urgent is told', () => {
  const ticket = { state: 'confirmed', heading: 'You have a seat', words: '', ticket: true };
  const waiting = { state: 'waiting', heading: 'You’re on the waitlist', number: '12', words: '' };
  const held = { state: 'held', heading: 'Your seat is held', words: '', countdown: '09:59', pay: 'At the door' };
  assert.deepEqual(bar({ own: [ticket] }), { words: 'You have a seat', way: 'Show ticket' });
  assert.deepEqual(bar({ own: [ticket, waiting] }), {
    words: 'Position 12 on the waitlist',
    way: 'Show booking',
  });
  assert.deepEqual(bar({ own: [ticket, waiting, held] }), {
    words: 'Time left to pay',
    countdown: '09:59',
    way: 'How to pay',
  });
});
