import { forgetPassword } from '../../server/proofs-api.js';
import { element } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { trimmed } from '../../words/text.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Forgot your password?',
  about: 'Enter your e-mail address. If it has an account, we send you a link to choose a new password.',
  eMail: 'E-mail',
  send: 'Send link',
  sending: 'Sending…',
  sent: 'If this address has an account, an e-mail is on its way. The link works for one hour.',
  back: 'Back to sign-in',
});

/**
 * Asks for a link that resets a password.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ query }) {
  const email = field({
    name: 'email',
    label: TEXTS.eMail,
    type: 'email',
    required: true,
    autocomplete: 'username',
    autocapitalize: 'none',
    value: query.get('email') ?? '',
  });
  const made = form({
    name: TEXTS.title,
    fields: [email],
    label: TEXTS.send,
    busyLabel: TEXTS.sending,
    async send() {
      await forgetPassword(trimmed(email.value()));
      const sent = element('p', { role: 'status', tabindex: '-1' }, TEXTS.sent);
      made.node.replaceWith(sent);
      sent.focus();
    },
  });
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.title),
    element('p', {}, TEXTS.about),
    made.node,
    element('p', { class: 'aside' }, element('a', { href: '/sign-in' }, TEXTS.back)),
  );
  return { title: TEXTS.title, node };
}
