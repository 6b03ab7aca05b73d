// An answer that is heard and felt: the person at the door looks at people, not at the screen.

import { shared } from '../browser/storage.js';

/** @import { Tone } from './answer-words.js' */

const KEY = 'onsale.door.sound';

/**
 * Notes of each tone: frequency in hertz, start and length in seconds.
 * @type {Record<Tone, [number, number, number][]>}
 */
const NOTES = {
  good: [
    [880, 0, 0.09],
    [1320, 0.1, 0.12],
  ],
  warm: [
    [520, 0, 0.14],
    [520, 0.2, 0.14],
  ],
  bad: [[170, 0, 0.45]],
};
/** @type {Record<Tone, number[]>} */
const VIBRATIONS = { good: [60], warm: [90, 70, 90], bad: [350] };
const LOUDNESS = 0.25;

/** @type {AudioContext | undefined} */
let audio;

/** Whether answers are heard. */
export function isSoundOn() {
  return shared.read(KEY) !== 'off';
}

/** @param {boolean} on */
export function switchSound(on) {
  if (on) shared.remove(KEY);
  else shared.write(KEY, 'off');
}

/** Lets later answers be heard. Browsers allow that only while somebody presses something. */
export function allowSound() {
  if (!isSoundOn() || navigator.userActivation?.isActive === false) return;
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') audio.resume().catch(() => {});
  } catch {
    // A device without sound still shows colours and shapes.
  }
}

/** @param {Tone} tone */
export function signal(tone) {
  navigator.vibrate?.(VIBRATIONS[tone]);
  if (audio === undefined || audio.state !== 'running' || !isSoundOn()) return;
  for (const [frequency, start, length] of NOTES[tone]) play(audio, tone, { frequency, start, length });
}

/**
 * @param {AudioContext} context
 * @param {Tone} tone
 * @param {{ frequency: number, start: number, length: number }} note
 */
function play(context, tone, { frequency, start, length }) {
  const from = context.currentTime + start;
  const oscillator = new OscillatorNode(context, { frequency, type: tone === 'good' ? 'sine' : 'square' });
  const volume = new GainNode(context, { gain: 0 });
  // A sudden start or end would click.
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01);
  volume.gain.setValueAtTime(LOUDNESS, from + length - 0.02);
  volume.gain.linearRampToValueAtTime(0, from + length);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + length);
}
