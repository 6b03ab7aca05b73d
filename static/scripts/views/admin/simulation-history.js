// The stress tests of an event, as far as the server remembers them, with the figures that each report leads with.

import * as api from '../../server/api.js';
import { isAbort } from '../../server/failures.js';
import { dataTable } from '../../ui/data-table.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { exactTime } from '../../words/times.js';
import { simulationChart } from './simulation-chart.js';
import { simulationComparison } from './simulation-comparison.js';
import { groundOfRun, outcomeOf } from './simulation-run-words.js';

/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  started: 'Started',
  on: 'On',
  buyers: 'Buyers',
  result: 'Result',
  earlierStressTests: 'Earlier stress tests',
  course: 'Course',
  showTheCourse: 'Show the course',
  /** @param {string} time */
  courseOf: (time) => `The test of ${time}`,
  allStressTestsInThe: 'All stress tests in the log',
  /** @param {number} length */
  history: (length) => `History (${length})`,
});

/**
 * @param {(run: Api.SimulationSummary) => void} choose shows the course of a run
 * @returns {Column<Api.SimulationSummary>[]}
 */
const columns = (choose) => [
  {
    label: TEXTS.started,
    kind: 'cell-time',
    cell: ({ started_at: at }) => element('time', { datetime: at }, exactTime(at)),
  },
  { label: TEXTS.on, cell: groundOfRun },
  { label: TEXTS.buyers, cell: ({ users }) => counted(users) },
  { label: TEXTS.result, cell: outcomeOf },
  { label: TEXTS.course, cell: (run) => (run.curve ? chooser(run, choose) : '–') },
];

/**
 * @param {Api.SimulationSummary} run
 * @param {(run: Api.SimulationSummary) => void} choose
 */
function chooser(run, choose) {
  return element('button', { type: 'button', class: 'button', onclick: () => choose(run) }, TEXTS.showTheCourse);
}

/**
 * The runs of an event, folded. Hidden while there are none.
 * @param {string} id the event's
 * @param {AbortSignal} signal
 */
export function simulationHistory(id, signal) {
  const chart = simulationChart({ signal });
  const comparison = simulationComparison({ signal });
  const chosen = element('h3', { tabindex: '-1' });
  const course = element('div', { class: 'stack', hidden: true }, chosen, chart.node, comparison.node);
  const table = dataTable({ caption: TEXTS.earlierStressTests, columns: columns(choose) });
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const summary = element('summary');
  const node = element(
    'details',
    { class: 'panel more-of-it', hidden: true },
    summary,
    table.node,
    course,
    element(
      'p',
      { class: 'soft small' },
      element('a', { href: '/admin/log?action=SIMULATION_BEGUN' }, TEXTS.allStressTestsInThe),
    ),
  );

  /** @param {Api.SimulationSummary} run */
  function choose(run) {
    setText(chosen, TEXTS.courseOf(exactTime(run.started_at)));
    setShown(course, true);
    chart.update(run.curve);
    comparison.update(run, null);
    chosen.focus();
  }

  async function read() {
    try {
      const { items } = await api.simulations(id, signal);
      table.body.replaceChildren(...items.map(table.row));
      setText(summary, TEXTS.history(items.length));
      setShown(node, items.length > 0);
      setText(problem, '');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  }

  return { node: element('div', {}, problem, node), read };
}
