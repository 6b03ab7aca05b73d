import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAbort, Problem, Unreachable } from '../../static/scripts/server/failures.js';

test('a problem’s code is the last part of its type', () => {
  assert.equal(new Problem(409, { type: '/problems/event-ended' }).code, 'event-ended');
  assert.equal(new Problem(409, { type: 'https://tickets.example/problems/event-ended' }).code, 'event-ended');
  assert.equal(new Problem(502, {}).code, '');
});

test('a problem’s message is its detail, else its title, else its status', () => {
  assert.equal(new Problem(409, { title: 'Over', detail: 'It is over.' }).message, 'It is over.');
  assert.equal(new Problem(409, { title: 'Over' }).message, 'Over');
  assert.equal(new Problem(502, {}).message, 'status 502');
});

test('a problem’s number comes from the body, else from the header', () => {
  const headers = new Headers({ 'x-request-id': 'from-header' });
  assert.equal(new Problem(500, { request_id: 'from-body' }, headers).requestId, 'from-body');
  assert.equal(new Problem(500, {}, headers).requestId, 'from-header');
});

test('Retry-After is in seconds or a date', () => {
  const after = (header) => new Problem(503, {}, new Headers({ 'retry-after': header })).retryAfterSeconds;
  assert.equal(after('7'), 7);
  const inTenSeconds = after(new Date(Date.now() + 10_000).toUTCString());
  assert.ok(inTenSeconds > 0 && inTenSeconds <= 10, String(inTenSeconds));
  assert.equal(after(new Date(Date.now() - 60_000).toUTCString()), 0);
  assert.equal(after('soon'), null);
  assert.equal(new Problem(503, {}).retryAfterSeconds, null);
});

test('an abort is told from other errors', () => {
  assert.ok(isAbort(new DOMException('The request was given up.', 'AbortError')));
  assert.ok(!isAbort(new DOMException('Too late.', 'TimeoutError')));
  assert.ok(!isAbort(new Unreachable('No answer came.')));
  assert.ok(!isAbort(undefined));
});
