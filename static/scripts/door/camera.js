import { shared } from '../browser/storage.js';
import { element, setShown, setText } from '../ui/dom.js';
import { decoder } from './decoder.js';

/** @import { Decoder } from './decoder.js' */

const TEXTS = Object.freeze({
  useCamera: 'Scan with the camera',
  stopCamera: 'Stop the camera',
  light: 'Light',
  hold: 'Hold the QR code into the frame.',
  refused: 'The camera is not allowed. Allow it for this page in the browser’s settings, then try again.',
  missing: 'This device has no camera. Use a hand scanner, or type the code.',
  failed: 'The camera could not be started. Another program may be using it.',
  insecure: 'The camera needs HTTPS. Use a hand scanner, or type the code.',
  noDecoder: 'The reader of QR codes could not be loaded. Reload the page.',
  picture: 'Picture of the camera',
});

const KEY = 'onsale.door.camera';
/** A code that stays in the picture is read once. */
const SAME_MILLISECONDS = 2500;
/** Between two pictures at least, and as long as reading one took: the page must answer fingers meanwhile. */
const PAUSE_MILLISECONDS = 60;

/**
 * The camera with its buttons.
 * @param {(text: string) => void} onScan
 * @param {AbortSignal} signal
 */
export function cameraPart(onScan, signal) {
  const video = element('video', { class: 'camera-picture', playsinline: true, 'aria-label': TEXTS.picture });
  video.muted = true;
  const hint = element('p', { class: 'hint' }, TEXTS.hold);
  const frame = element(
    'div',
    { class: 'camera-frame', hidden: true },
    video,
    element('span', { class: 'camera-sight' }),
  );
  const error = element('p', { class: 'form-error', role: 'alert' });
  const label = element('span', {}, TEXTS.useCamera);
  const start = element('button', { type: 'button', class: 'button button-large' }, label);
  const light = element(
    'button',
    { type: 'button', class: 'button', 'aria-pressed': 'false', hidden: true },
    TEXTS.light,
  );
  const node = element(
    'section',
    { class: 'camera' },
    frame,
    element('div', { class: 'actions' }, start, light),
    hint,
    error,
  );
  setShown(hint, false);

  /** @type {MediaStream | null} */
  let stream = null;
  /** @type {Promise<Decoder> | undefined} */
  let reading;
  let last = { text: '', seen: -Infinity };

  function show() {
    const on = stream !== null;
    setShown(frame, on);
    setShown(hint, on);
    setText(label, on ? TEXTS.stopCamera : TEXTS.useCamera);
    start.classList.toggle('button-primary', !on);
    const track = stream?.getVideoTracks()[0];
    // Not every browser knows it, and tsc does not either.
    setShown(light, Boolean(track?.getCapabilities && 'torch' in track.getCapabilities()));
    light.setAttribute('aria-pressed', 'false');
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
    show();
  }

  async function open() {
    setText(error, '');
    if (navigator.mediaDevices === undefined) {
      setText(error, TEXTS.insecure);
      return;
    }
    try {
      const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
      const opened = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      if (signal.aborted || stream !== null) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      stream = opened;
      video.srcObject = opened;
      await video.play();
    } catch (failure) {
      stop();
      setText(error, sentenceFor(failure));
      return;
    }
    show();
    read(stream);
  }

  /** @param {MediaStream} of */
  async function read(of) {
    reading ??= decoder();
    let decode;
    try {
      decode = await reading;
    } catch {
      reading = undefined;
      stop();
      setText(error, TEXTS.noDecoder);
      return;
    }
    while (stream === of && !signal.aborted) {
      const began = performance.now();
      const text = await decode(video).catch(() => null);
      if (text !== null && text !== '') take(text);
      const took = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, Math.max(PAUSE_MILLISECONDS, took)));
    }
  }

  /** @param {string} text */
  function take(text) {
    const now = performance.now();
    const isSame = text === last.text && now - last.seen < SAME_MILLISECONDS;
    last = { text, seen: now };
    if (!isSame) onScan(text);
  }

  start.addEventListener('click', () => {
    shared.write(KEY, stream === null ? 'on' : 'off');
    if (stream === null) open();
    else stop();
  });
  light.addEventListener('click', async () => {
    const on = light.getAttribute('aria-pressed') !== 'true';
    const track = stream?.getVideoTracks()[0];
    try {
      await track?.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: on }] }));
      light.setAttribute('aria-pressed', String(on));
    } catch {
      setShown(light, false);
    }
  });
  // A hidden page has no use for the camera, and its lamp would say otherwise.
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) stop();
      else if (shared.read(KEY) === 'on') open();
    },
    { signal },
  );
  signal.addEventListener('abort', stop);
  show();
  if (shared.read(KEY) === 'on') open();
  return node;
}

/** @param {unknown} failure */
function sentenceFor(failure) {
  const name = failure instanceof DOMException ? failure.name : '';
  if (name === 'NotAllowedError') return TEXTS.refused;
  return name === 'NotFoundError' ? TEXTS.missing : TEXTS.failed;
}
