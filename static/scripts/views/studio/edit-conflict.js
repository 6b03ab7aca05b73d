// Two people change one event: what the other one did is shown, and it is asked what shall become of one's own changes.

import * as api from '../../server/api.js';
import { element } from '../../ui/dom.js';
import { Problem } from '../../server/failures.js';
import { conflictPanel } from './conflict-panel.js';

/**
 * Watches over edits that go by an ETag: `{ node, clear(), explains(error, form) }`. `base()` is what the forms were
 * filled from, `onBase(newest)` takes what one's own changes go on top of, `onTheirs(newest)` what to show instead.
 */
export function editConflict({ id, signal, base, onBase, onTheirs }) {
  const node = element('div');
  const clear = () => node.replaceChildren();

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
    /** Takes over an error that says that somebody else was faster: true if it was one. */
    explains(error, form) {
      if (!(error instanceof Problem) || error.status !== 412) return false;
      show(form).catch((second) => form.showError(second));
      return true;
    },
  };
}
