import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import {
  audienceChoices,
  audienceOf,
  nobodyWords,
  sendQuestion,
  toldWords,
} from '../../static/scripts/views/studio/announcement-words.js';
import {
  kindWords,
  MESSAGE_KINDS,
  mailWords,
  maySendAgain,
  ownMailWords,
  peopleOf,
  STATE_CHOICES,
  sendingWords,
  stateLabel,
} from '../../static/scripts/words/messages.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DUE = { state: 'DUE', ended_at: null, tries: 0, last_error: null };
const READY = { due: 0, failed: 0, oldest_due_at: null, journal_lag_seconds: 0, mail: 'READY', mail_error: null };
const WRITTEN = { audience: 'CONFIRMED', subject: 'New door', people: 12, told: 5, created_at: '2026-11-21T11:59:00Z' };

test('every kind of message that has words has a name', () => {
  const files = readdirSync(new URL('../../templates', import.meta.url));
  // Those of accounts are mails alone, and stand nowhere on the page.
  const kinds = files.filter((name) => name.endsWith('.txt') && name !== 'layout.txt' && !name.startsWith('account_'));
  assert.deepEqual(kinds.map((name) => name.replace('.txt', '').toUpperCase()).sort(), [...MESSAGE_KINDS].sort());
  assert.equal(kindWords('PROMOTED'), 'Seat from the waitlist');
});

test('a kind of a newer server is told by its own name', () => {
  assert.equal(kindWords('CHECKED_IN'), 'Checked in');
  assert.equal(kindWords('constructor'), 'Constructor');
});

test('every state has a label and can be filtered by', () => {
  assert.deepEqual(stateLabel('FAILED'), ['Failed', 'bad']);
  assert.deepEqual(
    STATE_CHOICES.map(([state]) => state),
    ['', 'FAILED', 'DUE', 'SENT', 'SHOWN', 'OBSOLETE'],
  );
});

test('a state of a newer server is no error for the reader', (context) => {
  const reported = context.mock.method(console, 'error', () => {});
  assert.deepEqual(stateLabel('BOUNCED'), ['Bounced', 'quiet']);
  assert.equal(reported.mock.callCount(), 1);
});

test('the sending of a message is told', () => {
  assert.equal(sendingWords(DUE), null);
  assert.equal(sendingWords({ ...DUE, tries: 1, last_error: 'no route' }), 'Tried once: no route');
  assert.equal(sendingWords({ ...DUE, state: 'FAILED', tries: 5 }), 'Tried 5 times.');
  assert.equal(sendingWords({ ...DUE, state: 'FAILED', last_error: 'no such address' }), 'no such address');
  assert.equal(sendingWords({ ...DUE, state: 'SENT', ended_at: '2026-11-21T12:00:00Z' }), 'Sat, 21 Nov 2026, 07:00');
  assert.equal(sendingWords({ ...DUE, state: 'OBSOLETE', tries: 2, last_error: 'no route' }), null);
});

test('people are told of their mail only what is of use to them', () => {
  assert.equal(ownMailWords(DUE), null);
  assert.equal(ownMailWords({ ...DUE, state: 'SHOWN' }), null);
  assert.match(
    ownMailWords({ state: 'SENT', ended_at: '2026-11-21T12:00:00Z' }),
    /^Also sent by e-mail on Sat, 21 Nov/,
  );
  assert.match(ownMailWords({ ...DUE, state: 'FAILED' }), /couldn’t be sent/);
});

test('what was sent or has failed may be sent again', () => {
  assert.deepEqual(
    STATE_CHOICES.map(([state]) => state).filter((state) => maySendAgain({ state })),
    ['FAILED', 'SENT'],
  );
});

test('the sending as a whole is told with what to look after', () => {
  assert.deepEqual(mailWords(READY, NOW), { label: 'Mail works', tone: 'good', words: [] });
  assert.match(mailWords({ ...READY, mail: 'OFF' }, NOW).words[0], /No mail server/);
  const late = { ...READY, due: 3, oldest_due_at: '2026-11-21T09:00:00Z', journal_lag_seconds: 90 };
  assert.deepEqual(mailWords({ ...late, mail: 'FAILING', mail_error: 'connection refused' }, NOW), {
    label: 'Mail is failing',
    tone: 'bad',
    words: [
      'connection refused',
      'The oldest mail has been waiting for 3 hours.',
      'New messages are written 90 seconds late.',
    ],
  });
  assert.equal(mailWords({ ...READY, mail: 'SLOW' }, NOW).label, 'Slow');
});

test('an audience has as many people as the server counts', () => {
  // Somebody has a seat and waits for another ticket type.
  const counts = { confirmed: 12, waiting: 3, both: 14 };
  assert.equal(peopleOf('CONFIRMED', counts), 12);
  assert.equal(peopleOf('WAITING', counts), 3);
  assert.equal(peopleOf('BOTH', counts), 14);
  assert.deepEqual(audienceChoices(counts), [
    ['CONFIRMED', 'Everybody with a seat (12)'],
    ['WAITING', 'Everybody on the waitlist (3)'],
    ['BOTH', 'Both (14)'],
  ]);
});

test('an audience that the page does not know is the first one', () => {
  assert.equal(audienceOf('WAITING'), 'WAITING');
  assert.equal(audienceOf('EVERYBODY'), 'CONFIRMED');
  assert.equal(nobodyWords('WAITING'), 'Nobody is on the waitlist.');
});

test('writing to people asks with their number', () => {
  assert.deepEqual(sendQuestion(WRITTEN), {
    title: 'Send this to 12 people?',
    text: '“New door” goes to everybody with a seat: 12 people. You can’t take it back.',
    yes: 'Send to 12 people',
  });
  assert.equal(sendQuestion({ ...WRITTEN, people: 1 }).title, 'Send this to 1 person?');
});

test('an announcement says how far it has come, and when it is done', () => {
  assert.equal(toldWords({ told: 5, is_complete: false }), '5 told so far…');
  assert.equal(toldWords({ told: 12, is_complete: true }), 'Done: 12 people were told.');
});
