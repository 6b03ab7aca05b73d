import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextMoment, nextSaleChange } from '../../static/scripts/words/sale-moments.js';
import { CLOSES, ENDS, EVENT, OPENS } from './sale-fixture.js';

test('a sale changes next when it opens, then when it closes, then when the event ends, and then never', () => {
  assert.deepEqual(
    [OPENS - 1, OPENS, CLOSES - 1, CLOSES, ENDS - 1, ENDS].map((now) => nextSaleChange(EVENT, now)),
    [OPENS, CLOSES, CLOSES, ENDS, ENDS, null],
  );
});

test('a moment at which the sale stays as it is does not count', () => {
  assert.equal(nextSaleChange({ ...EVENT, status: 'CANCELLED' }, OPENS - 1), null);
  assert.equal(nextSaleChange({ ...EVENT, status: 'DRAFT' }, OPENS - 1), ENDS);
  assert.equal(nextSaleChange({ ...EVENT, under_test: true }, OPENS), ENDS);
});

test('without times of its own a sale changes when the event ends', () => {
  assert.equal(nextSaleChange({ ...EVENT, sales_open_at: null, sales_close_at: null }, OPENS - 1), ENDS);
});

test('a sale that never opens before the event ends changes at the end', () => {
  assert.equal(nextSaleChange({ ...EVENT, sales_close_at: null, sales_open_at: EVENT.ends_at }, OPENS), ENDS);
});

test('the next moment is the first that is still to come', () => {
  assert.equal(nextMoment([EVENT.ends_at, null, CLOSES, OPENS], OPENS), CLOSES);
  assert.equal(nextMoment([EVENT.ends_at, null, CLOSES, OPENS], OPENS - 1), OPENS);
  assert.equal(nextMoment([null, OPENS], OPENS), null);
  assert.equal(nextMoment([], OPENS), null);
});
