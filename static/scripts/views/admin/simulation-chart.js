// The chart of a stress test, running or over: its course and the latencies of its buyers, as drawings and as tables.

import { dataTable } from '../../ui/data-table.js';
import { element, setShown } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';
import { drawing } from './drawing.js';
import { bucketWords, courseWords, latencyWords, timeWords } from './simulation-curve-words.js';
import { momentsOf, someOf } from './simulation-curves.js';
import { courseHeight, courseShapes, histogramHeight, histogramShapes } from './simulation-shapes.js';

/** @import { Column } from '../../ui/data-table.js' */
/** @import { Moment } from './simulation-curves.js' */

const TEXTS = Object.freeze({
  theCourse: 'The course of the test',
  latencies: 'Latencies',
  seated: 'Seated',
  onTheWaitlist: 'On the waitlist',
  neither: 'Neither',
  after: 'After',
  seatsLeft: 'Seats left',
  answered: 'Answered',
  waited: 'Waited',
  buyers: 'Buyers',
  asTables: 'As tables',
});

const ROWS_MAX = 12;

/** @type {[series: string, label: string][]} */
const LEGEND = [
  ['confirmed', TEXTS.seated],
  ['waitlisted', TEXTS.onTheWaitlist],
  ['cancelled', TEXTS.neither],
];

/** @type {Column<Moment>[]} */
const COURSE = [
  { label: TEXTS.after, cell: ({ at }) => timeWords(at) },
  { label: TEXTS.seatsLeft, cell: ({ left }) => counted(left) },
  { label: TEXTS.answered, cell: ({ answered }) => counted(answered) },
  { label: TEXTS.seated, cell: ({ seated }) => counted(seated) },
  { label: TEXTS.onTheWaitlist, cell: ({ waiting }) => counted(waiting) },
  { label: TEXTS.neither, cell: ({ refused }) => counted(refused) },
];

/** @type {Column<Api.LatencyBucket>[]} */
const LATENCIES = [
  { label: TEXTS.waited, cell: bucketWords },
  { label: TEXTS.buyers, cell: ({ buyers }) => counted(buyers) },
];

/**
 * A chart that shows one curve after the other. Hidden while there is none.
 * @param {{ signal: AbortSignal }} options
 */
export function simulationChart({ signal }) {
  /** @type {Api.SimulationCurve | null} */
  let curve = null;
  let drawn = '';
  const course = drawing();
  const histogram = drawing();
  const courseTable = dataTable({ caption: TEXTS.theCourse, columns: COURSE });
  const latencyTable = dataTable({ caption: TEXTS.latencies, columns: LATENCIES });
  const node = element(
    'figure',
    { class: 'chart-figure', hidden: true },
    course.svg,
    legend(),
    course.words,
    histogram.svg,
    histogram.words,
    element(
      'details',
      { class: 'more-of-it' },
      element('summary', {}, TEXTS.asTables),
      element('div', { class: 'stack' }, courseTable.node, latencyTable.node),
    ),
  );

  function draw() {
    if (curve === null || node.hidden) return;
    const width = course.width();
    const picture = JSON.stringify([width, curve]);
    if (picture === drawn) return;
    drawn = picture;
    const moments = momentsOf(curve);
    course.draw(courseShapes(moments, width), width, courseHeight(width), courseWords(moments));
    const words = latencyWords(curve.latencies);
    histogram.draw(histogramShapes(curve.latencies, width), width, histogramHeight(width), words);
    courseTable.body.replaceChildren(...someOf(moments, ROWS_MAX).map(courseTable.row));
    latencyTable.body.replaceChildren(...curve.latencies.map(latencyTable.row));
  }

  const sizes = new ResizeObserver(draw);
  sizes.observe(course.svg);
  signal.addEventListener('abort', () => sizes.disconnect(), { once: true });

  return {
    node,
    /** @param {Api.SimulationCurve | null} newest */
    update(newest) {
      curve = newest;
      setShown(node, curve !== null);
      draw();
    },
  };
}

function legend() {
  return element(
    'ul',
    { class: 'legend' },
    LEGEND.map(([series, label]) =>
      element('li', {}, element('span', { class: `legend-key series-${series}`, 'aria-hidden': 'true' }), label),
    ),
  );
}
