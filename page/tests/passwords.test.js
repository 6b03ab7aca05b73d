import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordError } from '../../static/scripts/words/passwords.js';
import { apiDescription } from '../description.js';

test('passwords have 12 to 71 bytes, and accents and emoji take several', () => {
  assert.match(passwordError('a'.repeat(11)), /at least 12/);
  assert.equal(passwordError('a'.repeat(12)), null);
  assert.equal(passwordError('a'.repeat(71)), null);
  assert.match(passwordError('a'.repeat(72)), /at most 71 bytes/);
  assert.equal(passwordError('é'.repeat(35)), null);
  assert.match(passwordError('é'.repeat(36)), /at most 71 bytes/);
});

test('the limits are those of the API', () => {
  assert.match(apiDescription().components.schemas.NewPassword.description, /12 to 71 bytes/);
});
