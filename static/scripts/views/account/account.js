import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { form, passwordField } from '../../ui/forms.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { badge } from '../../ui/seats.js';
import { stateWords } from '../../words/facts.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { dateAndTime } from '../../words/times.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/**
 * The signed-in user's account: change the password, sign out.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  const user = await api.account(signal);
  session.refresh(user);
  const leave = element('button', { type: 'button', class: 'button' }, icon('leave'), 'Sign out');
  leave.addEventListener('click', async () => {
    // Without an answer this browser forgets the token all the same, and it expires.
    const ended = api.logOut().catch(() => {});
    session.end('signed-out');
    toast('You are signed out.');
    go('#/events');
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
      toast('You are signed out, in all other browsers too.');
      go('#/events');
    },
    more: [leave],
  });
  everywhere.button.className = 'button';
  const node = element(
    'div',
    { class: 'page page-narrow' },
    element(
      'section',
      { class: 'panel' },
      element('div', { class: 'panel-head' }, element('h1', {}, user.name), badge(stateWords(user.role), 'calm')),
      element('p', {}, user.email),
      element('p', { class: 'soft' }, `With us since ${dateAndTime(user.created_at)}`),
      everywhere.node,
    ),
    element('section', { class: 'panel' }, element('h2', {}, 'Change the password'), passwordForm(user)),
  );
  return { title: 'Account', node };
}

/** @param {Api.User} user */
function passwordForm(user) {
  const current = passwordField({
    name: 'current_password',
    label: 'Present password',
    autocomplete: 'current-password',
  });
  const replacement = passwordField({
    name: 'new_password',
    label: 'New password',
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: user.email, old: current.value() }),
  });
  // Password managers look for the user name beside a password.
  const name = element('input', {
    type: 'email',
    class: 'visually-hidden',
    autocomplete: 'username',
    value: user.email,
    readonly: true,
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  const made = form({
    name: 'Change the password',
    fields: [current, replacement],
    content: [name, current.node, replacement.node],
    label: 'Change the password',
    busyLabel: 'Changing…',
    async send() {
      session.begin(await api.changePassword(current.value(), replacement.value()));
      made.node.reset();
      toast('Your password is changed. Other browsers have to sign in again.', 'good');
    },
  });
  return made.node;
}
