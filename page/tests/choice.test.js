import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boundsOf,
  choiceWords,
  codeError,
  fitted,
  isSimple,
  missingWords,
  NOTHING_CHOSEN,
  priceHint,
  priceState,
  pricesOf,
  summed,
  sumWords,
  typedCode,
  wantedOf,
} from '../../static/scripts/booking/choice.js';

const NOW = Date.parse('2026-11-21T18:00:00Z');
const at = (milliseconds) => new Date(NOW + milliseconds).toISOString();
const price = (number, name, amount, more) => ({
  number,
  name,
  amount,
  opens_at: null,
  closes_at: null,
  seats_left: null,
  ...more,
});
const type = (number, name, prices, more) => ({
  number,
  name,
  capacity: 100,
  seats_remaining: 50,
  seats_available: 50,
  waiting: 0,
  seats_per_registration: 4,
  prices,
  ...more,
});
const ADULT = price(1, 'Adult', 2500);
const CHILD = price(2, 'Child', 1000, { seats_left: 2 });
const SIMPLE = type(1, 'Admission', [price(1, 'Admission', 0)], { seats_per_registration: 1 });
const STANDING = type(1, 'Standing', [ADULT, CHILD]);
const SEATED = type(2, 'Seated', [price(3, 'Seated', 4000)], { seats_per_registration: 2 });

const market = (types, more) => ({
  event: { ticket_types: types, currency: 'EUR', time_zone: 'America/New_York' },
  unlocked: null,
  taken: new Set(),
  now: NOW,
  ...more,
});
const chosen = (counts, ofType = 1) => ({ type: ofType, counts, code: '' });

test('a simple event has nothing to choose, and is booked without a body', () => {
  assert.ok(isSimple({ ticket_types: [SIMPLE] }));
  const here = market([SIMPLE]);
  assert.equal(wantedOf(fitted(NOTHING_CHOSEN, here), here), null);
});

test('anything else is a choice', () => {
  const changed = (changes) => isSimple({ ticket_types: [{ ...SIMPLE, ...changes }] });
  assert.ok(!changed({ seats_per_registration: 2 }));
  assert.ok(!changed({ prices: [] }));
  assert.ok(!changed({ prices: [ADULT] }));
  assert.ok(!changed({ prices: [price(1, 'One', 0), price(2, 'Two', 0)] }));
  for (const bound of [{ opens_at: at(1) }, { closes_at: at(1) }, { seats_left: 3 }])
    assert.ok(!changed({ prices: [price(1, 'Admission', 0, bound)] }));
  assert.ok(!isSimple({ ticket_types: [SIMPLE, SEATED] }) && !isSimple({ ticket_types: [] }));
});

test('a price opens and closes on the millisecond', () => {
  const state = (bounds, now = NOW) => priceState(price(1, 'x', 1, bounds), now);
  assert.equal(state({}), 'open');
  assert.equal(state({ opens_at: at(1) }), 'early');
  assert.equal(state({ opens_at: at(0) }), 'open');
  assert.equal(state({ closes_at: at(1) }), 'open');
  assert.equal(state({ closes_at: at(0) }), 'closed');
  assert.equal(state({ seats_left: 0 }), 'sold-out');
});

test('a closed price goes, and those of a code come', () => {
  const gone = type(1, 'Standing', [ADULT, price(4, 'Early', 1500, { closes_at: at(0) })]);
  assert.deepEqual(pricesOf(gone, market([gone])), [ADULT]);
  const members = { ...price(5, 'Members', 500), ticket_type: 1 };
  const unlocked = { code: 'CLUB', prices: [members, { ...members, number: 6, ticket_type: 2 }] };
  assert.deepEqual(
    pricesOf(STANDING, { unlocked, now: NOW }).map(({ number }) => number),
    [1, 2, 5],
  );
});

test('where there is one possibility it is chosen', () => {
  assert.deepEqual(fitted(NOTHING_CHOSEN, market([SEATED])), chosen({ 3: 1 }, 2));
  assert.deepEqual(fitted(NOTHING_CHOSEN, market([STANDING])), chosen({}, 1));
  assert.equal(fitted(NOTHING_CHOSEN, market([STANDING, SEATED])).type, null);
  // The other one is theirs already.
  assert.equal(fitted(NOTHING_CHOSEN, market([STANDING, SEATED], { taken: new Set([1]) })).type, 2);
  assert.equal(fitted(chosen({ 1: 1 }), market([STANDING, SEATED], { taken: new Set([1, 2]) })).type, null);
});

test('a choice that is not possible any more is cut to what is', () => {
  const cut = (counts, types = [STANDING]) => fitted(chosen(counts), market(types)).counts;
  assert.deepEqual(cut({ 1: 2, 2: 2 }), { 1: 2, 2: 2 });
  assert.deepEqual(cut({ 1: 3, 2: 2 }), { 1: 3, 2: 1 });
  assert.deepEqual(cut({ 1: 9 }), { 1: 4 });
  assert.deepEqual(cut({ 2: 3 }), { 2: 2 });
  assert.deepEqual(cut({ 7: 1 }), {});
  assert.deepEqual(cut({ 1: -3 }), {});
  const early = type(1, 'Standing', [ADULT, price(2, 'Child', 1000, { opens_at: at(1) })]);
  assert.deepEqual(cut({ 2: 2 }, [early]), { 1: 1 });
  assert.equal(fitted(chosen({ 1: 1 }, 9), market([STANDING, SEATED])).type, null);
});

test('no more can be chosen than the booking, the limit and the others allow', () => {
  const here = market([STANDING]);
  assert.deepEqual(boundsOf(ADULT, chosen({}), here), { min: 0, max: 4 });
  assert.deepEqual(boundsOf(ADULT, chosen({ 2: 2 }), here), { min: 0, max: 2 });
  assert.deepEqual(boundsOf(CHILD, chosen({ 1: 1 }), here), { min: 0, max: 2 });
  assert.deepEqual(boundsOf(CHILD, chosen({ 1: 3 }), here), { min: 0, max: 1 });
  assert.deepEqual(boundsOf(ADULT, chosen({ 1: 3 }), here), { min: 0, max: 4 });
  // Of an only price at least one is wanted.
  assert.deepEqual(boundsOf(SEATED.prices[0], chosen({ 3: 1 }, 2), market([SEATED])), { min: 1, max: 2 });
  assert.deepEqual(boundsOf(price(2, 'Gone', 1, { seats_left: 0 }), chosen({}), here), { min: 0, max: 0 });
});

test('the sum is that of the prices times their seats', () => {
  const here = market([STANDING]);
  assert.deepEqual(summed(chosen({ 1: 2, 2: 1 }), here), { seats: 3, amount: 6000 });
  assert.deepEqual(summed(chosen({}), here), { seats: 0, amount: 0 });
  assert.deepEqual(summed(NOTHING_CHOSEN, here), { seats: 0, amount: 0 });
  assert.equal(sumWords({ seats: 3, amount: 6000 }, 'EUR'), '3 seats: €60.00');
  assert.equal(sumWords({ seats: 3, amount: 6000 }, 'JPY'), '3 seats: ¥6,000');
  assert.equal(sumWords({ seats: 1, amount: 6000 }, 'BHD').replace('\u00a0', ' '), '1 seat: BHD 6.000');
  assert.equal(sumWords({ seats: 2, amount: 0 }, null), '2 seats: free');
  assert.equal(sumWords({ seats: 0, amount: 0 }, 'EUR'), 'Nothing chosen yet.');
});

test('a booking names the type, the seats and the sum, and the code only for prices that it unlocks', () => {
  const here = market([STANDING, SEATED]);
  assert.deepEqual(wantedOf(chosen({ 1: 2, 2: 1 }), here), {
    ticket_type: 1,
    seats: [
      { price: 1, count: 2 },
      { price: 2, count: 1 },
    ],
    amount: 6000,
  });
  const unlocked = { code: 'CLUB', prices: [{ ...price(5, 'Members', 500), ticket_type: 1 }] };
  const coded = market([STANDING], { unlocked });
  assert.deepEqual(wantedOf(chosen({ 5: 1 }), coded), {
    ticket_type: 1,
    seats: [{ price: 5, count: 1 }],
    amount: 500,
    code: 'CLUB',
  });
  assert.equal(wantedOf(chosen({ 1: 1 }), coded)?.code, undefined);
});

test('a choice says what it lacks', () => {
  const missing = (choice, types) => missingWords(choice, market(types));
  assert.match(missing(NOTHING_CHOSEN, [STANDING, SEATED]), /ticket type/);
  assert.match(missing(chosen({}), [STANDING]), /how many seats/);
  assert.match(missing(chosen({}), [{ ...STANDING, seats_per_registration: 1 }]), /Choose a price/);
  assert.match(missing(chosen({}), [type(1, 'x', [])]), /on sale/);
  assert.equal(missing(chosen({ 1: 1 }), [STANDING]), null);
});

test('a choice says whether it gets seats, holds them, or waits', () => {
  const told = (counts, changes) => choiceWords(chosen(counts), market([{ ...STANDING, ...changes }]));
  assert.equal(told({ 1: 2 }).book, 'Reserve 2 seats for €50.00');
  assert.match(told({ 1: 2 }).words, /held for you/);
  assert.equal(told({ 1: 2 }, { seats_available: 2 }).book, 'Reserve 2 seats for €50.00');
  const short = told({ 1: 3 }, { seats_available: 2 });
  assert.equal(short.book, 'Join the waitlist');
  assert.match(short.words, /^Only 2 seats are available\. .*together/);
  assert.match(
    told({ 1: 1 }, { seats_available: 0, seats_remaining: 2, waiting: 4 }).words,
    /All seats are taken\. 4 bookings are on the waitlist/,
  );
  const free = market([type(1, 'Free', [price(1, 'Free', 0)])]);
  assert.deepEqual(choiceWords(chosen({ 1: 2 }), free), { words: '', book: 'Book 2 seats' });
  assert.equal(choiceWords(NOTHING_CHOSEN, free).book, 'Book seats');
});

test('a price says when it is on sale and how many seats are left', () => {
  const hint = (bounds, coded = false) =>
    priceHint(price(1, 'x', 1, bounds), { now: NOW, zone: 'America/New_York', coded });
  assert.equal(hint({}), '');
  assert.equal(hint({ seats_left: 1 }), '1 seat left at this price');
  assert.equal(hint({ seats_left: 0 }), 'Sold out');
  assert.equal(hint({ opens_at: at(60_000) }), 'On sale from Sat, 21 Nov 2026, 13:01');
  assert.equal(hint({ opens_at: at(-1), closes_at: at(60_000) }), 'Until Sat, 21 Nov 2026, 13:01');
  assert.equal(hint({ seats_left: 5 }, true), 'With your code · 5 seats left at this price');
});

test('a code is typed in any case, and has few kinds of characters', () => {
  assert.equal(typedCode(' early-bird_1 '), 'EARLY-BIRD_1');
  assert.equal(codeError('EARLY-BIRD_1'), null);
  for (const code of ['', 'A B', 'É', 'A'.repeat(41)]) assert.notEqual(codeError(code), null, code);
});
