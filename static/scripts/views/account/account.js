import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { stateWords } from '../../words/facts.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { trimmed } from '../../words/text.js';
import { dateAndTime } from '../../words/times.js';
import { calendarFeed } from './calendar-feed.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { OwnAccount } from '../../server/api.js' */

/**
 * The signed-in user's account: change the name and the password, sign out, erase it.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  // A server of before has no calendars.
  const readFeed = api.calendarFeed(signal).catch(() => undefined);
  const [user, feed] = await Promise.all([api.account(signal), readFeed]);
  session.refresh(user);
  const leave = element('button', { type: 'button', class: 'button' }, icon('leave'), 'Sign out');
  leave.addEventListener('click', async () => {
    // Without an answer this browser forgets the token all the same, and it expires.
    const ended = api.logOut().catch(() => {});
    session.end('signed-out');
    toast('You’re signed out.');
    go('/events');
    await ended;
  });
  const everywhere = form({
    name: 'Sign out everywhere',
    fields: [],
    content: [],
    label: 'Sign out everywhere',
    busyLabel: 'Signing out…',
    async send() {
      await api.logOut({ everywhere: true });
      session.end('signed-out');
      toast('You’re signed out in all browsers.');
      go('/events');
    },
    more: [leave],
  });
  everywhere.button.className = 'button';
  const heading = element('h1', {}, user.name);
  const node = element(
    'div',
    { class: 'page page-narrow' },
    element(
      'section',
      { class: 'panel' },
      element('div', { class: 'panel-head' }, heading, element('span', { class: 'soft' }, stateWords(user.role))),
      element('p', {}, user.email),
      element('p', { class: 'soft' }, `Member since ${dateAndTime(user.created_at)}`),
      everywhere.node,
    ),
    element(
      'section',
      { class: 'panel' },
      element('h2', {}, 'Change name'),
      nameForm(user, (newest) => setText(heading, newest.name)),
    ),
    session.hasRole('ORGANIZER') &&
      user.public_contact !== undefined &&
      element('section', { class: 'panel' }, element('h2', {}, 'Public contact'), contactForm(user)),
    feed !== undefined &&
      element('section', { class: 'panel' }, element('h2', {}, 'Calendar feed'), calendarFeed(feed)),
    element('section', { class: 'panel' }, element('h2', {}, 'Change password'), passwordForm(user)),
    element('section', { class: 'panel' }, element('h2', {}, 'Erase your account'), eraseForm(user)),
  );
  return { title: 'Account', node };
}

/**
 * @param {Api.User} user
 * @param {(newest: Api.User) => void} onChanged
 */
function nameForm(user, onChanged) {
  const name = field({
    name: 'name',
    label: 'Name',
    required: true,
    autocomplete: 'name',
    characters: 120,
    value: user.name,
  });
  const made = form({
    name: 'Change name',
    fields: [name],
    label: 'Change name',
    busyLabel: 'Saving…',
    async send() {
      const newest = await api.changeAccount({ name: trimmed(name.value()) });
      session.refresh(newest);
      name.input.value = newest.name;
      onChanged(newest);
      toast('Your name has been changed.', 'good');
    },
  });
  return made.node;
}

/** @param {OwnAccount} user */
function contactForm(user) {
  const contact = field({
    name: 'public_contact',
    label: 'E-mail or web address',
    hint: 'Your events show it. Leave empty to show none.',
    autocomplete: 'off',
    autocapitalize: 'none',
    characters: 254,
    value: user.public_contact ?? '',
  });
  const made = form({
    name: 'Public contact',
    fields: [contact],
    label: 'Save contact',
    busyLabel: 'Saving…',
    async send() {
      const newest = await api.changePublicContact(trimmed(contact.value()) || null);
      contact.input.value = newest.public_contact ?? '';
      toast('Your public contact has been saved.', 'good');
    },
  });
  return made.node;
}

/** @param {Api.User} user */
function eraseForm(user) {
  const current = passwordField({
    name: 'current_password',
    label: 'Your password',
    autocomplete: 'current-password',
    hint: 'This cancels your bookings and erases your name, e-mail address and password.',
  });
  const made = form({
    name: 'Erase your account',
    fields: [current],
    content: [userName(user), current.node],
    label: 'Erase my account…',
    busyLabel: 'Erasing…',
    async send() {
      const sure = await confirmed({
        title: 'Erase your account?',
        text: 'All your bookings are cancelled, and you can no longer sign in. This can’t be undone.',
        yes: 'Erase my account',
        no: 'Keep my account',
        danger: true,
      });
      if (!sure) return;
      await api.eraseAccount(current.value());
      session.end('signed-out');
      toast('Your account has been erased.');
      go('/events');
    },
  });
  made.button.className = 'button button-quiet-danger';
  return made.node;
}

/** Password managers look for the user name beside a password. @param {Api.User} user */
function userName(user) {
  return element('input', {
    type: 'email',
    class: 'visually-hidden',
    autocomplete: 'username',
    value: user.email,
    readonly: true,
    tabindex: '-1',
    'aria-hidden': 'true',
  });
}

/** @param {Api.User} user */
function passwordForm(user) {
  const current = passwordField({
    name: 'current_password',
    label: 'Current password',
    autocomplete: 'current-password',
  });
  const replacement = passwordField({
    name: 'new_password',
    label: 'New password',
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: user.email, old: current.value() }),
  });
  const made = form({
    name: 'Change password',
    fields: [current, replacement],
    content: [userName(user), current.node, replacement.node],
    label: 'Change password',
    busyLabel: 'Saving…',
    async send() {
      session.begin(await api.changePassword(current.value(), replacement.value()));
      made.node.reset();
      toast('Your password has been changed. You’re signed out in all other browsers.', 'good');
    },
  });
  return made.node;
}
