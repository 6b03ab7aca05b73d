import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { verificationButton } from '../../ui/verification.js';
import { stateWords } from '../../words/facts.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { trimmed } from '../../words/text.js';
import { dateAndTime } from '../../words/times.js';
import { addressForm } from './address-form.js';
import { calendarFeed } from './calendar-feed.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { OwnAccount } from '../../server/api.js' */

const TEXTS = Object.freeze({
  signOut: 'Sign out',
  youreSignedOut: 'You’re signed out.',
  signOutEverywhere: 'Sign out everywhere',
  signingOut: 'Signing out…',
  youreSignedOutInAll: 'You’re signed out in all browsers.',
  /** @param {string} time */
  memberSince: (time) => `Member since ${time}`,
  changeName: 'Change name',
  publicContact: 'Public contact',
  calendarFeed: 'Calendar feed',
  apiKeys: 'API keys',
  apiKeysText: 'Let your own programs act for you.',
  manageKeys: 'Manage API keys',
  changeAddress: 'Change e-mail address',
  unconfirmed: 'This address is not confirmed. Some events can only be booked with a confirmed one.',
  changePassword: 'Change password',
  eraseYourAccount: 'Erase your account',
  account: 'Account',
  name: 'Name',
  saving: 'Saving…',
  yourNameHasBeenChanged: 'Your name has been changed.',
  eMailOrWebAddress: 'E-mail or web address',
  yourEventsShowItLeave: 'Your events show it. Leave empty to show none.',
  saveContact: 'Save contact',
  yourPublicContactHasBeen: 'Your public contact has been saved.',
  yourPassword: 'Your password',
  thisCancelsYourBookingsAnd: 'This cancels your bookings and erases your name, e-mail address and password.',
  eraseMyAccount: 'Erase my account…',
  erasing: 'Erasing…',
  eraseYourAccountQuestion: 'Erase your account?',
  allYourBookingsAreCancelled: 'All your bookings are cancelled, and you can no longer sign in. This can’t be undone.',
  eraseMyAccountNow: 'Erase my account',
  keepMyAccount: 'Keep my account',
  yourAccountHasBeenErased: 'Your account has been erased.',
  currentPassword: 'Current password',
  newPassword: 'New password',
  yourPasswordHasBeenChanged: 'Your password has been changed. You’re signed out in all other browsers.',
});

/**
 * The signed-in user's account: change the name and the password, sign out, erase it.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  // A server of before has no calendars.
  const readFeed = api.calendarFeed(signal).catch(() => undefined);
  const readSite = api.site().catch(() => null);
  const [user, feed, site] = await Promise.all([api.account(signal), readFeed, readSite]);
  const sendsMail = site?.sends_mail === true;
  session.refresh(user);
  const leave = element('button', { type: 'button', class: 'button' }, icon('leave'), TEXTS.signOut);
  leave.addEventListener('click', async () => {
    // Without an answer this browser forgets the token all the same, and it expires.
    const ended = api.logOut().catch(() => {});
    session.end('signed-out');
    toast(TEXTS.youreSignedOut);
    go('/events');
    await ended;
  });
  const everywhere = form({
    name: TEXTS.signOutEverywhere,
    fields: [],
    content: [],
    label: TEXTS.signOutEverywhere,
    busyLabel: TEXTS.signingOut,
    async send() {
      await api.logOut({ everywhere: true });
      session.end('signed-out');
      toast(TEXTS.youreSignedOutInAll);
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
      sendsMail &&
        user.is_verified === false &&
        element('div', { class: 'stack' }, element('p', { class: 'notice' }, TEXTS.unconfirmed), verificationButton()),
      element('p', { class: 'soft' }, TEXTS.memberSince(dateAndTime(user.created_at))),
      everywhere.node,
    ),
    element(
      'section',
      { class: 'panel' },
      element('h2', {}, TEXTS.changeName),
      nameForm(user, (newest) => setText(heading, newest.name)),
    ),
    sendsMail && element('section', { class: 'panel' }, element('h2', {}, TEXTS.changeAddress), addressForm()),
    session.hasRole('ORGANIZER') &&
      user.public_contact !== undefined &&
      element('section', { class: 'panel' }, element('h2', {}, TEXTS.publicContact), contactForm(user)),
    feed !== undefined &&
      element('section', { class: 'panel' }, element('h2', {}, TEXTS.calendarFeed), calendarFeed(feed)),
    element(
      'section',
      { class: 'panel' },
      element('h2', {}, TEXTS.apiKeys),
      element('p', { class: 'soft' }, TEXTS.apiKeysText),
      element(
        'div',
        { class: 'actions' },
        element('a', { class: 'button', href: '/account/api-keys' }, TEXTS.manageKeys),
      ),
    ),
    element('section', { class: 'panel' }, element('h2', {}, TEXTS.changePassword), passwordForm(user)),
    element('section', { class: 'panel' }, element('h2', {}, TEXTS.eraseYourAccount), eraseForm(user)),
  );
  return { title: TEXTS.account, node };
}

/**
 * @param {Api.User} user
 * @param {(newest: Api.User) => void} onChanged
 */
function nameForm(user, onChanged) {
  const name = field({
    name: 'name',
    label: TEXTS.name,
    required: true,
    autocomplete: 'name',
    characters: 120,
    value: user.name,
  });
  const made = form({
    name: TEXTS.changeName,
    fields: [name],
    label: TEXTS.changeName,
    busyLabel: TEXTS.saving,
    async send() {
      const newest = await api.changeAccount({ name: trimmed(name.value()) });
      session.refresh(newest);
      name.input.value = newest.name;
      onChanged(newest);
      toast(TEXTS.yourNameHasBeenChanged, 'good');
    },
  });
  return made.node;
}

/** @param {OwnAccount} user */
function contactForm(user) {
  const contact = field({
    name: 'public_contact',
    label: TEXTS.eMailOrWebAddress,
    hint: TEXTS.yourEventsShowItLeave,
    autocomplete: 'off',
    autocapitalize: 'none',
    characters: 254,
    value: user.public_contact ?? '',
  });
  const made = form({
    name: TEXTS.publicContact,
    fields: [contact],
    label: TEXTS.saveContact,
    busyLabel: TEXTS.saving,
    async send() {
      const newest = await api.changePublicContact(trimmed(contact.value()) || null);
      contact.input.value = newest.public_contact ?? '';
      toast(TEXTS.yourPublicContactHasBeen, 'good');
    },
  });
  return made.node;
}

/** @param {Api.User} user */
function eraseForm(user) {
  const current = passwordField({
    name: 'current_password',
    label: TEXTS.yourPassword,
    autocomplete: 'current-password',
    hint: TEXTS.thisCancelsYourBookingsAnd,
  });
  const made = form({
    name: TEXTS.eraseYourAccount,
    fields: [current],
    content: [userName(user), current.node],
    label: TEXTS.eraseMyAccount,
    busyLabel: TEXTS.erasing,
    async send() {
      const sure = await confirmed({
        title: TEXTS.eraseYourAccountQuestion,
        text: TEXTS.allYourBookingsAreCancelled,
        yes: TEXTS.eraseMyAccountNow,
        no: TEXTS.keepMyAccount,
        danger: true,
      });
      if (!sure) return;
      await api.eraseAccount(current.value());
      session.end('signed-out');
      toast(TEXTS.yourAccountHasBeenErased);
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
    label: TEXTS.currentPassword,
    autocomplete: 'current-password',
  });
  const replacement = passwordField({
    name: 'new_password',
    label: TEXTS.newPassword,
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: user.email, old: current.value() }),
  });
  const made = form({
    name: TEXTS.changePassword,
    fields: [current, replacement],
    content: [userName(user), current.node, replacement.node],
    label: TEXTS.changePassword,
    busyLabel: TEXTS.saving,
    async send() {
      session.begin(await api.changePassword(current.value(), replacement.value()));
      made.node.reset();
      toast(TEXTS.yourPasswordHasBeenChanged, 'good');
    },
  });
  return made.node;
}
