import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesOf, isSame, merged } from '../../static/scripts/views/studio/tickets/merging.js';
import { tickets } from './tickets-fixture.js';

function changed(change) {
  const { document } = tickets();
  change(document);
  return document;
}
const base = changed(() => {});
const standing = (document) => document.ticket_types[0];

test('changes of different members are both kept', () => {
  const mine = changed((document) => (standing(document).capacity = 120));
  const theirs = changed((document) => {
    standing(document).name = 'Floor';
    document.hold_minutes = 30;
    standing(document).prices[1].amount = 900;
  });
  const both = merged(base, mine, theirs);
  assert.equal(standing(both).capacity, 120);
  assert.equal(standing(both).name, 'Floor');
  assert.equal(standing(both).prices[1].amount, 900);
  assert.equal(both.hold_minutes, 30);
});

test('a member that both have changed is mine', () => {
  const mine = changed((document) => (standing(document).prices[1].amount = 800));
  const theirs = changed((document) => (standing(document).prices[1].amount = 900));
  assert.equal(standing(merged(base, mine, theirs)).prices[1].amount, 800);
});

test('new and deleted entries of both are kept and gone', () => {
  const mine = changed((document) => {
    standing(document).prices.splice(1, 1);
    standing(document).prices.push({ name: 'Mine', amount: 1 });
  });
  const theirs = changed((document) => {
    standing(document).prices.push({ number: 5, name: 'Theirs', amount: 2 });
    document.ticket_types.pop();
  });
  const both = merged(base, mine, theirs);
  assert.deepEqual(
    standing(both).prices.map(({ name }) => name),
    ['Adult', 'Early bird', 'Theirs', 'Mine'],
  );
  assert.equal(both.ticket_types.length, 1);
});

test('typed changes of what they have deleted are not lost', () => {
  const mine = changed((document) => (document.ticket_types[1].capacity = 11));
  const theirs = changed((document) => document.ticket_types.pop());
  const [, balcony] = merged(base, mine, theirs).ticket_types;
  assert.equal(balcony.capacity, 11);
  assert.equal(balcony.number, null);
  assert.equal(balcony.prices[0].number, null);
});

test('without changes of mine the document is theirs', () => {
  const theirs = changed((document) => (document.currency = 'CHF'));
  assert.deepEqual(merged(base, base, theirs), theirs);
});

test('differences are in words', () => {
  const latest = changed((document) => {
    document.hold_minutes = 2880;
    document.refund_until = '2026-11-21T10:00:00Z';
    standing(document).capacity = 1200;
    standing(document).prices[0].is_closed = true;
    standing(document).prices[1].amount = 900;
    standing(document).prices[2].limit = null;
    standing(document).prices.push({ number: 5, name: 'Members', amount: 700 });
    document.ticket_types.pop();
  });
  assert.deepEqual(differencesOf(base, latest, 'Europe/Berlin'), [
    ['Time to pay', '2 days'],
    ['Refunds until', 'Sat, 21 Nov 2026, 11:00'],
    ['“Balcony”', 'deleted'],
    ['“Standing”: seats', '1,200'],
    ['“Standing”, “Adult”: closed', 'yes'],
    ['“Standing”, “Child”: price', '€9.00'],
    ['“Standing”, “Early bird”: limit', '(empty)'],
    ['“Standing”, “Members”', 'new, €7.00'],
  ]);
  assert.deepEqual(differencesOf(base, base, 'UTC'), []);
});

test('documents are the same in any order of their members, and with empty ones left out', () => {
  const shuffled = JSON.parse(JSON.stringify(base), (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  );
  delete shuffled.line_hold_minutes;
  assert.equal(isSame(base, shuffled), true);
  assert.equal(isSame(base, { ...base, hold_minutes: 61 }), false);
});
