import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  bytesOf,
  digestBytes,
  namesOf,
  ticketByDigest,
  ticketByNumber,
  ticketsOfBooking,
} from '../../static/scripts/door/rules/list.js';
import { allFolded, FOUND_MAX, nameSearch } from '../../static/scripts/door/rules/names.js';
import { folded } from '../../static/scripts/words/search.js';
import { digestOfCode, listed, packed } from './scanner-fixture.js';

const NAMES = ['Ève Müller', 'Bob O’Connor', 'Nguyễn Thị Hà', '陈伟', '', 'Anna-Maria de la Cruz', 'Ω ΣΑΣ', 'a¨ b  C'];

/**
 * @param {number} count
 * @param {number} [named] the number of those tickets that have names of their own
 */
function crowd(count, named) {
  const tickets = [];
  for (let booking = 0; tickets.length < count; booking += 1) {
    const registration_id = randomUUID();
    const name = `${NAMES[booking % NAMES.length]} ${booking}`;
    for (let number = 1; number <= (booking % 3) + 1 && tickets.length < count; number += 1)
      tickets.push(
        listed(`${booking}/${number}`, {
          registration_id,
          number,
          name,
          ticket_name: number === named ? `Own ${booking}` : null,
          ticket_type: number,
        }),
      );
  }
  return tickets;
}

test('every ticket is found by its code, and by its booking, with all that was said of it', () => {
  const tickets = crowd(3000, 2);
  const list = packed(tickets);
  assert.equal(list.tickets, 3000);
  for (const [at, ticket] of tickets.entries()) {
    const digest = digestBytes(ticket.digest);
    assert.ok(digest);
    const found = ticketByDigest(list, digest);
    assert.ok(found, `ticket ${at}`);
    const { registration_id, number, name, ticket_name, ticket_type, isHeld, entered } = found;
    assert.deepEqual(
      { registration_id, number, name, ticket_name, ticket_type, isHeld, entered },
      {
        registration_id: ticket.registration_id,
        number: ticket.number,
        name: ticket.name,
        ticket_name: ticket.ticket_name,
        ticket_type: ticket.ticket_type,
        isHeld: false,
        entered: null,
      },
    );
    if (at % 100 === 0) assert.deepEqual(ticketByNumber(list, registration_id, number), found);
  }
  assert.equal(ticketByDigest(list, digestOfCode('no ticket')), null);
  assert.equal(ticketByNumber(list, randomUUID(), 1), null);
  assert.equal(ticketByNumber(list, String(tickets[0]?.registration_id), 9), null);
});

test('who is in and what is not paid is kept, to the second', () => {
  const checked_in = { id: randomUUID(), at: '2026-11-28T18:02:03.456Z', gate: 'North' };
  const list = packed([
    listed('in', { checked_in }),
    listed('held', { status: 'HELD' }),
    listed('south', { checked_in: { ...checked_in, gate: 'South' } }),
  ]);
  assert.deepEqual(ticketByDigest(list, digestOfCode('in'))?.entered, {
    at: '2026-11-28T18:02:03.000Z',
    gate: 'North',
  });
  assert.equal(ticketByDigest(list, digestOfCode('south'))?.entered?.gate, 'South');
  const held = ticketByDigest(list, digestOfCode('held'));
  assert.deepEqual([held?.isHeld, held?.entered], [true, null]);
});

test('a ticket that two pages have counts once, as the later one says', () => {
  const before = listed('code', { name: 'Before' });
  const list = packed([before, listed('other'), { ...before, name: 'After', status: 'HELD' }]);
  assert.equal(list.tickets, 2);
  const found = ticketByDigest(list, digestOfCode('code'));
  assert.deepEqual([found?.name, found?.isHeld], ['After', true]);
});

test('an empty list and a digest that is none find nothing', () => {
  assert.equal(ticketByDigest(packed([]), digestOfCode('code')), null);
  assert.equal(packed([listed('code', { digest: 'short' })]).tickets, 0);
  for (const text of ['', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}+`]) assert.equal(digestBytes(text), null);
});

test('a party comes in the order of its numbers', () => {
  const registration_id = randomUUID();
  const numbers = [3, 1, 2];
  const list = packed(numbers.map((number) => listed(`${number}`, { registration_id, number })));
  const party = ticketsOfBooking(list, 0);
  assert.deepEqual(
    party.map(({ number }) => number),
    [1, 2, 3],
  );
});

test('the tickets of a stadium take less than three megabytes', () => {
  const list = packed(crowd(50_000));
  const each = bytesOf(list) / list.tickets;
  assert.ok(each < 60, `${each.toFixed(1)} bytes for each ticket`);
  // 31 of each ticket, and of each booking 20 and its name.
  const names = list.names.byteLength;
  assert.equal(bytesOf(list), 50_000 * 31 + list.nameEnds.length * 20 + names);
});

test('a ticket with a name of its own takes eight bytes more, and its name', () => {
  const [plain, named] = [packed(crowd(3000)), packed(crowd(3000, 1))];
  const own = named.named?.length ?? 0;
  assert.equal(own, named.nameEnds.length, 'the first of each booking');
  assert.equal(bytesOf(named) - bytesOf(plain), own * 8 + (named.ownNames?.byteLength ?? 0));
});

test('a booking is found by the names of its tickets as well, once', () => {
  const registration_id = randomUUID();
  const list = packed([
    listed('other', { name: 'Dora Evans' }),
    listed('one', { registration_id, name: 'Alice Eve', ticket_name: 'Evelyn Lund' }),
    listed('two', { registration_id, name: 'Alice Eve', number: 2, ticket_name: 'Zoë Ève' }),
  ]);
  const names = namesOf(list);
  const found = (/** @type {string} */ sought) => nameSearch(list)(sought).bookings.map((at) => names[at]);
  assert.deepEqual(found('zoe'), ['Alice Eve']);
  assert.deepEqual(found('eve'), ['Alice Eve']);
  assert.deepEqual(found('ev'), ['Alice Eve', 'Dora Evans'], 'the beginning of a name first, also of a ticket');
  assert.deepEqual(
    ticketsOfBooking(list, 1).map(({ ticket_name }) => ticket_name),
    ['Evelyn Lund', 'Zoë Ève'],
  );
});

test('a list that was kept before tickets had names of their own still works', () => {
  const { named: _, ownNames: __, ownNameEnds: ___, ...before } = packed([listed('code', { name: 'Éva Lund' })]);
  assert.equal(ticketByDigest(before, digestOfCode('code'))?.ticket_name, null);
  assert.deepEqual(nameSearch(before)('eva').bookings, [0]);
});

test('names are found without case and accents, each word anywhere, the beginning first', () => {
  const list = packed(['Maria Ève', 'Éva Lund', 'Steven Evans', 'Bob'].map((name, at) => listed(`${at}`, { name })));
  const names = namesOf(list);
  const found = (/** @type {string} */ sought) => nameSearch(list)(sought).bookings.map((at) => names[at]);
  assert.deepEqual(found('EV'), ['Éva Lund', 'Maria Ève', 'Steven Evans']);
  assert.deepEqual(found('evans st'), ['Steven Evans']);
  assert.deepEqual(found('nobody'), []);
  assert.deepEqual(found('  '), []);
  assert.deepEqual(allFolded(NAMES), NAMES.map(folded));
});

test('more names than a door can read are not shown, and that is said', () => {
  const search = nameSearch(packed(Array.from({ length: FOUND_MAX + 1 }, (_, at) => listed(`${at}`))));
  const all = search('alice');
  assert.deepEqual([all.bookings.length, all.more], [FOUND_MAX, true]);
});
