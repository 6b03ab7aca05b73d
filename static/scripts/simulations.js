// Stress tests that this page started. They are kept here, not in the view, so that one may leave and come back.

import * as api from './api.js';

const runs = new Map();
const changes = new EventTarget();

/**
 * The last run for an event, or null: `{ state, users, onItself, startedAt, report?, error? }`. States: running, done,
 * failed.
 */
export function runOf(eventId) {
  return runs.get(eventId) ?? null;
}

/** Starts a run; its end is told to the listeners. `onItself` is whether it is expected to be on the event itself. */
export async function start(eventId, users, onItself) {
  const run = { state: 'running', users, onItself, startedAt: performance.now() };
  set(eventId, run);
  try {
    const report = await api.simulate(eventId, users);
    set(eventId, { ...run, state: 'done', report });
  } catch (error) {
    set(eventId, { ...run, state: 'failed', error });
  }
}

/** Forgets the last run. */
export function forget(eventId) {
  runs.delete(eventId);
}

/** Calls `listener` when a run starts or ends, until `signal` ends it. */
export function onChange(listener, signal) {
  changes.addEventListener('change', listener, { signal });
}

function set(eventId, run) {
  runs.set(eventId, run);
  changes.dispatchEvent(new Event('change'));
}
