import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  amountError,
  codeError,
  currencyError,
  documentOf,
  isSimple,
  newPrice,
  newType,
  sheetOf,
} from '../../static/scripts/views/studio/tickets/sheet.js';
import { tickets } from './tickets-fixture.js';

const ZONE = 'Europe/Berlin';

test('a document that nobody has typed in comes back as it was', () => {
  const { document } = tickets();
  // Fields show no seconds.
  document.ticket_types[0].prices[2].closes_at = '2026-11-21T11:00:30.5Z';
  document.refund_until = '2026-11-20T11:00:01Z';
  document.grace_minutes = 90;
  document.payment_instructions = 'IBAN DE00\nThank you.';
  assert.deepEqual(documentOf(sheetOf(document, ZONE), ZONE, document), document);
});

test('amounts are typed in major units and sent in minor ones, by the currency', () => {
  const { document } = tickets();
  const sheet = sheetOf(document, ZONE);
  assert.equal(sheet.types[0].prices[0].amount, '25.00');
  sheet.types[0].prices[0].amount = '30,5';
  assert.equal(documentOf(sheet, ZONE, document).ticket_types[0].prices[0].amount, 3050);
  sheet.currency = ' jpy ';
  sheet.types[0].prices[0].amount = '3000';
  const yen = documentOf(sheet, ZONE, document);
  assert.equal(yen.currency, 'JPY');
  assert.equal(yen.ticket_types[0].prices[0].amount, 3000);
});

test('hold times are shown in minutes, hours and days', () => {
  const { document } = tickets();
  const sheet = sheetOf(
    { ...document, hold_minutes: 2880, line_hold_minutes: 45, line_patience_minutes: 90, grace_minutes: 0 },
    ZONE,
  );
  assert.deepEqual(sheet.hold, { count: '2', unit: 'days' });
  assert.deepEqual(sheet.line_hold, { count: '45', unit: 'minutes' });
  assert.deepEqual(sheet.patience, { count: '90', unit: 'minutes' });
  assert.equal(sheet.grace.count, '');
  const typed = documentOf({ ...sheet, hold: { count: '', unit: 'days' } }, ZONE, document);
  assert.equal(typed.hold_minutes, null);
  assert.equal(typed.grace_minutes, 0);
});

test('times are those of the event’s zone, also where clocks show them twice', () => {
  const { document } = tickets();
  document.ticket_types[0].prices[0].opens_at = '2026-10-25T01:30:00Z';
  const sheet = sheetOf(document, ZONE);
  assert.equal(sheet.types[0].prices[0].opens, '2026-10-25T02:30 second');
  sheet.types[0].prices[0].opens = '2026-10-25T02:30 first';
  assert.equal(documentOf(sheet, ZONE, document).ticket_types[0].prices[0].opens_at, '2026-10-25T00:30:00.000Z');
});

test('new types and prices have an empty number, and codes have capital letters', () => {
  const { document } = tickets();
  const sheet = sheetOf(document, ZONE);
  const price = { ...newPrice(), name: ' Members ', amount: '10', code: 'club-26', limit: '5' };
  sheet.types[0].prices.push(price);
  sheet.types.push({
    ...newType(),
    name: 'VIP',
    capacity: '8',
    prices: [{ ...newPrice(), name: 'VIP', amount: '99' }],
  });
  const [standing, , vip] = documentOf(sheet, ZONE, document).ticket_types;
  assert.deepEqual(standing.prices[3], {
    number: null,
    name: 'Members',
    amount: 1000,
    opens_at: null,
    closes_at: null,
    limit: 5,
    code: 'CLUB-26',
    is_closed: false,
  });
  assert.equal(vip.number, null);
  assert.equal(vip.seats_per_registration, 1);
  assert.equal(standing.number, 1);
});

test('wrong codes, currencies and amounts have words', () => {
  assert.equal(codeError('early-26_x'), null);
  for (const code of ['no spaces', 'é', 'A'.repeat(41)]) assert.match(codeError(code), /letters/);
  assert.equal(currencyError('eur'), null);
  for (const code of ['EURO', '€', 'E1R']) assert.match(currencyError(code), /such as EUR/);
  assert.equal(amountError('0', 'EUR'), null);
  assert.match(amountError('25.001', 'EUR'), /such as 25\.00/);
  assert.match(amountError('-1', 'EUR'), /such as/);
  assert.equal(amountError('10000000', 'EUR'), null);
  assert.match(amountError('10000000.01', 'EUR'), /10000000\.00 or less/);
});

test('an event with one plain free seat is simple', () => {
  const price = { number: 1, name: 'Admission', amount: 0, opens_at: null, closes_at: null, seats_left: null };
  const type = { number: 1, name: 'Admission', seats_per_registration: 1, prices: [price] };
  const event = (changes = {}, priceChanges = {}) => ({
    currency: null,
    ticket_types: [{ ...type, prices: [{ ...price, ...priceChanges }], ...changes }],
  });
  assert.equal(isSimple(event()), true);
  assert.equal(isSimple({ ...event(), currency: 'EUR' }), false);
  assert.equal(isSimple({ currency: null, ticket_types: [type, { ...type, number: 2 }] }), false);
  assert.equal(isSimple(event({ seats_per_registration: 2 })), false);
  // Its only price has a code, or is closed.
  assert.equal(isSimple(event({ prices: [] })), false);
  assert.equal(isSimple(event({}, { seats_left: 3 })), false);
  assert.equal(isSimple(event({}, { closes_at: '2026-11-21T10:00:00Z' })), false);
});
