// Views that are loaded when they are opened. A page that was loaded before an upgrade asks for files that are gone: it
// is then loaded again, at the address that was asked for.

import { Unreachable } from '../server/failures.js';

/** @import { View } from '../browser/navigation.js' */

const TEXTS = Object.freeze({
  theFilesOfAView: 'The files of a view could not be loaded.',
  noAnswerCameFromThe: 'No answer came from the server.',
});

/** A view's files could not be loaded, although the server answers. Browsers may keep the failure until a reload. */
export class NotLoaded extends Error {}

/**
 * Loads a view. If its files are missing, the page is reloaded, once for each entry of the history: the mark is in the
 * entry's state, because storage may be blocked, and then it would be reloaded for ever. Throws `NotLoaded` the second
 * time, and `Unreachable` without a connection, where a reload would leave nothing of the page.
 * @param {() => Promise<View>} load
 * @param {AbortSignal} signal aborts when the page is left
 * @returns {Promise<View>}
 */
export async function loaded(load, signal) {
  try {
    const view = await load();
    if (!signal.aborted) mark(false);
    return view;
  } catch (error) {
    if (history.state?.reloaded) throw new NotLoaded(TEXTS.theFilesOfAView, { cause: error });
    await reachServer(signal);
    signal.throwIfAborted();
    mark(true);
    location.reload();
    // The placeholder stays until the browser has the new page.
    return new Promise(() => {});
  }
}

/** @param {boolean} reloaded */
function mark(reloaded) {
  if (Boolean(history.state?.reloaded) === reloaded) return;
  history.replaceState({ ...history.state, reloaded }, '');
}

/** @param {AbortSignal} signal */
async function reachServer(signal) {
  try {
    const answer = await fetch('/', { method: 'HEAD', cache: 'no-store', credentials: 'omit', signal });
    // A proxy answers as well while the server is away.
    if (!answer.ok) throw new Error(`status ${answer.status}`);
  } catch (error) {
    signal.throwIfAborted();
    throw new Unreachable(TEXTS.noAnswerCameFromThe, { cause: error });
  }
}
