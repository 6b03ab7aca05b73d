import { go } from '../../browser/navigation.js';
import { acceptInvitation } from '../../server/proofs-api.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { field, form, passwordField } from '../../ui/forms.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { trimmed } from '../../words/text.js';
import { takeToken } from './link-token.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Host events',
  about: 'You’re invited. Create your account to publish and run events.',
  name: 'Name',
  password: 'Password',
  create: 'Create account',
  creating: 'Creating your account…',
  incomplete: 'This link is not complete. Open it from the e-mail again.',
});

/**
 * Accepts an invitation.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ fragment, signal }) {
  const token = takeToken(fragment);
  const name = field({ name: 'name', label: TEXTS.name, required: true, autocomplete: 'name', characters: 120 });
  const password = passwordField({
    name: 'password',
    label: TEXTS.password,
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: '' }),
  });
  const made = form({
    name: TEXTS.title,
    fields: [name, password],
    label: TEXTS.create,
    busyLabel: TEXTS.creating,
    async send() {
      session.begin(await acceptInvitation({ token, name: trimmed(name.value()), password: password.value() }));
      if (!signal.aborted) go('/studio', { replace: true });
    },
  });
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.title),
    element('p', {}, token === '' ? TEXTS.incomplete : TEXTS.about),
    token !== '' && made.node,
  );
  return { title: TEXTS.title, node };
}
