import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copiedTickets } from '../../static/scripts/views/studio/copying.js';

const price = (number, name) => ({
  number,
  name,
  amount: 2500,
  opens_at: '2026-01-01T00:00:00Z',
  closes_at: '2026-02-01T00:00:00Z',
  limit: 5,
  code: null,
  is_closed: false,
});
const type = (number, name, prices) => ({ number, name, capacity: 40, seats_per_registration: 4, prices });
const SOURCE = {
  currency: 'EUR',
  hold_minutes: 60,
  line_hold_minutes: null,
  line_patience_minutes: 1440,
  grace_minutes: 0,
  refund_until: '2026-02-01T00:00:00Z',
  payment_instructions: 'By transfer.',
  ticket_types: [type(3, 'Standing', [price(7, 'Adult'), price(9, 'Child')]), type(4, 'Balcony', [price(11, 'Seat')])],
};
const FRESH = { ticket_types: [type(1, 'Admission', [price(1, 'Free')])] };

test('the first type and price take the places of those of the new event', () => {
  const { ticket_types: types } = copiedTickets(SOURCE, FRESH, 80);
  assert.deepEqual(
    types.map(({ number, name, prices }) => [number, name, prices.map((one) => one.number)]),
    [
      [1, 'Standing', [1, null]],
      [null, 'Balcony', [null]],
    ],
  );
});

test('dates are left out, and all else is kept', () => {
  const copy = copiedTickets(SOURCE, FRESH, 80);
  assert.equal(copy.refund_until, null);
  assert.deepEqual([copy.currency, copy.hold_minutes, copy.payment_instructions], ['EUR', 60, 'By transfer.']);
  for (const one of copy.ticket_types.flatMap(({ prices }) => prices))
    assert.deepEqual([one.opens_at, one.closes_at, one.limit, one.amount], [null, null, 5, 2500]);
});

test('the seats of a single type are those that were typed, and several types keep theirs', () => {
  const capacities = (source) => copiedTickets(source, FRESH, 12).ticket_types.map(({ capacity }) => capacity);
  assert.deepEqual(capacities({ ...SOURCE, ticket_types: SOURCE.ticket_types.slice(0, 1) }), [12]);
  assert.deepEqual(capacities(SOURCE), [40, 40]);
});
