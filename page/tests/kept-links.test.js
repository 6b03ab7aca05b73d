import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

globalThis.window ??= /** @type {any} */ ({ addEventListener() {} });
const { ownTab } = await import('../../static/scripts/browser/storage.js');
const { forgetLink, keepLink, keptLink } = await import('../../static/scripts/views/account/kept-links.js');
const session = await import('../../static/scripts/server/session.js');

const login = (id) => ({ token: 't', expires_in: 60, user: { id, name: id, role: 'AUDIENCE' } });

beforeEach(() => {
  session.end('signed-out');
  ownTab.remove('onsale.links');
});

test('a link is kept for its event, also over signing in, until it is used', () => {
  assert.equal(keptLink('a'), '');
  keepLink('a', 'first');
  keepLink('b', 'other');
  keepLink('a', 'second');
  session.begin(login('u'));
  assert.deepEqual([keptLink('a'), keptLink('b'), keptLink('c')], ['second', 'other', '']);
  forgetLink('a');
  assert.deepEqual([keptLink('a'), keptLink('b')], ['', 'other']);
  forgetLink('b');
  assert.equal(ownTab.read('onsale.links'), null);
});

test('the next person at the same tab does not get it, and the one before finds it again', () => {
  keepLink('a', 'token');
  session.begin(login('u'));
  assert.equal(keptLink('a'), 'token');
  session.end('expired');
  assert.equal(keptLink('a'), '');
  session.begin(login('somebody else'));
  assert.equal(keptLink('a'), '');
  session.end('signed-out');
  session.begin(login('u'));
  assert.equal(keptLink('a'), 'token');
});

test('only the latest links are kept', () => {
  for (let event = 0; event < 7; event += 1) keepLink(String(event), `token ${event}`);
  assert.equal(keptLink('1'), '');
  assert.equal(keptLink('2'), 'token 2');
});

test('what is no link is none', () => {
  for (const kept of [
    'no JSON',
    '{}',
    'null',
    '[null]',
    '[{"event":"a"}]',
    '[{"event":"a","token":7,"user":null}]',
    '[{"event":"a","token":"t"}]',
  ]) {
    ownTab.write('onsale.links', kept);
    assert.equal(keptLink('a'), '', kept);
  }
});
