import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { keepAwake } from '../../static/scripts/browser/wake-lock.js';

globalThis.document = Object.assign(new EventTarget(), { hidden: false });

/** The locks that were asked for. */
let locks = [];
let refuse = false;

function lend() {
  const lock = {
    released: false,
    release() {
      lock.released = true;
      return Promise.resolve();
    },
  };
  locks.push(lock);
  return refuse ? Promise.reject(new Error('NotAllowedError')) : Promise.resolve(lock);
}

/** @param {boolean} hidden */
async function look(hidden) {
  document.hidden = hidden;
  // As browsers do.
  if (hidden) for (const lock of locks) lock.released = true;
  document.dispatchEvent(new Event('visibilitychange'));
  await settled();
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  locks = [];
  refuse = false;
  document.hidden = false;
  Object.defineProperty(globalThis, 'navigator', { value: { wakeLock: { request: lend } }, configurable: true });
});

test('the screen is kept on until the view is left', async () => {
  const leaving = new AbortController();
  keepAwake(leaving.signal);
  await settled();
  assert.deepEqual(
    locks.map(({ released }) => released),
    [false],
  );
  leaving.abort();
  await settled();
  assert.equal(locks[0].released, true);
  await look(true);
  await look(false);
  assert.equal(locks.length, 1);
});

test('it is kept on again when the page is shown again', async () => {
  const leaving = new AbortController();
  keepAwake(leaving.signal);
  await look(true);
  await look(false);
  assert.deepEqual(
    locks.map(({ released }) => released),
    [true, false],
  );
  // A lock that still holds is enough.
  document.dispatchEvent(new Event('visibilitychange'));
  await settled();
  assert.equal(locks.length, 2);
  leaving.abort();
});

test('a lock that comes after the view was left is let go', async () => {
  const leaving = new AbortController();
  keepAwake(leaving.signal);
  leaving.abort();
  await settled();
  assert.equal(locks[0].released, true);
});

test('a browser that refuses is asked again later, and one that knows no locks never', async () => {
  const leaving = new AbortController();
  refuse = true;
  keepAwake(leaving.signal);
  await settled();
  refuse = false;
  await look(true);
  await look(false);
  assert.deepEqual([locks.length, locks[1].released], [2, false]);
  leaving.abort();
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  keepAwake(new AbortController().signal);
  await settled();
  assert.equal(locks.length, 2);
});
