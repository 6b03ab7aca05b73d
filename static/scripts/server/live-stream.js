// One stream of server-sent events that reconnects by itself. It is not an EventSource: that one gives up for good when
// it is refused, and hides the heartbeat that tells a dead connection from a quiet one.

import { pause, pauseOffline } from '../browser/network.js';
import { noteServerTime } from './clock.js';

// The server sends something every 15 seconds, and a message may take some seconds on a bad line.
const SILENCE_MILLISECONDS_MAX = 18_000;
const RETRY_MILLISECONDS = 400;
// A server that restarts is back in seconds, and the page must be up to date soon after. A server that stays away is
// asked less often.
const RETRY_MILLISECONDS_MAX = 800;
const SHORT_FAILURES_MAX = 30;
const LONG_RETRY_MILLISECONDS = 5_000;
const REFUSED_MILLISECONDS = 15_000;

/**
 * @typedef {object} StreamListener
 * @property {AbortSignal} signal ends the stream for good
 * @property {() => void} onUp called with every part that arrives
 * @property {(end: StreamEnd) => void} onDown called when the stream has ended or failed
 * @property {(name: string, data: unknown) => void} onMessage called with each message's event name and JSON data
 *
 * How a stream has ended: `dead` is one that the network has cut off, so that it will not be back in a moment.
 * @typedef {'ended' | 'dead'} StreamEnd
 *
 * @typedef {{ retry: number, failures: number }} StreamState `retry` is the server's reconnection pause in milliseconds
 */

/**
 * Follows the stream at `path` until `signal` aborts. After an end or a failure it reconnects soon, and at once when the
 * network is back. The pauses are spread, so that not everybody reconnects at the same moment.
 * @param {string} path
 * @param {StreamListener} listener
 */
export async function followStream(path, { signal, onUp, onDown, onMessage }) {
  const stream = { retry: RETRY_MILLISECONDS, failures: 0 };
  while (!signal.aborted) {
    let refusal = 0;
    /** @type {StreamEnd} */
    let end = 'ended';
    try {
      await readOnce(path, stream, signal, onUp, onMessage);
    } catch (error) {
      if (error instanceof Refused) refusal = error.pause;
      else if (error instanceof Dead) end = 'dead';
    }
    if (signal.aborted) return;
    onDown(end);
    stream.failures += 1;
    const length = spread(Math.max(refusal, pauseAfter(stream)));
    // A server that refused says when to come back, whatever the network does.
    await (refusal > 0 ? pause : pauseOffline)(length, signal);
  }
}

class Dead extends Error {}

class Refused extends Error {
  /** @param {Response} response */
  constructor(response) {
    super(`status ${response.status}`);
    const seconds = Number(response.headers.get('retry-after'));
    this.pause = Math.max(REFUSED_MILLISECONDS, Number.isFinite(seconds) ? seconds * 1000 : 0);
  }
}

/**
 * @param {string} path
 * @param {StreamState} stream
 * @param {AbortSignal} signal
 * @param {() => void} onUp
 * @param {StreamListener['onMessage']} onMessage
 */
async function readOnce(path, stream, signal, onUp, onMessage) {
  const life = lifeLine(signal);
  const sentAt = Date.now();
  try {
    const response = await fetch(path, {
      headers: { Accept: 'text/event-stream' },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: life.signal,
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!response.ok || !isStream || response.body === null) throw new Refused(response);
    noteServerTime(response.headers.get('date'), sentAt);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      life.beat();
      stream.failures = 0;
      const blocks = (text + part.value).split('\n\n');
      text = blocks.pop() ?? '';
      onUp();
      for (const block of blocks) take(block, stream, onMessage);
    }
  } catch (error) {
    throw life.isDead() ? new Dead('The stream is silent, or the network is gone.', { cause: error }) : error;
  } finally {
    life.end();
  }
}

/**
 * The signal that ends a request for a stream: when its reader gives it up, when it is silent for too long, and when the
 * browser has lost the network, because a cut connection may look like a quiet one for a long time.
 * @param {AbortSignal} signal
 */
function lifeLine(signal) {
  const dead = new AbortController();
  const over = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isUp = false;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => dead.abort(), SILENCE_MILLISECONDS_MAX);
  }

  wait();
  window.addEventListener('offline', () => dead.abort(), { signal: over.signal });
  // A request from before may wait for its connection for minutes. A stream that runs is left alone.
  window.addEventListener('online', () => isUp || dead.abort(), { signal: over.signal });
  return {
    signal: AbortSignal.any([signal, dead.signal]),
    isDead: () => dead.signal.aborted,
    beat() {
      isUp = true;
      wait();
    },
    end() {
      clearTimeout(timer);
      over.abort();
    },
  };
}

/**
 * @param {string} block one message, without the empty line at its end
 * @param {StreamState} stream
 * @param {StreamListener['onMessage']} onMessage
 */
function take(block, stream, onMessage) {
  const fields = new Map();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  if (fields.has('retry')) stream.retry = Number(fields.get('retry')) || RETRY_MILLISECONDS;
  const data = fields.get('data');
  if (data !== undefined) onMessage(fields.get('event') ?? 'message', JSON.parse(data));
}

/** @param {StreamState} stream */
function pauseAfter({ retry, failures }) {
  if (failures <= 1) return retry;
  return failures <= SHORT_FAILURES_MAX ? RETRY_MILLISECONDS_MAX : LONG_RETRY_MILLISECONDS;
}

/** @param {number} milliseconds */
function spread(milliseconds) {
  return milliseconds * (0.6 + 0.4 * Math.random());
}
