import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { Problem } from '../../server/failures.js';
import * as session from '../../server/session.js';
import { element, setShown } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { trimmed } from '../../words/text.js';
import { wayBack } from './way-back.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { Field } from '../../ui/forms.js' */

const TEXTS = Object.freeze({
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  eMailOrPasswordIs: 'E-mail or password is wrong.',
  newHere: 'New here? ',
  createAccount: 'Create account',
  forgotYourPassword: 'Forgot your password?',
  onAFreshDemo: 'On a fresh demo:',
});

/** @typedef {[address: string, password: string, role: string]} DemoAccount */

/** @type {DemoAccount[]} */
const DEMO_ACCOUNTS = [
  ['admin@eventbrite.local', 'admin123', 'admin'],
  ['events@techcorp.com', 'org123', 'organizer'],
  ['alice@student.com', 'user123', 'audience'],
  ['bob@engineer.com', 'user123', 'audience'],
];

/**
 * Signs in and returns to the page before.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ query, signal }) {
  const email = field({
    name: 'email',
    label: 'E-mail',
    type: 'email',
    required: true,
    autocomplete: 'username',
    autocapitalize: 'none',
  });
  const password = passwordField({ name: 'password', label: TEXTS.password, autocomplete: 'current-password' });
  const made = form({
    name: TEXTS.signIn,
    fields: [email, password],
    label: TEXTS.signIn,
    busyLabel: TEXTS.signingIn,
    async send() {
      session.begin(await api.logIn(trimmed(email.value()), password.value()));
      // A user who has left this page meanwhile stays where they are.
      if (!signal.aborted) go(wayBack(query), { replace: true });
    },
    explain,
  });

  /** @param {unknown} error */
  function explain(error) {
    if (!(error instanceof Problem) || error.status !== 401) return false;
    if (error.code === 'wrong-credentials') {
      password.setError(TEXTS.eMailOrPasswordIs);
      password.input.select();
      password.input.focus();
    } else {
      made.showMessage(error.message);
    }
    return true;
  }

  const forgotten = element('p', { class: 'aside', hidden: true });
  forgotten.append(element('a', { href: '/forgot-password' }, TEXTS.forgotYourPassword));
  // A server that sends no mail cannot send a link.
  api.site().then(
    ({ sends_mail: sendsMail }) => setShown(forgotten, sendsMail === true),
    () => {},
  );
  const then = query.get('then');
  const signUp = `/sign-up${then ? `?then=${encodeURIComponent(then)}` : ''}`;
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.signIn),
    made.node,
    element('p', { class: 'aside' }, TEXTS.newHere, element('a', { href: signUp }, TEXTS.createAccount)),
    forgotten,
    isLocal() && demoHint(email, password),
  );
  return { title: TEXTS.signIn, node };
}

// A server does not tell whether it has the demo's accounts. By default only one on this machine may have them.
function isLocal() {
  return ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}

/**
 * @param {Field} email
 * @param {Field} password
 */
function demoHint(email, password) {
  /** @param {DemoAccount} account */
  const use = ([address, secret, role]) =>
    element(
      'li',
      {},
      element(
        'button',
        {
          type: 'button',
          class: 'text-button',
          onclick() {
            email.input.value = address;
            password.input.value = secret;
            email.setError(null);
            password.setError(null);
            password.input.focus();
          },
        },
        address,
      ),
      `${secret} (${role})`,
    );
  return element(
    'div',
    { class: 'demo' },
    element('p', {}, TEXTS.onAFreshDemo),
    element('ul', {}, DEMO_ACCOUNTS.map(use)),
  );
}
