// A stress test's report: the counts, each promise, and every other figure that the server gives, whatever it is.

import { element } from '../../ui/dom.js';
import { Problem } from '../../server/failures.js';
import { icon } from '../../ui/icons.js';
import { countOf, counted } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { badge } from '../../ui/seats.js';
import { exactTime } from '../../words/times.js';

const COUNTS = [
  ['total_attempted', 'Attempted'],
  ['success_count', 'Confirmed'],
  ['waitlisted_count', 'Waitlisted'],
  ['failed_count', 'Failed'],
  ['final_seats_remaining', 'Seats left'],
];
const PROMISES = {
  P1: 'Never oversold',
  P2: 'Nobody jumps the line',
  P3: 'One place per person',
  P4: 'Ordered',
};
const UNITS = [
  ['_per_second', '\u00a0/s'],
  ['_milliseconds', '\u00a0ms'],
  ['_microseconds', '\u00a0µs'],
  ['_seconds', '\u00a0s'],
  ['_ms', '\u00a0ms'],
  ['_us', '\u00a0µs'],
];
const SHOWN_ELSEWHERE = new Set([...COUNTS.map(([name]) => name), 'promises', 'rehearsal', 'event_id']);

/** A run that has its report, as a section. */
export function simulationReport(run) {
  const report = run.simulation_results;
  const verdicts = report.promises ?? [];
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

/** A run that came to no report, as a section that says why. */
export function unfinishedReport(run) {
  const reason =
    run.state === 'LOST'
      ? 'The server that ran it stopped before it was done. What it left on the event can be undone.'
      : run.problem
        ? sentenceOf(new Problem(run.problem.status ?? 500, run.problem))
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

function whenWords({ users, started_at: started, finished_at: finished }) {
  return `${countOf(users, 'buyer')}, ${exactTime(finished ?? started)}.`;
}

function whereWords({ rehearsal }) {
  return rehearsal ? 'It ran on a hidden copy of the event.' : 'It ran on the event itself.';
}

function tile(name, label, value) {
  const wrong = name === 'failed_count' && value > 0;
  return element(
    'div',
    { class: wrong ? 'tile tile-bad' : 'tile' },
    element('dt', {}, label),
    element('dd', {}, counted(value)),
  );
}

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

function groupsOf(report) {
  const run = [];
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

function figures({ label, unit, rows }) {
  const list = rows.map(([name, value]) => {
    const words = worded(name);
    const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${counted(value)}${words.unit || unit}`;
    return element('div', { class: 'figure' }, element('dt', {}, words.label), element('dd', {}, text));
  });
  return element('div', {}, element('h3', {}, label), element('dl', { class: 'figures' }, list));
}

// A name says its unit last: `lock_held_milliseconds` is "Lock held" in ms.
function worded(name) {
  const [suffix, unit] = UNITS.find(([ending]) => name.endsWith(ending)) ?? ['', ''];
  const words = name
    .slice(0, name.length - suffix.length)
    .replaceAll('_', ' ')
    .trim();
  // p50, p95 and the like are written small.
  return { label: /^p\d+$/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1), unit };
}
