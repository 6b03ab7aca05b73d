import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordError } from '../../static/scripts/words/passwords.js';
import { apiDescription } from '../description.js';

const account = { email: 'Dana.Scully@example.com', old: 'the truth is out there, caf\u00e9' };
/** @param {string} password */
const errorOf = (password) => passwordError(password, account);

test('passwords have at least 12 characters and at most 71 bytes', () => {
  assert.match(errorOf('a'.repeat(11)), /at least 12/);
  assert.equal(errorOf('a'.repeat(12)), null);
  assert.match(errorOf('\u00e9'.repeat(11)), /at least 12/);
  assert.equal(errorOf('\u00e9'.repeat(12)), null);
  assert.equal(errorOf('a'.repeat(71)), null);
  assert.match(errorOf('a'.repeat(72)), /71 bytes at most/);
  assert.equal(errorOf('\u00e9'.repeat(35)), null);
  assert.match(errorOf('\u00e9'.repeat(36)), /71 bytes at most/);
});

test('a letter counts the same in both of its forms', () => {
  assert.match(errorOf('e\u0301'.repeat(6)), /at least 12/);
  assert.equal(errorOf('e\u0301'.repeat(12)), null);
});

test('neither the address nor the old password will do', () => {
  assert.match(errorOf('dana.scully@example.COM'), /e-mail address/);
  assert.match(errorOf('the truth is out there, cafe\u0301'), /the old one/);
});

test('the limits are those of the API', () => {
  const { minLength, maxLength, description } = apiDescription().components.schemas.NewPassword;
  assert.deepEqual([minLength, maxLength], [12, 71]);
  assert.match(description, /at least 12 characters and at most 71 bytes/);
});
