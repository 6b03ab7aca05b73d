import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { decideAlone } from '../../static/scripts/door/rules/deciding.js';
import { entered, entriesOf, learn, ticketKey } from '../../static/scripts/door/rules/entries.js';
import { ticketByDigest, ticketsOfBooking } from '../../static/scripts/door/rules/list.js';
import { answered, digestOfCode, kept, listed, packed } from './scanner-fixture.js';

/** @import { DoorRules } from '../../static/scripts/door/rules/deciding.js' */
/** @import { Entries } from '../../static/scripts/door/rules/entries.js' */
const NOW = Date.UTC(2026, 10, 28, 18);
/** @type {DoorRules} */
const DOOR = { status: 'PUBLISHED', opens_at: null, ticket_types: [{ number: 1, name: 'General' }] };
const ASKED = { id: 'scan', now: NOW, gate: 'North', device: 'Phone' };
const BEFORE = { id: randomUUID(), at: '2026-11-28T17:30:00Z', gate: 'South' };

/**
 * The answer to the code of the first ticket.
 * @param {Api.DoorTicket[]} tickets
 * @param {{ door?: Partial<DoorRules>, entries?: Entries, code?: string }} [more]
 */
function decided(tickets, { door = {}, entries = new Map(), code = 'code' } = {}) {
  const list = packed(tickets);
  const ticket = ticketByDigest(list, digestOfCode(code));
  const party = ticket === null ? [] : ticketsOfBooking(list, ticket.booking);
  return decideAlone({ ...DOOR, ...door }, { ticket, party, entered: (one) => entered(entries, one) }, ASKED);
}

test('a paid ticket that is not in is let in, with its party', () => {
  const registration_id = randomUUID();
  const party = [
    listed('code', { registration_id, ticket_name: 'Ada Lovelace' }),
    listed('second', { registration_id, number: 2 }),
    listed('third', { registration_id, number: 3, checked_in: BEFORE }),
  ];
  assert.deepEqual(decided(party), {
    outcome: 'ADMITTED',
    id: 'scan',
    check_in: {
      id: '',
      at: '2026-11-28T18:00:00.000Z',
      received_at: '2026-11-28T18:00:00.000Z',
      gate: 'North',
      device: 'Phone',
      by: '',
    },
    ticket: {
      registration_id,
      number: 1,
      seats: 3,
      name: 'Alice Student',
      ticket_name: 'Ada Lovelace',
      ticket_type: { number: 1, name: 'General' },
      admitted: [1, 3],
    },
  });
});

test('each reason to refuse has its outcome', () => {
  const opens_at = '2026-11-28T18:00:01Z';
  const cases = /** @type {const} */ ([
    [decided([listed('other')]), 'UNKNOWN'],
    [decided([listed('code', { status: 'HELD' })]), 'UNPAID'],
    [decided([listed('code', { checked_in: BEFORE })]), 'ALREADY_IN'],
    [decided([listed('code')], { door: { status: 'CANCELLED' } }), 'EVENT_OFF'],
    [decided([listed('code')], { door: { opens_at } }), 'TOO_EARLY'],
    [decided([listed('code')], { door: { opens_at: '2026-11-28T18:00:00Z' } }), 'ADMITTED'],
  ]);
  for (const [answer, outcome] of cases) {
    assert.equal(answer.outcome, outcome);
    assert.deepEqual(answer.ticket?.admitted ?? [], ['ADMITTED', 'ALREADY_IN'].includes(outcome) ? [1] : [], outcome);
  }
  assert.equal(cases[4][0].opens_at, opens_at);
  assert.equal(cases[3][0].opens_at, undefined);
  const { at, gate } = cases[2][0].check_in ?? {};
  assert.deepEqual([at, gate], ['2026-11-28T17:30:00.000Z', 'South']);
});

test('a ticket that this device let in does not come in twice, and one whose check-in it undid may', () => {
  const ticket = listed('code');
  const own = { registration_id: ticket.registration_id, number: 1 };
  const entries = entriesOf([kept(1, own)]);
  const again = decided([ticket], { entries });
  assert.deepEqual([again.outcome, again.check_in?.gate], ['ALREADY_IN', 'North']);
  const undone = entriesOf([kept(1, { ...own, undo: { reason: 'Wrong ticket', isSent: false } })]);
  assert.equal(decided([ticket], { entries: undone }).outcome, 'ADMITTED');
  // Also if the list says that it is in: it was read before.
  const listedIn = { ...ticket, checked_in: BEFORE };
  assert.equal(decided([listedIn], { entries: undone }).outcome, 'ADMITTED');
  const back = entriesOf([kept(1, { ...own, undo: { reason: 'Left', isSent: true } }), kept(2, own)]);
  assert.equal(decided([ticket], { entries: back }).outcome, 'ALREADY_IN');
});

test('the server’s answers count until a list has them', () => {
  const ticket = listed('code');
  const check_in = { id: 'c', at: BEFORE.at, received_at: BEFORE.at, gate: 'South', device: 'D', by: 'B' };
  const shown = { ...ticket, seats: 1, ticket_type: { number: 1, name: 'General' }, admitted: [1] };
  for (const outcome of /** @type {const} */ (['ADMITTED', 'ALREADY_IN', 'DOUBLE'])) {
    /** @type {Entries} */
    const entries = new Map();
    learn(entries, answered({ outcome, check_in, ticket: shown }));
    assert.deepEqual(entries.get(ticketKey(ticket)), { at: BEFORE.at, gate: 'South' }, outcome);
    assert.equal(decided([ticket], { entries }).outcome, 'ALREADY_IN', outcome);
  }
  /** @type {Entries} */
  const entries = new Map();
  learn(entries, answered({ outcome: 'UNPAID', ticket: shown }));
  assert.equal(entries.size, 0);
  // The earlier entry of a double is the one that counts.
  const sent = kept(1, { state: 'SENT', answer: answered({ outcome: 'DOUBLE', check_in }) });
  assert.deepEqual([...entriesOf([sent]).values()], [{ at: BEFORE.at, gate: 'South' }]);
});
