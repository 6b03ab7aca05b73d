// News wait while somebody presses. A browser tells of a click only where the pointer comes up on the same node that it
// went down on: news that move the node in between, by a line more above it, would swallow the press.

// Longer than a press. News still come to readers who drag to select text, or rest a finger on the glass.
const HELD_MILLISECONDS_MAX = 1000;
// After a finger has left the glass, its click comes a little later.
const CLICK_MILLISECONDS = 50;

/** @type {(() => void)[]} */
let waiting = [];
/** Ends the press that is under way. @type {number | null} */
let end = null;

/**
 * Runs `task` at once, or when the press that is under way is over. Tasks keep their order.
 * @param {() => void} task
 */
export function afterPress(task) {
  if (end === null) task();
  else waiting.push(task);
}

/** Resolves at once, or when the press that is under way is over. @returns {Promise<void>} */
export function pressOver() {
  return new Promise(afterPress);
}

/** @param {number} milliseconds */
function endIn(milliseconds) {
  if (end !== null) clearTimeout(end);
  end = setTimeout(release, milliseconds);
}

function release() {
  if (end === null) return;
  clearTimeout(end);
  end = null;
  const tasks = waiting;
  waiting = [];
  for (const task of tasks) {
    // One task that fails must not keep the others from running.
    try {
      task();
    } catch (error) {
      reportError(error);
    }
  }
}

window.addEventListener('pointerdown', () => endIn(HELD_MILLISECONDS_MAX), { capture: true });
window.addEventListener(
  'pointerup',
  () => {
    if (end !== null) endIn(CLICK_MILLISECONDS);
  },
  { capture: true },
);
// A page that is scrolled by a finger gets no click.
window.addEventListener('pointercancel', release, { capture: true });
