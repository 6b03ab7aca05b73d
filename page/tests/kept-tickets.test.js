import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

globalThis.window ??= /** @type {any} */ ({ addEventListener() {} });
const { shared } = await import('../../static/scripts/browser/storage.js');
const session = await import('../../static/scripts/server/session.js');

const KEY = 'onsale.tickets';
const USER = { id: 'u', name: 'U', role: 'AUDIENCE' };
const LOGIN = { token: 't', expires_in: 60, user: USER };
const OTHER = { token: 'o', expires_in: 60, user: { ...USER, id: 'o' } };

// Left by somebody whose session has ended since.
shared.write(KEY, JSON.stringify({ user: 'u', kept: [{ at: 1, answer: answerOf('old') }] }));
const { allKeptTickets, forgetTickets, keepTickets, keptTickets } = await import(
  '../../static/scripts/server/kept-tickets.js'
);

/**
 * @param {string} id
 * @param {number} [count]
 */
function answerOf(id, count = 1, path = 'M0 0h1v1h-1z') {
  const tickets = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    code: '7K2M-QX0A-94TD-HB5C',
    qr: { size: 29, path },
    checked_in: null,
  }));
  return { event: { id: 'e', title: 'E' }, registration_id: id, status: 'CONFIRMED', holder: 'U', tickets };
}

const ids = () => allKeptTickets().map((one) => one.answer.registration_id);

test('a page that opens without a session forgets the tickets of the one before', () => {
  assert.equal(shared.read(KEY), null);
});

beforeEach(() => {
  session.end('signed-out');
  session.begin(LOGIN);
});

test('tickets are kept with the time of their loading, the latest first', () => {
  keepTickets(answerOf('a'), 10);
  keepTickets(answerOf('b'), 20);
  assert.deepEqual(keptTickets('a'), { at: 10, answer: answerOf('a') });
  assert.deepEqual(ids(), ['b', 'a']);
  keepTickets(answerOf('a', 2), 30);
  assert.equal(keptTickets('a')?.answer.tickets.length, 2);
  assert.deepEqual(ids(), ['a', 'b']);
  assert.equal(keptTickets('c'), null);
});

test('an answer without tickets ends those of before', () => {
  keepTickets(answerOf('a'), 10);
  keepTickets({ ...answerOf('a', 0), status: 'CANCELLED' }, 20);
  assert.equal(keptTickets('a'), null);
  keepTickets(answerOf('a'), 30);
  keepTickets(answerOf('b'), 30);
  forgetTickets('a');
  assert.deepEqual(ids(), ['b']);
});

test('the tickets of the last 20 bookings are kept', () => {
  for (let index = 0; index < 25; index += 1) keepTickets(answerOf(String(index)), index);
  assert.equal(ids().length, 20);
  assert.deepEqual([keptTickets('4'), keptTickets('5')?.at], [null, 5]);
});

test('large answers push old ones out before the storage is full', () => {
  const path = 'h'.repeat(10_000);
  for (let index = 0; index < 4; index += 1) keepTickets(answerOf(String(index), 80, path), index);
  assert.deepEqual(ids(), ['3', '2']);
});

for (const reason of /** @type {const} */ (['signed-out', 'expired']))
  test(`a session that is ${reason} takes its tickets along`, () => {
    keepTickets(answerOf('a'), 10);
    session.end(reason);
    assert.equal(shared.read(KEY), null);
    assert.deepEqual(ids(), []);
  });

test('the next one to sign in finds nothing of the one before', () => {
  keepTickets(answerOf('a'), 10);
  session.begin(OTHER);
  assert.equal(shared.read(KEY), null);
  assert.equal(keptTickets('a'), null);
});

test('a new name or token of the same person keeps them', () => {
  keepTickets(answerOf('a'), 10);
  session.refresh({ ...USER, name: 'V' });
  session.begin({ ...LOGIN, token: 'another' });
  assert.deepEqual(ids(), ['a']);
});

test('nothing is kept for nobody', () => {
  session.end('signed-out');
  keepTickets(answerOf('a'), 10);
  assert.equal(shared.read(KEY), null);
});

test('something else under the key is no ticket', () => {
  for (const text of [
    'no JSON',
    'null',
    '[]',
    '{"user":"u"}',
    '{"user":"u","kept":{}}',
    '{"user":"u","kept":[null,7]}',
    '{"user":"u","kept":[{"at":1,"answer":{"registration_id":"a","event":{"title":"E"},"tickets":[{"code":"A"}]}}]}',
    '{"user":"u","kept":[{"at":"1","answer":{"registration_id":"a","event":{"title":"E"},"tickets":[]}}]}',
  ]) {
    shared.write(KEY, text);
    assert.deepEqual(allKeptTickets(), [], text);
  }
});
