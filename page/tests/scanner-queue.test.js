import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BATCH_MAX,
  fileOf,
  isDone,
  isToSettle,
  isUndoWaiting,
  letIn,
  nextBatch,
  pauseAfter,
  settled,
  stepAfter,
} from '../../static/scripts/door/rules/queue.js';
import { answered, kept } from './scanner-fixture.js';

/** @import { KeptScan } from '../../static/scripts/door/rules/queue.js' */

const orders = (/** @type {readonly KeptScan[]} */ scans) => scans.map(({ order }) => order);

test('scans go in the order in which they were made, and at most a hundred at once', () => {
  const mixed = [kept(3), kept(1), kept(2, { state: 'SENT' }), kept(5, { state: 'SET_ASIDE' }), kept(4)];
  assert.deepEqual(orders(nextBatch(mixed)), [1, 3, 4]);
  assert.deepEqual(orders(nextBatch(mixed, 2)), [1, 3]);
  const many = Array.from({ length: 250 }, (_, at) => kept(250 - at));
  assert.deepEqual(
    orders(nextBatch(many)),
    Array.from({ length: BATCH_MAX }, (_, at) => at + 1),
  );
  assert.equal(nextBatch(many, 1000).length, BATCH_MAX);
});

test('a scan that was let in names its ticket, because its code may end before it is sent', () => {
  const scan = {
    id: 'a',
    code: '7K2MQX0A94TDHB5C',
    gate: 'N',
    device: 'D',
    scanned_at: '2030-03-01T19:00:00Z',
    let_in: false,
  };
  const { code: _, ...rest } = scan;
  assert.deepEqual(letIn(scan, { registration_id: 'r', number: 2 }), {
    ...rest,
    registration_id: 'r',
    number: 2,
    let_in: true,
  });
});

test('each answer of the server has its step', () => {
  const steps = /** @type {const} */ ([
    [null, 5, 'RETRY'],
    [200, 5, 'SETTLE'],
    [401, 5, 'HOLD'],
    [403, 1, 'HOLD'],
    [404, 5, 'HOLD'],
    [413, 5, 'HALVE'],
    [422, 2, 'HALVE'],
    [422, 1, 'SET_ASIDE'],
    [400, 1, 'SET_ASIDE'],
    [408, 5, 'RETRY'],
    [409, 5, 'RETRY'],
    [429, 1, 'RETRY'],
    [500, 1, 'RETRY'],
    [503, 5, 'RETRY'],
  ]);
  for (const [status, size, step] of steps) assert.equal(stepAfter(status, size), step, `${status} of ${size}`);
  assert.equal(stepAfter(200, 5, 4), 'RETRY', 'answers that do not fit their scans settle nothing');
});

/**
 * Sends as kept/sending.js does, to a server that answers by `status`.
 * @param {KeptScan[]} scans
 * @param {(batch: readonly KeptScan[]) => number | null} status
 */
function sentTo(scans, status) {
  let all = scans;
  let most;
  const requests = [];
  for (;;) {
    const batch = nextBatch(all, most);
    if (batch.length === 0) break;
    requests.push(orders(batch));
    const step = stepAfter(status(batch), batch.length);
    /** @type {readonly KeptScan[]} */
    let after = batch;
    if (step === 'SETTLE')
      after = settled(
        batch,
        batch.map(() => answered()),
        1,
      );
    else if (step === 'SET_ASIDE') after = batch.map((one) => ({ ...one, state: 'SET_ASIDE' }));
    else if (step === 'HALVE') most = Math.floor(batch.length / 2);
    else break;
    all = all.map((one) => after.find(({ order }) => order === one.order) ?? one);
  }
  return { all, requests };
}

test('a scan that the server cannot read is set aside, and all others arrive in their order', () => {
  const scans = Array.from({ length: 130 }, (_, at) => kept(at + 1));
  const arrived = /** @type {number[]} */ ([]);
  const { all } = sentTo(scans, (batch) => {
    if (batch.some(({ order }) => order === 77)) return 422;
    arrived.push(...orders(batch));
    return 200;
  });
  assert.deepEqual(
    arrived,
    scans.map(({ order }) => order).filter((order) => order !== 77),
  );
  assert.deepEqual(orders(all.filter(({ state }) => state === 'SET_ASIDE')), [77]);
  assert.equal(all.filter(({ state }) => state === 'SENT').length, 129);
});

test('nothing is lost when the server goes away, or the permission ends', () => {
  for (const status of [null, 401, 403, 404, 429, 503]) {
    let left = 1;
    const scans = Array.from({ length: 150 }, (_, at) => kept(at + 1));
    const { all } = sentTo(scans, () => {
      left -= 1;
      return left < 0 ? status : 200;
    });
    assert.equal(all.filter(({ state }) => state === 'SENT').length, 100, `${status}`);
    assert.deepEqual(
      orders(nextBatch(all)),
      Array.from({ length: 50 }, (_, at) => at + 101),
      `${status}`,
    );
  }
});

test('a scan keeps its id and its time, and loses its code when the server has it', () => {
  const [after] = settled([kept(1)], [answered({ outcome: 'DOUBLE' })], 5);
  const { code, ...rest } = kept(1).scan;
  assert.equal(code, 'C');
  assert.deepEqual(after?.scan, rest);
  assert.deepEqual([after?.state, after?.answer?.outcome, after?.settled_at], ['SENT', 'DOUBLE', 5]);
  assert.deepEqual(settled([kept(1), kept(2)], [answered()], 5)[1], kept(2), 'without an answer it waits');
});

test('a person looks at what the server would not have let in, until they have seen it', () => {
  const sent = (/** @type {any} */ more) => kept(1, { state: 'SENT', answer: answered(), ...more });
  assert.equal(isToSettle(sent({})), false);
  for (const outcome of ['DOUBLE', 'GIVEN_UP', 'UNPAID', 'TOO_EARLY']) {
    const answer = answered({ outcome: /** @type {any} */ (outcome) });
    assert.equal(isToSettle(sent({ answer })), true, outcome);
    assert.equal(isToSettle(sent({ answer, isSeen: true })), false, outcome);
    assert.equal(isDone(sent({ answer, settled_at: 1 }), 2), false, outcome);
  }
  assert.equal(isToSettle(kept(1)), false, 'nobody knows yet');
});

test('an undo waits for its scan, and is sent once', () => {
  const undo = { reason: 'Wrong ticket', isSent: false };
  assert.equal(isUndoWaiting(kept(1, { undo })), false);
  const sent = kept(1, { state: 'SENT', answer: answered(), undo });
  assert.equal(isUndoWaiting(sent), true);
  assert.equal(isDone({ ...sent, settled_at: 1 }, 2), false);
  assert.equal(isUndoWaiting({ ...sent, undo: { ...undo, isSent: true } }), false);
  assert.equal(isUndoWaiting({ ...sent, answer: answered({ outcome: 'DOUBLE' }) }), false);
});

test('a scan goes when a later list tells of it, and not before', () => {
  const sent = kept(1, { state: 'SENT', answer: answered(), settled_at: 100 });
  assert.equal(isDone(sent, 101), true);
  assert.equal(isDone(sent, 100), false);
  for (const state of /** @type {const} */ (['WAITING', 'SET_ASIDE']))
    assert.equal(isDone({ ...sent, state }, 101), false);
});

test('pauses grow to half a minute, and are never shorter than the server asks for', () => {
  assert.deepEqual(
    [1, 2, 3, 6, 50].map((failures) => pauseAfter(failures, null)),
    [1000, 2000, 4000, 30_000, 30_000],
  );
  assert.equal(pauseAfter(1, 60), 60_000);
});

test('the file has every scan that the server has not, by event and in order', () => {
  const undo = { reason: 'Left again', isSent: false };
  const scans = [
    kept(4, { event_id: 'b' }),
    kept(3, { state: 'SET_ASIDE' }),
    kept(1, { undo }),
    kept(2, { state: 'SENT' }),
  ];
  const file = fileOf(scans);
  assert.deepEqual(
    file.map(({ event_id, scans: of }) => [event_id, of.map(({ id }) => id)]),
    [
      ['event', ['scan-1', 'scan-3']],
      ['b', ['scan-4']],
    ],
  );
  assert.deepEqual(file[0]?.scans[0], { ...kept(1).scan, name: 'Alice Student', undo: 'Left again' });
});
