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

const ENTRIES = 100;

/** @type {Column<Run>[]} */
const COLUMNS = [
  { label: 'Started', kind: 'cell-time', cell: ({ at }) => element('time', { datetime: at }, exactTime(at)) },
  { label: 'On', cell: ({ isDry }) => (isDry ? 'A hidden copy (dry run)' : 'The event itself') },
  { label: 'Started by', cell: ({ by }) => element('bdi', {}, by ?? 'The server') },
];

/**
 * The runs of an event, folded. Hidden while there are none.
 * @param {string} id the event's
 * @param {AbortSignal} signal
 */
export function simulationHistory(id, signal) {
  const table = dataTable({ caption: 'Earlier stress tests', columns: COLUMNS });
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
      element('a', { href: '/admin/log?action=SIMULATION_BEGUN' }, 'All stress tests in the log'),
    ),
  );

  async function read() {
    try {
      const { items } = await api.log({ action: 'SIMULATION_BEGUN', limit: ENTRIES }, signal);
      const runs = runsOf(items, id);
      table.body.replaceChildren(...runs.map(table.row));
      setText(summary, `History (${runs.length})`);
      setShown(node, runs.length > 0);
      setText(problem, '');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  }

  return { node: element('div', {}, problem, node), read };
}
