// The drawing of a sale: strips above each other on one axis of time. The first has the seats sold against the capacity,
// the second the waitlist, the third the demand.

import { chartFrame, GAP, LEFT, RIGHT, TITLE } from '../../ui/chart-frame.js';
import { svgElement } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';
import { axisMarks, DEMAND, heightsOf } from './booking-columns.js';
import { timeTicks } from './time-ticks.js';

/** @import { Scale, Strip } from '../../ui/chart-frame.js' */
/** @import { BookingColumn } from './booking-columns.js' */
/** @import { Standing } from './sales-curve.js' */

const TEXTS = Object.freeze({
  /** @param {string} unit @param {string} capacity */
  of: (unit, capacity) => `${unit}, of ${capacity}`,
  onTheWaitlist: 'On the waitlist',
  /** @param {string} interval */
  bookingsPer: (interval) => `Bookings per ${interval}`,
  capacity: 'Capacity',
});

/**
 * @typedef {object} Picture
 * @property {BookingColumn[]} columns at least one
 * @property {Standing[]} curve the state after each column
 * @property {number | null} capacity null if it is not counted in the unit of the curve
 * @property {string} unit such as `Seats sold`
 * @property {string} interval the length of a column in words, such as `5 minutes`
 * @property {string} zone
 * @property {number} width
 */

const AXIS = 40;
const COLUMNS_MIN = 12;
const TICK_WIDTH = 56;
// A capacity that is so many times what was sold would flatten the curve. It is told in words only.
const CAPACITY_TIMES_MAX = 5;

/**
 * The height of a drawing, which is known before what it shows.
 * @param {{ isWaited: boolean, width: number }} picture `isWaited` says whether anybody ever waited
 */
export function saleHeight(picture) {
  return stripsOf(picture).height;
}

/**
 * The strips of a picture, from top to bottom, and its height. The waitlist has none while nobody ever waited.
 * @param {{ isWaited: boolean, width: number }} picture
 */
function stripsOf({ isWaited, width }) {
  const isNarrow = width < 560;
  const heights = {
    sold: isNarrow ? 150 : 210,
    waiting: isWaited ? (isNarrow ? 70 : 90) : 0,
    demand: isNarrow ? 100 : 120,
  };
  let y = 0;
  /** @param {number} height @returns {Strip} */
  const strip = (height) => {
    const top = y + TITLE;
    y = top + height + GAP;
    return { top, bottom: top + height };
  };
  const sold = strip(heights.sold);
  const waiting = heights.waiting > 0 ? strip(heights.waiting) : null;
  const demand = strip(heights.demand);
  return { sold, waiting, demand, height: demand.bottom + AXIS };
}

/**
 * The nodes of a drawing and its height. Each column is a target for pointers and arrow keys, with its words as its name.
 * @param {Picture} picture
 * @param {(index: number) => string} wordsOf
 */
export function saleShapes(picture, wordsOf) {
  const { columns, curve, capacity, unit, interval, width } = picture;
  const strips = stripsOf({ isWaited: picture.curve.some(({ waiting }) => waiting > 0), width: picture.width });
  const { from, to, x } = timeScale(columns, width);
  const sold = Math.max(0, ...curve.map((one) => one.sold));
  const limit = capacity !== null && capacity > 0 && capacity <= sold * CAPACITY_TIMES_MAX ? capacity : null;
  const soldTitle = capacity === null ? unit : TEXTS.of(unit, counted(capacity));
  const nodes = [
    ...chartFrame(strips.sold, soldTitle, axisMarks(Math.max(sold, limit ?? 0), 0, 5), width, (y) => [
      ...area(
        columns,
        curve.map((one) => one.sold),
        x,
        y,
        'confirmed',
      ),
      ...(limit === null ? [] : [limitLine(y(limit), width)]),
    ]),
    ...(strips.waiting === null
      ? []
      : chartFrame(
          strips.waiting,
          TEXTS.onTheWaitlist,
          axisMarks(Math.max(...curve.map((one) => one.waiting)), 0, 2),
          width,
          (y) =>
            area(
              columns,
              curve.map((one) => one.waiting),
              x,
              y,
              'waitlisted',
            ),
        )),
    ...demandShapes(strips.demand, columns, TEXTS.bookingsPer(interval), width, x),
    svgElement(
      'g',
      { class: 'chart-grid', 'aria-hidden': 'true' },
      timeAxis(picture, { from, to, x }, strips.demand.bottom),
    ),
    ...columns.map((column, index) => target(column, x, strips, wordsOf(index))),
  ];
  return { nodes, height: strips.height };
}

/**
 * @param {BookingColumn[]} columns
 * @param {number} width
 */
function timeScale(columns, width) {
  const from = columns[0]?.from ?? 0;
  const last = columns.at(-1)?.to ?? 1;
  // A short sale does not fill the width: a bar as wide as the page tells nothing.
  const to = from + ((last - from) * Math.max(columns.length, COLUMNS_MIN)) / columns.length;
  /** @type {Scale} */
  const x = (time) => LEFT + ((time - from) / (to - from)) * (width - LEFT - RIGHT);
  return { from, to, x };
}

/**
 * A curve with the area below it. It is known at the columns' ends.
 * @param {BookingColumn[]} columns
 * @param {number[]} values
 * @param {Scale} x
 * @param {Scale} y
 * @param {string} series
 */
function area(columns, values, x, y, series) {
  const points = columns.map(({ to }, index) => `${x(to).toFixed(1)},${y(values[index] ?? 0).toFixed(1)}`);
  const begin = `${x(columns[0]?.from ?? 0).toFixed(1)},${y(0).toFixed(1)}`;
  const end = `${x(columns.at(-1)?.to ?? 0).toFixed(1)},${y(0).toFixed(1)}`;
  return [
    svgElement('polygon', { class: `curve-area series-${series}`, points: [begin, ...points, end].join(' ') }),
    svgElement('polyline', { class: `curve curve-${series}`, points: [begin, ...points].join(' ') }),
  ];
}

/**
 * @param {number} y
 * @param {number} width
 */
function limitLine(y, width) {
  return svgElement(
    'g',
    { class: 'chart-limit', 'aria-hidden': 'true' },
    svgElement('line', { x1: LEFT, x2: width - RIGHT, y1: y, y2: y }),
    svgElement('text', { x: LEFT + 6, y: y + 14 }, TEXTS.capacity),
  );
}

/**
 * @param {Strip} strip
 * @param {BookingColumn[]} columns
 * @param {string} title
 * @param {number} width
 * @param {Scale} x
 */
function demandShapes(strip, columns, title, width, x) {
  const heights = columns.map(heightsOf);
  const down = Math.max(...heights.map((one) => one.down));
  const marks = axisMarks(Math.max(...heights.map((one) => one.up)), down, 3);
  return chartFrame(strip, title, marks, width, (y) => columns.flatMap((column) => bars(column, x, y)), -down);
}

/**
 * @param {BookingColumn} column
 * @param {Scale} x
 * @param {Scale} y
 */
function bars(column, x, y) {
  const width = x(column.to) - x(column.from);
  const gap = Math.min(4, width * 0.2);
  const reached = { up: 0, down: 0 };
  return DEMAND.filter(({ name }) => column[name] > 0).map(({ name, down: isDown }) => {
    const side = isDown ? 'down' : 'up';
    const sign = isDown ? -1 : 1;
    const first = y(sign * reached[side]);
    reached[side] += column[name];
    const last = y(sign * reached[side]);
    return svgElement('rect', {
      class: `series-${name}`,
      x: x(column.from) + gap / 2,
      width: Math.max(1, width - gap),
      y: Math.min(first, last),
      height: Math.max(1, Math.abs(last - first)),
    });
  });
}

/**
 * @param {Picture} picture
 * @param {{ from: number, to: number, x: Scale }} scale
 * @param {number} bottom
 */
function timeAxis({ zone, width }, { from, to, x }, bottom) {
  const most = Math.max(2, Math.floor((width - LEFT - RIGHT) / TICK_WIDTH));
  return timeTicks(from, to, zone, most).map(({ at, words, under }) => {
    // The last label must not leave the drawing.
    const anchor = x(at) > width - TICK_WIDTH / 2 ? 'end' : 'middle';
    return [
      svgElement('line', { class: 'chart-tick', x1: x(at), x2: x(at), y1: bottom, y2: bottom + 5 }),
      svgElement('text', { x: x(at), y: bottom + 19, 'text-anchor': anchor }, words),
      under !== '' &&
        svgElement('text', { class: 'chart-under', x: x(at), y: bottom + 34, 'text-anchor': anchor }, under),
    ];
  });
}

/**
 * @param {BookingColumn} column
 * @param {Scale} x
 * @param {{ sold: Strip, demand: Strip }} strips
 * @param {string} words
 */
function target({ from, to }, x, { sold, demand }, words) {
  return svgElement(
    'g',
    { class: 'column', role: 'img', tabindex: '-1', 'aria-label': words },
    svgElement('rect', {
      class: 'column-ground',
      x: x(from),
      width: x(to) - x(from),
      y: sold.top,
      height: demand.bottom - sold.top,
    }),
  );
}
