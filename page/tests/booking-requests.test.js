import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.window ??= /** @type {any} */ ({ addEventListener() {} });
const booking = await import('../../static/scripts/booking/requests.js');

const TWO = { ticket_type: 1, seats: [{ price: 1, count: 2 }], amount: 5000 };
const THREE = { ticket_type: 1, seats: [{ price: 1, count: 3 }], amount: 7500 };
const progress = () => ({ signal: new AbortController().signal, onAttempt() {}, onPause() {} });

/** A server that answers so, and the bodies and keys that it was sent. */
function server(context, ...answers) {
  const sent = [];
  context.mock.method(globalThis, 'fetch', (path, { body, headers }) => {
    sent.push({ path, body: body === undefined ? undefined : JSON.parse(body), key: headers['Idempotency-Key'] });
    const { status, body: answer } = answers.shift() ?? { status: 201, body: {} };
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
  return sent;
}

test('without a choice there is no body', async (context) => {
  const sent = server(context);
  await booking.book('a', null, progress());
  assert.deepEqual(sent[0].body, undefined);
});

test('a request without a final answer is repeated as it was, whatever is wanted now', async (context) => {
  const lost = { status: 500, body: {} };
  const sent = server(context, lost);
  await assert.rejects(booking.book('b', TWO, progress()));
  assert.ok(booking.isUnsettled('b'));
  assert.deepEqual(booking.wantedBefore('b'), TWO);
  await booking.book('b', THREE, progress());
  assert.deepEqual(
    sent.map(({ body }) => body),
    [TWO, TWO],
  );
  assert.equal(sent[0].key, sent[1].key);
  assert.ok(!booking.isUnsettled('b'));
  assert.equal(booking.wantedBefore('b'), null);
  await booking.book('b', THREE, progress());
  assert.deepEqual(sent[2].body, THREE);
  assert.notEqual(sent[2].key, sent[0].key);
});

test('a refusal is final, and the next request is a new one', async (context) => {
  const refused = { status: 409, body: { type: '/problems/amount-differs', amount: 6000, currency: 'EUR' } };
  const sent = server(context, refused);
  await assert.rejects(booking.book('c', TWO, progress()));
  assert.ok(!booking.isUnsettled('c'));
  await booking.book('c', { ...TWO, amount: 6000 }, progress());
  assert.notEqual(sent[0].key, sent[1].key);
  assert.equal(sent[1].body.amount, 6000);
});

test('fewer seats are a change of the registration, with the status that was shown', async (context) => {
  const sent = server(context, { status: 200, body: { status: 'HELD' } });
  const fewer = { seats: [{ price: 1, count: 1 }], status: 'WAITLISTED' };
  await booking.takeFewer({ id: 'r', event_id: 'e' }, fewer, progress());
  assert.equal(sent[0].path, '/events/e/registrations/r');
  assert.deepEqual(sent[0].body, fewer);
});
