// One stream for all tabs of a browser, because a browser opens only six connections to a server. Any visible tab that
// holds a lock leads: it follows the stream and tells the other tabs over a channel. A hidden, closed or crashed tab
// passes the lock on, so that a tab that the browser has suspended never leads.

import { followStream } from './live-stream.js';

/** @import { StreamEnd } from './live-stream.js' */

/**
 * One message of the stream: an event's numbers, or (under the name `gone`) that nobody may see the event.
 * @typedef {Api.LiveEvent | Api.LiveGone} News
 *
 * @typedef {object} Listener
 * @property {(name: string, data: News) => void} onNews called for each message about an event that a tab shows
 * @property {(end: StreamEnd) => void} onLost called when no messages come for now
 *
 * @typedef {{ type: 'news', name: string, data: News }} NewsMessage
 * @typedef {NewsMessage | { type: 'beat' } | { type: 'lost', end: StreamEnd }} LeaderMessage
 * @typedef {{ type: 'lead' } | { type: 'here' } | { type: 'shows', ids: string[] }} TabMessage
 *
 * @typedef {object} Leader
 * @property {() => void} gather follows, shortly, all events that the tabs show now
 * @property {(ids: string[], to: (message: NewsMessage) => void) => void} repeat
 * @property {(tab: string) => void} takeHere
 * @property {(tab: string, ids: string[]) => void} takeShown
 *
 * @typedef {{ ids: Set<string>, leaving: AbortController, up: boolean }} Stream
 */

const NAME = 'onsale.live';
const EVENTS_MAX = 100;
// Tabs that open together share one stream from the start.
const GATHER_MILLISECONDS = 60;
// Events that no tab shows any more stay in the stream until nothing else has changed for this long.
const SHRINK_MILLISECONDS = 10_000;
const BEAT_MILLISECONDS = 5_000;
const SILENCE_MILLISECONDS_MAX = 12_000;

const own = `${Date.now()}.${Math.random()}`;
/** @type {Set<Listener>} */
const listeners = new Set();
const channel = canShare() ? new BroadcastChannel(NAME) : null;
/** @type {string[]} */
let shown = [];
/** @type {AbortController | null} */
let asking = null;
/** @type {Leader | null} */
let leading = null;
let heardAt = 0;

/** Whether this browser can share a stream. It needs a secure context. */
export function canShare() {
  return Boolean(navigator.locks) && typeof BroadcastChannel === 'function' && typeof TextDecoderStream === 'function';
}

/**
 * Adds a listener for the shared stream.
 * @param {Listener} listener
 */
export function listen(listener) {
  listeners.add(listener);
}

/**
 * Sets the events that this tab shows. A hidden tab shows none.
 * @param {string[]} ids
 */
export function show(ids) {
  const same = ids.length === shown.length && ids.every((id, index) => id === shown[index] || shown.includes(id));
  if (channel === null || same) return;
  shown = ids;
  post({ type: 'shows', ids });
  if (ids.length === 0) {
    resign();
    hear({ type: 'lost', end: 'ended' });
  } else if (leading !== null) {
    leading.repeat(ids, hear);
    leading.gather();
  } else {
    standForLead();
  }
}

function standForLead() {
  if (asking !== null) return;
  const leaving = new AbortController();
  asking = leaving;
  navigator.locks
    .request(NAME, { signal: leaving.signal }, () => lead(leaving.signal))
    .catch(() => {})
    .finally(() => {
      if (asking === leaving) asking = null;
    });
}

function resign() {
  const leaving = asking;
  asking = null;
  leaving?.abort();
}

/**
 * Leads until `signal` aborts. The lock is held until the promise resolves.
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function lead(signal) {
  if (signal.aborted) return Promise.resolve();
  /** @type {Map<string, { ids: string[], at: number }>} */
  const tabs = new Map();
  /** @type {Map<string, NewsMessage>} */
  const known = new Map();
  /** @type {Stream | null} */
  let stream = null;
  /** @type {Stream[]} */
  let retired = [];
  /** @type {number | null} */
  let gathering = null;
  /** @type {number | undefined} */
  let shrinking;

  function gather() {
    gathering ??= setTimeout(() => {
      gathering = null;
      follow();
    }, GATHER_MILLISECONDS);
  }

  function follow() {
    clearTimeout(shrinking);
    forgetSilentTabs();
    const wanted = [...new Set([shown, ...[...tabs.values()].map(({ ids }) => ids)].flat())].slice(0, EVENTS_MAX);
    if (wanted.length === 0) return;
    const followed = stream?.ids;
    if (followed !== undefined && wanted.every((id) => followed.has(id))) {
      if (wanted.length < followed.size) shrinking = setTimeout(() => open(wanted), SHRINK_MILLISECONDS);
    } else {
      open(wanted);
    }
  }

  /**
   * Opens a stream. The old one goes on until the new one has begun.
   * @param {string[]} ids
   */
  function open(ids) {
    if (stream?.up) retired.push(stream);
    else stream?.leaving.abort();
    /** @type {Stream} */
    const opened = { ids: new Set(ids), leaving: new AbortController(), up: false };
    stream = opened;
    for (const id of known.keys()) if (!opened.ids.has(id)) known.delete(id);
    followStream(`/live?events=${ids.join(',')}`, {
      signal: AbortSignal.any([signal, opened.leaving.signal]),
      onUp() {
        if (opened.up) return;
        opened.up = true;
        if (stream === opened) retire();
      },
      onDown(end) {
        opened.up = false;
        if (!stream?.up && !retired.some(({ up }) => up)) lost(end);
      },
      onMessage(name, sent) {
        const data = /** @type {News} */ (sent);
        if (isOlder(data, known.get(data.id)?.data)) return;
        /** @type {NewsMessage} */
        const message = { type: 'news', name, data };
        known.set(data.id, message);
        tell(message);
      },
    });
  }

  function retire() {
    for (const old of retired) old.leaving.abort();
    retired = [];
  }

  /** @param {LeaderMessage} message */
  function tell(message) {
    post(message);
    hear(message);
  }

  /** @param {StreamEnd} end */
  function lost(end) {
    known.clear();
    tell({ type: 'lost', end });
  }

  /** @type {Leader['repeat']} */
  function repeat(ids, to) {
    for (const id of ids) {
      const message = known.get(id);
      if (message !== undefined) to(message);
    }
  }

  function forgetSilentTabs() {
    for (const [tab, { at }] of tabs) if (Date.now() - at > 3 * BEAT_MILLISECONDS) tabs.delete(tab);
  }

  const beat = setInterval(() => {
    forgetSilentTabs();
    if (stream?.up) tell({ type: 'beat' });
    gather();
  }, BEAT_MILLISECONDS);

  leading = {
    gather,
    repeat,
    takeHere(tab) {
      const told = tabs.get(tab);
      if (told !== undefined) told.at = Date.now();
      else post({ type: 'lead' });
    },
    takeShown(tab, ids) {
      if (ids.length === 0) tabs.delete(tab);
      else tabs.set(tab, { ids, at: Date.now() });
      repeat(ids, post);
      gather();
    },
  };
  post({ type: 'lead' });
  follow();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearInterval(beat);
      if (gathering !== null) clearTimeout(gathering);
      clearTimeout(shrinking);
      leading = null;
      resolve();
    });
  });
}

/**
 * Whether a message is older than the last one about the same event: the old stream and the new one may overlap.
 * @param {News} data
 * @param {News | undefined} before
 */
function isOlder(data, before) {
  if (before === undefined || !('last_decision' in before) || !('last_decision' in data)) return false;
  return data.last_decision < before.last_decision;
}

/** @param {LeaderMessage | TabMessage} message */
function post(message) {
  channel?.postMessage({ ...message, tab: own });
}

/** @param {LeaderMessage} message */
function hear(message) {
  heardAt = message.type === 'lost' ? 0 : Date.now();
  for (const { onNews, onLost } of listeners) {
    if (message.type === 'news') onNews(message.name, message.data);
    if (message.type === 'lost') onLost(message.end);
  }
}

if (channel !== null) {
  channel.addEventListener('message', ({ data }) => {
    /** @type {(LeaderMessage | TabMessage) & { tab: string }} */
    const message = data;
    if (message.type === 'shows') leading?.takeShown(message.tab, message.ids);
    else if (message.type === 'here') leading?.takeHere(message.tab);
    else if (message.type === 'lead') {
      if (shown.length > 0) post({ type: 'shows', ids: shown });
    } else hear(message);
  });
  setInterval(() => {
    if (shown.length === 0) return;
    // The leader forgets silent tabs, and a tab notices a silent leader.
    if (leading === null) post({ type: 'here' });
    if (asking === null) standForLead();
    if (heardAt > 0 && Date.now() - heardAt > SILENCE_MILLISECONDS_MAX) hear({ type: 'lost', end: 'ended' });
  }, BEAT_MILLISECONDS);
}
