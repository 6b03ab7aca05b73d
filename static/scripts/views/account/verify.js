import * as api from '../../server/api.js';
import { verify } from '../../server/proofs-api.js';
import * as session from '../../server/session.js';
import { element } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';
import { forgetToken, keptToken } from './link-token.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Confirm your e-mail address',
  about: 'Press the button to confirm that this link was sent to you.',
  confirm: 'Confirm address',
  confirming: 'Confirming…',
  done: 'Your e-mail address is confirmed.',
  incomplete: 'This link is not complete. Open it from the e-mail again.',
  browse: 'Browse events',
  signInFirst: 'Sign in to your account first, and then confirm the address.',
  signIn: 'Sign in to confirm',
});

/**
 * Confirms an address when the button is pressed: programs that look into mails open links, and press nothing.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ fragment }) {
  const token = keptToken(fragment);
  if (token !== '' && session.user() === null) return signInFirst();
  const about = element('p', {}, token === '' ? TEXTS.incomplete : TEXTS.about);
  const onward = element('a', { class: 'button', href: '/events' }, TEXTS.browse);
  const made = form({
    name: TEXTS.title,
    fields: [],
    content: [],
    label: TEXTS.confirm,
    busyLabel: TEXTS.confirming,
    async send() {
      await verify(token);
      forgetToken();
      await api.account().then(session.refresh, () => {});
      made.node.replaceWith(element('p', { role: 'status' }, TEXTS.done), onward);
      about.remove();
      onward.focus();
    },
  });
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.title),
    about,
    token === '' ? onward : made.node,
  );
  return { title: TEXTS.title, node };
}

/**
 * Whoever reads the mail may not be the one who has made the account.
 * @returns {Page}
 */
function signInFirst() {
  const node = element(
    'section',
    { class: 'panel panel-narrow' },
    element('h1', {}, TEXTS.title),
    element('p', {}, TEXTS.signInFirst),
    element('a', { class: 'button', href: '/sign-in?then=/verify' }, TEXTS.signIn),
  );
  return { title: TEXTS.title, node };
}
