// A stress test's report: what matters first and large; then the guarantees as a checklist, with the SQL of each and
// all other figures folded.

import { Problem } from '../../server/failures.js';
import { element } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { badge } from '../../ui/seats.js';
import { tile } from '../../ui/tiles.js';
import { counted, countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { exactTime } from '../../words/times.js';
import { headlineOf } from './simulation-facts.js';
import { machineWords } from './simulation-machine-words.js';
import { stoppedWords } from './simulation-run-words.js';
import { linesOfSql } from './sql-lines.js';

const TEXTS = Object.freeze({
  /** @param {string} what */
  ofTheCheck: (what) => ` of the check: ${what}`,
  confirmed: 'Confirmed',
  onTheWaitlist: 'On the waitlist',
  failed: 'Failed',
  seatsAvailable: 'Seats available',
  neverOversold: 'Never oversold',
  nobodyJumpsTheWaitlist: 'Nobody jumps the waitlist',
  oneBookingPerPerson: 'One booking per person',
  inOrder: 'In order',
  perSecond: '\u00a0/s',
  inMilliseconds: '\u00a0ms',
  inMicroseconds: '\u00a0µs',
  inSeconds: '\u00a0s',
  results: 'Results',
  allGuaranteesHold: 'All guarantees hold',
  aGuaranteeIsBroken: 'A guarantee is broken',
  guaranteesVerified: 'Guarantees verified',
  historyReplayed: 'History replayed',
  /** @param {string} decisions @param {string} answers */
  historyAgrees: (decisions, answers) =>
    `Decisions replayed one by one: ${decisions}. They keep the guarantees and match the tables. Answers compared: ${answers}.`,
  allFigures: 'All figures',
  buyers: 'Buyers',
  seconds: 'Seconds',
  seatsSold: 'Seats sold',
  /** @param {string} sold @param {string} capacity */
  of: (sold, capacity) => `${sold} of ${capacity}`,
  oversold: 'Oversold',
  itsServerStoppedBeforeThe: 'Its server stopped before the test was done. You can undo what is left on the event.',
  theTestDidNotFinish: 'The test did not finish.',
  noResults: 'No results',
  lost: 'Lost',
  /** @param {string} answered @param {string} buyers */
  ofWereAnswered: (answered, buyers) => `${answered} of ${buyers} were answered.`,
  dryRunOnAHidden: 'Dry run on a hidden copy of the event.',
  runOnTheEventItself: 'Run on the event itself.',
  run: 'Run',
});

/**
 * @typedef {'success_count' | 'waitlisted_count' | 'failed_count' | 'final_seats_remaining'} CountName
 * @typedef {[name: string, value: unknown][]} Figures
 * @typedef {{ label: string, unit: string, rows: Figures }} Group
 */

/** @type {[name: CountName, label: string][]} */
const COUNTS = [
  ['success_count', TEXTS.confirmed],
  ['waitlisted_count', TEXTS.onTheWaitlist],
  ['failed_count', TEXTS.failed],
  ['final_seats_remaining', TEXTS.seatsAvailable],
];
/** @type {Record<string, string>} */
const GUARANTEES = {
  P1: TEXTS.neverOversold,
  P2: TEXTS.nobodyJumpsTheWaitlist,
  P3: TEXTS.oneBookingPerPerson,
  P4: TEXTS.inOrder,
};
/** @type {[ending: string, unit: string][]} */
const UNITS = [
  ['_per_second', TEXTS.perSecond],
  ['_milliseconds', TEXTS.inMilliseconds],
  ['_microseconds', TEXTS.inMicroseconds],
  ['_seconds', TEXTS.inSeconds],
  ['_ms', TEXTS.inMilliseconds],
  ['_us', TEXTS.inMicroseconds],
];
/** @type {Set<string>} */
const SHOWN_ELSEWHERE = new Set([
  ...COUNTS.map(([name]) => name),
  'total_attempted',
  'promises',
  'history',
  'rehearsal',
  'event_id',
  'stopped',
  'classic_missing',
  'machine',
]);

/**
 * A run with its report, as a section.
 * @param {Api.Simulation} run
 * @param {Api.Report} report the run's
 */
export function simulationReport(run, report) {
  const verdicts = report.promises;
  // Reports of an older version have no history.
  const { history } = report;
  const kept = verdicts.length > 0 && verdicts.every(({ passed }) => passed) && history?.passed !== false;
  return element(
    'section',
    { class: 'panel report' },
    element(
      'div',
      { class: 'panel-head' },
      element('h2', { tabindex: '-1' }, TEXTS.results),
      verdicts.length > 0 && (kept ? badge(TEXTS.allGuaranteesHold, 'good') : badge(TEXTS.aGuaranteeIsBroken, 'bad')),
    ),
    headline(report),
    element(
      'dl',
      { class: 'tiles-row' },
      COUNTS.map(([name, label]) => countTile(name, label, report[name])),
    ),
    element('p', { class: 'soft' }, whenWords(run), ' ', whereWords(report)),
    // Reports of an older version do not have it.
    report.machine && element('p', { class: 'soft' }, machineWords(report.machine)),
    report.stopped && element('p', {}, stoppedWords(run.users, report)),
    verdicts.length > 0 &&
      folded(
        TEXTS.guaranteesVerified,
        true,
        element('ul', { class: 'promises' }, verdicts.map(guarantee), history && replay(history)),
      ),
    folded(TEXTS.allFigures, false, element('div', { class: 'stack' }, groupsOf(report).map(figures))),
  );
}

/** @param {Api.Report} report */
function headline(report) {
  const { buyers, seconds, sold, capacity, oversold } = headlineOf(report);
  /** @type {[label: string, words: string, isWrong?: boolean][]} */
  const facts = [
    [TEXTS.buyers, counted(buyers)],
    [TEXTS.seconds, seconds < 0.1 ? seconds.toFixed(3) : counted(seconds)],
    [TEXTS.seatsSold, TEXTS.of(counted(sold), counted(capacity))],
    [TEXTS.oversold, counted(oversold), oversold > 0],
  ];
  return element(
    'dl',
    { class: 'headline' },
    facts.map(([label, words, isWrong = false]) =>
      element('div', { class: isWrong && 'is-wrong' }, element('dt', {}, label), element('dd', {}, words)),
    ),
  );
}

/**
 * @param {string} label
 * @param {boolean} open
 * @param {HTMLElement} content
 */
function folded(label, open, content) {
  return element('details', { class: 'more-of-it', open }, element('summary', {}, label), content);
}

/**
 * A run without a report, as a section with the reason.
 * @param {Api.Simulation} run
 */
export function unfinishedReport(run) {
  const reason =
    run.state === 'LOST'
      ? TEXTS.itsServerStoppedBeforeThe
      : run.problem
        ? sentenceOf(new Problem(500, run.problem))
        : TEXTS.theTestDidNotFinish;
  return element(
    'section',
    { class: 'panel report' },
    element(
      'div',
      { class: 'panel-head' },
      element('h2', { tabindex: '-1' }, TEXTS.noResults),
      badge(run.state === 'LOST' ? TEXTS.lost : TEXTS.failed, 'bad'),
    ),
    element('p', { class: 'soft' }, whenWords(run)),
    element('p', {}, reason),
    element('p', {}, TEXTS.ofWereAnswered(counted(run.answered), countOf(run.users, 'buyer'))),
  );
}

/** @param {Api.Simulation} run */
function whenWords({ users, started_at: started, finished_at: finished }) {
  return `${countOf(users, 'buyer')}, ${exactTime(finished ?? started)}.`;
}

/** @param {Api.Report} report */
function whereWords({ rehearsal }) {
  return rehearsal ? TEXTS.dryRunOnAHidden : TEXTS.runOnTheEventItself;
}

/**
 * @param {CountName} name
 * @param {string} label
 * @param {number} value
 */
function countTile(name, label, value) {
  const { node } = tile(label, counted(value));
  node.classList.toggle('is-wrong', name === 'failed_count' && value > 0);
  return node;
}

/** @param {Api.PromiseReport} verdict */
function guarantee({ promise: code, passed, checks }) {
  const lines = checks.map(({ what, violations, sql }) =>
    element(
      'li',
      { class: `check${violations === 0 ? '' : ' check-broken'}` },
      violations === 0 ? what : `${what}: ${countOf(violations, 'violation')}`,
      // Reports of an older version do not have it.
      sql &&
        element(
          'details',
          { class: 'more-of-it' },
          element('summary', {}, 'SQL', element('span', { class: 'visually-hidden' }, TEXTS.ofTheCheck(what))),
          element('pre', { class: 'sql' }, element('code', {}, linesOfSql(sql))),
        ),
    ),
  );
  return verdictItem(`${code} ${GUARANTEES[code] ?? ''}`, passed, lines);
}

/** @param {Api.HistoryReport} history */
function replay({ passed, decisions, answers, violations, examples }) {
  const words = passed
    ? [TEXTS.historyAgrees(counted(decisions), counted(answers))]
    : [countOf(violations, 'violation'), ...examples];
  const lines = words.map((line) => element('li', { class: `check${passed ? '' : ' check-broken'}` }, line));
  return verdictItem(TEXTS.historyReplayed, passed, lines);
}

/**
 * @param {string} title
 * @param {boolean} passed
 * @param {HTMLElement[]} lines
 */
function verdictItem(title, passed, lines) {
  return element(
    'li',
    { class: passed ? 'promise' : 'promise promise-broken' },
    icon(passed ? 'check' : 'warning'),
    element('div', {}, element('strong', {}, title), element('ul', { class: 'checks' }, lines)),
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
  return [{ label: TEXTS.run, unit: '', rows: run }, ...groups].filter(({ rows }) => rows.length > 0);
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
