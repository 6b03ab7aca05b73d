import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consequencesOf, promotedWith } from '../../static/scripts/views/studio/tickets/consequences.js';
import { problemPlace } from '../../static/scripts/views/studio/tickets/problem-places.js';
import { tickets } from './tickets-fixture.js';

/** The consequences after `change` has changed the document. */
function after(change, { isDraft = false, counts = (all) => all } = {}) {
  const now = tickets();
  counts(now.counts);
  const wanted = tickets().document;
  change(wanted);
  return consequencesOf(now, wanted, { isDraft });
}
const [STANDING, BALCONY] = [0, 1];
const type = (document, index) => document.ticket_types[index];
const none = { refusals: [], notes: [], question: null };

test('the same document has no consequences', () => {
  assert.deepEqual(
    after(() => {}),
    none,
  );
});

test('the line moves in order, and a head that wants more than is free stops it', () => {
  const line = { waiting: 3, seats_wanted: 8, head_wants: 4 };
  assert.deepEqual(promotedWith(3, line), { least: 0, most: 0 });
  assert.deepEqual(promotedWith(4, line), { least: 1, most: 1 });
  assert.deepEqual(promotedWith(5, line), { least: 1, most: 2 });
  // Two of three at most while not all that they want is free.
  assert.deepEqual(promotedWith(7, line), { least: 1, most: 2 });
  assert.deepEqual(promotedWith(8, line), { least: 3, most: 3 });
  assert.deepEqual(promotedWith(8, { waiting: 0, seats_wanted: 0, head_wants: 0 }), { least: 0, most: 0 });
});

test('a raise tells who gets seats, and asks first', () => {
  const raised = (capacity) => after((document) => (type(document, STANDING).capacity = capacity));
  const [some] = raised(102).notes;
  assert.equal(
    some,
    'Up to 2 bookings of 3 on the waitlist of “Standing” get seats at once, in order. The others stay on it.',
  );
  assert.match(raised(101).notes[0], /^The first 1 booking of 3 on the waitlist of “Standing” gets seats/);
  const all = raised(105);
  assert.match(all.notes[0], /^All 3 bookings on the waitlist of “Standing” get 8 seats at once, and it is full\./);
  assert.equal(all.question.title, 'Give seats to people on the waitlist?');
  assert.match(all.question.text, /can’t be undone/);
  assert.match(raised(107).notes[0], /2 seats stay available/);
});

test('a raise that is too small for the head of the line seats nobody', () => {
  const small = after((document) => (type(document, STANDING).capacity = 100 + 1), {
    counts: ({ ticket_types: [standing] }) => Object.assign(standing, { seats_taken: 98, seats_remaining: 2 }),
  });
  assert.equal(small.question, null);
  assert.match(
    small.notes[0],
    /^Nobody on the waitlist of “Standing” gets seats yet: the first one wants 4, and 3 seats will be available/,
  );
});

test('a type without a line tells its free seats', () => {
  assert.match(
    after((document) => (type(document, BALCONY).capacity = 12)).notes[0],
    /12 seats available\. Nobody is on the waitlist/,
  );
  assert.match(
    after((document) => (type(document, BALCONY).capacity = 8)).notes[0],
    /8 seats available\. Nobody loses/,
  );
  const draft = after((document) => (type(document, BALCONY).capacity = 8), { isDraft: true });
  assert.match(draft.notes[0], /has 8 seats when the event is published/);
});

test('a capacity below what is taken is refused', () => {
  const { refusals, question } = after((document) => (type(document, STANDING).capacity = 96));
  assert.deepEqual(refusals, [{ field: 'capacity', text: '97 seats are taken, so there cannot be fewer.', type: 0 }]);
  assert.equal(question, null);
});

test('seats in one booking are not fewer while somebody waits, and never more than the capacity', () => {
  const [lower] = after((document) => (type(document, STANDING).seats_per_registration = 3)).refusals;
  assert.equal(lower.field, 'seats');
  assert.match(lower.text, /less than 4 while the waitlist has 3 bookings/);
  const free = after((document) => (type(document, STANDING).seats_per_registration = 3), {
    counts: ({ ticket_types: [one] }) => Object.assign(one, { waiting: 0, seats_wanted: 0, head_wants: 0 }),
  });
  assert.deepEqual(free.refusals, []);
  assert.match(free.notes[0], /Bookings with more than 3 seats keep/);
  const [party] = after((document) =>
    Object.assign(type(document, BALCONY), { capacity: 3, seats_per_registration: 4 }),
  ).refusals;
  assert.deepEqual([party.type, party.field], [1, 'capacity']);
  // A single seat may always wait.
  assert.deepEqual(after((document) => (type(document, BALCONY).capacity = 0)).refusals, []);
});

test('a price in use keeps its amount and is closed instead of deleted', () => {
  const [amount] = after((document) => (type(document, STANDING).prices[0].amount = 2600)).refusals;
  assert.deepEqual([amount.type, amount.price, amount.field], [0, 0, 'amount']);
  assert.match(amount.text, /Somebody has booked at €25\.00, so this stays\. Close this price/);
  const [gone] = after((document) => type(document, STANDING).prices.shift()).refusals;
  assert.match(gone.text, /“Adult”, so it cannot be deleted\. Close it instead\./);
  const closed = after((document) => (type(document, STANDING).prices[0].is_closed = true));
  assert.deepEqual(closed.refusals, []);
  assert.match(closed.notes[0], /Nobody can book at “Adult” of “Standing” any more\. Earlier bookings stay\./);
});

test('a price that nobody has used changes and goes', () => {
  const changed = after((document) => (type(document, STANDING).prices[1].amount = 1200));
  assert.deepEqual(changed.refusals, []);
  assert.equal(changed.notes[0], '“Child” of “Standing” will cost €12.00.');
  const gone = after((document) => type(document, STANDING).prices.splice(1, 1));
  assert.deepEqual(gone.refusals, []);
  assert.equal(gone.notes[0], 'The price “Child” of “Standing” is deleted.');
});

test('a limit is not below what stands', () => {
  const [limit] = after((document) => (type(document, STANDING).prices[2].limit = 19)).refusals;
  assert.deepEqual([limit.price, limit.field], [2, 'limit']);
  assert.match(limit.text, /20 seats are booked at this price/);
  const raised = after((document) => (type(document, STANDING).prices[2].limit = 30));
  assert.match(raised.notes[0], /will be limited to 30 seats, including those on the waitlist/);
});

test('the currency stays once somebody has booked at a price above 0', () => {
  const [refusal] = after((document) => (document.currency = 'CHF')).refusals;
  assert.deepEqual([refusal.type, refusal.field], [undefined, 'currency']);
  assert.match(refusal.text, /so the currency stays EUR/);
  const unused = after((document) => (document.currency = 'CHF'), {
    counts: ({ prices }) => prices.map((one) => Object.assign(one, { is_used: false, seats_standing: 0 })),
  });
  assert.deepEqual(unused.refusals, []);
  assert.equal(unused.notes[0], 'All amounts are in CHF.');
});

test('a document needs types, prices, different names and a currency', () => {
  const texts = (change) => after(change).refusals.map(({ text }) => text);
  assert.ok(texts((document) => (document.ticket_types = [])).includes('An event has at least one ticket type.'));
  assert.match(texts((document) => (type(document, BALCONY).prices = []))[0], /“Balcony” needs a price/);
  assert.match(texts((document) => (type(document, BALCONY).name = 'Standing'))[0], /Two ticket types are called/);
  assert.match(
    texts((document) => (type(document, STANDING).prices[1].name = 'Adult'))[0],
    /two prices called “Adult”/,
  );
  assert.match(texts((document) => (document.currency = null))[0], /so enter a currency/);
  assert.match(texts((document) => (type(document, BALCONY).capacity = 1_000_000))[0], /1,000,000 seats at most/);
  const window = { opens_at: '2026-11-21T10:00:00Z', closes_at: '2026-11-21T10:00:00Z' };
  const [fault] = after((document) => Object.assign(type(document, STANDING).prices[1], window)).refusals;
  assert.deepEqual([fault.type, fault.price, fault.field], [0, 1, 'closes']);
});

test('a type that somebody has booked is not deleted', () => {
  assert.match(
    after((document) => document.ticket_types.shift()).refusals[0].text,
    /“Standing”, so it cannot be deleted/,
  );
  const unused = after((document) => document.ticket_types.pop());
  assert.deepEqual(unused.refusals, []);
  assert.equal(unused.notes[0], '“Balcony” is deleted, with its 10 seats.');
});

test('new types, prices and codes are told', () => {
  const price = { name: 'Members', amount: 1000, code: 'CLUB', limit: 5 };
  const { notes } = after((document) => type(document, BALCONY).prices.push(price));
  assert.equal(notes[0], '“Members” of “Balcony” is a new price: €10.00, 5 seats at most, only with the code CLUB.');
  const coded = after((document) => (type(document, BALCONY).prices[0].code = 'CLUB'));
  assert.match(coded.notes[0], /Only people with the code CLUB/);
});

test('seats that no price can sell are told', () => {
  const closed = after((document) => (type(document, BALCONY).prices[0].is_closed = true));
  assert.match(closed.notes.at(-1), /Nobody can book “Balcony”: all its prices are closed/);
  const limited = after((document) => (type(document, BALCONY).prices[0].limit = 4));
  assert.match(limited.notes.at(-1), /leave 6 seats that nobody can book/);
});

test('hold times are told, and deadlines that people have stay', () => {
  assert.equal(
    after((document) => (document.hold_minutes = 2880)).notes[0],
    'New bookings are held for 2 days. Earlier deadlines stay.',
  );
  assert.match(after((document) => (document.hold_minutes = null)).notes[0], /without a deadline/);
});

test('a refusal of the server is shown at the type or price that it names', () => {
  const { document } = tickets();
  const place = (code, body) => problemPlace({ code, body }, document);
  assert.deepEqual(place('price-in-use', { price: 4 }), { type: 1, price: 0, field: 'amount' });
  assert.deepEqual(place('limit-below-standing', { price: 3, standing: 20 }), { type: 0, price: 2, field: 'limit' });
  assert.deepEqual(place('capacity-below-confirmed', { ticket_type: 2 }), { type: 1, field: 'capacity' });
  assert.deepEqual(place('seats-per-registration-in-use', { ticket_type: 1 }), { type: 0, field: 'seats' });
  assert.deepEqual(place('currency-in-use', {}), { field: 'currency' });
  // Deleted here, so there is no field.
  assert.equal(place('price-in-use', { price: 9 }), null);
  assert.equal(place('ticket-type-in-use', { ticket_type: 9 }), null);
  assert.equal(place('busy', {}), null);
});
