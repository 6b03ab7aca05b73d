import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkedInWords,
  codeGroups,
  fieldsAgain,
  firstShown,
  loadedWords,
  namesOpen,
  namesUntilWords,
  noTicketsWords,
  placeWords,
} from '../../static/scripts/views/account/ticket-words.js';

const IN = { at: '2026-11-21T18:32:00Z', gate: 'North' };
const BERLIN = 'Europe/Berlin';

test('a booking without tickets says what it waits for', () => {
  assert.match(noTicketsWords({ status: 'HELD' }), /not paid yet/);
  assert.match(noTicketsWords({ status: 'WAITLISTED' }), /on the waitlist/);
  assert.match(noTicketsWords({ status: 'CANCELLED' }), /was cancelled/);
  assert.match(noTicketsWords({ status: 'CONFIRMED' }), /no tickets/);
});

test('a status of a newer server is named, and nobody is told that they have a ticket', (context) => {
  context.mock.method(console, 'error', () => {});
  assert.match(noTicketsWords({ status: 'LENT' }), /“LENT”/);
  assert.match(noTicketsWords({ status: 'constructor' }), /“constructor”/);
});

test('a code is read in groups of four', () => {
  assert.deepEqual(codeGroups('7K2M-QX0A-94TD-HB5C'), ['7K2M', 'QX0A', '94TD', 'HB5C']);
  assert.deepEqual(codeGroups('7K2MQX0A94TDHB5C'), ['7K2M', 'QX0A', '94TD', 'HB5C']);
  assert.deepEqual(codeGroups('7K2MQX'), ['7K2M', 'QX']);
  assert.deepEqual(codeGroups(''), []);
});

test('somebody who is in is told since when, by the event’s clock, with the date on other days', () => {
  assert.equal(checkedInWords(IN, BERLIN, Date.parse('2026-11-21T22:59:00Z')), 'Already in since 19:32 at gate North');
  // In Berlin the next day has begun, in UTC it has not.
  assert.equal(
    checkedInWords(IN, BERLIN, Date.parse('2026-11-21T23:01:00Z')),
    'Already in since Sat, 21 Nov 2026, 19:32 at gate North',
  );
});

test('a gate that is called one is not called so twice', () => {
  const now = Date.parse(IN.at);
  assert.equal(checkedInWords({ ...IN, gate: 'Gate 3' }, 'UTC', now), 'Already in since 18:32 at Gate 3');
  assert.equal(checkedInWords({ ...IN, gate: 'Gateway' }, 'UTC', now), 'Already in since 18:32 at gate Gateway');
});

test('a ticket is told from the others of its booking', () => {
  assert.equal(placeWords(2, 3), 'Ticket 2 of 3');
  assert.equal(placeWords(1, 1), 'One ticket');
});

test('the first ticket to show is one that nobody is in with', () => {
  const free = { checked_in: null };
  const used = { checked_in: IN };
  assert.equal(firstShown([used, used, free, free]), 2);
  assert.equal(firstShown([free, used]), 0);
  assert.equal(firstShown([used, used]), 0);
});

test('old tickets say when they were loaded, by the reader’s clock', () => {
  assert.equal(
    loadedWords('No connection.', Date.parse(IN.at)),
    'No connection. These tickets were loaded on Sat, 21 Nov 2026, 13:32.',
  );
});

test('names can be filled in until the organizer’s time, if there are tickets', () => {
  const until = '2026-11-21T18:00:00Z';
  const now = Date.parse(until);
  const tickets = /** @type {Api.Ticket[]} */ ([{}]);
  assert.equal(namesOpen({ tickets, names_until: until }, now - 1), true);
  assert.equal(namesOpen({ tickets, names_until: until }, now), false);
  assert.equal(namesOpen({ tickets: [], names_until: until }, now - 1), false);
  assert.equal(namesOpen({ tickets, names_until: null }, now - 1), false);
  // Kept before tickets had names.
  assert.equal(namesOpen({ tickets }, now - 1), false);
  const event = { time_zone: BERLIN };
  assert.equal(namesUntilWords({ event, names_until: until }), 'Until Sat, 21 Nov 2026, 19:00.');
  assert.equal(namesUntilWords({ event, names_until: null }), '');
});

test('news make the fields of the names anew, and nothing that was typed is lost', () => {
  const free = { name: null, checked_in: null };
  const ada = { name: 'Ada', checked_in: null };
  assert.equal(fieldsAgain([free], [free], ['']), false);
  assert.equal(fieldsAgain([free], [ada], ['']), true);
  assert.equal(fieldsAgain([free], [{ ...free, checked_in: IN }], ['']), true);
  assert.equal(fieldsAgain([free], [ada], ['Bo']), false, 'typed');
  assert.equal(fieldsAgain([free, free], [free], ['Bo', '']), true, 'fewer tickets');
});
