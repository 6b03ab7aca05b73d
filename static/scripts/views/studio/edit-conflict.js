// Two people edit one event. The page shows the other person's changes and lets the user choose.

import * as api from '../../server/api.js';
import { Problem } from '../../server/failures.js';
import { element } from '../../ui/dom.js';
import { conflictPanel } from './conflict-panel.js';

/** @import { TaggedEvent } from '../../server/api.js' */
/** @import { Form } from '../../ui/forms.js' */

/**
 * Handles edits that are refused because somebody else was faster.
 * @param {object} options
 * @param {string} options.id the event's
 * @param {AbortSignal} options.signal
 * @param {() => TaggedEvent} options.base the event that the forms were filled from
 * @param {(newest: TaggedEvent) => void} options.onBase takes the event that the user's own changes are added to
 * @param {(newest: TaggedEvent) => void} options.onTheirs takes the event to show instead
 */
export function editConflict({ id, signal, base, onBase, onTheirs }) {
  const node = element('div');
  const clear = () => node.replaceChildren();

  /** @param {Form} form */
  async function show(form) {
    const newest = await api.ownEvent(id, signal);
    const panel = conflictPanel({
      base: base().event,
      latest: newest.event,
      keepMine() {
        clear();
        onBase(newest);
        form.node.requestSubmit();
      },
      takeTheirs() {
        clear();
        onTheirs(newest);
      },
    });
    node.replaceChildren(panel.node);
    panel.heading.focus();
  }

  return {
    node,
    clear,
    /**
     * True for an error that says that somebody else was faster, which is then shown here.
     * @param {unknown} error
     * @param {Form} form
     */
    explains(error, form) {
      if (!(error instanceof Problem) || error.status !== 412) return false;
      show(form).catch((second) => form.showError(second));
      return true;
    },
  };
}
