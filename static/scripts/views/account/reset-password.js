import { go } from '../../browser/navigation.js';
import { useReset } from '../../server/proofs-api.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { form, passwordField } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { passwordError, passwordHint } from '../../words/passwords.js';
import { takeToken } from './link-token.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Choose a new password',
  about: 'You’re signed out everywhere, and sign in with the new password.',
  newPassword: 'New password',
  save: 'Save password',
  saving: 'Saving…',
  done: 'Your password has been changed. Sign in with it.',
  incomplete: 'This link is not complete. Open it from the e-mail again, or ask for another one.',
  another: 'Send another link',
});

/**
 * Sets a new password by a link.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ fragment, signal }) {
  const token = takeToken(fragment);
  const password = passwordField({
    name: 'new_password',
    label: TEXTS.newPassword,
    autocomplete: 'new-password',
    hint: passwordHint,
    check: (value) => passwordError(value, { email: '' }),
  });
  const made = form({
    name: TEXTS.title,
    fields: [password],
    label: TEXTS.save,
    busyLabel: TEXTS.saving,
    async send() {
      await useReset(token, password.value());
      session.end('signed-out');
      toast(TEXTS.done, 'good');
      if (!signal.aborted) go('/sign-in', { replace: true });
    },
  });
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.title),
    element('p', {}, token === '' ? TEXTS.incomplete : TEXTS.about),
    token !== '' && made.node,
    element('p', { class: 'aside' }, element('a', { href: '/forgot-password' }, TEXTS.another)),
  );
  return { title: TEXTS.title, node };
}
