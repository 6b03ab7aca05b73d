import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  classicWords,
  comparisonWords,
  missingWords,
} from '../../static/scripts/views/admin/simulation-classic-words.js';

const REPORT = {
  stopped: false,
  served_count: 8120,
  not_served_count: 21880,
  connections: 16,
  limit_milliseconds: 10_000,
  passed: true,
};
const moments = (at, answered) => [
  { at: 0, answered: 0 },
  { at, answered },
];

test('both paces are told, with their ratio', () => {
  assert.equal(
    comparisonWords(moments(2000, 30_000), moments(10_000, 8120)),
    'The box office: 30,000 buyers in 2\u00a0s, 15,000 per second. ' +
      'The classic way: 8,120 buyers in 10\u00a0s, 812 per second. ' +
      'The box office answers 18.47 times as many buyers per second.',
  );
});

test('without an answer the classic way has no ratio', () => {
  assert.match(
    comparisonWords(moments(2000, 30_000), moments(100, 0)),
    /The classic way: 0 buyers in 100\u00a0ms, 0 per second\.$/,
  );
  assert.match(comparisonWords(moments(2000, 30_000), []), /The classic way: no answers yet\.$/);
});

test('buyers who were not served in time are named', () => {
  assert.equal(
    classicWords(REPORT),
    'One transaction for each buyer, on 16 connections, as many as the box office has: 8,120 answered. ' +
      '21,880 buyers had no answer after 10\u00a0s. It keeps the guarantees as well.',
  );
  assert.match(classicWords({ ...REPORT, not_served_count: 0 }), /8,120 answered\. All had their answer\. /);
  assert.match(classicWords({ ...REPORT, stopped: true }), /21,880 buyers had no answer when it was stopped\. /);
  assert.match(classicWords({ ...REPORT, passed: false }), /It broke a guarantee\.$/);
});

test('a comparison that is missing has its reason', () => {
  const reasons = ['STOPPED', 'NOTHING_TO_BOOK', 'UNAVAILABLE', 'INTERNAL', 'LOST'];
  for (const reason of reasons) {
    assert.match(missingWords(reason), /^(There is no comparison|The comparison has no result)[:,] [^(]+\.$/);
  }
  assert.equal(new Set(reasons.map(missingWords)).size, reasons.length);
  assert.equal(missingWords('ANOTHER'), 'There is no comparison (ANOTHER).');
  assert.equal(
    missingWords('NOTHING_TO_BOOK'),
    'There is no comparison, because the event has nothing that anybody can book.',
  );
});
