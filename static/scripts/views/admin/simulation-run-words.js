// One line of the history of stress tests, in words.

import { counted, countOf } from '../../words/numbers.js';

/**
 * Where the run was. Only its report tells.
 * @param {Pick<Api.SimulationSummary, 'results'>} run
 */
export function groundOfRun({ results }) {
  if (results === null) return '–';
  return results.rehearsal ? 'A hidden copy (dry run)' : 'The event itself';
}

/**
 * What came of the run.
 * @param {Pick<Api.SimulationSummary, 'state' | 'results'>} run
 */
export function outcomeOf({ state, results }) {
  if (state === 'RUNNING') return 'Running';
  if (state === 'LOST') return 'Lost: its server stopped';
  if (results === null) return 'Failed';
  const { seats_given: given, capacity, duration_milliseconds: milliseconds, failed_count: failed } = results;
  const facts = [
    `${counted(given)} of ${countOf(capacity, 'seat')} sold in ${secondsOf(milliseconds)}`,
    results.stopped && 'stopped early',
    failed > 0 && `${countOf(failed, 'buyer')} failed`,
    results.passed ? 'all guarantees hold' : 'a guarantee is broken',
  ];
  return facts.filter(Boolean).join(', ');
}

/**
 * That a run was stopped, and how many had asked by then. Reports of an older version do not say it, and were not.
 * @param {number} users
 * @param {Pick<Api.Report, 'stopped' | 'total_attempted'>} report
 */
export function stoppedWords(users, { stopped, total_attempted: asked }) {
  return stopped ? `Stopped early: ${counted(asked)} of ${countOf(users, 'buyer')} had asked.` : '';
}

/**
 * A duration in seconds, with thousandths only if it is short.
 * @param {number} milliseconds
 */
export function secondsOf(milliseconds) {
  const seconds = milliseconds / 1000;
  return `${seconds < 0.1 ? seconds.toFixed(3) : counted(seconds)}\u00a0s`;
}
