import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { saleOf } from '../../static/scripts/words/sales.js';
import { CLOSES, ENDS, EVENT, OPENS } from './sale-fixture.js';

const code = (now, changes) => saleOf({ ...EVENT, ...changes }, now).code;

/** The document of an event says the same: the server's tests read these cases, too. Drafts have no document. */
const KNOWN = JSON.parse(readFileSync(new URL('./sales.json', import.meta.url), 'utf8'));

test('the page and the documents of the server agree on the state of a sale', () => {
  for (const { why, event, now, sale } of KNOWN) assert.equal(code(Date.parse(now), event), sale, why);
  const codes = new Set(KNOWN.map(({ sale }) => sale));
  assert.deepEqual([...codes].sort(), ['cancelled', 'closed', 'draft', 'early', 'ended', 'full', 'open', 'testing']);
});

test('a sale opens and closes on the millisecond, and the event ends the same way', () => {
  assert.deepEqual(
    [OPENS - 1, OPENS, CLOSES - 1, CLOSES, ENDS - 1, ENDS].map((now) => code(now)),
    ['early', 'open', 'open', 'closed', 'closed', 'ended'],
  );
});

test('without times of its own a sale lasts until the event ends', () => {
  const always = { sales_open_at: null, sales_close_at: null };
  assert.equal(code(0, always), 'open');
  assert.equal(code(ENDS - 1, always), 'open');
  assert.equal(code(ENDS, always), 'ended');
});

test('without seats a sale is full', () => {
  assert.equal(code(OPENS, { seats_available: 0 }), 'full');
  assert.equal(code(OPENS - 1, { seats_available: 0 }), 'early');
});

test('a cancelled event stays cancelled, and an ended one is neither a draft nor under test', () => {
  assert.equal(code(ENDS, { status: 'CANCELLED', under_test: true }), 'cancelled');
  assert.equal(code(ENDS, { status: 'DRAFT', under_test: true }), 'ended');
  assert.equal(code(OPENS, { status: 'DRAFT', under_test: true }), 'draft');
  assert.equal(code(OPENS, { under_test: true }), 'testing');
});

test('only an open sale and a full one are bookable', () => {
  const bookable = (now, changes) => saleOf({ ...EVENT, ...changes }, now).bookable;
  assert.ok(bookable(OPENS));
  assert.ok(bookable(OPENS, { seats_available: 0 }));
  assert.ok(!bookable(OPENS - 1) && !bookable(CLOSES) && !bookable(ENDS));
  assert.ok(!bookable(OPENS, { under_test: true }) && !bookable(OPENS, { status: 'DRAFT' }));
});

test('seats that are left for those in line do not open a sale', () => {
  assert.equal(code(OPENS, { seats_remaining: 3, seats_available: 0, waiting: 1 }), 'full');
});

test('an event in a state that the page does not know is not bookable, and is an error in the console', (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  for (let round = 0; round < 3; round += 1) assert.ok(!saleOf({ ...EVENT, status: 'POSTPONED' }, OPENS).bookable);
  assert.equal(code(OPENS, { status: 'POSTPONED' }), 'unknown');
  assert.equal(logged.mock.calls.length, 1);
});
