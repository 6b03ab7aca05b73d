// The stress tests of an event, from the audit log. The log has no results: those of the latest run are in its report.

import * as api from '../../server/api.js';
import { isAbort } from '../../server/failures.js';
import { dataTable } from '../../ui/data-table.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { sentenceOf } from '../../words/problems.js';
import { exactTime } from '../../words/times.js';
import { runsOf } from './simulation-runs.js';

/** @import { Column } from '../../ui/data-table.js' */
/** @import { Run } from './simulation-runs.js' */

const TEXTS = Object.freeze({
  started: 'Started',
  on: 'On',
  aHiddenCopyDryRun: 'A hidden copy (dry run)',
  theEventItself: 'The event itself',
  startedBy: 'Started by',
  theServer: 'The server',
  earlierStressTests: 'Earlier stress tests',
  allStressTestsInThe: 'All stress tests in the log',
  /** @param {number} length */
  history: (length) => `History (${length})`,
});

const ENTRIES = 100;

/** @type {Column<Run>[]} */
const COLUMNS = [
  { label: TEXTS.started, kind: 'cell-time', cell: ({ at }) => element('time', { datetime: at }, exactTime(at)) },
  { label: TEXTS.on, cell: ({ isDry }) => (isDry ? TEXTS.aHiddenCopyDryRun : TEXTS.theEventItself) },
  { label: TEXTS.startedBy, cell: ({ by }) => element('bdi', {}, by ?? TEXTS.theServer) },
];

/**
 * The runs of an event, folded. Hidden while there are none.
 * @param {string} id the event's
 * @param {AbortSignal} signal
 */
export function simulationHistory(id, signal) {
  const table = dataTable({ caption: TEXTS.earlierStressTests, columns: COLUMNS });
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const summary = element('summary');
  const node = element(
    'details',
    { class: 'panel more-of-it', hidden: true },
    summary,
    table.node,
    element(
      'p',
      { class: 'soft small' },
      element('a', { href: '/admin/log?action=SIMULATION_BEGUN' }, TEXTS.allStressTestsInThe),
    ),
  );

  async function read() {
    try {
      const { items } = await api.log({ action: 'SIMULATION_BEGUN', limit: ENTRIES }, signal);
      const runs = runsOf(items, id);
      table.body.replaceChildren(...runs.map(table.row));
      setText(summary, TEXTS.history(runs.length));
      setShown(node, runs.length > 0);
      setText(problem, '');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  }

  return { node: element('div', {}, problem, node), read };
}
