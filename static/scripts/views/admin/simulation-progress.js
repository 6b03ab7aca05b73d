import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { isAbort } from '../../server/failures.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { counted, countOf } from '../../words/numbers.js';
import { sentenceOf } from '../../words/problems.js';

const TEXTS = Object.freeze({
  buyersThatHaveTheirAnswer: 'Buyers that have their answer',
  stopTheStressTest: 'Stop the stress test',
  stopping: 'Stopping…',
  /** @param {string} seconds */
  runningForSItGoes: (seconds) => `Running for ${seconds}\u00a0s. It goes on if you leave this page.`,
  /** @param {string} answered @param {string} buyers */
  ofAnswered: (answered, buyers) => `${answered} of ${buyers} answered`,
});

const TICK_MILLISECONDS = 100;

/**
 * The progress of a stress test, with a button that stops it.
 * @param {{ signal: AbortSignal, onStopping: (run: Api.Simulation) => void }} options
 */
export function simulationProgress({ signal, onStopping }) {
  /** @type {Api.Simulation | null} */
  let run = null;
  const bar = element('progress', { class: 'progress', 'aria-label': TEXTS.buyersThatHaveTheirAnswer });
  const words = element('p', { class: 'progress-words' });
  const time = element('p', { class: 'soft' });
  const stop = element('button', { type: 'button', class: 'button', onclick: halt }, TEXTS.stopTheStressTest);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const controls = element('div', { class: 'controls' }, stop);
  const node = element('div', { class: 'progress-box', tabindex: '-1' }, words, bar, time, controls, problem);

  async function halt() {
    if (run === null || stop.getAttribute('aria-disabled')) return;
    stop.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      onStopping(await api.stopSimulation(run.event_id, run.id));
    } catch (error) {
      stop.removeAttribute('aria-disabled');
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    }
  }

  /** @param {boolean} asked whether somebody has asked for the end */
  function showStop(asked) {
    setText(stop, asked ? TEXTS.stopping : TEXTS.stopTheStressTest);
    if (asked) stop.setAttribute('aria-disabled', 'true');
  }

  function show() {
    if (run === null) return;
    const seconds = Math.max(0, serverNow() - Date.parse(run.started_at)) / 1000;
    setText(time, TEXTS.runningForSItGoes(seconds.toFixed(1)));
  }

  const tick = setInterval(show, TICK_MILLISECONDS);
  signal.addEventListener('abort', () => clearInterval(tick), { once: true });
  return {
    node,
    /** @param {Api.Simulation | null} newest hidden if null */
    update(newest) {
      if (newest?.id !== run?.id) stop.removeAttribute('aria-disabled');
      run = newest;
      setShown(node, run !== null);
      if (run === null) return;
      // A server of an earlier version does not have it.
      showStop(Boolean(run.stop_requested_at));
      bar.max = run.users;
      // Until the first answer the crowd is still being created, and there is no share to show.
      if (run.answered > 0) bar.value = run.answered;
      else bar.removeAttribute('value');
      setText(words, TEXTS.ofAnswered(counted(run.answered), countOf(run.users, 'buyer')));
      show();
    },
  };
}
