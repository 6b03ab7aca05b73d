import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wayBack } from '../../static/scripts/views/account/way-back.js';

const after = (then) => wayBack(new URLSearchParams(then === null ? {} : { then }));

test('signing in leads back to the page before', () => {
  assert.equal(after('/events/42'), '/events/42');
  assert.equal(after('/admin/users?q=alice'), '/admin/users?q=alice');
});

test('signing in leads to the events if there is no page before, or only one for signing in', () => {
  for (const then of [null, '', '/sign-in', '/sign-in?then=/studio', '/sign-up']) assert.equal(after(then), '/events');
});

test('signing in never leaves the application', () => {
  for (const then of [
    'https://evil.example/',
    '//evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
  ])
    assert.equal(after(then), '/events');
});
