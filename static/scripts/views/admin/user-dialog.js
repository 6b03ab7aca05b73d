// A dialog in which an administrator manages one user.

import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { confirmed, openPanel } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { stateWords } from '../../words/facts.js';
import { passwordError, passwordHint } from '../../words/passwords.js';

const TEXTS = Object.freeze({
  anAttendee: 'an attendee',
  anOrganizer: 'an organizer',
  anAdministrator: 'an administrator',
  /** @param {string} email */
  thisIsYourOwnAccount: (email) => `${email}. This is your own account.`,
  changeYourOwnPasswordOn: 'Change your own password on your account page.',
  theirActions: 'Their actions',
  changesToTheirAccount: 'Changes to their account',
  role: 'Role',
  changeRole: 'Change role',
  changing: 'Changing…',
  theyHaveThisRoleAlready: 'They have this role already.',
  /** @param {string} name @param {string} role */
  isNow: (name, role) => `${name} is now ${role}.`,
  /** @param {string} name */
  makeAnAdministrator: (name) => `Make ${name} an administrator?`,
  /** @param {string} email */
  willBeAbleToChange: (email) =>
    `${email} will be able to change and cancel every event, see all attendees, manage every account (including yours), run stress tests and read the log. Another administrator can take the role away again.`,
  makeAdministrator: 'Make administrator',
  changeYourOwnRole: 'Change your own role?',
  /** @param {string} state */
  youWillLoseAccessTo: (state) =>
    `You will lose access to these pages and have the role ${state}. Only another administrator can give you the role back.`,
  changeMyRole: 'Change my role',
  access: 'Access',
  deactivatingSignsThemOutImmediately: 'Deactivating signs them out immediately and cancels all their bookings.',
  thisPersonCannotSignIn: 'This person cannot sign in. Their cancelled bookings do not come back.',
  deactivate: 'Deactivate…',
  activateAgain: 'Activate again',
  deactivating: 'Deactivating…',
  activating: 'Activating…',
  /** @param {string} name */
  isDeactivated: (name) => `${name} is deactivated.`,
  /** @param {string} name */
  canSignInAgain: (name) => `${name} can sign in again.`,
  deactivateYourOwnAccount: 'Deactivate your own account?',
  /** @param {string} name */
  deactivatePerson: (name) => `Deactivate ${name}?`,
  youreSignedOutImmediately:
    'You’re signed out immediately, and all your bookings are cancelled: the seats go to the waitlist, or on sale again. Activating the account later doesn’t bring them back.',
  theyreSignedOutImmediately:
    'They’re signed out immediately, and all their bookings are cancelled: the seats go to the waitlist, or on sale again. Activating the account later doesn’t bring them back.',
  deactivateNow: 'Deactivate',
  keepItActive: 'Keep it active',
  newPassword: 'New password',
  password: 'Password',
  setPassword: 'Set password',
  setting: 'Setting…',
  passwordSetTheyreSignedOut: 'Password set. They’re signed out everywhere; give them the new password in person.',
});

/** @typedef {(newest: Api.Person) => void} OnChanged */

/** @type {Api.Role[]} */
const ROLES = ['AUDIENCE', 'ORGANIZER', 'ADMIN'];
/** @type {Record<Api.Role, string>} */
const NOW = { AUDIENCE: TEXTS.anAttendee, ORGANIZER: TEXTS.anOrganizer, ADMIN: TEXTS.anAdministrator };

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
    text: own ? TEXTS.thisIsYourOwnAccount(user.email) : user.email,
    content: [
      rolePart(() => present, changed, own),
      access,
      own ? element('p', { class: 'soft small' }, TEXTS.changeYourOwnPasswordOn) : passwordPart(user),
      element(
        'p',
        {},
        element('a', { href: logAddress('actor_id') }, TEXTS.theirActions),
        ' · ',
        element('a', { href: logAddress('subject_id') }, TEXTS.changesToTheirAccount),
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
  const role = field({ name: 'role', label: TEXTS.role, tag: 'select', required: true });
  role.input.append(...ROLES.map((one) => element('option', { value: one }, stateWords(one))));
  role.input.value = present().role;
  const made = form({
    name: TEXTS.role,
    fields: [role],
    label: TEXTS.changeRole,
    busyLabel: TEXTS.changing,
    async send() {
      const wanted = ROLES.find((one) => one === role.value());
      if (wanted === present().role) {
        made.showMessage(TEXTS.theyHaveThisRoleAlready);
        return;
      }
      const question = own ? ownRoleQuestion(role.value()) : wanted === 'ADMIN' ? promotionQuestion(present()) : null;
      if (question !== null && !(await confirmed(question))) return;
      const user = await api.changeUser(present().id, { role: wanted });
      toast(TEXTS.isNow(user.name, NOW[user.role]), 'good');
      changed(user);
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}

/** @param {Api.Person} user */
function promotionQuestion({ name, email }) {
  return {
    title: TEXTS.makeAnAdministrator(name),
    text: TEXTS.willBeAbleToChange(email),
    yes: TEXTS.makeAdministrator,
    danger: true,
  };
}

/** @param {string} role */
function ownRoleQuestion(role) {
  return {
    title: TEXTS.changeYourOwnRole,
    text: TEXTS.youWillLoseAccessTo(stateWords(role)),
    yes: TEXTS.changeMyRole,
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
    name: TEXTS.access,
    fields: [],
    content: [
      element('h3', {}, TEXTS.access),
      element(
        'p',
        { class: 'soft small' },
        active ? TEXTS.deactivatingSignsThemOutImmediately : TEXTS.thisPersonCannotSignIn,
      ),
    ],
    label: active ? TEXTS.deactivate : TEXTS.activateAgain,
    busyLabel: active ? TEXTS.deactivating : TEXTS.activating,
    async send() {
      if (active && !(await confirmed(deactivateQuestion(name, own)))) return;
      const user = await api.changeUser(id, { is_active: !active });
      toast(active ? TEXTS.isDeactivated(name) : TEXTS.canSignInAgain(name), 'good');
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
    title: own ? TEXTS.deactivateYourOwnAccount : TEXTS.deactivatePerson(name),
    text: own ? TEXTS.youreSignedOutImmediately : TEXTS.theyreSignedOutImmediately,
    yes: TEXTS.deactivateNow,
    no: TEXTS.keepItActive,
    danger: true,
  };
}

/** @param {Api.Person} user */
function passwordPart(user) {
  const replacement = passwordField({
    name: 'new_password',
    label: TEXTS.newPassword,
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: user.email }),
  });
  const done = element('p', { class: 'soft small', role: 'status' });
  const made = form({
    name: TEXTS.password,
    fields: [replacement],
    content: [replacement.node, done],
    label: TEXTS.setPassword,
    busyLabel: TEXTS.setting,
    async send() {
      await api.resetPassword(user.id, replacement.value());
      made.node.reset();
      setText(done, TEXTS.passwordSetTheyreSignedOut);
    },
  });
  return element('section', { class: 'dialog-part' }, made.node);
}
