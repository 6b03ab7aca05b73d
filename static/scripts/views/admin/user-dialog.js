// What an administrator may do about one person, in a dialog.

import * as api from '../../server/api.js';
import { confirmed, openPanel } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { stateWords } from '../../words/facts.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import * as session from '../../server/session.js';
import { passwordError, passwordHint } from '../../words/passwords.js';

const ROLES = ['AUDIENCE', 'ORGANIZER', 'ADMIN'];

/** Opens the dialog and waits until it is closed. `onChanged(user)` is told what the person has become. */
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
      passwordPart(user),
      element(
        'p',
        {},
        element('a', { href: logAddress('actor_id') }, 'What they did'),
        ' · ',
        element('a', { href: logAddress('subject_id') }, 'What was done about them'),
      ),
    ],
  });

  function logAddress(name) {
    return `#/admin/log?${name}=${encodeURIComponent(user.id)}`;
  }

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
      if (role.value() === present().role) {
        made.showMessage('That is the role already.');
        return;
      }
      if (own && !(await confirmed(ownRoleQuestion(role.value())))) return;
      const user = await api.changeUser(present().id, { role: role.value() });
      toast(`${user.name}: ${stateWords(user.role)} from now on.`, 'good');
      changed(user);
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}

function ownRoleQuestion(role) {
  return {
    title: 'Change your own role?',
    text: `You will be ${stateWords(role).toLowerCase()} and see these pages no more. Only another administrator can give the role back.`,
    yes: 'Change my role',
    danger: true,
  };
}

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
  const button = made.actions.firstChild;
  button.className = active ? 'button button-quiet-danger' : 'button';
  return { content: [made.node], button };
}

function deactivateQuestion(name, own) {
  return {
    title: own ? 'Deactivate your own account?' : `Deactivate ${name}?`,
    text: `Signing in ends at once. Every seat and every place in line that ${own ? 'you have' : 'they have'} is given up: seats go to the first in line, or on sale again. Activating later brings none of them back.`,
    yes: 'Deactivate',
    no: 'Keep it active',
    danger: true,
  };
}

function passwordPart(user) {
  const replacement = passwordField({
    name: 'new_password',
    label: 'New password',
    autocomplete: 'new-password',
    hint: passwordHint,
    check: passwordError,
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
