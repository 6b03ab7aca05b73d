// The drawing of a stress test: strips above each other on one axis of time, and the histogram of latencies.

import { axisMark, chartFrame, GAP, LEFT, RIGHT, stripsOf } from '../../ui/chart-frame.js';
import { svgElement } from '../../ui/dom.js';
import { axisMarks } from '../studio/booking-columns.js';
import { timeWords } from './simulation-curve-words.js';
import { ratesOf } from './simulation-curves.js';

/** @import { Scale, Strip } from '../../ui/chart-frame.js' */
/** @import { Moment } from './simulation-curves.js' */

const TEXTS = Object.freeze({
  seatsLeft: 'Seats left',
  seatedAndWaiting: 'Buyers seated and on the waitlist',
  answersPerSecond: 'Answers per second',
  buyersByTheTime: 'Buyers by the time from request to answer',
});

/** @typedef {'seated' | 'waiting' | 'refused'} PeopleName */

/** @type {[name: PeopleName, series: string][]} */
const PEOPLE = [
  ['waiting', 'waitlisted'],
  ['seated', 'confirmed'],
  ['refused', 'cancelled'],
];

const NARROW = 560;
/** The room of an axis of time below the strips. */
export const AXIS = 26;
const TICK_WIDTH = 64;

/**
 * The heights of the strips: seats, people, and answers per second.
 * @param {number} width
 */
function heightsOf(width) {
  return width < NARROW ? [80, 120, 80] : [100, 150, 100];
}

/** The height of the drawing of a course. @param {number} width */
export function courseHeight(width) {
  return below(stripsOf(heightsOf(width))) + AXIS;
}

/** The height of the drawing of a histogram. @param {number} width */
export function histogramHeight(width) {
  return below(stripsOf([width < NARROW ? 110 : 140])) + AXIS;
}

/**
 * The nodes of a course.
 * @param {readonly Moment[]} moments
 * @param {number} width
 */
export function courseShapes(moments, width) {
  const [seats, people, rate] = stripsOf(heightsOf(width));
  const end = Math.max(moments.at(-1)?.at ?? 0, 1);
  const x = scaleTo(end, width);
  if (!seats || !people || !rate) return [];
  const rates = ratesOf(moments);
  const most = Math.max(0, ...moments.flatMap((one) => PEOPLE.map(([name]) => one[name])));
  const left = moments.map((one) => one.left);
  return [
    ...chartFrame(seats, TEXTS.seatsLeft, axisMarks(Math.max(0, ...left), 0, 2), width, (y) => [
      area(moments, left, x, y, 'confirmed'),
      curveLine(moments, left, x, y, 'confirmed'),
    ]),
    ...chartFrame(people, TEXTS.seatedAndWaiting, axisMarks(most, 0, 4), width, (y) =>
      PEOPLE.filter(([name]) => moments.some((one) => one[name] > 0)).map(([name, series]) =>
        curveLine(
          moments,
          moments.map((one) => one[name]),
          x,
          y,
          series,
        ),
      ),
    ),
    ...chartFrame(
      rate,
      TEXTS.answersPerSecond,
      axisMarks(Math.max(0, ...rates.map(({ perSecond }) => perSecond)), 0, 2),
      width,
      (y) => rates.map(({ from, to, perSecond }) => bar(x(from), x(to), y(0), y(perSecond))),
    ),
    timeAxis(end, x, rate.bottom, width),
  ];
}

/**
 * The nodes of a histogram.
 * @param {readonly Api.LatencyBucket[]} buckets
 * @param {number} width
 */
export function histogramShapes(buckets, width) {
  const [strip] = stripsOf([width < NARROW ? 110 : 140]);
  if (!strip) return [];
  const x = scaleTo(Math.max(1, buckets.length), width);
  const most = Math.max(0, ...buckets.map(({ buyers }) => buyers));
  // Each word needs its room, and every bound is the end of one bucket and the begin of the next.
  const step = Math.max(1, Math.ceil(TICK_WIDTH / (x(1) - x(0))));
  return [
    ...chartFrame(strip, TEXTS.buyersByTheTime, axisMarks(most, 0, 3), width, (y) =>
      buckets.map(({ buyers }, index) => bar(x(index), x(index + 1), y(0), y(buyers))),
    ),
    svgElement(
      'g',
      { class: 'chart-grid', 'aria-hidden': 'true' },
      boundsOf(buckets).flatMap((bound, index) =>
        index % step === 0 ? [axisMark(x(index), strip.bottom, timeWords(bound), width)] : [],
      ),
    ),
  ];
}

/** @param {readonly Api.LatencyBucket[]} buckets */
function boundsOf(buckets) {
  const [first] = buckets;
  return first ? [first.from_milliseconds, ...buckets.map((one) => one.to_milliseconds)] : [];
}

/** @param {readonly Strip[]} strips */
function below(strips) {
  return strips.at(-1)?.bottom ?? GAP;
}

/**
 * The scale from 0 to `end`, over the width of a strip.
 * @param {number} end
 * @param {number} width
 * @returns {Scale}
 */
export function scaleTo(end, width) {
  return (value) => LEFT + (value / end) * (width - LEFT - RIGHT);
}

/**
 * An axis of time, in milliseconds.
 * @param {number} end
 * @param {Scale} x
 * @param {number} bottom
 * @param {number} width
 */
export function timeAxis(end, x, bottom, width) {
  const most = Math.max(2, Math.floor((width - LEFT - RIGHT) / TICK_WIDTH));
  const marks = axisMarks(end, 0, most).filter((mark) => mark <= end);
  return svgElement(
    'g',
    { class: 'chart-grid', 'aria-hidden': 'true' },
    marks.map((mark) => axisMark(x(mark), bottom, timeWords(mark), width)),
  );
}

/**
 * @param {readonly Moment[]} moments
 * @param {readonly number[]} values
 * @param {Scale} x
 * @param {Scale} y
 */
function pointsOf(moments, values, x, y) {
  return moments.map(({ at }, index) => `${x(at).toFixed(1)},${y(values[index] ?? 0).toFixed(1)}`);
}

/**
 * The curve of values that belong to these moments.
 * @param {readonly Moment[]} moments
 * @param {readonly number[]} values
 * @param {Scale} x
 * @param {Scale} y
 * @param {string} series
 */
export function curveLine(moments, values, x, y, series) {
  return svgElement('polyline', {
    class: `curve curve-${series}`,
    points: pointsOf(moments, values, x, y).join(' '),
  });
}

/**
 * @param {readonly Moment[]} moments
 * @param {readonly number[]} values
 * @param {Scale} x
 * @param {Scale} y
 * @param {string} series
 */
function area(moments, values, x, y, series) {
  const [first, last] = [moments[0]?.at ?? 0, moments.at(-1)?.at ?? 0];
  const ground = [first, last].map((at) => `${x(at).toFixed(1)},${y(0).toFixed(1)}`);
  const points = [ground[0], ...pointsOf(moments, values, x, y), ground[1]];
  return svgElement('polygon', { class: `curve-area series-${series}`, points: points.join(' ') });
}

/**
 * A bar with a gap beside it.
 * @param {number} from
 * @param {number} to
 * @param {number} bottom
 * @param {number} top
 */
function bar(from, to, bottom, top) {
  const gap = Math.min(2, (to - from) * 0.2);
  return svgElement('rect', {
    class: 'series-promoted',
    x: from + gap / 2,
    width: Math.max(1, to - from - gap),
    y: top,
    height: Math.max(0, bottom - top),
  });
}
