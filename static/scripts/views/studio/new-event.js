import { address, go } from '../../browser/navigation.js';
import { draftNotice } from '../../drafts/draft-notice.js';
import { keepDraft } from '../../drafts/drafts.js';
import * as api from '../../server/api.js';
import { sendOnce } from '../../server/request-keys.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { capacityField, eventFields } from './event-fields.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/**
 * Creates the event, once however often it is sent. An earlier request whose answer was lost may have made it: what was
 * typed since then is saved on top, unless somebody has found and used that event meanwhile.
 * @param {Api.NewEvent} wanted
 * @returns {Promise<Api.Event>}
 */
async function create(wanted) {
  const made = await sendOnce(`onsale.new-event.${session.user()?.id}`, (key) => api.createEvent(wanted, key));
  if (!made.replayed) return made.event;
  // The key is forgotten by now, so the next request makes another event.
  if (!isUntouched(made.event)) return create(wanted);
  const empty = { sales_open_at: null, sales_close_at: null, cancel_until: null };
  return (await api.editEvent(made.event.id, { ...empty, ...wanted }, made.etag)).event;
}

/** @param {Api.Event} event */
function isUntouched({ status, edit_version: version }) {
  return status === 'DRAFT' && version === 1;
}

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
    label: 'Save as draft',
    busyLabel: 'Saving…',
    more: [element('a', { class: 'button', href: '/studio' }, 'Back')],
    async send() {
      const event = await create({ ...details.values(), capacity: Number(capacity.value()) });
      draft.settle();
      toast('Draft saved. Publish it when it’s ready.', 'good');
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
    element('a', { class: 'back-link', href: '/studio' }, '← Studio'),
    element('section', { class: 'panel' }, element('h1', {}, 'New event'), notice, made.node),
  );
  return { title: 'New event', node };
}
