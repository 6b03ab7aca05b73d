// The box office and the classic way on one chart: the buyers who have their answer, over time.

import { chartFrame, stripsOf } from '../../ui/chart-frame.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { axisMarks } from '../studio/booking-columns.js';
import { drawing } from './drawing.js';
import { classicWords, comparisonWords } from './simulation-classic-words.js';
import { momentsOf } from './simulation-curves.js';
import { AXIS, curveLine, scaleTo, timeAxis } from './simulation-shapes.js';
import { linesOfSql } from './sql-lines.js';

/** @import { Moment } from './simulation-curves.js' */

const TEXTS = Object.freeze({
  answeredBuyers: 'Buyers who have their answer',
  theBoxOffice: 'The box office',
  theClassicWay: 'The classic way (dashed)',
  itsTransaction: 'Its transaction, in SQL',
});

const HEIGHT = 180;

/** @type {[series: string, label: string][]} */
const LEGEND = [
  ['promoted', TEXTS.theBoxOffice],
  ['classic', TEXTS.theClassicWay],
];

/**
 * @typedef {object} Compared
 * @property {Api.SimulationCurve | null} curve
 * @property {Api.SimulationCurve | null} classic_curve
 */

/**
 * A chart of one comparison after the other. Hidden while there is none.
 * @param {{ signal: AbortSignal }} options
 */
export function simulationComparison({ signal }) {
  /** @type {Compared | null} */
  let run = null;
  let drawn = '';
  const both = drawing();
  const facts = element('p', { class: 'soft small' });
  const sql = element('code');
  const transaction = element(
    'details',
    { class: 'more-of-it' },
    element('summary', {}, TEXTS.itsTransaction),
    element('pre', { class: 'sql' }, sql),
  );
  const node = element(
    'figure',
    { class: 'chart-figure', hidden: true },
    both.svg,
    element(
      'ul',
      { class: 'legend' },
      LEGEND.map(([series, label]) =>
        element('li', {}, element('span', { class: `legend-key series-${series}`, 'aria-hidden': 'true' }), label),
      ),
    ),
    both.words,
    facts,
    transaction,
  );

  function draw() {
    if (!run?.curve || !run.classic_curve) return;
    const width = both.width();
    const picture = JSON.stringify([width, run]);
    if (picture === drawn) return;
    drawn = picture;
    const [office, classic] = [momentsOf(run.curve), momentsOf(run.classic_curve)];
    both.draw(shapes(office, classic, width), width, height(), comparisonWords(office, classic));
  }

  const sizes = new ResizeObserver(draw);
  sizes.observe(both.svg);
  signal.addEventListener('abort', () => sizes.disconnect(), { once: true });

  return {
    node,
    /**
     * Shows a run's two curves, and what its report says of the classic way, if it has one.
     * @param {Compared | null} newest
     * @param {Api.ClassicReport | null | undefined} report
     */
    update(newest, report) {
      run = newest && { curve: newest.curve, classic_curve: newest.classic_curve };
      setShown(node, Boolean(run?.curve && run.classic_curve));
      setShown(facts, Boolean(report));
      setShown(transaction, Boolean(report));
      setText(facts, report ? classicWords(report) : '');
      setText(sql, report ? report.statements.map(linesOfSql).join(';\n\n') : '');
      draw();
    },
  };
}

function height() {
  const [strip] = stripsOf([HEIGHT]);
  return (strip?.bottom ?? 0) + AXIS;
}

/**
 * @param {readonly Moment[]} office
 * @param {readonly Moment[]} classic
 * @param {number} width
 */
function shapes(office, classic, width) {
  const [strip] = stripsOf([HEIGHT]);
  if (!strip) return [];
  const all = [...office, ...classic];
  const end = Math.max(1, ...all.map(({ at }) => at));
  const x = scaleTo(end, width);
  const answered = (/** @type {readonly Moment[]} */ moments) => moments.map((one) => one.answered);
  return [
    ...chartFrame(strip, TEXTS.answeredBuyers, axisMarks(Math.max(...answered(all)), 0, 4), width, (y) => [
      curveLine(classic, answered(classic), x, y, 'classic'),
      curveLine(office, answered(office), x, y, 'promoted'),
    ]),
    timeAxis(end, x, strip.bottom, width),
  ];
}
