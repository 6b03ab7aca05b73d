import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords, pauseWords, placeWords } from '../../static/scripts/booking/place-words.js';
import { Problem, Unreachable } from '../../static/scripts/server/failures.js';

const NOW = Date.parse('2026-11-21T18:00:00Z');
const EVENT = {
  time_zone: 'America/New_York',
  waiting: 0,
  seats_remaining: 10,
  sales_open_at: '2026-11-21T18:01:30Z',
  sales_close_at: '2026-11-21T17:00:00Z',
  starts_at: '2026-11-21T20:00:00Z',
  cancel_until: null,
};
const SALES = ['draft', 'cancelled', 'ended', 'testing', 'early', 'closed', 'full', 'open'];

function texts({ code = 'open', ...situation } = {}) {
  return placeWords({
    event: EVENT,
    registration: null,
    known: true,
    sale: { code, bookable: code === 'open' || code === 'full' },
    signedIn: true,
    unsettled: false,
    opensAt: null,
    now: NOW,
    ...situation,
  });
}

const registered = (status, more) => ({
  id: 'r',
  event_id: 'e',
  status,
  decision: 1,
  position: null,
  registered_at: '2026-11-20T12:00:00Z',
  confirmed_at: null,
  cancelled_at: null,
  cancellation: null,
  removal_reason: null,
  may_book_again: null,
  ...more,
});

test('until the place is known nothing can be booked', () => {
  const shown = texts({ known: false });
  assert.equal(shown.state, 'unknown');
  assert.ok(!shown.book && !shown.leave && !shown.signIn);
});

test('only an open sale and a full one can be booked', () => {
  assert.deepEqual(
    SALES.filter((code) => texts({ code }).book),
    ['full', 'open'],
  );
});

test('before signing in there is a way to sign in wherever booking is possible or near', () => {
  assert.deepEqual(
    SALES.filter((code) => texts({ code, signedIn: false }).signIn),
    ['early', 'full', 'open'],
  );
  assert.deepEqual(
    SALES.filter((code) => texts({ code, signedIn: false }).book),
    [],
  );
  assert.deepEqual(
    SALES.filter((code) => texts({ code }).signIn),
    [],
  );
});

test('an early sale counts down to the event’s time, or to the one that the server named', () => {
  assert.equal(texts({ code: 'early' }).countdown, '01:30');
  assert.equal(texts({ code: 'early', opensAt: NOW + 5000 }).countdown, '00:05');
  assert.equal(texts({ code: 'early' }).state, 'early');
});

test('a request without a final answer is asked again', () => {
  assert.equal(texts({ unsettled: true }).book, 'Ask again');
  assert.equal(texts({ unsettled: true, code: 'full' }).book, 'Ask again');
  // There is nothing to ask for any more.
  assert.equal(texts({ unsettled: true, code: 'ended' }).book, undefined);
});

test('a full event tells how many are waiting', () => {
  assert.match(texts({ code: 'full' }).words, /Nobody is waiting/);
  assert.match(texts({ code: 'full', event: { ...EVENT, waiting: 1 } }).words, /1 person is waiting/);
  assert.match(texts({ code: 'full', event: { ...EVENT, waiting: 1500 } }).words, /1,500 people are waiting/);
});

test('a seat can be given up until the event is over or cancelled', () => {
  const registration = registered('CONFIRMED', { confirmed_at: '2026-11-21T15:00:00Z' });
  const with_ = (code) => texts({ registration, code });
  assert.deepEqual(
    SALES.filter((code) => with_(code).leave),
    ['draft', 'testing', 'early', 'closed', 'full', 'open'],
  );
  assert.deepEqual(
    SALES.filter((code) => with_(code).book),
    [],
  );
  assert.match(with_('open').words, /Sat, 21 Nov 2026, 10:00/);
  assert.equal(with_('cancelled').heading, 'Event cancelled');
});

test('a place can be given up until the start, or until the time that the organizer has set', () => {
  const until = Date.parse('2026-11-21T19:00:00Z');
  const set = { ...EVENT, cancel_until: new Date(until).toISOString() };
  for (const status of ['CONFIRMED', 'WAITLISTED']) {
    const at = (now, event = EVENT) => texts({ registration: registered(status), now, event });
    const start = Date.parse(EVENT.starts_at);
    assert.ok(at(start - 1).leave && !at(start).leave);
    assert.ok(at(until - 1, set).leave && !at(until, set).leave);
    assert.match(at(until - 1, set).words, /until Sat, 21 Nov 2026, 14:00/);
    assert.match(at(until, set).words, /no longer/);
    assert.doesNotMatch(at(start - 1).words, /give it up|no longer/);
  }
});

test('a place in line has its number', () => {
  const waiting = (position, others) =>
    texts({ registration: registered('WAITLISTED', { position }), code: 'full', event: { ...EVENT, waiting: others } });
  assert.equal(waiting(1200, 1300).number, '1,200');
  assert.match(waiting(1200, 1300).words, /^of 1,300 in line\./);
  // The number of people in line may be older than the place.
  assert.match(waiting(12, 5).words, /^of 12 in line\./);
  assert.match(waiting(1, 3).words, /^You are next/);
  assert.equal(waiting(null, 3).number, null);
  assert.doesNotMatch(waiting(null, 3).words, /null|of 3/);
});

test('each situation has a heading and words', () => {
  const registrations = [null, registered('CONFIRMED'), registered('WAITLISTED', { position: 2 })];
  for (const registration of registrations) {
    for (const code of SALES) {
      for (const signedIn of [true, false]) {
        const shown = texts({ registration, code, signedIn });
        for (const text of [shown.heading, shown.words]) {
          assert.ok(text.length > 0, JSON.stringify([registration?.status, code, signedIn]));
          assert.doesNotMatch(text, /undefined|null|NaN|Invalid/);
        }
      }
    }
  }
});

test('a pause says why and for how long', () => {
  const problem = (code) => new Problem(503, { type: `/problems/${code}` });
  const words = ['busy', 'outcome-unknown', 'unavailable'].map((code) => pauseWords(problem(code), 2400));
  words.push(pauseWords(new Unreachable('No answer came.'), 2400));
  assert.equal(new Set(words).size, 4);
  for (const one of words) assert.match(one, /in 2\u00a0s/);
  // Never "in 0 s".
  assert.match(pauseWords(problem('busy'), 10), /in 1\u00a0s/);
});

test('a booking that was removed meanwhile does not say that it was given up', () => {
  assert.match(answerWords(registered('CANCELLED', { cancellation: 'GIVEN_UP' })), /given up.*book again/);
  assert.match(answerWords(registered('CANCELLED', { cancellation: 'REMOVED' })), /^The organizer has removed/);
});

test('an answer says what was booked', () => {
  assert.equal(answerWords(registered('CONFIRMED')), 'Booked. See you there!');
  assert.match(answerWords(registered('WAITLISTED', { position: 7 })), /number 7 in line/);
  assert.match(answerWords(registered('WAITLISTED')), /You are in line/);
  assert.match(answerWords(registered('CANCELLED')), /book again/);
});
