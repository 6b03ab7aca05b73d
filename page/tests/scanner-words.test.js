import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords, partyWords, settleWords, spoken } from '../../static/scripts/door/answer-words.js';
import { chipWords, listWords, noticeWords, unsentWords } from '../../static/scripts/door/state-words.js';
import { answered, kept, listed, packed } from './scanner-fixture.js';

const ZONE = 'Europe/Berlin';
const TICKET = {
  registration_id: 'r',
  number: 2,
  seats: 3,
  name: 'Alice Student',
  ticket_name: null,
  ticket_type: { number: 1, name: 'General' },
  admitted: [2],
};
const CHECK_IN = {
  id: 'c',
  at: '2026-11-28T17:02:00Z',
  received_at: '2026-11-28T17:02:00Z',
  gate: 'North',
  device: 'Phone',
  by: 'Dora',
};
const LISTED_AT = Date.UTC(2026, 10, 28, 16, 40);
const LIST = {
  event_id: 'e',
  account: 'a',
  listed_at: LISTED_AT,
  door: /** @type {any} */ (null),
  list: packed([listed('a'), listed('b')]),
};

test('an answer says who, which ticket, and why not', () => {
  const admitted = answerWords({ answer: answered({ check_in: CHECK_IN, ticket: TICKET }) }, ZONE);
  assert.deepEqual(admitted, {
    tone: 'good',
    headline: 'Let in',
    who: 'Alice Student',
    which: 'General · ticket 2 of 3',
    why: '',
  });
  assert.equal(spoken(admitted), 'Let in. Alice Student. General · ticket 2 of 3.');
  const again = answerWords({ answer: answered({ outcome: 'ALREADY_IN', check_in: CHECK_IN, ticket: TICKET }) }, ZONE);
  assert.deepEqual([again.tone, again.headline, again.why], ['bad', 'Already in', 'Came in at 18:02 (North).']);
  const alone = answerWords({ answer: answered({ ticket: { ...TICKET, seats: 1 } }) }, ZONE);
  assert.equal(alone.which, 'General', 'the number of an only ticket says nothing');
});

test('a ticket is of whom its buyer has named, and the buyer stands beside', () => {
  const named = answered({ check_in: CHECK_IN, ticket: { ...TICKET, ticket_name: 'Ada Lovelace' } });
  const words = answerWords({ answer: named }, ZONE);
  assert.deepEqual([words.who, words.which], ['Ada Lovelace', 'General · ticket 2 of 3 · booked by Alice Student']);
  const own = answerWords({ answer: answered({ ticket: { ...TICKET, ticket_name: 'Alice Student' } }) }, ZONE);
  assert.equal(own.which, 'General · ticket 2 of 3');
  // Kept before tickets had names of their own.
  const { ticket_name: _, ...before } = TICKET;
  const kept = answerWords({ answer: answered({ ticket: /** @type {any} */ (before) }) }, ZONE);
  assert.deepEqual([kept.who, kept.which], ['Alice Student', 'General · ticket 2 of 3']);
});

test('only an admission is green, and every refusal says why', () => {
  for (const outcome of /** @type {const} */ ([
    'ALREADY_IN',
    'DOUBLE',
    'GIVEN_UP',
    'UNPAID',
    'OTHER_EVENT',
    'UNKNOWN',
    'MISTYPED',
    'TOO_EARLY',
    'EVENT_OFF',
    'UNDONE',
  ])) {
    const words = answerWords({ answer: answered({ outcome, check_in: CHECK_IN }) }, ZONE);
    assert.notEqual(words.tone, 'good', outcome);
    assert.ok(words.headline.length > 3 && words.why.endsWith('.'), outcome);
  }
  const early = answered({ outcome: 'TOO_EARLY', opens_at: '2026-11-28T18:30:00Z' });
  assert.equal(answerWords({ answer: early }, ZONE).why, 'The doors open at 19:30.');
});

test('a device that is alone does not say more than it knows', () => {
  const answer = answered({ outcome: 'UNKNOWN' });
  assert.equal(answerWords({ answer }, ZONE).headline, 'Not one of our tickets');
  const listedBefore = answerWords({ answer, alone: { listedAt: LISTED_AT } }, ZONE);
  assert.equal(listedBefore.headline, 'Not in the list');
  assert.match(listedBefore.why, /of 17:40\. A ticket that was booked later/);
  const without = answerWords({ answer, alone: { listedAt: null } }, ZONE);
  assert.deepEqual([without.tone, without.headline], ['warm', 'Can’t check now']);
});

test('a party is counted, and who did not come in is named', () => {
  const one = (/** @type {any} */ outcome, /** @type {number} */ number) => ({
    answer: answered({ outcome, ticket: { ...TICKET, number } }),
  });
  const all = partyWords([one('ADMITTED', 1), one('ADMITTED', 2)], ZONE);
  assert.deepEqual([all.tone, all.headline, all.why], ['good', '2 people let in', '']);
  const some = partyWords([one('ADMITTED', 1), one('ALREADY_IN', 3)], ZONE);
  assert.deepEqual([some.tone, some.headline, some.why], ['warm', '1 person let in', 'Ticket 3: Already in.']);
  assert.equal(partyWords([one('UNPAID', 1)], ZONE).headline, 'Not paid');
});

test('a double is told with both times and both gates', () => {
  const scan = { scanned_at: '2026-11-28T17:05:00Z', gate: 'South' };
  const of = (/** @type {any} */ answer) =>
    settleWords(kept(2, { state: 'SENT', answer: answered(answer) }, scan), ZONE);
  assert.equal(
    of({ outcome: 'DOUBLE', check_in: CHECK_IN }),
    'Alice Student, ticket 2: let in twice, at 18:02 (North) and at 18:05 (South).',
  );
  assert.equal(of({ outcome: 'UNPAID' }), 'Alice Student, ticket 2: let in at 18:05 (South), but not paid.');
  assert.equal(of({}), '');
});

test('the state says that the device is alone, and what it keeps', () => {
  const state = {
    isAlone: false,
    hold: /** @type {null | 'SIGN_IN' | 'NOT_ALLOWED'} */ (null),
    waiting: 0,
    setAside: 0,
    kept: LIST,
    reading: null,
    canList: true,
  };
  assert.deepEqual(chipWords(state), { tone: 'good', text: 'Online' });
  assert.equal(noticeWords(state, ZONE), '');
  const alone = { ...state, isAlone: true, waiting: 2 };
  assert.deepEqual(chipWords(alone), { tone: 'warm', text: 'Alone' });
  assert.match(
    noticeWords(alone, ZONE),
    /decides by itself, by its list of 17:40\. 2 scans are kept here until they are/,
  );
  assert.match(noticeWords({ ...alone, kept: null }, ZONE), /nobody can be checked in/);
  const held = { ...state, hold: /** @type {const} */ ('SIGN_IN'), waiting: 1 };
  assert.match(noticeWords(held, ZONE), /signed out.*1 scan is kept here until it is sent\. Sign in to send them\.$/);
  assert.match(
    noticeWords({ ...state, hold: 'NOT_ALLOWED' }, ZONE),
    /may no longer check people in here\. Sign in with/,
  );
  assert.match(noticeWords({ ...state, canList: false }, ZONE), /HTTPS/);
  assert.equal(listWords(state, ZONE), '2 tickets on this device, as of 17:40.');
  assert.equal(listWords({ ...state, reading: 5000 }, ZONE), 'Loading the list of tickets: 5,000 so far…');
  assert.equal(unsentWords({ waiting: 1, setAside: 0 }), '1 scan not sent yet.');
  assert.match(unsentWords({ waiting: 0, setAside: 2 }), /could not read 2 scans/);
});
