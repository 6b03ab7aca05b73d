import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { choice, field, form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { trimmed } from '../../words/text.js';
import { wayBack } from './way-back.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  attendEvents: 'Attend events',
  bookSeatsAndKeepYour: 'Book seats and keep your tickets in one place.',
  hostEvents: 'Host events',
  bookSeatsAndPublishYour: 'Book seats, and publish your own events.',
  name: 'Name',
  password: 'Password',
  createAccount: 'Create account',
  iWantTo: 'I want to',
  creatingYourAccount: 'Creating your account…',
  alreadyHaveAnAccount: 'Already have an account? ',
  signIn: 'Sign in',
  linkSent: 'We’ve sent you an e-mail. Open its link to confirm your address.',
});

/** @type {[value: Api.OwnRole, label: string, text: string][]} */
const ROLES = [
  ['AUDIENCE', TEXTS.attendEvents, TEXTS.bookSeatsAndKeepYour],
  ['ORGANIZER', TEXTS.hostEvents, TEXTS.bookSeatsAndPublishYour],
];

/**
 * Creates an account and signs in.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ query, signal }) {
  const name = field({ name: 'name', label: TEXTS.name, required: true, autocomplete: 'name', characters: 120 });
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
    label: TEXTS.password,
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: trimmed(email.value()) }),
  });
  const roles = ROLES.map(([value, label, text], index) => ({
    value,
    ...choice({ name: 'role', value, label, text, checked: index === 0 }),
  }));
  const made = form({
    name: TEXTS.createAccount,
    fields: [name, email, password],
    content: [
      name.node,
      email.node,
      password.node,
      element(
        'fieldset',
        { class: 'choices' },
        element('legend', {}, TEXTS.iWantTo),
        roles.map(({ node }) => node),
      ),
    ],
    label: TEXTS.createAccount,
    busyLabel: TEXTS.creatingYourAccount,
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
      // Nobody waits for it.
      api.site().then(
        ({ sends_mail: sendsMail }) => sendsMail && toast(TEXTS.linkSent),
        () => {},
      );
      if (!signal.aborted) go(wayBack(query), { replace: true });
    },
  });
  const then = query.get('then');
  const signIn = `/sign-in${then ? `?then=${encodeURIComponent(then)}` : ''}`;
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.createAccount),
    made.node,
    element('p', { class: 'aside' }, TEXTS.alreadyHaveAnAccount, element('a', { href: signIn }, TEXTS.signIn)),
  );
  return { title: TEXTS.createAccount, node };
}
