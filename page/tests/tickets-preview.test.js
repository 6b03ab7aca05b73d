import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idleWords, lineWords } from '../../static/scripts/views/studio/line-words.js';
import { previewOf } from '../../static/scripts/views/studio/tickets/preview-words.js';
import { tickets } from './tickets-fixture.js';

const ZONE = 'Europe/Berlin';

test('buyers see types, seats and prices, and no closed price', () => {
  const { document, counts } = tickets();
  document.ticket_types[0].prices[1].is_closed = true;
  document.ticket_types[1].prices.push({ name: 'Members', amount: 0, code: 'CLUB', limit: 5 });
  const { types } = previewOf(document, counts, ZONE);
  assert.deepEqual(types, [
    {
      name: 'Standing',
      facts: ['No seats available of 100', '3 on the waitlist', 'Up to 4 seats in one booking'],
      prices: [
        { name: 'Adult', amount: '€25.00', notes: [] },
        { name: 'Early bird', amount: '€15.00', notes: ['sold out'] },
      ],
      hidden: [],
    },
    {
      name: 'Balcony',
      facts: ['10 of 10 seats available'],
      prices: [{ name: 'Seat', amount: '€40.00', notes: [] }],
      hidden: [{ name: 'Members', amount: 'Free', notes: ['5 seats left'] }],
    },
  ]);
});

test('a window has its times, in the event’s zone', () => {
  const { document, counts } = tickets();
  Object.assign(document.ticket_types[1].prices[0], {
    opens_at: '2026-11-20T10:00:00Z',
    closes_at: '2026-11-21T10:00:00Z',
  });
  assert.deepEqual(previewOf(document, counts, ZONE).types[1].prices[0].notes, [
    'from Fri, 20 Nov 2026, 11:00',
    'until Sat, 21 Nov 2026, 11:00',
  ]);
});

test('paying is told where something costs', () => {
  const { document, counts } = tickets();
  document.payment_instructions = 'IBAN DE00\nThank you.';
  document.refund_until = '2026-11-21T10:00:00Z';
  assert.deepEqual(previewOf(document, counts, ZONE).payment, [
    'Seats are held for 1 hour until they are paid.',
    'IBAN DE00',
    'Thank you.',
    'Full refund if you cancel by Sat, 21 Nov 2026, 11:00.',
  ]);
  document.hold_minutes = null;
  assert.equal(previewOf(document, counts, ZONE).payment[0], 'Seats are held until they are paid.');
  for (const { prices } of document.ticket_types) for (const price of prices) price.amount = 0;
  assert.deepEqual(previewOf(document, counts, ZONE).payment, []);
});

test('a line tells its idle seats, and with whom they wait', () => {
  const [standing, balcony] = tickets().counts.ticket_types;
  const now = Date.parse('2026-11-21T13:30:00Z');
  assert.equal(
    lineWords(standing, now),
    '3 bookings wait for 8 seats, the first one for 3 hours. 3 seats are empty, and the first one wants 4 seats together.',
  );
  assert.equal(lineWords(balcony, now), null);
  const full = { ...standing, seats_remaining: 0, waiting: 1, seats_wanted: 1, head_wants: 1, waiting_since: null };
  assert.equal(lineWords(full, now), '1 booking waits for 1 seat. No seats available.');
});

test('the seats that can stay empty are told beside the size of parties', () => {
  assert.match(idleWords(4), /up to 3 seats can stay empty while a party waits for 4/);
  assert.match(idleWords(2), /up to 1 seat can stay empty/);
  for (const party of [1, 0, NaN]) assert.match(idleWords(party), /No seat stays empty/);
});
