import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlain, seatsWords, statusLabel, yourSeats } from '../../static/scripts/words/places.js';

const PLAIN = {
  ticket_type_name: 'Admission',
  seats: [{ price: 1, name: 'Admission', amount: 0, count: 1 }],
  seat_count: 1,
  amount: 0,
  currency: null,
};

test('each status and each cause has a label of its own', () => {
  const label = (status, cancellation = null) => statusLabel({ status, cancellation })[0];
  const all = [
    label('CONFIRMED'),
    label('HELD'),
    label('WAITLISTED'),
    label('CANCELLED', 'GIVEN_UP'),
    label('CANCELLED', 'LAPSED'),
    label('CANCELLED', 'PASSED_ON'),
    label('CANCELLED', 'REMOVED'),
    label('CANCELLED', 'DEACTIVATED'),
  ];
  assert.equal(new Set(all).size, all.length);
});

test('an unknown status and an unknown cause are named, and never good', (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  assert.deepEqual(statusLabel({ status: 'PAWNED' }), ['Unknown status PAWNED', 'bad']);
  assert.deepEqual(statusLabel({ status: 'constructor' }), ['Unknown status constructor', 'bad']);
  assert.deepEqual(statusLabel({ status: 'CANCELLED', cancellation: 'STOLEN' }), ['Cancelled', 'quiet']);
  assert.equal(logged.mock.calls.length, 3);
});

test('a free seat without names needs no words', () => {
  assert.ok(isPlain(PLAIN));
  assert.ok(!isPlain({ ...PLAIN, seat_count: 2 }));
  assert.ok(!isPlain({ ...PLAIN, amount: 100 }));
  assert.ok(!isPlain({ ...PLAIN, ticket_type_name: 'Standing' }));
  assert.ok(!isPlain({ ...PLAIN, seats: [{ ...PLAIN.seats[0], name: 'Child' }] }));
});

test('names that run from right to left keep to themselves', () => {
  const seats = [{ price: 1, name: 'מבוגר', amount: 2500, count: 2 }];
  assert.equal(
    seatsWords({ ...PLAIN, ticket_type_name: 'קהל', seats, amount: 5000, currency: 'EUR' }),
    '\u2068קהל\u2069: 2 × \u2068מבוגר\u2069. €50.00',
  );
});

test('seats are told by price, without those that were given back', () => {
  const seats = [
    { price: 1, name: 'Adult', amount: 2500, count: 2 },
    { price: 2, name: 'Child', amount: 1000, count: 0 },
  ];
  assert.equal(seatsWords({ ...PLAIN, seats, amount: 5000, currency: 'EUR' }), '2 × Adult. €50.00');
  assert.equal(seatsWords({ ...PLAIN, seats: [{ ...PLAIN.seats[0], count: 3 }] }), '3 × seat');
  assert.equal(yourSeats({ seat_count: 1 }), 'your seat');
  assert.equal(yourSeats({ seat_count: 4 }), 'your 4 seats');
});
