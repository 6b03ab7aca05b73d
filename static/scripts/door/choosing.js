import { doors } from '../server/door-api.js';
import { isAbort, Problem, Unreachable } from '../server/failures.js';
import * as session from '../server/session.js';
import { element, setShown, setText } from '../ui/dom.js';
import { sentenceOf } from '../words/problems.js';
import { normalized, strayError } from '../words/text.js';
import { dateAndTime } from '../words/times.js';
import { allLists, allScans, dropList } from './kept/database.js';
import { lastPlace } from './places.js';
import { allowSound } from './signals.js';
import { unsentWords } from './state-words.js';
import { saveUnsent } from './unsent-file.js';

/** @import { Place } from './gate.js' */

const TEXTS = Object.freeze({
  title: 'Scanner',
  intro: 'Check people in at the door, also while there is no network.',
  event: 'Event',
  gate: 'Gate',
  gateHint: 'As it is called at the venue. Counts are kept for each gate.',
  mainGate: 'Main entrance',
  device: 'Device',
  deviceHint: 'A name by which you find this device again.',
  phone: 'Phone 1',
  start: 'Start scanning',
  signInFirst: 'Sign in with the account that works at the door.',
  signIn: 'Sign in',
  none: 'There is no event at which you can check people in. An organizer can add you to the door staff of an event.',
  loading: 'Loading your events…',
  away: 'The server doesn’t answer. These events are on this device:',
  nothingHere: 'The server doesn’t answer, and no event is on this device yet. Open the scanner once with a network.',
  again: 'Try again',
  save: 'Save unsent scans as a file',
  chooseEvent: 'Choose an event.',
  needed: 'This field is required.',
  back: 'To the events',
});

const ANSWER_MILLISECONDS = 5000;
const GATE_CHARACTERS_MAX = 40;
const DEVICE_CHARACTERS_MAX = 60;
/** A list with names of people does not stay longer than it is of use. */
const KEPT_AFTER_END_MILLISECONDS = 24 * 60 * 60_000;

/**
 * The choice of the event, the gate and the device.
 * @param {{ onChoice: (place: Place) => void, signal: AbortSignal }} options
 */
export function choosing({ onChoice, signal }) {
  const body = element(
    'div',
    { class: 'choosing-body' },
    element('p', { class: 'soft', role: 'status' }, TEXTS.loading),
  );
  const unsent = element('p', { class: 'consequences', hidden: true });
  const save = element('button', { type: 'button', class: 'button', hidden: true, onclick: saveUnsent }, TEXTS.save);
  const node = element(
    'div',
    { class: 'choosing' },
    element('h1', { tabindex: '-1' }, TEXTS.title),
    element('p', { class: 'soft' }, TEXTS.intro),
    unsent,
    save,
    body,
    element('p', {}, element('a', { href: '/events' }, TEXTS.back)),
  );

  async function showUnsent() {
    const scans = await allScans();
    const setAside = scans.filter(({ state }) => state === 'SET_ASIDE').length;
    const waiting = scans.filter(({ state }) => state === 'WAITING').length;
    setText(unsent, unsentWords({ waiting, setAside }));
    setShown(unsent, waiting + setAside > 0);
    setShown(save, waiting + setAside > 0);
  }

  async function load() {
    body.replaceChildren(element('p', { class: 'soft', role: 'status' }, TEXTS.loading));
    try {
      const events = await doors(signal, ANSWER_MILLISECONDS);
      await dropOldLists(events).catch(reportError);
      body.replaceChildren(events.length === 0 ? element('p', {}, TEXTS.none) : form(events));
    } catch (error) {
      if (isAbort(error)) return;
      body.replaceChildren(...(await insteadOf(error)));
    }
  }

  /** @param {unknown} error */
  async function insteadOf(error) {
    const again = element('button', { type: 'button', class: 'button', onclick: load }, TEXTS.again);
    if (error instanceof Problem && error.status === 401)
      return [
        element('p', {}, TEXTS.signInFirst),
        element('a', { class: 'button button-primary button-large', href: '/sign-in?then=%2Fdoor' }, TEXTS.signIn),
      ];
    const isAway = error instanceof Unreachable || (error instanceof Problem && error.status >= 500);
    if (!isAway) return [element('p', { class: 'form-error', role: 'alert' }, sentenceOf(error)), again];
    const kept = await allLists().catch(() => []);
    if (kept.length === 0) return [element('p', { role: 'alert' }, TEXTS.nothingHere), again];
    return [element('p', { role: 'status' }, TEXTS.away), form(kept.map(({ door }) => door.event)), again];
  }

  /** @param {Api.DoorEvent[]} events */
  function form(events) {
    const last = lastPlace();
    const chosen = events.find(({ id }) => id === last?.event.id) ?? (events.length === 1 ? events[0] : undefined);
    const choices = events.map((event) => {
      const input = element('input', { type: 'radio', name: 'event', value: event.id, checked: event === chosen });
      const when = `${dateAndTime(event.starts_at, event.time_zone)} · ${event.location}`;
      const words = element('span', {}, event.title, element('span', { class: 'hint' }, when));
      return { event, input, node: element('label', { class: 'choice' }, input, words) };
    });
    const gate = field('gate', {
      label: TEXTS.gate,
      hint: TEXTS.gateHint,
      value: last?.gate ?? TEXTS.mainGate,
      most: GATE_CHARACTERS_MAX,
    });
    const device = field('device', {
      label: TEXTS.device,
      hint: TEXTS.deviceHint,
      value: last?.device ?? TEXTS.phone,
      most: DEVICE_CHARACTERS_MAX,
    });
    const error = element('p', { class: 'field-error', role: 'alert' });
    const made = element(
      'form',
      { class: 'form', novalidate: true },
      element(
        'fieldset',
        { class: 'choices' },
        element('legend', {}, TEXTS.event),
        choices.map((one) => one.node),
      ),
      error,
      gate.node,
      device.node,
      element('button', { class: 'button button-primary button-large' }, TEXTS.start),
    );
    made.addEventListener('submit', (submit) => {
      submit.preventDefault();
      const event = choices.find(({ input }) => input.checked)?.event;
      setText(error, event === undefined ? TEXTS.chooseEvent : '');
      const [gateName, deviceName] = [gate.read(), device.read()];
      if (event === undefined) choices[0]?.input.focus();
      if (event === undefined || gateName === null || deviceName === null) return;
      allowSound();
      onChoice({ event, gate: gateName, device: deviceName });
    });
    return made;
  }

  session.onChange(() => {
    if (!signal.aborted) load();
  });
  showUnsent().catch(() => {});
  load();
  return node;
}

/**
 * A line of text that must not be empty.
 * @param {string} id
 * @param {{ label: string, hint: string, value: string, most: number }} options
 */
function field(id, { label, hint, value, most }) {
  const input = element('input', {
    class: 'input',
    id,
    value,
    maxlength: most,
    autocomplete: 'off',
    'aria-describedby': `${id}-hint ${id}-error`,
  });
  const error = element('p', { class: 'field-error', id: `${id}-error` });
  const node = element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    input,
    element('p', { class: 'hint', id: `${id}-hint` }, hint),
    error,
  );

  function read() {
    const text = normalized(input.value);
    const fault = text === '' ? TEXTS.needed : strayError(text);
    setText(error, fault ?? '');
    input.setAttribute('aria-invalid', String(fault !== null));
    if (fault !== null) input.focus();
    return fault === null ? text : null;
  }

  return { node, read };
}

/**
 * Drops the lists of events at which the signed-in person no longer checks in, some time after their end.
 * @param {Api.DoorEvent[]} events
 */
async function dropOldLists(events) {
  const current = new Set(events.map(({ id }) => id));
  for (const { event_id, door } of await allLists()) {
    const isOver = Date.now() - Date.parse(door.event.ends_at) > KEPT_AFTER_END_MILLISECONDS;
    if (!current.has(event_id) || isOver) await dropList(event_id);
  }
}
