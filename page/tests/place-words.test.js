import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords, changeWords, fewerAnswerWords, pauseWords } from '../../static/scripts/booking/answer-words.js';
import { ownWords, seatsOffered } from '../../static/scripts/booking/own-words.js';
import { bookingWords } from '../../static/scripts/booking/place-words.js';
import { Problem, Unreachable } from '../../static/scripts/server/failures.js';

const NOW = Date.parse('2026-11-21T18:00:00Z');
const EVENT = {
  time_zone: 'America/New_York',
  capacity: 10,
  waiting: 0,
  seats_remaining: 10,
  seats_available: 10,
  ticket_types: [{ number: 1, name: 'Admission', seats_remaining: 10, seats_available: 10, waiting: 0 }],
  sales_open_at: '2026-11-21T18:01:30Z',
  sales_close_at: '2026-11-21T17:00:00Z',
  starts_at: '2026-11-21T20:00:00Z',
  cancel_until: null,
};
const SALES = ['unknown', 'draft', 'cancelled', 'ended', 'testing', 'early', 'closed', 'full', 'open'];

function texts({ code = 'open', registration = null, ...more } = {}) {
  const situation = {
    event: EVENT,
    known: true,
    sale: { code, bookable: code === 'open' || code === 'full' },
    signedIn: true,
    unsettled: false,
    opensAt: null,
    now: NOW,
    ...more,
  };
  return registration === null ? bookingWords(situation) : ownWords(situation, registration);
}

/** The event with other numbers, in all and of its only type. */
const withNumbers = (numbers) => ({
  ...EVENT,
  ...numbers,
  ticket_types: [{ ...EVENT.ticket_types[0], ...numbers }],
});

const registered = (status, more) => ({
  id: 'r',
  event_id: 'e',
  status,
  decision: 1,
  position: null,
  seats_ahead: null,
  ticket_type: 1,
  ticket_type_name: 'Admission',
  seats: [{ price: 1, name: 'Admission', amount: 0, count: 1 }],
  seat_count: 1,
  seats_booked: 1,
  amount: 0,
  currency: null,
  held_until: null,
  paid_at: null,
  owed_back: 0,
  payment_instructions: null,
  registered_at: '2026-11-20T12:00:00Z',
  confirmed_at: null,
  cancelled_at: null,
  cancellation: null,
  removal_reason: null,
  may_book_again: null,
  ...more,
});

/** Two adults and a child. */
const PARTY = {
  ticket_type_name: 'Standing',
  seats: [
    { price: 1, name: 'Adult', amount: 2500, count: 2 },
    { price: 2, name: 'Child', amount: 1000, count: 1 },
  ],
  seat_count: 3,
  seats_booked: 3,
  amount: 6000,
  currency: 'EUR',
};

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

test('the way to sign in says what for', () => {
  const label = (code) => texts({ code, signedIn: false }).signIn;
  assert.deepEqual(['early', 'open', 'full'].map(label), [
    'Sign in to book',
    'Sign in to book',
    'Sign in to join the waitlist',
  ]);
});

test('an early sale counts down to the event’s time, or to the one that the server named', () => {
  assert.equal(texts({ code: 'early' }).countdown, '01:30');
  assert.equal(texts({ code: 'early', opensAt: NOW + 5000 }).countdown, '00:05');
  assert.equal(texts({ code: 'early' }).state, 'early');
});

test('a request without a final answer is asked again', () => {
  assert.equal(texts({ unsettled: true }).book, 'Check again');
  assert.equal(texts({ unsettled: true, code: 'full' }).book, 'Check again');
  // There is nothing to ask for any more.
  assert.equal(texts({ unsettled: true, code: 'ended' }).book, undefined);
});

test('a sold-out event asks to join the waitlist, and one without seats says so', () => {
  const soldOut = texts({ code: 'full' });
  assert.deepEqual([soldOut.heading, soldOut.book], ['Sold out', 'Join the waitlist']);
  const none = texts({ code: 'full', event: { ...EVENT, capacity: 0 } });
  assert.deepEqual([none.heading, none.book], ['No seats yet', 'Join the waitlist']);
  assert.match(none.words, /^This event has no seats yet\./);
  const choice = { words: 'x', book: 'Book seats' };
  assert.equal(texts({ code: 'full', choice, event: { ...EVENT, capacity: 0 } }).heading, 'No seats yet');
});

test('what counts down says to when', () => {
  assert.equal(texts({ code: 'early' }).countsTo, Date.parse(EVENT.sales_open_at));
  assert.equal(texts({ code: 'early', opensAt: NOW + 5000 }).countsTo, NOW + 5000);
  const until = '2026-11-21T19:00:00Z';
  assert.equal(texts({ registration: registered('HELD', { held_until: until }) }).countsTo, Date.parse(until));
});

test('a booking can be cancelled until the event is over or cancelled', () => {
  const registration = registered('CONFIRMED', { confirmed_at: '2026-11-21T15:00:00Z' });
  const with_ = (code) => texts({ registration, code });
  assert.deepEqual(
    SALES.filter((code) => with_(code).leave),
    ['unknown', 'draft', 'testing', 'early', 'closed', 'full', 'open'],
  );
  assert.deepEqual(
    SALES.filter((code) => with_(code).book),
    [],
  );
  assert.match(with_('open').words, /Sat, 21 Nov 2026, 10:00/);
  assert.equal(with_('cancelled').heading, 'Event cancelled');
});

test('a booking can be cancelled until the start, or until the time that the organizer has set', () => {
  const until = Date.parse('2026-11-21T19:00:00Z');
  const set = { ...EVENT, cancel_until: new Date(until).toISOString() };
  for (const status of ['CONFIRMED', 'WAITLISTED']) {
    const at = (now, event = EVENT) => texts({ registration: registered(status), now, event });
    const start = Date.parse(EVENT.starts_at);
    assert.ok(at(start - 1).leave && !at(start).leave);
    assert.ok(at(until - 1, set).leave && !at(until, set).leave);
    assert.match(at(until - 1, set).words, /until Sat, 21 Nov 2026, 14:00/);
    assert.match(at(until, set).words, /no longer/);
    assert.doesNotMatch(at(start - 1).words, /cancel it/);
  }
});

test('a place on the waitlist has its number', () => {
  const waiting = (position, others) =>
    texts({
      registration: registered('WAITLISTED', { position }),
      code: 'full',
      event: withNumbers({ waiting: others }),
    });
  assert.equal(waiting(1200, 1300).number, '1,200');
  assert.match(waiting(1200, 1300).words, /^of 1,300 on the waitlist\./);
  // The number of people in line may be older than the place.
  assert.match(waiting(12, 5).words, /^of 12 on the waitlist\./);
  assert.equal(waiting(1, 3).heading, 'You’re next on the waitlist');
  assert.match(waiting(1, 3).words, /yours automatically/);
  assert.equal(waiting(null, 3).number, null);
  assert.doesNotMatch(waiting(null, 3).words, /null|of 3/);
});

test('each situation has a heading and words', () => {
  const registrations = [
    null,
    registered('CONFIRMED'),
    registered('WAITLISTED', { position: 2 }),
    registered('HELD', { ...PARTY, held_until: '2026-11-21T19:00:00Z' }),
    registered('CANCELLED'),
  ];
  for (const registration of registrations) {
    for (const code of SALES) {
      for (const signedIn of [true, false]) {
        const shown = texts({ registration, code, signedIn });
        // The meter says how many seats are available.
        const said = code === 'open' && registration === null ? [shown.heading] : [shown.heading, shown.words];
        for (const text of said) {
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

test('a booking that was removed meanwhile does not say that it was cancelled by its person', () => {
  assert.match(answerWords(registered('CANCELLED', { cancellation: 'GIVEN_UP' })), /was cancelled.*book again/);
  assert.match(answerWords(registered('CANCELLED', { cancellation: 'REMOVED' })), /^The organizer has removed/);
});

test('an answer says what was booked', () => {
  assert.equal(answerWords(registered('CONFIRMED')), 'Booked. See you there!');
  assert.match(answerWords(registered('WAITLISTED', { position: 7 })), /number 7 on the waitlist/);
  assert.match(answerWords(registered('WAITLISTED')), /You’re on the waitlist/);
  assert.match(answerWords(registered('CANCELLED')), /book again/);
});

test('a simple place has no words of its seats, and a party has', () => {
  assert.equal(texts({ registration: registered('CONFIRMED') }).seats, undefined);
  const party = texts({ registration: registered('CONFIRMED', PARTY) });
  assert.equal(party.seats, 'Standing: 2 × Adult, 1 × Child. €60.00');
  assert.equal(party.heading, 'You have 3 seats');
  assert.equal(party.leave, 'Cancel my booking');
  assert.equal(party.fewer, 'Fewer seats…');
  assert.equal(texts({ registration: registered('CONFIRMED') }).fewer, undefined);
});

test('a status that the page does not know is never a seat, and is an error in the console once', (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  const registration = registered('TELEPORTED');
  for (let round = 0; round < 3; round += 1) {
    const shown = texts({ registration });
    assert.equal(shown.state, 'broken');
    assert.match(shown.words, /TELEPORTED.*Reload/);
    assert.doesNotMatch(shown.heading, /You have|line/);
    assert.ok(!shown.leave && !shown.take && !shown.fewer);
  }
  assert.match(answerWords(registration), /TELEPORTED/);
  assert.match(fewerAnswerWords(registered('CONFIRMED', PARTY), registration), /TELEPORTED/);
  assert.equal(logged.mock.calls.length, 1);
});

test('a party on the waitlist learns how many seats are wanted ahead of it', () => {
  const line = (more) => texts({ code: 'full', registration: registered('WAITLISTED', { ...PARTY, ...more }) }).words;
  assert.match(line({ position: 3, seats_ahead: 7 }), /want 7 seats in all\. .*your 3 seats together/);
  // Where those ahead want one seat each, the place says it.
  assert.doesNotMatch(line({ position: 3, seats_ahead: 2 }), /want/);
  assert.match(line({ position: 1, seats_ahead: 0 }), /As soon as 3 seats are available together/);
});

test('only the head of a waitlist is offered what is available, and only if it wants more', () => {
  const offered = (registration, free) =>
    seatsOffered(withNumbers({ seats_remaining: free }), registered('WAITLISTED', { ...PARTY, ...registration }));
  assert.equal(offered({ position: 1 }, 2), 2);
  assert.equal(offered({ position: 1 }, 3), 0);
  assert.equal(offered({ position: 1 }, 0), 0);
  assert.equal(offered({ position: 2 }, 2), 0);
  assert.equal(offered({ position: null }, 2), 0);
  assert.equal(offered({ position: 1, status: 'HELD' }, 2), 0);
  assert.equal(offered({ position: 1, ticket_type: 2 }, 2), 0);
  const head = registered('WAITLISTED', { ...PARTY, position: 1 });
  assert.equal(
    texts({ code: 'full', registration: head, event: withNumbers({ seats_remaining: 2 }) }).take,
    'Take the 2 available seats…',
  );
  assert.equal(
    texts({ code: 'full', registration: head, event: withNumbers({ seats_remaining: 1 }) }).take,
    'Take the available seat…',
  );
  // Nothing changes any more once the event has begun.
  const begun = Date.parse(EVENT.starts_at);
  assert.equal(
    texts({ code: 'full', registration: head, event: withNumbers({ seats_remaining: 2 }), now: begun }).take,
    undefined,
  );
});

test('a change is told by what it was before', () => {
  const change = (before, after) =>
    changeWords(registered(before, PARTY), registered(after.status, { ...PARTY, ...after }));
  assert.match(change('WAITLISTED', { status: 'CONFIRMED' }), /^Good news: you’ve got your 3 seats\.$/);
  assert.match(change('WAITLISTED', { status: 'HELD' }), /^Good news: your 3 seats are held for you\. Please pay/);
  assert.match(change('HELD', { status: 'CONFIRMED' }), /payment has arrived: your 3 seats are confirmed/);
  assert.match(change('CONFIRMED', { status: 'HELD' }), /payment did not arrive/);
  assert.match(change('HELD', { status: 'CANCELLED', cancellation: 'LAPSED' }), /time to pay is over/);
  assert.match(change('CONFIRMED', { status: 'CANCELLED', cancellation: 'PASSED_ON' }), /taken the last ticket/);
  assert.match(change('HELD', { status: 'CANCELLED', cancellation: 'REMOVED' }), /“My tickets” says why/);
  assert.match(changeWords(registered('HELD'), undefined), /“My tickets” says why/);
  assert.equal(change('HELD', { status: 'HELD' }), null);
  assert.equal(changeWords(registered('WAITLISTED'), registered('CONFIRMED')), 'Good news: you’ve got a seat.');
});

test('fewer seats are told by the answer, and nobody who was seated meanwhile loses any', () => {
  const before = (status, more) => registered(status, { ...PARTY, ...more });
  const after = (status, more) => registered(status, { ...PARTY, seat_count: 2, amount: 5000, ...more });
  assert.equal(fewerAnswerWords(before('CONFIRMED'), after('CONFIRMED')), 'You now have 2 seats.');
  assert.match(
    fewerAnswerWords(before('CONFIRMED'), after('CONFIRMED', { owed_back: 1000 })),
    /€10\.00 will be paid back/,
  );
  assert.match(fewerAnswerWords(before('HELD'), after('HELD')), /2 seats\. Please pay €50\.00/);
  assert.equal(fewerAnswerWords(before('WAITLISTED'), after('WAITLISTED')), 'You’re now on the waitlist for 2 seats.');
  assert.match(fewerAnswerWords(before('WAITLISTED'), after('HELD')), /You now have 2 seats\. Please pay/);
  assert.match(
    fewerAnswerWords(before('WAITLISTED'), before('HELD')),
    /all 3 seats are yours, and none was given back/,
  );
  assert.match(fewerAnswerWords(before('HELD'), after('CANCELLED', { cancellation: 'LAPSED' })), /not paid in time/);
});

test('the answer to a paid booking asks for the payment', () => {
  assert.match(answerWords(registered('HELD', PARTY)), /seats are held\. Please pay to keep them/);
  assert.match(answerWords(registered('CANCELLED', { cancellation: 'LAPSED' })), /not paid in time.*book again/);
});
