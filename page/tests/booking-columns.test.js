import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisMarks, columnsOf, heightsOf, SERIES } from '../../static/scripts/views/studio/booking-columns.js';
import { apiDescription } from '../description.js';

const START = Date.parse('2026-11-21T10:00:00Z');

/** Bookings at these minutes after the start. */
function analysis(minutes, counts = { confirmed: 1, promoted: 2, waitlisted: 3, cancelled: 4 }) {
  const bookings = minutes.map((minute) => ({ at: new Date(START + minute * 60_000).toISOString(), ...counts }));
  return { bookings, interval_seconds: 60 };
}

const sum = (columns, name) => columns.reduce((total, column) => total + column[name], 0);

test('without bookings there are no columns', () => {
  assert.deepEqual(columnsOf(analysis([])), []);
});

test('columns have no gaps between the first booking and the last', () => {
  const columns = columnsOf(analysis([0, 3]));
  assert.deepEqual(
    columns.map(({ confirmed }) => confirmed),
    [1, 0, 0, 1],
  );
  assert.equal(columns[0].from, START);
  for (const [index, { from }] of columns.entries()) if (index > 0) assert.equal(from, columns[index - 1].to);
});

test('days are those of the zone, also when its clocks change', () => {
  const at = ['2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '2026-03-31T22:00:00Z'];
  const bookings = at.map((time) => ({ at: time, confirmed: 1, promoted: 0, waitlisted: 0, cancelled: 0 }));
  const columns = columnsOf({ bookings, interval_seconds: 86_400 }, 'Europe/Berlin');
  assert.deepEqual(
    columns.map(({ from, confirmed }) => [new Date(from).toISOString().slice(0, 16), confirmed]),
    [
      ['2026-03-27T23:00', 1],
      ['2026-03-28T23:00', 1],
      ['2026-03-29T22:00', 1],
      ['2026-03-30T22:00', 0],
      ['2026-03-31T22:00', 1],
    ],
  );
});

test('a long sale is summed up in at most 60 columns, and every booking is in one', () => {
  for (const length of [59, 60, 61, 119, 120, 121, 7777]) {
    const minutes = Array.from({ length }, (_, index) => index);
    const columns = columnsOf(analysis(minutes));
    assert.ok(columns.length <= 60, `${columns.length} columns for ${length} minutes`);
    for (const { name } of SERIES) assert.equal(sum(columns, name), length * analysis([0]).bookings[0][name]);
    assert.ok(columns.at(-1).to > START + (length - 1) * 60_000);
  }
});

test('the series are counts that the API sends', () => {
  const counts = apiDescription().components.schemas.AnalyticsFigures.properties;
  assert.deepEqual(
    SERIES.filter(({ name }) => !(name in counts)),
    [],
  );
});

test('who comes goes up, and who leaves goes down', () => {
  assert.deepEqual(heightsOf({ confirmed: 1, promoted: 2, waitlisted: 3, cancelled: 4 }), { up: 4, down: 4 });
});

test('an axis has round marks that cover the columns', () => {
  assert.deepEqual(axisMarks(10, 0, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(axisMarks(95, 30, 5), [0, 50, 100]);
  assert.deepEqual(axisMarks(40, 0, 5), [0, 10, 20, 30, 40]);
  assert.deepEqual(axisMarks(0, 0, 5), [0, 1]);
  for (const [up, down] of [
    [1, 0],
    [7, 3],
    [999, 1],
    [12_345, 6789],
    [1, 1_000_000],
  ]) {
    const marks = axisMarks(up, down, 5);
    assert.ok(marks.at(-1) >= up && marks[0] >= -down, `${marks}`);
    assert.ok(marks.length <= 8, `${marks}`);
    assert.ok(marks.some((mark) => mark === 0));
  }
});
