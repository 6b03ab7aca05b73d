import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, Unreachable } from '../../static/scripts/server/failures.js';
import { isUnsettled, sendOnce, settle } from '../../static/scripts/server/request-keys.js';

const fails = (error) => () => Promise.reject(error);

test('a key is kept until the answer is final', async () => {
  /** @type {string[]} */
  const sent = [];
  const send = (answer) => (key) => {
    sent.push(key);
    return answer();
  };
  const open = [
    new Unreachable('No answer came.'),
    new Problem(503, { type: '/problems/outcome-unknown' }),
    new Problem(503, { type: '/problems/busy' }),
    new Problem(500, {}),
    new Problem(401, {}),
    new DOMException('Given up.', 'AbortError'),
  ];
  for (const error of open) {
    await assert.rejects(sendOnce('a', send(fails(error))), (thrown) => thrown === error);
    assert.ok(isUnsettled('a'), String(error));
  }
  assert.equal(
    await sendOnce(
      'a',
      send(async () => 'made'),
    ),
    'made',
  );
  assert.ok(!isUnsettled('a'));
  assert.equal(new Set(sent).size, 1, 'all under one key');
  await sendOnce(
    'a',
    send(async () => null),
  );
  assert.equal(new Set(sent).size, 2, 'the next request has another');
});

test('a refusal is final, and names do not share a key', async () => {
  await assert.rejects(sendOnce('a', fails(new Problem(422, {}))));
  assert.ok(!isUnsettled('a'));
  await assert.rejects(sendOnce('b', fails(new Problem(503, {}))));
  assert.ok(isUnsettled('b') && !isUnsettled('a'));
  settle('b');
  assert.ok(!isUnsettled('b'));
});
