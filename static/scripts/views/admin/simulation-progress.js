import { serverNow } from '../../server/clock.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { counted, countOf } from '../../words/numbers.js';

const TEXTS = Object.freeze({
  buyersThatHaveTheirAnswer: 'Buyers that have their answer',
  /** @param {string} seconds */
  runningForSItGoes: (seconds) => `Running for ${seconds}\u00a0s. It goes on if you leave this page.`,
  /** @param {string} answered @param {string} buyers */
  ofAnswered: (answered, buyers) => `${answered} of ${buyers} answered`,
});

const TICK_MILLISECONDS = 100;

/**
 * The progress of a stress test.
 * @param {{ signal: AbortSignal }} options
 */
export function simulationProgress({ signal }) {
  /** @type {Api.Simulation | null} */
  let run = null;
  const bar = element('progress', { class: 'progress', 'aria-label': TEXTS.buyersThatHaveTheirAnswer });
  const words = element('p', { class: 'progress-words' });
  const time = element('p', { class: 'soft' });
  const node = element('div', { class: 'progress-box', tabindex: '-1' }, words, bar, time);

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
      run = newest;
      setShown(node, run !== null);
      if (run === null) return;
      bar.max = run.users;
      // Until the first answer the crowd is still being created, and there is no share to show.
      if (run.answered > 0) bar.value = run.answered;
      else bar.removeAttribute('value');
      setText(words, TEXTS.ofAnswered(counted(run.answered), countOf(run.users, 'buyer')));
      show();
    },
  };
}
