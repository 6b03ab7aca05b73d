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
        element('a', { href: logAddress('actor_id') }, 'What they did'),
        ' · ',
        element('a', { href: logAddress('subject_id') }, 'What was done about them'),
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
    label: 'Change the role',
    busyLabel: 'Changing…',
    async send() {
      const wanted = ROLES.find((one) => one === role.value());
      if (wanted === present().role) {
        made.showMessage('That is the role already.');
        return;
      }
      if (own && !(await confirmed(ownRoleQuestion(role.value())))) return;
      const user = await api.changeUser(present().id, { role: wanted });
      toast(`${user.name}: ${stateWords(user.role)} from now on.`, 'good');
      changed(user);
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}

/** @param {string} role */
function ownRoleQuestion(role) {
  return {
    title: 'Change your own role?',
    text: `You will be ${stateWords(role).toLowerCase()} and see these pages no more. Only another administrator can give the role back.`,
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
          ? 'Deactivating ends every session at once and gives all places up.'
          : 'This person cannot sign in. Places that were given up do not come back.',
      ),
    ],
    label: active ? 'Deactivate…' : 'Activate again',
    busyLabel: active ? 'Deactivating…' : 'Activating…',
    async send() {
      if (active && !(await confirmed(deactivateQuestion(name, own)))) return;
      const user = await api.changeUser(id, { is_active: !active });
      toast(active ? `${name} is deactivated.` : `${name} may sign in again.`, 'good');
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
    text: `Signing in ends at once. Every seat and every place in line that ${own ? 'you have' : 'they have'} is given up: seats go to the first in line, or on sale again. Activating later brings none of them back.`,
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
    label: 'Set the password',
    busyLabel: 'Setting…',
    async send() {
      await api.resetPassword(user.id, replacement.value());
      made.node.reset();
      setText(done, 'Set. Tell it to them in person; every session of theirs has ended.');
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}
