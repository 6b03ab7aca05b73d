import { go } from '../../browser/navigation.js';
import * as api from '../../server/api.js';
import { Problem } from '../../server/failures.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { trimmed } from '../../words/text.js';
import { wayBack } from './way-back.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { Field } from '../../ui/forms.js' */

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
  const password = passwordField({ name: 'password', label: 'Password', autocomplete: 'current-password' });
  const made = form({
    name: 'Sign in',
    fields: [email, password],
    label: 'Sign in',
    busyLabel: 'Signing in…',
    async send() {
      const login = await api.logIn(trimmed(email.value()), password.value());
      session.begin(login);
      toast(`Welcome, ${login.user.name}.`, 'good');
      // A user who has left this page meanwhile stays where they are.
      if (!signal.aborted) go(wayBack(query), { replace: true });
    },
    explain,
  });

  /** @param {unknown} error */
  function explain(error) {
    if (!(error instanceof Problem) || error.status !== 401) return false;
    if (error.code === 'wrong-credentials') {
      password.setError('E-mail or password is wrong.');
      password.input.select();
      password.input.focus();
    } else {
      made.showMessage(error.message);
    }
    return true;
  }

  const then = query.get('then');
  const signUp = `/sign-up${then ? `?then=${encodeURIComponent(then)}` : ''}`;
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, 'Sign in'),
    made.node,
    element('p', { class: 'aside' }, 'New here? ', element('a', { href: signUp }, 'Make an account'), '.'),
    isLocal() && demoHint(email, password),
  );
  return { title: 'Sign in', node };
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
      ` / ${secret} (${role})`,
    );
  return element(
    'div',
    { class: 'demo' },
    element('p', {}, 'On a fresh demo:'),
    element('ul', {}, DEMO_ACCOUNTS.map(use)),
  );
}
