import { keepAwake } from '../browser/wake-lock.js';
import { element, setShown, setText } from '../ui/dom.js';
import { sentenceOf } from '../words/problems.js';
import { answerPanel } from './answer-panel.js';
import { cameraPart } from './camera.js';
import { countsPanel } from './counts-panel.js';
import { devicePanel } from './device-panel.js';
import { finder } from './finder.js';
import { gateAt } from './gate.js';
import { listenToKeys } from './key-scanner.js';
import { latestPanel } from './latest-panel.js';
import { allowSound, isSoundOn, signal as sound, switchSound } from './signals.js';
import { chipWords, noticeWords } from './state-words.js';
import { undoDialog } from './undo-dialog.js';

/** @import { Answer } from '../server/door-types.js' */
/** @import { GateState, Place, Subject } from './gate.js' */

const TEXTS = Object.freeze({
  change: 'Change event or gate',
  gate: (/** @type {string} */ gate, /** @type {string} */ device) => `${gate} · ${device}`,
  sound: 'Sound',
  signIn: 'Sign in',
  failed: 'This device can’t keep scans. Free some storage, or use another device.',
});

const SIGN_IN = '/sign-in?then=%2Fdoor';

/**
 * The scanner of a place.
 * @param {Place} place
 * @param {{ onChange: () => void, signal: AbortSignal }} options `onChange` leads back to the choice
 */
export function scanner(place, { onChange, signal }) {
  const { event } = place;
  const zone = event.time_zone;
  const gate = gateAt(place, signal);

  const latest = latestPanel(undo, zone);
  const panel = answerPanel({ onParty: (answer, numbers) => partyOf(answer, numbers), onUndo: undo }, zone);
  const counts = countsPanel(zone);
  const device = devicePanel(gate, zone);

  const chip = element('span', { class: 'badge chip' });
  const noticeText = element('span', {});
  const signIn = element('a', { href: SIGN_IN, class: 'button button-small', hidden: true }, TEXTS.signIn);
  const notice = element('div', { class: 'door-notice', role: 'status' }, noticeText, signIn);
  const soundButton = element(
    'button',
    { type: 'button', class: 'button button-small', 'aria-pressed': String(isSoundOn()) },
    TEXTS.sound,
  );
  soundButton.addEventListener('click', () => {
    switchSound(!isSoundOn());
    allowSound();
    soundButton.setAttribute('aria-pressed', String(isSoundOn()));
  });

  /** Scans are answered in their order. */
  let turn = Promise.resolve();

  /** @param {() => Promise<void>} work */
  function inTurn(work) {
    turn = turn.then(async () => {
      if (signal.aborted) return;
      panel.checking();
      try {
        await work();
      } catch (error) {
        panel.fail(error instanceof DOMException ? TEXTS.failed : sentenceOf(error));
        sound('warm');
      }
    });
  }

  /** @param {Subject} subject */
  function scan(subject) {
    inTurn(async () => {
      const checked = await gate.check(subject);
      panel.show(checked);
      heard(checked.answer.outcome);
      latest.add(checked);
    });
  }

  /**
   * @param {string} registrationId
   * @param {number[]} numbers
   */
  function party(registrationId, numbers) {
    inTurn(async () => {
      const all = await gate.checkParty(registrationId, numbers);
      panel.showParty(all);
      const refused = all.find(({ answer }) => answer.outcome !== 'ADMITTED');
      heard((refused ?? all[0])?.answer.outcome ?? 'UNKNOWN');
      for (const one of all) latest.add(one);
    });
  }

  /**
   * @param {Answer} answer
   * @param {number[]} numbers
   */
  function partyOf({ ticket }, numbers) {
    if (ticket !== null) party(ticket.registration_id, numbers);
  }

  /** @param {Answer['outcome']} outcome */
  function heard(outcome) {
    if (outcome === 'ADMITTED') sound('good');
    else sound(outcome === 'MISTYPED' || outcome === 'TOO_EARLY' ? 'warm' : 'bad');
  }

  /** @param {Answer} answer */
  async function undo(answer) {
    const done = await undoDialog(gate, answer);
    if (done) {
      latest.undone(answer.id);
      panel.undone(answer.id);
    }
    return done;
  }

  const onText = (/** @type {string} */ text) => scan({ kind: 'TEXT', text });
  const find = finder(
    gate,
    {
      onCode: onText,
      onTicket: (registration_id, number) => scan({ kind: 'TICKET', registration_id, number }),
      onParty: party,
    },
    zone,
  );

  /** @param {GateState} state */
  function show(state) {
    const { tone, text } = chipWords(state);
    chip.className = `badge badge-${tone} chip`;
    setText(chip, text);
    setText(noticeText, noticeWords(state, zone));
    setShown(notice, noticeText.textContent !== '');
    setShown(signIn, state.hold !== null);
    counts.show(state);
    device.show(state);
  }

  const node = element(
    'div',
    { class: 'scanner' },
    element(
      'header',
      { class: 'door-head' },
      element(
        'div',
        { class: 'door-where' },
        element('h1', { tabindex: '-1' }, event.title),
        element('p', { class: 'soft' }, TEXTS.gate(place.gate, place.device)),
      ),
      chip,
      element(
        'div',
        { class: 'actions' },
        soundButton,
        element('button', { type: 'button', class: 'button button-small', onclick: onChange }, TEXTS.change),
      ),
    ),
    notice,
    element('div', { class: 'door-work' }, panel.node, cameraPart(onText, signal), find, device.settling),
    element('div', { class: 'door-side' }, counts.node, latest.node, device.node),
  );

  gate.onChange(show);
  show(gate.state());
  keepAwake(signal);
  listenToKeys(onText, signal);
  document.addEventListener('pointerup', allowSound, { signal });
  document.addEventListener('keydown', allowSound, { signal });
  gate.begin().catch((error) => panel.fail(error instanceof DOMException ? TEXTS.failed : sentenceOf(error)));
  return node;
}
