// Keeps what is shown of events up to date: by a stream that all tabs share, and by asking again and again for whatever
// the stream does not bring (drafts, a browser or a network that lets no stream through).

import * as api from './api.js';
import { isAbort, Problem } from './failures.js';
import { canShare, listen, show } from './live-tabs.js';
import { repeat } from '../browser/polling.js';

const EVERY_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 250;
// A server may answer with what it read that long ago.
const ANSWER_AGE_MILLISECONDS = 250;
// Everybody learns of an edit at the same moment.
const SPREAD_MILLISECONDS = 400;
const PAGE_EVENTS = 20;
const PAGE_EVENTS_MAX = 100;
const PAGES_MAX = 3;

const watchers = new Set();
// What the stream said last of each event that this tab shows.
const streamed = new Map();
// Those that it may not tell of.
const hidden = new Set();

/**
 * Calls `onEvent` with the newest state of the events that `ids()` names, as it comes in, until `signal` ends it, and
 * `onConnection` with whether the server could be reached. `q` is the search that found the events, if one did.
 */
export function watchEvents({ ids, onEvent, onConnection = () => {}, q = '' }, signal) {
  // The whole event, as it was read last: the stream has its numbers only.
  const whole = new Map();
  let incomplete = new Set();
  let completing = null;
  // Not streamed when it was last looked: what has just been asked of the stream gets a moment.
  let overdue = new Set();

  function take(event) {
    whole.set(event.id, event);
    onEvent(withNumbers(event, streamed.get(event.id)));
  }

  function isComplete(id) {
    return !streamed.has(id) || whole.get(id)?.edit_version >= streamed.get(id).edit_version;
  }

  function update(id) {
    const event = whole.get(id);
    onConnection(true);
    if (event !== undefined) onEvent(withNumbers(event, streamed.get(id)));
    if (isComplete(id)) return;
    incomplete.add(id);
    const pause = event === undefined ? 0 : ANSWER_AGE_MILLISECONDS + Math.random() * SPREAD_MILLISECONDS;
    completing ??= setTimeout(complete, pause);
  }

  async function complete() {
    const wanted = [...incomplete];
    incomplete = new Set();
    try {
      await read(new Set(wanted));
    } catch {
      // It is tried again below.
    }
    completing = null;
    if (signal.aborted) return;
    // Those that came up meanwhile need not wait; one that failed, or was read too soon, does.
    const pause = [...incomplete].some((id) => !wanted.includes(id)) ? 0 : EVERY_MILLISECONDS;
    for (const id of wanted) if (!isComplete(id)) incomplete.add(id);
    if (incomplete.size > 0) completing = setTimeout(complete, pause);
  }

  async function read(wanted) {
    if (wanted.size === 1) take((await api.event([...wanted][0], signal)).event);
    else await readMany(wanted, q, take, signal);
  }

  async function askAgain() {
    const missing = [...ids()].filter((id) => !streamed.has(id));
    const due = missing.filter((id) => overdue.has(id) || hidden.has(id) || !canShare());
    overdue = new Set(missing);
    if (due.length === 0) return;
    try {
      await read(new Set(due));
      onConnection(true);
    } catch (error) {
      if (!isAbort(error)) onConnection(error instanceof Problem && error.status < 500);
      throw error;
    }
  }

  const watcher = {
    ids,
    onNews(id) {
      if ([...ids()].includes(id)) update(id);
    },
    look() {
      for (const id of ids()) if (!isComplete(id) && completing === null) update(id);
    },
  };
  watchers.add(watcher);
  signal.addEventListener(
    'abort',
    () => {
      watchers.delete(watcher);
      clearTimeout(completing);
    },
    { once: true },
  );
  setTimeout(look);
  repeat(EVERY_MILLISECONDS, askAgain, signal);
}

// A change of words is not known before they have been read, and what was read may be newer.
function withNumbers(event, streamedLast) {
  if (streamedLast === undefined || event.edit_version > streamedLast.edit_version) return event;
  const { last_decision: _decision, edit_version: _version, ...numbers } = streamedLast;
  return { ...event, ...numbers };
}

async function readMany(wanted, q, onEvent, signal) {
  // Whole pages like those that the list is made of, so that all readers ask the same and one answer serves them.
  const limit = Math.min(PAGE_EVENTS_MAX, Math.ceil(wanted.size / PAGE_EVENTS) * PAGE_EVENTS);
  let cursor = null;
  for (let page = 0; page < PAGES_MAX && wanted.size > 0; page += 1) {
    const { items, next_cursor: next } = await api.events({ q, cursor, limit }, signal);
    for (const event of items) if (wanted.delete(event.id)) onEvent(event);
    cursor = next;
    if (!next) break;
  }
  // What is not in the list any more was cancelled or is over. One each time is enough: that happens rarely.
  const missing = [...wanted];
  if (missing.length > 0) onEvent((await api.event(missing[Math.floor(Math.random() * missing.length)], signal)).event);
}

/** Says what this tab shows, and gives those who have just begun what is known already. */
function look() {
  const all = new Set(document.hidden ? [] : [...watchers].flatMap(({ ids }) => [...ids()]));
  for (const known of [streamed, hidden]) for (const id of known.keys()) if (!all.has(id)) known.delete(id);
  show([...all]);
  for (const watcher of watchers) watcher.look();
}

listen({
  onNews(name, data) {
    if (name === 'gone') {
      hidden.add(data.id);
      return;
    }
    hidden.delete(data.id);
    streamed.set(data.id, data);
    for (const watcher of watchers) watcher.onNews(data.id);
  },
  onLost() {
    streamed.clear();
    hidden.clear();
  },
});
document.addEventListener('visibilitychange', look);
window.addEventListener('pagehide', () => show([]));
setInterval(look, LOOK_MILLISECONDS);
