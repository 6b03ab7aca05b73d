// The stress tests of an event, as far as the server remembers them, with the figures that each report leads with.

import * as api from '../../server/api.js';
import { isAbort } from '../../server/failures.js';
import { dataTable } from '../../ui/data-table.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { counted } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { exactTime } from '../../words/times.js';
import { groundOfRun, outcomeOf } from './simulation-run-words.js';

/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  started: 'Started',
  on: 'On',
  buyers: 'Buyers',
  result: 'Result',
  earlierStressTests: 'Earlier stress tests',
  allStressTestsInThe: 'All stress tests in the log',
  /** @param {number} length */
  history: (length) => `History (${length})`,
});

/** @type {Column<Api.SimulationSummary>[]} */
const COLUMNS = [
  {
    label: TEXTS.started,
    kind: 'cell-time',
    cell: ({ started_at: at }) => element('time', { datetime: at }, exactTime(at)),
  },
  { label: TEXTS.on, cell: groundOfRun },
  { label: TEXTS.buyers, cell: ({ users }) => counted(users) },
  { label: TEXTS.result, cell: outcomeOf },
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
