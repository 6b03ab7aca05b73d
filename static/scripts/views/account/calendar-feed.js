// The address at which a calendar program reads the user's bookings: make one, copy it, revoke it.

import * as api from '../../server/api.js';
import { isAbort } from '../../server/failures.js';
import { copyField } from '../../ui/copy-field.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { dateAndTime } from '../../words/times.js';

const TEXTS = Object.freeze({
  about:
    'Subscribe to a secret address in your calendar app, and your bookings appear there. Anyone who has the address can see them.',
  address: 'Address of your calendar',
  once: 'Copy it now. It isn’t shown again.',
  none: 'No address yet.',
  create: 'Create address',
  createNew: 'Create new address…',
  createNewTitle: 'Create a new address?',
  createNewText: 'The old address stops working, and calendar apps that use it show no more bookings.',
  createNewYes: 'Create new address',
  revoke: 'Revoke address…',
  revokeTitle: 'Revoke the address?',
  revokeText: 'Calendar apps that use it show no more bookings. This can’t be undone.',
  revokeYes: 'Revoke address',
  revoked: 'The address has been revoked.',
  /** @param {string} at */
  since: (at) => `Address created on ${dateAndTime(at)}.`,
});

/**
 * The content of a section.
 * @param {Api.CalendarFeed | null} first the address that there is, of which nothing but its time is known
 */
export function calendarFeed(first) {
  let since = first?.created_at ?? null;
  const state = element('p', { class: 'soft' });
  const address = copyField({ id: 'calendar-address', label: TEXTS.address });
  const once = element('p', { class: 'soft small' }, TEXTS.once);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const create = element('button', { type: 'button', class: 'button' });
  const revoke = element('button', { type: 'button', class: 'button button-quiet-danger' }, TEXTS.revoke);

  /** @param {string} path empty if it is not known */
  function show(path) {
    setText(state, since === null ? TEXTS.none : TEXTS.since(since));
    setText(create, since === null ? TEXTS.create : TEXTS.createNew);
    address.input.value = path && location.origin + path;
    for (const node of [address.node, once]) setShown(node, path !== '');
    const hadFocus = document.activeElement === revoke;
    setShown(revoke, since !== null);
    if (hadFocus && since === null) create.focus();
  }

  /** @param {() => Promise<void>} change */
  async function act(change) {
    const buttons = [create, revoke];
    if (buttons.some((button) => button.getAttribute('aria-disabled'))) return;
    for (const button of buttons) button.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await change();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      for (const button of buttons) button.removeAttribute('aria-disabled');
    }
  }

  async function makeNew() {
    const sure =
      since === null ||
      (await confirmed({
        title: TEXTS.createNewTitle,
        text: TEXTS.createNewText,
        yes: TEXTS.createNewYes,
      }));
    if (!sure) return;
    const made = await api.createCalendarFeed();
    since = made.created_at;
    show(made.path);
    address.input.focus();
  }

  async function end() {
    const sure = await confirmed({
      title: TEXTS.revokeTitle,
      text: TEXTS.revokeText,
      yes: TEXTS.revokeYes,
      danger: true,
    });
    if (!sure) return;
    await api.revokeCalendarFeed();
    since = null;
    show('');
    toast(TEXTS.revoked, 'good');
  }

  create.addEventListener('click', () => act(makeNew));
  revoke.addEventListener('click', () => act(end));
  show('');
  return element(
    'div',
    { class: 'stack' },
    element('p', { class: 'soft' }, TEXTS.about),
    state,
    address.node,
    once,
    problem,
    element('div', { class: 'actions' }, create, revoke),
  );
}
