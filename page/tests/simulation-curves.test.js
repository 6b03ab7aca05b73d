import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bucketWords,
  courseWords,
  latencyWords,
  timeWords,
} from '../../static/scripts/views/admin/simulation-curve-words.js';
import { momentsOf, ratesOf, someOf } from '../../static/scripts/views/admin/simulation-curves.js';

const CURVE = {
  at_milliseconds: [0, 50, 100, 400],
  answered: [0, 0, 600, 1000],
  seated: [0, 0, 10, 10],
  waiting: [0, 0, 590, 990],
  refused: [0, 0, 0, 0],
  seats_left: [10, 10, 0, 0],
  latencies: [],
};
const MOMENTS = momentsOf(CURVE);
const BUCKETS = [
  { from_milliseconds: 36.2, to_milliseconds: 51.2, buyers: 200 },
  { from_milliseconds: 51.2, to_milliseconds: 72.408, buyers: 790 },
  { from_milliseconds: 724.077, to_milliseconds: 1024, buyers: 10 },
];

test('a moment has the counts of its sample', () => {
  assert.deepEqual(MOMENTS[2], { at: 100, answered: 600, seated: 10, waiting: 590, refused: 0, left: 0 });
  assert.equal(MOMENTS.length, 4);
});

test('rates have all answers, each in its own time', () => {
  const rates = ratesOf(MOMENTS);
  assert.equal(rates.length, 3);
  const answers = rates.reduce((sum, { from, to, perSecond }) => sum + (perSecond * (to - from)) / 1000, 0);
  assert.ok(Math.abs(answers - 1000) < 1e-6, String(answers));
  const [first, , last] = rates.map(({ perSecond }) => Math.round(perSecond));
  assert.ok(first > last, 'most came at the begin');
  assert.equal(last, 1333);
});

test('a crowd without answers or without time has no rates', () => {
  assert.deepEqual(ratesOf([]), []);
  assert.deepEqual(ratesOf(MOMENTS.slice(0, 1)), []);
  assert.deepEqual(ratesOf([MOMENTS[0], { ...MOMENTS[3], at: 0 }]), []);
  const waiting = ratesOf(MOMENTS.slice(0, 2));
  assert.deepEqual(waiting, [{ from: 0, to: 50, perSecond: 0 }]);
});

test('two samples of one time are no division by zero', () => {
  const twice = [...MOMENTS, { ...MOMENTS[3], answered: 1001 }];
  for (const { perSecond } of ratesOf(twice)) assert.ok(Number.isFinite(perSecond));
});

test('a table has few rows, and the last state is one of them', () => {
  const many = Array.from({ length: 240 }, (_, at) => ({ ...MOMENTS[0], at }));
  const some = someOf(many, 12);
  assert.equal(some.length, 12);
  assert.equal(some.at(-1).at, 239);
  assert.deepEqual(someOf(MOMENTS, 12), MOMENTS);
  assert.deepEqual(someOf([], 12), []);
});

test('times are told in the unit in which they can be read', () => {
  assert.equal(timeWords(0), '0\u00a0ms');
  assert.equal(timeWords(0.141), '0.14\u00a0ms');
  assert.equal(timeWords(72.408), '72\u00a0ms');
  assert.equal(timeWords(1024), '1.02\u00a0s');
  assert.equal(bucketWords(BUCKETS[0]), '36\u00a0ms to 51\u00a0ms');
});

test('the course is told in words', () => {
  assert.equal(
    courseWords(MOMENTS),
    '10 seats at the start, 0 left after 400\u00a0ms, sold out after 100\u00a0ms. ' +
      '1,000 buyers answered: 10 seated, 990 on the waitlist.',
  );
  const refused = { ...MOMENTS[3], refused: 3, left: 2 };
  assert.match(courseWords([MOMENTS[0], refused]), /^10 seats at the start, 2 left after 400\u00a0ms\. /);
  assert.match(courseWords([MOMENTS[0], refused]), /990 on the waitlist, 3 with neither\.$/);
  assert.equal(courseWords([]), '');
});

test('the latencies are told in words', () => {
  assert.equal(
    latencyWords(BUCKETS),
    'From request to answer, buyers waited 36\u00a0ms to 1.02\u00a0s, ' +
      'most often 51\u00a0ms to 72\u00a0ms (790 buyers).',
  );
  assert.equal(latencyWords([]), 'No answers yet.');
});
