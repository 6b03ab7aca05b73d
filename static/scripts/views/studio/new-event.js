import { address, go } from '../../browser/navigation.js';
import { draftNotice } from '../../drafts/draft-notice.js';
import { keepDraft } from '../../drafts/drafts.js';
import * as api from '../../server/api.js';
import { element } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { capacityField, eventFields } from './event-fields.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/**
 * Creates an event as a draft.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ signal }) {
  const details = eventFields();
  const capacity = capacityField({ hint: 'You can change it later.' });
  const fields = [...details.fields, capacity];
  const made = form({
    name: 'New event',
    fields,
    content: [...details.content, capacity.node],
    label: 'Save as a draft',
    busyLabel: 'Saving…',
    more: [element('a', { class: 'button', href: '#/studio' }, 'Back')],
    async send() {
      const event = await api.createEvent({ ...details.values(), capacity: Number(capacity.value()) });
      draft.settle();
      toast('Saved as a draft. Publish it when it is ready.', 'good');
      if (!signal.aborted) go(address('studio', event.id), { replace: true });
    },
  });
  const draft = keepDraft('new event', { form: made.node, fields, signal });
  const notice = draftNotice(draft.restored, () => {
    made.node.reset();
    details.reset();
    draft.settle();
    notice.remove();
    details.fields[0]?.input.focus();
  });
  const node = element(
    'div',
    { class: 'page page-form' },
    element('a', { class: 'back-link', href: '#/studio' }, '← Studio'),
    element('section', { class: 'panel' }, element('h1', {}, 'New event'), notice, made.node),
  );
  return { title: 'New event', node };
}
