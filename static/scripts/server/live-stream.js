// One stream of server-sent events that comes back by itself. Not EventSource: that gives up for good when it is refused,
// and says nothing of the heartbeat by which a dead connection is told from a quiet one.

import { noteServerTime } from './clock.js';

// The server says something every 15 seconds.
const SILENCE_MILLISECONDS_MAX = 40_000;
const RETRY_MILLISECONDS = 400;
// A server that restarts is back in seconds, and what is shown must be right soon after. One that stays away is not
// asked that often.
const RETRY_MILLISECONDS_MAX = 800;
const SHORT_FAILURES_MAX = 30;
const LONG_RETRY_MILLISECONDS = 5_000;
const REFUSED_MILLISECONDS = 15_000;

/**
 * Follows the stream at `path` until `signal` ends it: `onUp` when it has begun, `onMessage(name, data)` for each message,
 * `onDown` when it has ended or broken off. Then it is opened again, soon, and not by everybody at the same moment.
 */
export async function followStream(path, { signal, onUp, onDown, onMessage }) {
  const stream = { retry: RETRY_MILLISECONDS, failures: 0 };
  while (!signal.aborted) {
    let pause = 0;
    try {
      await readOnce(path, stream, signal, onUp, onMessage);
    } catch (error) {
      pause = error?.pause ?? 0;
    }
    if (signal.aborted) return;
    onDown();
    stream.failures += 1;
    await sleep(spread(Math.max(pause, pauseAfter(stream))), signal);
  }
}

class Refused extends Error {
  constructor(response) {
    super(`status ${response.status}`);
    const seconds = Number(response.headers.get('retry-after'));
    this.pause = Math.max(REFUSED_MILLISECONDS, Number.isFinite(seconds) ? seconds * 1000 : 0);
  }
}

async function readOnce(path, stream, signal, onUp, onMessage) {
  const silence = new AbortController();
  let timer = null;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MILLISECONDS_MAX);
  };
  alive();
  const sentAt = Date.now();
  try {
    const response = await fetch(path, {
      headers: { Accept: 'text/event-stream' },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!response.ok || !isStream) throw new Refused(response);
    noteServerTime(response.headers.get('date'), sentAt);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      stream.failures = 0;
      const blocks = (text + part.value).split('\n\n');
      text = blocks.pop();
      onUp();
      for (const block of blocks) take(block, stream, onMessage);
    }
  } finally {
    clearTimeout(timer);
  }
}

function take(block, stream, onMessage) {
  const fields = new Map();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  if (fields.has('retry')) stream.retry = Number(fields.get('retry')) || RETRY_MILLISECONDS;
  if (fields.has('data')) onMessage(fields.get('event') ?? 'message', JSON.parse(fields.get('data')));
}

function pauseAfter({ retry, failures }) {
  if (failures <= 1) return retry;
  return failures <= SHORT_FAILURES_MAX ? RETRY_MILLISECONDS_MAX : LONG_RETRY_MILLISECONDS;
}

function spread(milliseconds) {
  return milliseconds * (0.6 + 0.4 * Math.random());
}

function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
