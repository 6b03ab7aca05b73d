import * as api from '../../server/api.js';
import { invitations, invite, revokeInvitation } from '../../server/proofs-api.js';
import { element } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { trimmed } from '../../words/text.js';
import { dateAndTime } from '../../words/times.js';
import { adminHead } from './head.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Invitations',
  about: 'Invite organizers. The link works once, for seven days.',
  eMail: 'E-mail',
  send: 'Send invitation',
  sending: 'Sending…',
  /** @param {string} address */
  sent: (address) => `An invitation is on its way to ${address}.`,
  open: 'Open invitations',
  none: 'No open invitations.',
  off: 'This server sends no mail, so it cannot invite anybody.',
  revoke: 'Take back',
  /** @param {string} address */
  revokeOf: (address) => `Take the invitation of ${address} back`,
  revoked: 'The invitation has been taken back.',
  /** @param {string} time */
  until: (time) => `until ${time}`,
  /** @param {string} reason */
  failed: (reason) => `Not sent yet: ${reason}`,
});

/**
 * Invites organizers, and takes invitations back.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  const [first, site] = await Promise.all([invitations({}, signal), api.site()]);
  const list = element('ul', { class: 'stack' });
  const email = field({
    name: 'email',
    label: TEXTS.eMail,
    type: 'email',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
    characters: 254,
  });
  const made = form({
    name: TEXTS.title,
    fields: [email],
    label: TEXTS.send,
    busyLabel: TEXTS.sending,
    async send() {
      const address = trimmed(email.value());
      await invite(address);
      email.input.value = '';
      toast(TEXTS.sent(address), 'good');
      await refresh();
    },
  });

  async function refresh() {
    put((await invitations({}, signal)).items);
  }

  /** @param {Api.Invitation[]} items */
  function put(items) {
    list.replaceChildren(...(items.length === 0 ? [element('li', { class: 'soft' }, TEXTS.none)] : items.map(row)));
  }

  /** @param {Api.Invitation} one */
  function row(one) {
    const revoke = element(
      'button',
      { type: 'button', class: 'button', 'aria-label': TEXTS.revokeOf(one.email) },
      TEXTS.revoke,
    );
    revoke.addEventListener('click', async () => {
      try {
        await revokeInvitation(one.id);
        toast(TEXTS.revoked);
        await refresh();
      } catch (error) {
        toast(sentenceOf(error));
      }
    });
    return element(
      'li',
      { class: 'panel-head' },
      element(
        'span',
        {},
        element('bdi', {}, one.email),
        ' ',
        element('span', { class: 'soft' }, TEXTS.until(dateAndTime(one.expires_at))),
        one.last_error !== null && element('span', { class: 'soft small' }, ` ${TEXTS.failed(one.last_error)}`),
      ),
      revoke,
    );
  }

  put(first.items);
  const node = element(
    'section',
    { class: 'page' },
    adminHead('invitations', TEXTS.title, { text: TEXTS.about }),
    element('section', { class: 'panel' }, site.sends_mail ? made.node : element('p', {}, TEXTS.off)),
    element('section', { class: 'panel', 'aria-labelledby': 'open' }, element('h2', { id: 'open' }, TEXTS.open), list),
  );
  return { title: TEXTS.title, node };
}
