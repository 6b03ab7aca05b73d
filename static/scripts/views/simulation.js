import * as api from '../api.js';
import { element, setShown, setText } from '../dom.js';
import { field, form } from '../forms.js';
import { icon } from '../icons.js';
import { isAbort } from '../http.js';
import { watchEvents } from '../live.js';
import { announce, toast } from '../messages.js';
import { countOf, counted } from '../numbers.js';
import { sentenceOf } from '../problems.js';
import { address } from '../router.js';
import { saleBadge, seatMeter } from '../seats.js';
import * as simulations from '../simulations.js';
import { simulationReport } from './simulation-report.js';

const USERS_MAX = 100_000;
const TICK_MILLISECONDS = 100;

/** The stress test of one event: run it, watch it, read the report, undo it. */
export async function render({ parameters, signal }) {
  const { event: first } = await api.event(parameters.id, signal);
  const { id } = first;
  let event = first;
  const sale = saleBadge();
  const meter = seatMeter();
  const where = element('p', { class: 'soft' });
  const users = field({
    name: 'users',
    label: 'Simulated buyers',
    type: 'number',
    inputmode: 'numeric',
    min: '1',
    max: String(USERS_MAX),
    step: '1',
    required: true,
    value: '1000',
  });
  const run = form({
    name: 'Run the stress test',
    fields: [users],
    label: 'Run concurrency sim',
    busyLabel: 'Running…',
    send: async () => {
      await simulations.start(id, Number(users.value()), isFree(event));
      const ended = simulations.runOf(id);
      if (ended?.state === 'failed') throw ended.error;
    },
  });
  const button = run.node.querySelector('button[type=submit]');
  button.classList.replace('button-primary', 'button-danger');
  button.prepend(icon('bolt'));
  run.node.classList.add('form-short');
  const undo = element('button', { type: 'button', class: 'button' }, icon('refresh'), 'Undo the simulation');
  run.actions.append(undo);
  const bar = element('progress', { class: 'progress', 'aria-label': 'The stress test is running' });
  const progressWords = element('p', { class: 'soft' });
  const progress = element('div', { class: 'progress-box' }, bar, progressWords);
  const results = element('div', { class: 'stack' });
  const problem = element('p', { class: 'form-error', role: 'alert' });

  function update(newest) {
    event = newest;
    sale.update(event);
    meter.update(event);
    const running = simulations.runOf(id)?.state === 'running';
    if (running) return;
    setText(where, whereWords(event));
  }

  function showRun() {
    const present = simulations.runOf(id);
    const running = present?.state === 'running';
    setShown(progress, running);
    setShown(undo, !running);
    if (running) {
      results.replaceChildren();
      showProgress();
    } else if (present?.state === 'done') {
      results.replaceChildren(simulationReport(present.report));
    }
  }

  function showProgress() {
    const present = simulations.runOf(id);
    if (present?.state !== 'running') return;
    const seconds = ((performance.now() - present.startedAt) / 1000).toFixed(1);
    // On the event itself its own numbers show how far it is; nothing shows it on a hidden copy.
    const decided = present.onItself && event.under_test ? Math.min(event.confirmed + event.waiting, present.users) : 0;
    if (decided > 0) {
      bar.max = present.users;
      bar.value = decided;
      setText(progressWords, `${counted(decided)} of ${countOf(present.users, 'buyer')} answered, ${seconds}\u00a0s`);
    } else {
      bar.removeAttribute('value');
      setText(progressWords, `${countOf(present.users, 'buyer')} at the box office, ${seconds}\u00a0s`);
    }
  }

  async function takeBack() {
    if (undo.getAttribute('aria-disabled')) return;
    undo.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      const { removed, rehearsals_removed: copies } = await api.undoSimulation(id);
      simulations.forget(id);
      results.replaceChildren();
      toast(
        `Undone: ${countOf(removed, 'simulated registration')} and ${countOf(copies, 'hidden copy', 'hidden copies')} removed.`,
        'good',
      );
      update((await api.event(id, signal)).event);
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error, event.time_zone));
    } finally {
      undo.removeAttribute('aria-disabled');
    }
  }

  undo.addEventListener('click', takeBack);
  simulations.onChange(() => {
    showRun();
    const present = simulations.runOf(id);
    if (present?.state === 'running') announce('The stress test is running.');
    if (present?.state === 'done') {
      announce('The stress test is done.');
      const heading = results.querySelector('h2');
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: 'start' });
    }
    if (present?.state !== 'running')
      api.event(id, signal).then(
        (newest) => update(newest.event),
        () => {},
      );
  }, signal);
  const tick = setInterval(showProgress, TICK_MILLISECONDS);
  signal.addEventListener('abort', () => clearInterval(tick), { once: true });
  watchEvents({ ids: () => [id], onEvent: update }, signal);

  const node = element(
    'div',
    { class: 'page' },
    element('a', { class: 'back-link', href: '#/admin' }, '← Choose another event'),
    element('div', { class: 'page-head' }, element('h1', {}, 'Concurrency sim')),
    element(
      'section',
      { class: 'panel', 'aria-label': 'The event' },
      element(
        'div',
        { class: 'panel-head' },
        element('h2', {}, element('a', { href: address('events', id) }, first.title)),
        sale.node,
      ),
      meter.node,
      where,
      run.node,
      progress,
      problem,
    ),
    results,
  );
  update(first);
  showRun();
  return { title: `Concurrency sim: ${first.title}`, node };
}

function isFree({ status, under_test: taken, confirmed, waiting }) {
  return status === 'PUBLISHED' && !taken && confirmed + waiting === 0;
}

function whereWords(event) {
  if (event.under_test)
    return 'A test has this event: real bookings are refused until you undo it. Another run goes to a hidden copy.';
  if (event.status !== 'PUBLISHED') return 'The event is not published, so the test runs on a hidden copy of it.';
  if (!isFree(event))
    return 'Somebody has a place here, so the test runs on a hidden copy and does not touch this event.';
  return 'Nobody has a place here, so the test runs on the event itself. Real bookings are refused from its start until you undo it.';
}
