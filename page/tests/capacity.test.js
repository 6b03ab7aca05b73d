import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consequencesOf } from '../../static/scripts/words/capacity.js';

const EVENT = { capacity: 10, confirmed: 10, waiting: 4, status: 'PUBLISHED' };
const NOTHING = { refused: null, words: '', question: null };
const of = (wanted, changes) => consequencesOf({ ...EVENT, ...changes }, wanted);

test('the present capacity, and what is no number of seats, has no consequences', () => {
  for (const wanted of [10, NaN, 10.5, -1]) assert.deepEqual(of(wanted), NOTHING);
});

test('nobody loses a seat', () => {
  assert.match(of(9).refused, /^10 people already have a seat/);
  assert.match(of(0, { confirmed: 1, waiting: 0 }).refused, /^1 person already has a seat/);
  assert.equal(of(10, { capacity: 20 }).refused, null);
});

test('a raise seats the first in line, after a question', () => {
  const { words, question } = of(13);
  assert.match(words, /The first 3 people on the waitlist get a seat at once, 1 stays on it/);
  assert.equal(question.title, 'Give seats to 3 people on the waitlist?');
  assert.equal(question.yes, 'Change to 13 seats');
  assert.match(of(11).words, /The first 1 person on the waitlist gets a seat at once, 3 stay on it/);
});

test('a raise beyond the line leaves seats free', () => {
  assert.match(of(14).words, /All 4 people on the waitlist get a seat at once, and the event is full/);
  assert.match(of(15).words, /1 seat stays available/);
  assert.match(
    of(20, { waiting: 1 }).words,
    /The one person on the waitlist gets a seat at once, and 9 seats stay available/,
  );
});

test('a raise without a line asks nothing', () => {
  const { words, question } = of(12, { waiting: 0 });
  assert.equal(question, null);
  assert.match(words, /^2 more seats, 2 available in all\. Nobody is on the waitlist/);
});

test('a smaller capacity tells how many seats stay free', () => {
  assert.match(of(8, { confirmed: 5, waiting: 0 }).words, /^3 seats stay available\. Nobody loses a seat/);
  assert.match(of(5, { confirmed: 5, waiting: 0 }).words, /^No seat stays available/);
});

test('a draft has no line and no buyers to tell of', () => {
  const draft = { status: 'DRAFT', confirmed: 0, waiting: 0 };
  assert.equal(of(12, draft).words, '2 more seats when it is published.');
  assert.equal(of(1, draft).words, '1 seat when it is published.');
});

test('parties leave the line up to a number, and want as many seats as one booking may have', () => {
  const party = { party: 4 };
  const { words, question } = of(13, party);
  assert.equal(words, 'Up to 3 of 4 bookings on the waitlist get seats at once, in order.');
  assert.equal(question.yes, 'Change to 13 seats');
  assert.match(of(9, party).refused, /^10 seats are taken\. The capacity can’t be lower/);
  assert.match(of(3, { ...party, confirmed: 2, waiting: 0 }).refused, /^One booking may have 4 seats/);
  assert.match(of(12, { ...party, waiting: 0 }).words, /^2 more seats, 2 available in all/);
  assert.equal(of(9, { ...party, confirmed: 8 }).question, null);
});
