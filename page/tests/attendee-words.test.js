import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  actionsOf,
  arrivedWords,
  historyWords,
  moneyWords,
  paidWords,
  payQuestion,
  splitWords,
  unpayQuestion,
} from '../../static/scripts/views/studio/attendee-words.js';

const ON = { isOn: true };
const OVER = { isOn: false };
const HELD = {
  name: 'Alice Student',
  status: 'HELD',
  cancellation: null,
  event_cancelled: false,
  amount: 6000,
  currency: 'EUR',
  seats: [
    { price: 1, name: 'Adult', amount: 2500, count: 2 },
    { price: 2, name: 'Child', amount: 1000, count: 1 },
  ],
  held_until: '2026-11-21T10:00:00Z',
  paid_at: null,
  payment_id: null,
  owed_back: 0,
  registered_at: '2026-11-20T10:00:00Z',
  confirmed_at: '2026-11-20T10:00:00Z',
  cancelled_at: null,
};
const PAID = { ...HELD, status: 'CONFIRMED', held_until: null, paid_at: '2026-11-20T12:00:00Z', payment_id: 'p' };
const LAPSED = {
  ...HELD,
  status: 'CANCELLED',
  cancellation: 'LAPSED',
  cancelled_at: '2026-11-21T10:00:00Z',
  held_until: null,
};

test('seats are told by price', () => {
  assert.equal(splitWords(HELD), '2 × Adult, 1 × Child');
});

test('a booking says how many of its people are in, once one is', () => {
  assert.equal(arrivedWords({ seat_count: 3, admitted: 2 }), '2 of 3 in');
  assert.equal(arrivedWords({ seat_count: 1, admitted: 1 }), '1 of 1 in');
  assert.equal(arrivedWords({ seat_count: 3, admitted: 0 }), null);
  // A server of before does not count them.
  assert.equal(arrivedWords({ seat_count: 3 }), null);
});

test('money is told by what is to happen next', () => {
  assert.deepEqual(moneyWords(HELD, 'UTC'), ['To pay until Sat, 21 Nov 2026, 10:00']);
  assert.deepEqual(moneyWords({ ...HELD, held_until: null }, 'UTC'), ['To pay, without a deadline']);
  assert.deepEqual(moneyWords(PAID, 'UTC'), ['Paid Fri, 20 Nov 2026, 12:00']);
  assert.deepEqual(moneyWords({ ...PAID, status: 'CANCELLED', owed_back: 6000 }, 'UTC'), [
    'Paid Fri, 20 Nov 2026, 12:00',
    '€60.00 owed back',
  ]);
  assert.deepEqual(moneyWords({ ...PAID, paid_at: null, amount: 0 }, 'UTC'), []);
});

test('a row offers what the server would do', () => {
  assert.deepEqual(actionsOf(HELD, ON), ['pay', 'remove']);
  // Money comes late, too.
  assert.deepEqual(actionsOf(HELD, OVER), ['pay']);
  assert.deepEqual(actionsOf(PAID, ON), ['unpay', 'remove']);
  assert.deepEqual(actionsOf({ ...PAID, payment_id: null, amount: 0 }, ON), ['remove']);
  assert.deepEqual(actionsOf({ ...HELD, status: 'WAITLISTED' }, ON), ['remove']);
  assert.deepEqual(actionsOf(LAPSED, ON), ['pay']);
  assert.deepEqual(actionsOf(LAPSED, OVER), []);
  assert.deepEqual(actionsOf({ ...LAPSED, cancellation: 'GIVEN_UP' }, ON), []);
  assert.deepEqual(actionsOf({ ...HELD, event_cancelled: true }, OVER), []);
});

test('a status that the page does not know offers nothing', () => {
  assert.deepEqual(actionsOf({ ...PAID, status: 'TRANSFERRED' }, ON), []);
  assert.deepEqual(actionsOf({ ...PAID, status: 'constructor' }, ON), []);
});

test('the history of a booking is told', () => {
  assert.equal(historyWords(HELD, 'UTC'), null);
  assert.match(
    historyWords({ ...PAID, confirmed_at: '2026-11-20T11:00:00Z' }, 'UTC'),
    /^Got a seat Fri, 20 Nov 2026, 11:00/,
  );
  assert.match(historyWords(LAPSED, 'UTC'), /^Not paid in time, ended Sat, 21 Nov/);
  const removed = { ...LAPSED, cancellation: 'REMOVED', removal_reason: 'Members only' };
  assert.match(historyWords(removed, 'UTC'), /^Removed .*: “Members only”$/);
  assert.match(historyWords({ ...LAPSED, cancellation: 'DEACTIVATED' }, 'UTC'), /account deactivated$/);
  assert.match(historyWords({ ...LAPSED, cancellation: 'GIVEN_UP' }, 'UTC'), /^Cancelled/);
  assert.match(historyWords({ ...LAPSED, cancellation: 'PASSED_ON' }, 'UTC'), /^Passed on Sat/);
  // A cause of a newer server is not told as another one.
  assert.match(historyWords({ ...LAPSED, cancellation: 'MOVED' }, 'UTC'), /MOVED$/);
});

test('marking a payment asks with the amount, and says what became of it', () => {
  const { title, text } = payQuestion(HELD);
  assert.equal(title, 'Has Alice Student paid €60.00?');
  assert.match(text, /^For 2 × Adult, 1 × Child\. Mark it once you have received all of €60\.00/);
  assert.doesNotMatch(text, /hold has ended/);
  assert.match(payQuestion(LAPSED).text, /hold has ended\. They get these seats again if there is room/);
  assert.match(
    unpayQuestion(PAID, 'UTC').text,
    /^€60\.00, marked Fri, 20 Nov 2026, 12:00\. Their seats are held again/,
  );
  assert.equal(paidWords(HELD, { status: 'CONFIRMED' }), 'Paid: Alice Student’s seats are confirmed.');
  assert.match(paidWords(LAPSED, { status: 'CONFIRMED' }), /a new booking with the same seats/);
  assert.match(paidWords(HELD, { status: 'HELD' }), /is not confirmed/);
});
