// A stress test's report: the counts, each promise, and every other figure that the server sends.

import { Problem } from '../../server/failures.js';
import { element } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { badge } from '../../ui/seats.js';
import { counted, countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { exactTime } from '../../words/times.js';

/**
 * @typedef {'total_attempted' | 'success_count' | 'waitlisted_count' | 'failed_count' | 'final_seats_remaining'} CountName
 * @typedef {[name: string, value: unknown][]} Figures
 * @typedef {{ label: string, unit: string, rows: Figures }} Group
 */

/** @type {[name: CountName, label: string][]} */
const COUNTS = [
  ['total_attempted', 'Attempted'],
  ['success_count', 'Confirmed'],
  ['waitlisted_count', 'Waitlisted'],
  ['failed_count', 'Failed'],
  ['final_seats_remaining', 'Seats left'],
];
/** @type {Record<string, string>} */
const PROMISES = {
  P1: 'Never oversold',
  P2: 'Nobody jumps the line',
  P3: 'One place per person',
  P4: 'Ordered',
};
/** @type {[ending: string, unit: string][]} */
const UNITS = [
  ['_per_second', '\u00a0/s'],
  ['_milliseconds', '\u00a0ms'],
  ['_microseconds', '\u00a0µs'],
  ['_seconds', '\u00a0s'],
  ['_ms', '\u00a0ms'],
  ['_us', '\u00a0µs'],
];
/** @type {Set<string>} */
const SHOWN_ELSEWHERE = new Set([...COUNTS.map(([name]) => name), 'promises', 'rehearsal', 'event_id']);

/**
 * A run with its report, as a section.
 * @param {Api.Simulation} run
 * @param {Api.Report} report the run's
 */
export function simulationReport(run, report) {
  const verdicts = report.promises;
  const kept = verdicts.length > 0 && verdicts.every(({ passed }) => passed);
  return element(
    'section',
    { class: 'panel report' },
    element(
      'div',
      { class: 'panel-head' },
      element('h2', { tabindex: '-1' }, 'Results'),
      verdicts.length > 0 && (kept ? badge('All promises kept', 'good') : badge('A promise was broken', 'bad')),
    ),
    element('p', { class: 'soft' }, whenWords(run), ' ', whereWords(report)),
    element(
      'dl',
      { class: 'tiles' },
      COUNTS.map(([name, label]) => tile(name, label, report[name])),
    ),
    verdicts.length > 0 && element('h3', {}, 'Promises, as SQL found them'),
    element('ul', { class: 'promises' }, verdicts.map(promise)),
    groupsOf(report).map(figures),
  );
}

/**
 * A run without a report, as a section with the reason.
 * @param {Api.Simulation} run
 */
export function unfinishedReport(run) {
  const reason =
    run.state === 'LOST'
      ? 'The server that ran it stopped before it was done. What it left on the event can be undone.'
      : run.problem
        ? sentenceOf(new Problem(500, run.problem))
        : 'It did not come to an end.';
  return element(
    'section',
    { class: 'panel report' },
    element(
      'div',
      { class: 'panel-head' },
      element('h2', { tabindex: '-1' }, 'No results'),
      badge(run.state === 'LOST' ? 'Lost' : 'Failed', 'bad'),
    ),
    element('p', { class: 'soft' }, whenWords(run)),
    element('p', {}, reason),
    element('p', {}, `${counted(run.answered)} of ${countOf(run.users, 'buyer')} had an answer by then.`),
  );
}

/** @param {Api.Simulation} run */
function whenWords({ users, started_at: started, finished_at: finished }) {
  return `${countOf(users, 'buyer')}, ${exactTime(finished ?? started)}.`;
}

/** @param {Api.Report} report */
function whereWords({ rehearsal }) {
  return rehearsal ? 'It ran on a hidden copy of the event.' : 'It ran on the event itself.';
}

/**
 * @param {CountName} name
 * @param {string} label
 * @param {number} value
 */
function tile(name, label, value) {
  const wrong = name === 'failed_count' && value > 0;
  return element(
    'div',
    { class: wrong ? 'tile tile-bad' : 'tile' },
    element('dt', {}, label),
    element('dd', {}, counted(value)),
  );
}

/** @param {Api.PromiseReport} verdict */
function promise({ promise: code, passed, checks }) {
  const lines = checks.map(({ what, violations }) =>
    element(
      'li',
      { class: violations === 0 ? 'check' : 'check check-broken' },
      violations === 0 ? what : `${what}: ${countOf(violations, 'violation')}`,
    ),
  );
  return element(
    'li',
    { class: passed ? 'promise' : 'promise promise-broken' },
    icon(passed ? 'check' : 'warning'),
    element(
      'div',
      {},
      element('strong', {}, `${code} ${PROMISES[code] ?? ''}`),
      element('ul', { class: 'checks' }, lines),
    ),
    badge(passed ? 'pass' : 'fail', passed ? 'good' : 'bad'),
  );
}

/**
 * The report's figures in groups: those of the run, and one group for each member that has figures of its own.
 * @param {Api.Report} report
 */
function groupsOf(report) {
  /** @type {Figures} */
  const run = [];
  /** @type {Group[]} */
  const groups = [];
  for (const [name, value] of Object.entries(report)) {
    if (SHOWN_ELSEWHERE.has(name) || value === null) continue;
    if (Array.isArray(value)) {
      if (value.every((one) => typeof one !== 'object')) run.push([name, value.map(counted).join(', ')]);
    } else if (typeof value === 'object') {
      groups.push({ ...worded(name), rows: Object.entries(value).filter(([, inner]) => typeof inner !== 'object') });
    } else {
      run.push([name, value]);
    }
  }
  return [{ label: 'Run', unit: '', rows: run }, ...groups].filter(({ rows }) => rows.length > 0);
}

/** @param {Group} group */
function figures({ label, unit, rows }) {
  const list = rows.map(([name, value]) => {
    const words = worded(name);
    const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${counted(value)}${words.unit || unit}`;
    return element('div', { class: 'figure' }, element('dt', {}, words.label), element('dd', {}, text));
  });
  return element('div', {}, element('h3', {}, label), element('dl', { class: 'figures' }, list));
}

/**
 * A name's words and its unit, which comes last: `lock_held_milliseconds` is "Lock held" in ms.
 * @param {string} name
 */
function worded(name) {
  const [suffix, unit] = UNITS.find(([ending]) => name.endsWith(ending)) ?? ['', ''];
  const words = name
    .slice(0, name.length - suffix.length)
    .replaceAll('_', ' ')
    .trim();
  // Percentiles, such as p95, stay in lower case.
  return { label: /^p\d+$/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1), unit };
}
