import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenOf } from '../../static/scripts/views/account/link-token.js';

test('the secret of a link is all that stands behind its sign', () => {
  const token = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
  assert.equal(tokenOf(new URLSearchParams(token)), token);
  // Some mail programs append words of their own.
  assert.equal(tokenOf(new URLSearchParams(`${token}&from=mail`)), token);
});

test('a broken link has no secret', () => {
  for (const broken of ['', 'x', '0123456789ABCDEFGHIJKLMNOPQRSTU', '0123456789ABCDEFGHIJKLMNOPQRSTU-', 'top=1'])
    assert.equal(tokenOf(new URLSearchParams(broken)), '', broken);
});
