import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formerAddress } from '../../static/scripts/browser/former-addresses.js';

const ID = '01970000-89ab-7cde-8f01-23456789abcd';

test('a link of former times leads to the page of today', () => {
  for (const [hash, address] of [
    ['#/events', '/events'],
    ['#/events?q=jazz', '/events?q=jazz'],
    [`#/events/${ID}`, `/events/${ID}`],
    [`#/events/${ID}?code=EARLY%20BIRD`, `/events/${ID}#code=EARLY+BIRD`],
    ['#/registrations', '/tickets'],
    ['#/admin/users?q=bob', '/admin/people?q=bob'],
    [`#/admin/${ID}`, `/admin/tests/${ID}`],
    ['#/admin/log', '/admin/log'],
  ])
    assert.equal(formerAddress(hash), address);
});

test('other parts after # are no pages, and none leads to another site', () => {
  for (const hash of ['', '#', '#main', '#code=EARLY', '#//evil.example', '#/\\evil.example'])
    assert.equal(formerAddress(hash), null);
});
