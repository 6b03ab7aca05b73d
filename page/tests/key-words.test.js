import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  eventsWords,
  grantable,
  PERMISSIONS,
  permissionWords,
  stateWords,
} from '../../static/scripts/views/account/key-words.js';
import { apiDescription } from '../description.js';

test('each permission of the API has words, and administrators can give all of them', () => {
  const known = apiDescription().components.schemas.ApiKeyPermission.enum;
  assert.deepEqual(Object.keys(PERMISSIONS), known);
  assert.deepEqual(grantable('ADMIN'), known);
  assert.deepEqual(grantable('AUDIENCE'), ['BOOK', 'CHECK_IN']);
  assert.equal(permissionWords(['BOOK', 'LATER']), 'Book seats, LATER');
});

test('a key says until when it works, or why it does not', () => {
  const expires_at = '2030-03-01T19:00:00Z';
  assert.equal(stateWords({ state: 'ACTIVE', expires_at: null }), 'No expiry');
  assert.match(stateWords({ state: 'ACTIVE', expires_at }), /^Expires .*2030/);
  assert.match(stateWords({ state: 'EXPIRED', expires_at }), /^Expired .*2030/);
  assert.match(stateWords({ state: 'ENDED', expires_at }), /^Ended/);
  assert.deepEqual([null, ['a'], ['a', 'b']].map(eventsWords), ['All events', '1 event', '2 events']);
});
