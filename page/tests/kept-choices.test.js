import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.window ??= /** @type {any} */ ({ addEventListener() {} });
const { ownTab } = await import('../../static/scripts/browser/storage.js');
const { keepChoice, keptChoice } = await import('../../static/scripts/booking/kept-choices.js');
const session = await import('../../static/scripts/server/session.js');

const NOTHING = { type: null, counts: {}, code: '' };
const CHOICE = { type: 2, counts: { 3: 1 }, code: 'EARLY' };
const LOGIN = { token: 't', expires_in: 60, user: { id: 'u', name: 'U', role: 'AUDIENCE' } };

test('a choice is kept for its event, also over signing in, until its person signs out', () => {
  assert.deepEqual(keptChoice('a'), NOTHING);
  keepChoice('a', CHOICE);
  keepChoice('b', NOTHING);
  assert.deepEqual([keptChoice('a'), keptChoice('b'), keptChoice('c')], [CHOICE, NOTHING, NOTHING]);
  session.begin(LOGIN);
  assert.deepEqual(keptChoice('a'), CHOICE);
  session.end('expired');
  assert.deepEqual(keptChoice('a'), CHOICE);
  session.begin(LOGIN);
  session.end('signed-out');
  assert.deepEqual(keptChoice('a'), NOTHING);
});

test('only the latest events are kept', () => {
  for (let event = 0; event < 30; event += 1) keepChoice(String(event), CHOICE);
  assert.deepEqual(keptChoice('9'), NOTHING);
  assert.deepEqual(keptChoice('10'), CHOICE);
});

test('what is no choice is none', () => {
  for (const kept of [
    'no JSON',
    '{}',
    'null',
    '[1]',
    '[["a"]]',
    '[["a",null]]',
    '[["a",{"type":"1","counts":{},"code":""}]]',
    '[["a",{"type":1,"counts":{"1":-1},"code":""}]]',
    '[["a",{"type":1,"counts":null,"code":""}]]',
    '[["a",{"type":1,"counts":{},"code":7}]]',
  ]) {
    ownTab.write('onsale.choices', kept);
    assert.deepEqual(keptChoice('a'), NOTHING, kept);
  }
});
