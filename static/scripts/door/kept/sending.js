// Sends kept scans to the server, in the order in which they were made. A lock keeps two tabs from sending at once; even
// so nothing would count twice, because each scan has an id of its own.

import { checkInAll, undoCheckIn } from '../../server/door-api.js';
import { Problem, Unreachable } from '../../server/failures.js';
import { isUndoWaiting, nextBatch, settled, stepAfter } from '../rules/queue.js';
import { allScans, changeScans } from './database.js';

/** @import { Answer } from '../../server/door-types.js' */
/** @import { KeptScan } from '../rules/queue.js' */

const TEXTS = Object.freeze({
  answersDoNotFit: 'The answers do not fit the scans.',
});

const LOCK = 'onsale.door.sending';
const ANSWER_MILLISECONDS_MAX = 20_000;

/**
 * The result of sending: `REST` has the failure that stopped it, if scans are left.
 * @typedef {{ state: 'DONE' } | { state: 'REST', error: Problem | Unreachable } | { state: 'ELSEWHERE' }} Sent
 */

/**
 * Sends everything that waits. What an event's server refuses does not hold up the scans of other events.
 * @returns {Promise<Sent>}
 */
export function sendWaiting() {
  // Without a secure context there are no locks; a page in such a one has no list, and so nothing to send.
  if (navigator.locks === undefined) return send();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
    lock === null ? { state: /** @type {const} */ ('ELSEWHERE') } : send(),
  );
}

/** @returns {Promise<Sent>} */
async function send() {
  /** @type {Map<string, Problem | Unreachable>} */
  const failed = new Map();
  let most;
  for (;;) {
    const kept = (await allScans()).filter(({ event_id }) => !failed.has(event_id));
    const event = nextBatch(kept, 1)[0]?.event_id;
    if (event === undefined) break;
    const batch = nextBatch(
      kept.filter(({ event_id }) => event_id === event),
      most,
    );
    const result = await answersOf(event, batch);
    const step = stepAfter(result.status, batch.length, result.answers?.length);
    if (step === 'SETTLE') await settle(batch, result.answers ?? []);
    else if (step === 'HALVE') most = Math.floor(batch.length / 2);
    else if (step === 'SET_ASIDE') await changeScans(batch, (one) => ({ ...one, state: 'SET_ASIDE' }));
    else failed.set(event, result.error);
    if (result.status === null) break;
  }
  const undo = await sendUndos(failed);
  const [error] = [...failed.values(), ...(undo === null ? [] : [undo])];
  return error === undefined ? { state: 'DONE' } : { state: 'REST', error };
}

/**
 * @param {string} event
 * @param {KeptScan[]} batch
 * @returns {Promise<{ status: number | null, answers?: Answer[], error: Problem | Unreachable }>}
 */
async function answersOf(event, batch) {
  const unreachable = new Unreachable(TEXTS.answersDoNotFit);
  try {
    const answers = await checkInAll(
      event,
      batch.map(({ scan }) => scan),
      ANSWER_MILLISECONDS_MAX,
    );
    return { status: 200, answers, error: unreachable };
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, error };
    if (error instanceof Unreachable) return { status: null, error };
    throw error;
  }
}

/**
 * An undo that was asked for in the meantime stays.
 * @param {KeptScan[]} batch
 * @param {Answer[]} answers
 */
function settle(batch, answers) {
  const after = new Map(settled(batch, answers, Date.now()).map((one) => [one.order, one]));
  return changeScans(batch, (current) => ({ ...current, ...after.get(current.order), undo: current.undo }));
}

/** @param {Map<string, unknown>} failed the events that take nothing now */
async function sendUndos(failed) {
  for (const kept of (await allScans()).filter(isUndoWaiting)) {
    const { event_id, answer, undo } = kept;
    const checkIn = answer?.check_in?.id;
    if (failed.has(event_id) || undo === null || checkIn === undefined) continue;
    try {
      await undoCheckIn(event_id, checkIn, undo.reason);
    } catch (error) {
      if (!(error instanceof Problem)) return error instanceof Unreachable ? error : null;
      if ([401, 403, 404, 429].includes(error.status) || error.status >= 500) return error;
      // Undone already, by somebody else: that was the wish.
    }
    await changeScans([kept], (one) => ({ ...one, undo: one.undo && { ...one.undo, isSent: true } }));
  }
  return null;
}
