import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { choice, field, form, passwordField } from '../../ui/forms.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { trimmed } from '../../words/text.js';
import { wayBack } from './way-back.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

/** @type {[value: Api.OwnRole, label: string, text: string][]} */
const ROLES = [
  ['AUDIENCE', 'Attend events', 'Book seats and keep your tickets in one place.'],
  ['ORGANIZER', 'Host events', 'Book seats, and publish your own events.'],
];

/**
 * Creates an account and signs in.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ query, signal }) {
  const name = field({ name: 'name', label: 'Name', required: true, autocomplete: 'name', characters: 120 });
  const email = field({
    name: 'email',
    label: 'E-mail',
    type: 'email',
    required: true,
    autocomplete: 'username',
    autocapitalize: 'none',
    characters: 254,
  });
  const password = passwordField({
    name: 'password',
    label: 'Password',
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: trimmed(email.value()) }),
  });
  const roles = ROLES.map(([value, label, text], index) => ({
    value,
    ...choice({ name: 'role', value, label, text, checked: index === 0 }),
  }));
  const made = form({
    name: 'Create account',
    fields: [name, email, password],
    content: [
      name.node,
      email.node,
      password.node,
      element(
        'fieldset',
        { class: 'choices' },
        element('legend', {}, 'I want to'),
        roles.map(({ node }) => node),
      ),
    ],
    label: 'Create account',
    busyLabel: 'Creating your account…',
    async send() {
      const role = roles.find(({ input }) => input.checked)?.value;
      const address = trimmed(email.value());
      const answer = await api.signUp({
        name: trimmed(name.value()),
        email: address,
        password: password.value(),
        role,
      });
      // A server from before the last upgrade answers with the account alone.
      session.begin('token' in answer ? answer : await api.logIn(address, password.value()));
      if (!signal.aborted) go(wayBack(query), { replace: true });
    },
  });
  const then = query.get('then');
  const signIn = `/sign-in${then ? `?then=${encodeURIComponent(then)}` : ''}`;
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, 'Create account'),
    made.node,
    element('p', { class: 'aside' }, 'Already have an account? ', element('a', { href: signIn }, 'Sign in')),
  );
  return { title: 'Create account', node };
}
