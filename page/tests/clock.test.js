import assert from 'node:assert/strict';
import { test } from 'node:test';

let copies = 0;

/** A clock that has heard nothing yet, at a local time that the test sets. */
async function freshClock(context, local) {
  const time = { local };
  context.mock.method(Date, 'now', () => time.local);
  copies += 1;
  const clock = await import(`../../static/scripts/server/clock.js?copy=${copies}`);
  return { time, ...clock };
}

const NOON = Date.parse('2026-11-21T12:00:00Z');
const header = (time) => new Date(time).toUTCString();

test('without an answer the local clock is right', async (context) => {
  const { serverNow } = await freshClock(context, NOON);
  assert.equal(serverNow(), NOON);
});

test('a local clock that no answer contradicts is right', async (context) => {
  const { serverNow, noteServerTime } = await freshClock(context, NOON + 300);
  noteServerTime(header(NOON), NOON + 100);
  assert.equal(serverNow(), NOON + 300);
});

test('a slow clock and a fast one are corrected to the nearest time that fits the answer', async (context) => {
  const slow = await freshClock(context, NOON);
  slow.noteServerTime(header(NOON + 3_600_000), NOON - 50);
  assert.equal(slow.serverNow(), NOON + 3_600_000);
  const fast = await freshClock(context, NOON);
  fast.noteServerTime(header(NOON - 3_600_000), NOON - 50);
  // The header may be up to two seconds old, and the request took 50 ms.
  assert.equal(fast.serverNow(), NOON - 3_600_000 + 2000 + 50);
});

test('more answers narrow the time down', async (context) => {
  const { time, serverNow, noteServerTime } = await freshClock(context, NOON);
  // The server's clock is 10.9 s ahead.
  noteServerTime(header(NOON + 10_000), NOON);
  assert.equal(serverNow(), NOON + 10_000);
  time.local = NOON + 150;
  noteServerTime(header(NOON + 11_000), NOON + 150);
  assert.equal(serverNow(), NOON + 150 + 10_850);
  // This answer says less than the one before.
  time.local = NOON + 900;
  noteServerTime(header(NOON + 11_000), NOON + 900);
  assert.equal(serverNow(), NOON + 900 + 10_850);
});

test('after a clock was set only the newest answer counts', async (context) => {
  for (const step of [86_400_000, -86_400_000]) {
    const { time, serverNow, noteServerTime } = await freshClock(context, NOON);
    noteServerTime(header(NOON), NOON);
    time.local = NOON + step;
    noteServerTime(header(NOON + 1000), NOON + step);
    assert.ok(Math.abs(serverNow() - (NOON + 1000)) <= 2000, `${serverNow() - NOON} ms after a step of ${step} ms`);
  }
});

test('a header that is no date is ignored', async (context) => {
  const { serverNow, noteServerTime } = await freshClock(context, NOON);
  noteServerTime(null, NOON);
  noteServerTime('yesterday', NOON);
  assert.equal(serverNow(), NOON);
});
