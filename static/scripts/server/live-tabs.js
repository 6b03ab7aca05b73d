// One stream for all tabs of a browser, which has only six connections to a server. Whichever visible tab holds a lock
// leads: it follows the stream and tells the others over a channel. The lock goes on when the tab is hidden, closed or
// crashed, so that a tab that the browser has put to sleep never leads.

import { followStream } from './live-stream.js';

const NAME = 'onsale.live';
const EVENTS_MAX = 100;
// Tabs that open together are served by one stream.
const GATHER_MILLISECONDS = 60;
// What nobody shows any more is dropped when nothing else has come up for that long.
const SHRINK_MILLISECONDS = 10_000;
const BEAT_MILLISECONDS = 5_000;
const SILENCE_MILLISECONDS_MAX = 12_000;

const own = `${Date.now()}.${Math.random()}`;
const listeners = new Set();
const channel = canShare() ? new BroadcastChannel(NAME) : null;
let shown = [];
let asking = null;
let leading = null;
let heardAt = 0;

/** Whether this browser can share a stream. It needs a secure context. */
export function canShare() {
  return Boolean(navigator.locks) && typeof BroadcastChannel === 'function' && typeof TextDecoderStream === 'function';
}

/** Calls `onNews(name, data)` for every message about events that a tab shows, and `onLost` when none will come for now. */
export function listen(listener) {
  listeners.add(listener);
}

/** Says which events this tab shows, instead of those that it said before. None when it is hidden. */
export function show(ids) {
  const same = ids.length === shown.length && ids.every((id) => shown.includes(id));
  if (channel === null || same) return;
  shown = ids;
  post({ type: 'shows', ids });
  if (ids.length === 0) {
    resign();
    hear({ type: 'lost' });
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

/** Leads until `signal` ends it. */
function lead(signal) {
  if (signal.aborted) return undefined;
  const tabs = new Map();
  const known = new Map();
  let stream = null;
  let retired = [];
  let gathering = null;
  let shrinking = null;

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
    if (stream !== null && wanted.every((id) => stream.ids.has(id))) {
      if (wanted.length < stream.ids.size) shrinking = setTimeout(() => open(wanted), SHRINK_MILLISECONDS);
    } else {
      open(wanted);
    }
  }

  // The old stream goes on until the new one has begun.
  function open(ids) {
    if (stream?.up) retired.push(stream);
    else stream?.leaving.abort();
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
      onDown() {
        opened.up = false;
        if (![stream, ...retired].some(({ up }) => up)) lost();
      },
      onMessage(name, data) {
        if (isOlder(data, known.get(data.id)?.data)) return;
        known.set(data.id, { type: 'news', name, data });
        tell(known.get(data.id));
      },
    });
  }

  function retire() {
    for (const old of retired) old.leaving.abort();
    retired = [];
  }

  function tell(message) {
    post(message);
    hear(message);
  }

  function lost() {
    known.clear();
    tell({ type: 'lost' });
  }

  function repeat(ids, to) {
    for (const id of ids) if (known.has(id)) to(known.get(id));
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
      if (tabs.has(tab)) tabs.get(tab).at = Date.now();
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
      clearTimeout(gathering);
      clearTimeout(shrinking);
      leading = null;
      resolve();
    });
  });
}

// The old stream and the new one may both still speak.
function isOlder(data, before) {
  if (before?.last_decision === undefined || data.last_decision === undefined) return false;
  return data.last_decision < before.last_decision;
}

function post(message) {
  channel.postMessage({ ...message, tab: own });
}

function hear({ type, name, data }) {
  heardAt = type === 'lost' ? 0 : Date.now();
  for (const { onNews, onLost } of listeners) {
    if (type === 'news') onNews(name, data);
    if (type === 'lost') onLost();
  }
}

if (channel !== null) {
  channel.addEventListener('message', ({ data: message }) => {
    if (message.type === 'shows') leading?.takeShown(message.tab, message.ids);
    else if (message.type === 'here') leading?.takeHere(message.tab);
    else if (message.type === 'lead') {
      if (shown.length > 0) post({ type: 'shows', ids: shown });
    } else hear(message);
  });
  setInterval(() => {
    if (shown.length === 0) return;
    // The leader counts on those that speak, and those on the leader.
    if (leading === null) post({ type: 'here' });
    if (asking === null) standForLead();
    if (heardAt > 0 && Date.now() - heardAt > SILENCE_MILLISECONDS_MAX) hear({ type: 'lost' });
  }, BEAT_MILLISECONDS);
}
