import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

globalThis.window ??= /** @type {any} */ ({ addEventListener() {} });
const api = await import('../../static/scripts/server/transfers-api.js');
const session = await import('../../static/scripts/server/session.js');

const { signal } = new AbortController();
/** The requests: method, address and body. */
let asked = [];
/** Whether each was sent with the session's token. */
let known = [];

beforeEach(() => {
  asked = [];
  known = [];
  globalThis.fetch = (path, { method, body, headers }) => {
    asked.push([method, path, ...(body === undefined ? [] : [JSON.parse(body)])]);
    known.push(new Headers(headers).has('authorization'));
    return Promise.resolve(new Response('{"items":[]}'));
  };
});

test('seats are passed on at their addresses, and no id or token leads elsewhere', async () => {
  session.begin({ token: 't', expires_in: 60, user: { id: 'u', name: 'U', role: 'AUDIENCE' } });
  assert.deepEqual(await api.transfers('e', 'a/b', signal), []);
  await api.offerSeat('e?', 'a', 2);
  await api.withdrawOffer('e', 'a', '../t');
  await api.offeredSeat('e', 'the token', signal);
  await api.takeSeat('e', 'the token', signal);
  assert.deepEqual(asked, [
    ['GET', '/events/e/registrations/a%2Fb/transfers'],
    ['POST', '/events/e%3F/registrations/a/transfers', { price: 2 }],
    ['DELETE', '/events/e/registrations/a/transfers/..%2Ft'],
    ['POST', '/events/e/transfers/look', { token: 'the token' }],
    ['POST', '/events/e/transfers/accept', { token: 'the token' }],
  ]);
  // The person with the link sees the seat, and only somebody who is signed in can take it.
  assert.deepEqual(known, [true, true, true, false, true]);
});
