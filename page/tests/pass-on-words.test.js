import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  endingWords,
  moneyWords,
  offeredWords,
  offerWords,
  overWords,
  payingWords,
  priceChoices,
  takenSince,
} from '../../static/scripts/views/account/pass-on-words.js';

const OFFER = {
  id: 't',
  state: 'OPEN',
  price: 1,
  price_name: 'Adult',
  amount: 2500,
  created_at: '2026-11-21T10:00:00Z',
  expires_at: '2026-11-28T10:00:00Z',
  taken_by: null,
};
const SEAT = {
  event: { ends_at: '2026-12-01T22:00:00Z' },
  event_status: 'PUBLISHED',
  from: 'Alice',
  ticket_type: { number: 1, name: 'Standing' },
  price_name: 'Adult',
  amount: 2500,
  currency: 'EUR',
  expires_at: '2026-11-28T10:00:00Z',
};

test('the giver is told which ticket ends', () => {
  assert.match(endingWords(3), /your ticket 3 ends at once: .*highest number/);
  assert.match(endingWords(1), /your booking ends at once/);
});

test('the way of the money is told where there is any', () => {
  assert.match(moneyWords({ amount: 2500 }), /nothing back.*refund/);
  assert.equal(moneyWords({ amount: 0 }), '');
  assert.match(payingWords(SEAT), /pay nothing here.*Alice/);
  assert.equal(payingWords({ ...SEAT, amount: 0 }), '');
});

test('the prices to choose from are those that the booking has seats at', () => {
  const seats = [
    { price: 1, name: 'Adult', amount: 2500, count: 2 },
    { price: 2, name: 'Child', amount: 0, count: 1 },
    { price: 3, name: 'Members', amount: 500, count: 0 },
  ];
  assert.deepEqual(priceChoices({ seats, currency: 'EUR' }), [
    ['1', 'Adult, €25.00'],
    ['2', 'Child, Free'],
  ]);
});

test('an open link says until when, and one that was taken by whom', () => {
  const open = offerWords(OFFER, 'EUR');
  assert.deepEqual(
    [open.main, open.second, open.isOpen],
    ['Can be taken until Sat, 28 Nov 2026, 05:00', 'Adult, €25.00, made Sat, 21 Nov 2026, 05:00', true],
  );
  const taken = offerWords({ ...OFFER, state: 'TAKEN', taken_by: 'Bob' }, 'EUR');
  assert.deepEqual([taken.main, taken.isOpen], ['Taken by Bob', false]);
  assert.equal(offerWords({ ...OFFER, state: 'TAKEN' }, 'EUR').main, 'Taken');
});

test('names that turn the direction of the line are set apart', () => {
  const { main } = offerWords({ ...OFFER, state: 'TAKEN', taken_by: 'דנה' }, 'EUR');
  assert.ok(main.includes('\u2068דנה\u2069'), main);
});

test('a link of a simple event needs neither price nor sum', () => {
  const { second } = offerWords({ ...OFFER, price_name: 'Admission', amount: 0 }, null);
  assert.equal(second, 'Made Sat, 21 Nov 2026, 05:00');
});

test('links that ended without a seat are not listed', () => {
  for (const state of ['WITHDRAWN', 'EXPIRED', 'A_NEW_ONE']) assert.equal(offerWords({ ...OFFER, state }, null), null);
});

test('only seats that were open before are news', () => {
  const taken = { ...OFFER, state: 'TAKEN', taken_by: 'Bob' };
  assert.deepEqual(takenSince([OFFER], [taken]), [taken]);
  assert.deepEqual(takenSince([OFFER], [OFFER]), []);
  assert.deepEqual(takenSince([taken], [taken]), []);
  assert.deepEqual(takenSince([], [taken]), []);
});

test('a seat is told as a booking of one is', () => {
  assert.equal(offeredWords(SEAT), 'Standing: 1 × Adult. €25.00');
  const plain = { ticket_type: { number: 1, name: 'Admission' }, price_name: 'Admission', amount: 0, currency: null };
  assert.equal(offeredWords(plain), '1 × seat');
});

test('a seat that nobody can take says why', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  assert.equal(overWords(SEAT, now), null);
  assert.match(overWords({ ...SEAT, event_status: 'CANCELLED' }, now), /cancelled/);
  assert.match(overWords(SEAT, Date.parse('2026-12-02T00:00:00Z')), /is over/);
  assert.match(overWords(SEAT, Date.parse(SEAT.expires_at)), /has expired/);
});
