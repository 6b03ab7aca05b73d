import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Problem, Unreachable } from '../../static/scripts/server/failures.js';
import { isFinal, untilFinal } from '../../static/scripts/server/retrying.js';

globalThis.window = /** @type {any} */ (new EventTarget());

const busy = (retryAfter) =>
  new Problem(503, { type: '/problems/busy' }, new Headers(retryAfter ? { 'retry-after': retryAfter } : {}));

/** Runs `untilFinal` without waiting, and returns its outcome with the attempts and pauses that it told of. */
async function outcomes(context, answers, { random = 0, signal = new AbortController().signal } = {}) {
  context.mock.method(Math, 'random', () => random);
  const waited = [];
  context.mock.method(globalThis, 'setTimeout', (callback, milliseconds) => {
    waited.push(milliseconds);
    queueMicrotask(callback);
    return waited.length;
  });
  const attempts = [];
  const pauses = [];
  const settled = await untilFinal(
    () => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    {
      onAttempt: (attempt) => attempts.push(attempt),
      onPause: ({ milliseconds }) => pauses.push(milliseconds),
      signal,
    },
  ).then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  return { ...settled, attempts, pauses, waited };
}

test('the first final answer is the outcome', async (context) => {
  const { value, attempts, pauses } = await outcomes(context, ['booked']);
  assert.equal(value, 'booked');
  assert.deepEqual([attempts, pauses], [[1], []]);
});

test('a lost answer and a busy server are asked again', async (context) => {
  const { value, attempts } = await outcomes(context, [new Unreachable('No answer came.'), busy(), 'booked']);
  assert.equal(value, 'booked');
  assert.deepEqual(attempts, [1, 2, 3]);
});

test('a refusal is final', async (context) => {
  const refusal = new Problem(409, { type: '/problems/event-ended' });
  const { error, attempts } = await outcomes(context, [refusal, 'booked']);
  assert.equal(error, refusal);
  assert.deepEqual(attempts, [1]);
});

test('an error of the page itself is not retried', async (context) => {
  const fault = new TypeError('undefined is not a function');
  const { error, attempts } = await outcomes(context, [fault, 'booked']);
  assert.equal(error, fault);
  assert.deepEqual(attempts, [1]);
});

test('pauses double up to 15 seconds, and the twelfth attempt is the last', async (context) => {
  const last = busy();
  const { error, attempts, pauses, waited } = await outcomes(context, [last]);
  assert.equal(error, last);
  assert.equal(attempts.length, 12);
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000, 15_000]);
  assert.deepEqual(waited, pauses);
});

test('a pause is not shorter than Retry-After', async (context) => {
  const { pauses } = await outcomes(context, [busy('20'), busy('0'), 'booked']);
  assert.deepEqual(pauses, [20_000, 1000]);
});

test('pauses are spread by up to a quarter', async (context) => {
  const { pauses } = await outcomes(context, [busy(), 'booked'], { random: 1 });
  assert.deepEqual(pauses, [625]);
});

test('a signal ends the attempts', async (context) => {
  const leaving = new AbortController();
  const answer = busy();
  leaving.abort();
  const { error, attempts } = await outcomes(context, [answer, 'booked'], { signal: leaving.signal });
  assert.equal(error, answer);
  assert.deepEqual(attempts, [1]);
});

test('a signal ends a pause', async () => {
  const leaving = new AbortController();
  const progress = { onAttempt() {}, onPause: () => setTimeout(() => leaving.abort()), signal: leaving.signal };
  const waiting = untilFinal(() => Promise.reject(busy('60')), progress);
  await assert.rejects(waiting, { name: 'AbortError' });
});

test('only passing statuses leave the outcome open', () => {
  const final = [400, 401, 403, 404, 409, 412, 422, 500].filter((status) => isFinal(new Problem(status, {})));
  assert.deepEqual(final, [400, 401, 403, 404, 409, 412, 422, 500]);
  assert.deepEqual(
    [408, 425, 429, 502, 503, 504].filter((status) => isFinal(new Problem(status, {}))),
    [],
  );
  assert.ok(!isFinal(new Unreachable('No answer came.')));
});

test('a request that had no answer is sent again when the network is back, one to a busy server is not', async (context) => {
  context.mock.method(globalThis, 'setTimeout', () => 0);
  const leaving = new AbortController();
  const attempts = { lost: 0, busy: 0 };
  const progress = { signal: leaving.signal, onAttempt() {}, onPause() {} };
  const asking = [
    untilFinal(() => Promise.reject(++attempts.lost && new Unreachable('No answer came.')), progress),
    untilFinal(() => Promise.reject(++attempts.busy && busy('5')), progress),
  ];
  await setImmediate();
  window.dispatchEvent(new Event('online'));
  await setImmediate();
  assert.deepEqual(attempts, { lost: 2, busy: 1 });
  leaving.abort();
  for (const { reason } of await Promise.allSettled(asking)) assert.equal(reason.name, 'AbortError');
});
