import { address } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort } from '../../server/failures.js';
import { watchEvents } from '../../server/live.js';
import { sendOnce } from '../../server/request-keys.js';
import * as session from '../../server/session.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { icon } from '../../ui/icons.js';
import { announce, toast } from '../../ui/messages.js';
import { saleBadge, seatMeter } from '../../ui/seats.js';
import { countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';
import { groundChoice } from './ground-choice.js';
import { adminHead } from './head.js';
import { simulationChart } from './simulation-chart.js';
import { missingWords } from './simulation-classic-words.js';
import { simulationComparison } from './simulation-comparison.js';
import { simulationHistory } from './simulation-history.js';
import { simulationProgress } from './simulation-progress.js';
import { simulationReport, unfinishedReport } from './simulation-report.js';
import { groundOf, groundWords, itselfQuestion } from './simulation-words.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */

const TEXTS = Object.freeze({
  simulatedBuyers: 'Simulated buyers',
  runTheStressTest: 'Run the stress test',
  runConcurrencySim: 'Run Concurrency Sim',
  starting: 'Starting…',
  theStressTestIsRunning: 'The stress test is running.',
  undoTheStressTest: 'Undo the stress test',
  theCrowdIsBooking: 'The crowd is booking.',
  theCrowdGoesTheClassicWay: 'The same crowd goes the classic way, on a hidden copy.',
  theStressTestIsOver: 'The stress test is over.',
  stressTest: 'Stress test',
  allEvents: '← All events',
  theEvent: 'The event',
  theCourse: 'The course',
  comparedWithTheClassicWay: 'Compared with the classic way',
  compareWithTheClassicWay: 'Compare with the classic way',
  theSameCrowdAgain:
    'The same crowd again, on a hidden copy, with one transaction for each buyer. It sells for ten seconds at most.',
  /** @param {string} title */
  stressTestOf: (title) => `Stress test: ${title}`,
  simulatedBooking: 'simulated booking',
  /** @param {string} bookings */
  removed: (bookings) => `Removed ${bookings}.`,
  /** @param {string} bookings @param {string} copies */
  removedAnd: (bookings, copies) => `Removed ${bookings} and ${copies}.`,
  hiddenCopy: 'hidden copy',
  hiddenCopies: 'hidden copies',
});

const USERS_MAX = 100_000;
const USERS_FIRST = 1000;
// As often as the server stores how far a test has come.
const RUN_EVERY_MILLISECONDS = 250;

/**
 * The stress test of one event: run it, watch it, read the report, undo it. It goes on during a reload.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, signal }) {
  const { id } = parameters;
  const [{ event: first }, firstRun] = await Promise.all([api.event(id, signal), api.simulation(id, signal)]);
  let event = first;
  let run = firstRun;
  const sale = saleBadge();
  const meter = seatMeter();
  const where = element('p', { class: 'soft' });
  const users = field({
    name: 'users',
    label: TEXTS.simulatedBuyers,
    type: 'number',
    inputmode: 'numeric',
    min: '1',
    max: String(USERS_MAX),
    step: '1',
    required: true,
    value: String(firstRun?.users ?? USERS_FIRST),
  });
  const ground = groundChoice();
  const compare = element('input', { type: 'checkbox', name: 'classic' });
  const compared = element(
    'label',
    { class: 'choice' },
    compare,
    element(
      'span',
      {},
      element('strong', {}, TEXTS.compareWithTheClassicWay),
      element('span', { class: 'hint' }, TEXTS.theSameCrowdAgain),
    ),
  );
  const starter = form({
    name: TEXTS.runTheStressTest,
    fields: [users],
    content: [users.node, ground.node, compared],
    label: TEXTS.runConcurrencySim,
    busyLabel: TEXTS.starting,
    send: async () => {
      const isDry = !ground.isItself();
      if (!isDry && !(await confirmed(itselfQuestion(event, Number(users.value()))))) return;
      if (signal.aborted) return;
      const name = `onsale.stress-test.${session.user()?.id}.${id}`;
      const test = { users: Number(users.value()), isDry, isCompared: compare.checked };
      takeRun(await sendOnce(name, (key) => api.simulate(id, test, key)));
      announce(TEXTS.theStressTestIsRunning);
    },
  });
  starter.button.classList.replace('button-primary', 'button-danger');
  starter.button.prepend(icon('bolt'));
  starter.node.classList.add('form-short');
  const undo = element('button', { type: 'button', class: 'button' }, icon('refresh'), TEXTS.undoTheStressTest);
  const progress = simulationProgress({ signal, onStopping: takeRun });
  const chart = simulationChart({ signal });
  const course = element('section', { class: 'panel', hidden: true }, element('h2', {}, TEXTS.theCourse), chart.node);
  const comparison = simulationComparison({ signal });
  const missing = element('p', { hidden: true });
  const classic = element(
    'section',
    { class: 'panel', hidden: true },
    element('h2', {}, TEXTS.comparedWithTheClassicWay),
    missing,
    comparison.node,
  );
  const results = element('div', { class: 'stack' });
  const history = simulationHistory(id, signal);
  const problem = element('p', { class: 'form-error', role: 'alert' });

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} newest
   */
  function update(newest) {
    event = { ...event, ...newest };
    const running = run?.state === 'RUNNING';
    setShown(starter.node, !running && groundOf(event, serverNow()) !== 'closed');
    ground.show(groundOf(event, serverNow()) === 'itself');
    const undoHadFocus = document.activeElement === undo;
    setShown(undo, !running && (event.under_test || mayHaveLeftTraces(run)));
    if (undoHadFocus && undo.hidden) starter.button.focus();
    sale.update(event);
    meter.update(event);
    setText(where, running ? underWay() : groundWords(event, serverNow()));
  }

  function underWay() {
    return run?.classic_curve ? TEXTS.theCrowdGoesTheClassicWay : TEXTS.theCrowdIsBooking;
  }

  /** @param {Api.Simulation | null} newest */
  function takeRun(newest) {
    const before = run;
    run = newest;
    const running = run?.state === 'RUNNING';
    const focusWasHere = starter.node.contains(document.activeElement);
    progress.update(running ? run : null);
    const curve = run?.curve ?? null;
    setShown(course, curve !== null);
    chart.update(curve);
    const reason = run?.simulation_results?.classic_missing ?? null;
    setShown(classic, Boolean(run?.classic_curve) || reason !== null);
    setShown(missing, reason !== null);
    setText(missing, reason === null ? '' : missingWords(reason));
    comparison.update(run, run?.simulation_results?.classic);
    if (before === run || before?.id !== run?.id || before?.state !== run?.state)
      results.replaceChildren(...reportOf(run));
    update(event);
    if (before?.id !== run?.id || before?.state !== run?.state) history.read();
    if (running && focusWasHere) progress.node.focus();
    if (before?.state === 'RUNNING' && !running && run !== null) ended();
  }

  function ended() {
    announce(TEXTS.theStressTestIsOver);
    const heading = results.querySelector('h2');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
    live.readAgain(id);
  }

  async function takeBack() {
    if (undo.getAttribute('aria-disabled')) return;
    undo.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      const { removed, rehearsals_removed: copies } = await api.undoSimulation(id);
      toast(undoneWords(removed, copies), 'good');
      live.readAgain(id);
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, event.time_zone));
    } finally {
      undo.removeAttribute('aria-disabled');
    }
  }

  undo.addEventListener('click', takeBack);
  repeat(
    RUN_EVERY_MILLISECONDS,
    async () => {
      if (run?.state === 'RUNNING') takeRun(await api.simulation(id, signal));
    },
    signal,
  );
  const live = watchEvents({ ids: () => [id], onEvent: update }, signal);

  const node = element(
    'div',
    { class: 'page' },
    adminHead('test', TEXTS.stressTest, {
      back: element('a', { class: 'back-link', href: '/admin' }, TEXTS.allEvents),
    }),
    element(
      'section',
      { class: 'panel', 'aria-label': TEXTS.theEvent },
      element(
        'div',
        { class: 'panel-head' },
        element('h2', {}, element('a', { href: address('studio', id) }, first.title)),
        sale.node,
      ),
      meter.node,
      where,
      progress.node,
      element('div', { class: 'controls' }, starter.node, undo),
      problem,
    ),
    course,
    classic,
    results,
    history.node,
  );
  takeRun(run);
  history.read();
  return { title: TEXTS.stressTestOf(first.title), node };
}

/** @param {Api.Simulation | null} run */
function reportOf(run) {
  if (run === null || run.state === 'RUNNING') return [];
  return [run.simulation_results ? simulationReport(run, run.simulation_results) : unfinishedReport(run)];
}

/**
 * A run that came to its end has deleted its hidden copies, and traces on the event itself are marked there. A run whose
 * server stopped has not come to its end, even if it has a report.
 * @param {Api.Simulation | null} run
 */
function mayHaveLeftTraces(run) {
  return run !== null && (run.state === 'FAILED' || run.finished_at === null);
}

/**
 * @param {number} removed
 * @param {number} copies
 */
function undoneWords(removed, copies) {
  const bookings = countOf(removed, TEXTS.simulatedBooking);
  return copies === 0
    ? TEXTS.removed(bookings)
    : TEXTS.removedAnd(bookings, countOf(copies, TEXTS.hiddenCopy, TEXTS.hiddenCopies));
}
