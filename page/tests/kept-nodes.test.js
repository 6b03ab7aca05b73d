// A node that is replaced, or taken out and put back, ends the press on it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeDocument } from './fake-document.js';

fakeDocument();
const { element, setChildren } = await import('../../static/scripts/ui/dom.js');
const { placeCard } = await import('../../static/scripts/views/account/place-card.js');

test('children that stay are not taken out', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => element('button', {}, name));
  const parent = element('div');
  for (const wanted of [[a, b, c], [b, c], [d, b, c], [d, b, a, c], []]) {
    const before = parent.children.filter((child) => wanted.includes(child)).map((child) => [child, child.taken]);
    setChildren(parent, wanted);
    assert.deepEqual(parent.children, wanted);
    for (const [child, taken] of before) assert.equal(child.taken, taken);
  }
  setChildren(parent, [a, b]);
  setChildren(parent, [b, a]);
  assert.deepEqual(parent.children, [b, a]);
});

const BOOKING = {
  id: 'r',
  status: 'WAITLISTED',
  position: 2,
  seats_ahead: 1,
  seat_count: 2,
  seats: [],
  ticket_type: 1,
  ticket_type_name: 'General admission',
  amount: 0,
  currency: null,
  owed_back: 0,
  registered_at: '2099-01-01T12:00:00Z',
  confirmed_at: null,
  cancelled_at: null,
  cancellation: null,
  held_until: null,
  event_cancelled: false,
  event: {
    id: 'e',
    slug: 'jazz-e',
    title: 'Jazz',
    location: 'The hall',
    status: 'PUBLISHED',
    time_zone: 'America/New_York',
    starts_at: '2099-06-01T19:00:00Z',
    ends_at: '2099-06-01T22:00:00Z',
    sales_open_at: null,
    sales_close_at: null,
    cancel_until: null,
    ticket_types: [],
  },
};

test('a ticket’s buttons stay while news change it, and act on the newest booking', () => {
  const acted = [];
  const act = (name) => (booking) => acted.push(`${name} ${booking.status} ${booking.seat_count}`);
  const card = placeCard(BOOKING, { leave: act('leave'), fewer: act('fewer') });
  const [fewer, leave] = card.node.all('button');
  const [link, tickets] = card.node.all('a');
  const taken = [fewer, leave, link, tickets].map((node) => node.taken);
  assert.equal(leave.textContent, 'Leave the waitlist');
  assert.equal(tickets.hidden, true);
  card.update({ ...BOOKING, position: 1, event: { ...BOOKING.event, title: 'Late jazz' } });
  card.update({ ...BOOKING, status: 'CONFIRMED', position: null, seat_count: 1 });
  assert.deepEqual(card.node.all('button'), [fewer, leave]);
  assert.deepEqual(card.node.all('a'), [link, tickets]);
  assert.deepEqual(
    [fewer, leave, link, tickets].map((node) => node.taken),
    taken,
  );
  assert.deepEqual([fewer.hidden, leave.hidden, leave.textContent], [true, false, 'Cancel my booking']);
  assert.deepEqual([tickets.hidden, tickets.href], [false, '/tickets/e/r']);
  leave.dispatchEvent(new Event('click'));
  assert.deepEqual(acted, ['leave CONFIRMED 1']);
});
