// A dialog in which an administrator manages one user.

import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { confirmed, openPanel } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { stateWords } from '../../words/facts.js';
import { passwordError, passwordHint } from '../../words/passwords.js';

/** @typedef {(newest: Api.Person) => void} OnChanged */

/** @type {Api.Role[]} */
const ROLES = ['AUDIENCE', 'ORGANIZER', 'ADMIN'];
/** @type {Record<Api.Role, string>} */
const NOW = { AUDIENCE: 'an attendee', ORGANIZER: 'an organizer', ADMIN: 'an administrator' };

/**
 * Opens the dialog and waits until it is closed.
 * @param {Api.Person} user
 * @param {OnChanged} onChanged
 */
export async function manageUser(user, onChanged) {
  let present = user;
  const own = user.id === session.user()?.id;
  const access = element('section', { class: 'dialog-part' });
  const { closed } = openPanel({
    title: user.name,
    text: own ? `${user.email}. This is your own account.` : user.email,
    content: [
      rolePart(() => present, changed, own),
      access,
      own
        ? element('p', { class: 'soft small' }, 'Change your own password on your account page.')
        : passwordPart(user),
      element(
        'p',
        {},
        element('a', { href: logAddress('actor_id') }, 'Their actions'),
        ' · ',
        element('a', { href: logAddress('subject_id') }, 'Changes to their account'),
      ),
    ],
  });

  /** @param {string} name of a filter */
  function logAddress(name) {
    return `/admin/log?${name}=${encodeURIComponent(user.id)}`;
  }

  /** @type {OnChanged} */
  function changed(newest) {
    present = newest;
    onChanged(newest);
    showAccess();
  }

  function showAccess() {
    const focusWasHere = access.contains(document.activeElement);
    const part = accessPart(present, changed, own);
    access.replaceChildren(...part.content);
    if (focusWasHere) part.button.focus();
  }

  showAccess();
  await closed;
}

/**
 * @param {() => Api.Person} present
 * @param {OnChanged} changed
 * @param {boolean} own whether it is the administrator's own account
 */
function rolePart(present, changed, own) {
  const role = field({ name: 'role', label: 'Role', tag: 'select', required: true });
  role.input.append(...ROLES.map((one) => element('option', { value: one }, stateWords(one))));
  role.input.value = present().role;
  const made = form({
    name: 'Role',
    fields: [role],
    label: 'Change role',
    busyLabel: 'Changing…',
    async send() {
      const wanted = ROLES.find((one) => one === role.value());
      if (wanted === present().role) {
        made.showMessage('They have this role already.');
        return;
      }
      const question = own ? ownRoleQuestion(role.value()) : wanted === 'ADMIN' ? promotionQuestion(present()) : null;
      if (question !== null && !(await confirmed(question))) return;
      const user = await api.changeUser(present().id, { role: wanted });
      toast(`${user.name} is now ${NOW[user.role]}.`, 'good');
      changed(user);
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}

/** @param {Api.Person} user */
function promotionQuestion({ name, email }) {
  return {
    title: `Make ${name} an administrator?`,
    text: `${email} will be able to change and cancel every event, see all attendees, manage every account (including yours), run stress tests and read the log. Another administrator can take the role away again.`,
    yes: 'Make administrator',
    danger: true,
  };
}

/** @param {string} role */
function ownRoleQuestion(role) {
  return {
    title: 'Change your own role?',
    text: `You will lose access to these pages and have the role ${stateWords(role)}. Only another administrator can give you the role back.`,
    yes: 'Change my role',
    danger: true,
  };
}

/**
 * @param {Api.Person} user
 * @param {OnChanged} changed
 * @param {boolean} own
 */
function accessPart({ id, name, is_active: active }, changed, own) {
  const made = form({
    name: 'Access',
    fields: [],
    content: [
      element('h3', {}, 'Access'),
      element(
        'p',
        { class: 'soft small' },
        active
          ? 'Deactivating signs them out immediately and cancels all their bookings.'
          : 'This person cannot sign in. Their cancelled bookings do not come back.',
      ),
    ],
    label: active ? 'Deactivate…' : 'Activate again',
    busyLabel: active ? 'Deactivating…' : 'Activating…',
    async send() {
      if (active && !(await confirmed(deactivateQuestion(name, own)))) return;
      const user = await api.changeUser(id, { is_active: !active });
      toast(active ? `${name} is deactivated.` : `${name} can sign in again.`, 'good');
      changed(user);
    },
  });
  made.button.className = active ? 'button button-quiet-danger' : 'button';
  return { content: [made.node], button: made.button };
}

/**
 * @param {string} name
 * @param {boolean} own
 */
function deactivateQuestion(name, own) {
  return {
    title: own ? 'Deactivate your own account?' : `Deactivate ${name}?`,
    text: `${own ? 'You’re' : 'They’re'} signed out immediately, and all ${own ? 'your' : 'their'} bookings are cancelled: the seats go to the waitlist, or on sale again. Activating the account later doesn’t bring them back.`,
    yes: 'Deactivate',
    no: 'Keep it active',
    danger: true,
  };
}

/** @param {Api.Person} user */
function passwordPart(user) {
  const replacement = passwordField({
    name: 'new_password',
    label: 'New password',
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: user.email }),
  });
  const done = element('p', { class: 'soft small', role: 'status' });
  const made = form({
    name: 'Password',
    fields: [replacement],
    content: [replacement.node, done],
    label: 'Set password',
    busyLabel: 'Setting…',
    async send() {
      await api.resetPassword(user.id, replacement.value());
      made.node.reset();
      setText(done, 'Password set. They’re signed out everywhere; give them the new password in person.');
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}
