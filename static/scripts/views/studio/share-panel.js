// The link to an event's public page, and what is left to do for it.

import { address } from '../../browser/navigation.js';
import { serverNow } from '../../server/clock.js';
import { tickets } from '../../server/tickets-api.js';
import { copyField } from '../../ui/copy-field.js';
import { element, setChildren, setShown, setText } from '../../ui/dom.js';
import { saleOf } from '../../words/sales.js';
import { toDoOf } from './to-do.js';

/** @import { ToDo } from './to-do.js' */

const TEXTS = Object.freeze({
  linkToShare: 'Link to share',
  beforeYouPublish: 'Before you publish',
  share: 'Share',
});

/**
 * A panel for events that are not over. A draft has no link yet.
 * @param {Api.Event} first
 * @param {AbortSignal} signal
 */
export function sharePanel(first, signal) {
  const { id } = first;
  /** Null while they are not known. @type {Api.TicketsDocument | null} */
  let document = null;
  let latest = first;
  /** By their words. @type {Map<string, HTMLElement>} */
  let items = new Map();
  const { node: share } = copyField({
    id: 'share-link',
    label: TEXTS.linkToShare,
    value: location.origin + address('e', first.slug),
  });
  const heading = element('h2', { id: 'share' });
  const list = element('ul', { class: 'to-do' });
  const node = element('section', { class: 'panel', 'aria-labelledby': 'share' }, heading, share, list);

  /** @param {Api.Event} event */
  function update(event) {
    latest = event;
    const { code } = saleOf(event, serverNow());
    const toDo = toDoOf(event, document, serverNow());
    const isDraft = event.status === 'DRAFT';
    setShown(node, code !== 'cancelled' && code !== 'ended' && !(isDraft && toDo.length === 0));
    setShown(share, !isDraft);
    setText(heading, isDraft ? TEXTS.beforeYouPublish : TEXTS.share);
    items = new Map(toDo.map((one) => [one.words, items.get(one.words) ?? item(id, one)]));
    setChildren(list, [...items.values()]);
    setShown(list, toDo.length > 0);
  }

  /** The tickets are known only to whoever runs the event. */
  async function read() {
    ({ document } = await tickets(id, signal));
    update(latest);
  }

  update(first);
  // The page does not wait for it, and does without it.
  read().catch(() => {});
  return { node, update };
}

/**
 * @param {string} id the event's
 * @param {ToDo} toDo
 */
function item(id, { words, where }) {
  return element('li', {}, element('a', { href: address('studio', id, where) }, words));
}
