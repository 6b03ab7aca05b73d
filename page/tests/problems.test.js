import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem, Unreachable } from '../../static/scripts/server/failures.js';
import { fieldSentenceOf, PROBLEM_CODES, sentenceOf } from '../../static/scripts/words/problems.js';
import { apiDescription } from '../description.js';

// The codes that a person cannot meet on this page, or that have their words elsewhere.
const WITHOUT_SENTENCE = {
  'headers-too-large': 'The page sends few and short headers.',
  internal: 'All errors of the server have one sentence, with the request’s number.',
  'invalid-body': 'The forms send bodies of the right shape.',
  'invalid-field': 'The reason is shown at the field: see fieldSentenceOf.',
  'key-forbidden': 'The page sends no API keys.',
  'malformed-request': 'A browser sends HTTP.',
  'misdirected-request': 'The page itself would not have been served under that name.',
  'not-acceptable': 'The page accepts what its routes have.',
  'not-ready': 'The page does not ask whether the server is ready.',
  'unsupported-encoding': 'The page compresses nothing.',
  'wrong-credentials': 'The sign-in form has words for it.',
};

const { examples, schemas } = apiDescription().components;
/** One problem of each code, as the API's description shows it. */
const problems = new Map(
  Object.values(examples)
    .map(({ value }) => new Problem(value.status, value, new Headers({ 'retry-after': '9' })))
    .map((problem) => [problem.code, problem]),
);
const codes = Object.values(schemas)
  .map(({ properties }) => properties?.type?.enum?.[0])
  .filter((type) => typeof type === 'string' && type.startsWith('/problems/'))
  .map((type) => type.slice('/problems/'.length));

test('the description has an example of each problem', () => {
  assert.ok(codes.length > 30, `${codes.length} codes`);
  assert.deepEqual(
    codes.filter((code) => !problems.has(code)),
    [],
  );
});

test('the page knows no problem that the API does not have', () => {
  assert.deepEqual(
    PROBLEM_CODES.filter((code) => !codes.includes(code)),
    [],
  );
  assert.deepEqual(
    Object.keys(WITHOUT_SENTENCE).filter((code) => !codes.includes(code)),
    [],
  );
});

test('each problem of the API has words, unless there is a reason', () => {
  assert.deepEqual(
    codes.filter((code) => !PROBLEM_CODES.includes(code) && !(code in WITHOUT_SENTENCE)),
    [],
  );
  assert.deepEqual(
    PROBLEM_CODES.filter((code) => code in WITHOUT_SENTENCE),
    [],
  );
});

test('the sign-in form has words for wrong credentials', () => {
  const form = readFileSync(new URL('../../static/scripts/views/account/sign-in.js', import.meta.url), 'utf8');
  assert.ok(form.includes("error.code === 'wrong-credentials'"));
});

for (const code of PROBLEM_CODES) {
  test(`${code} is a sentence for people, and not the server’s own`, () => {
    const problem = problems.get(code);
    const sentence = sentenceOf(problem, 'Europe/Berlin');
    assert.match(sentence, /^[A-Z0-9].*[.?]$/);
    // A member that the API does not send would show as one of these.
    assert.doesNotMatch(sentence, /undefined|null|NaN|Invalid|\? [a-z]|_/);
    assert.notEqual(sentence, problem.body.detail);
  });
}

test('the other problems are told in the server’s words', () => {
  for (const code of Object.keys(WITHOUT_SENTENCE)) {
    const { status, body } = problems.get(code);
    const sentence = sentenceOf(problems.get(code));
    if (status < 500) assert.equal(sentence.toLowerCase(), body.detail.toLowerCase());
    else assert.match(sentence, /^Something went wrong on our side\./);
  }
});

test('sentences use the members of their problems', () => {
  const { body } = problems.get('capacity-below-confirmed');
  assert.match(sentenceOf(problems.get('capacity-below-confirmed')), new RegExp(`^${body.confirmed} seats? `));
  const opens = problems.get('sales-not-open').body.opens_at;
  assert.match(sentenceOf(problems.get('sales-not-open'), 'UTC'), new RegExp(`${opens.slice(11, 16)}\\.$`));
  const closed = problems.get('sales-closed').body.closed_at;
  assert.match(sentenceOf(problems.get('sales-closed'), 'UTC'), new RegExp(`${closed.slice(11, 16)}\\.$`));
  assert.match(sentenceOf(problems.get('too-many-attempts')), /Wait 9 seconds/);
});

test('without an answer the connection is named', () => {
  assert.match(sentenceOf(new Unreachable('No answer came.')), /can’t reach/);
});

test('an error of the server has its request’s number', () => {
  assert.match(sentenceOf(new Problem(500, { request_id: 'r-42' })), /r-42/);
  assert.doesNotMatch(sentenceOf(new Problem(502, {})), /number/);
});

test('an unknown refusal is told in the server’s words', () => {
  assert.equal(
    sentenceOf(new Problem(409, { type: '/problems/new-one', detail: 'not on Sundays.' })),
    'Not on Sundays.',
  );
  // Not a member that all objects have.
  assert.equal(sentenceOf(new Problem(409, { type: '/problems/constructor', detail: 'no.' })), 'No.');
});

test('an error of the page is logged, and asks for a reload', (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  assert.match(sentenceOf(new TypeError('x is not a function')), /Reload/);
  assert.equal(logged.mock.calls.length, 1);
});

test('a field’s reason is a sentence without the field’s API name', () => {
  const sentence = (field, reason) => fieldSentenceOf(new Problem(422, { field, detail: reason }));
  assert.equal(sentence('title', 'title: must not be empty.'), 'This must not be empty.');
  assert.equal(sentence('ends_at', '`ends_at` must be after `starts_at`'), 'This must be after `the start`.');
  assert.equal(sentence('email', 'email: two people cannot share one'), 'Two people cannot share one.');
  assert.equal(sentence('a.b', 'axb: is odd'), 'Axb: is odd.');
});
