import { createWebhook, webhooks } from '../../server/webhooks-api.js';
import { copyField } from '../../ui/copy-field.js';
import { element, setShown } from '../../ui/dom.js';
import { webhookCard } from './webhook-card.js';
import { newWebhookForm } from './webhook-form.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Webhooks',
  studio: '← Studio',
  about: 'Your own programs are told at once when something changes at your events.',
  none: 'No webhooks yet.',
  newWebhook: 'New webhook',
  create: 'Create webhook',
  creating: 'Creating…',
  secretHeading: 'Signing secret',
  secret: 'Secret that signs this webhook',
  once: 'Copy it now. It isn’t shown again. Your program needs it to check that a webhook comes from here.',
  copy: 'Copy secret',
  copied: 'Secret copied.',
  selected: 'The secret is selected. Copy it from here.',
});

/**
 * The signed-in user's webhooks.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  const first = await webhooks(signal);
  const list = element('div', { class: 'stack' });
  const none = element('p', { class: 'soft' }, TEXTS.none);
  const secret = copyField({
    id: 'webhook-secret',
    label: TEXTS.secret,
    words: { copy: TEXTS.copy, copied: TEXTS.copied, selected: TEXTS.selected },
  });
  const secretPanel = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'webhook-secret-heading', hidden: true },
    element('h2', { id: 'webhook-secret-heading' }, TEXTS.secretHeading),
    secret.node,
    element('p', { class: 'soft small' }, TEXTS.once),
  );

  /** @param {string} text */
  function tell(text) {
    secret.input.value = text;
    setShown(secretPanel, true);
    secret.input.focus({ preventScroll: true });
    // Not under the bar.
    secretPanel.scrollIntoView({ block: 'center' });
  }

  /** @param {Api.Webhook} webhook */
  function add(webhook) {
    const card = webhookCard(webhook, {
      signal,
      onSecret: tell,
      onRemoved() {
        card.remove();
        setShown(secretPanel, false);
        setShown(none, list.childElementCount === 0);
        heading.focus();
      },
    });
    list.append(card);
    setShown(none, false);
  }

  const made = newWebhookForm({
    name: TEXTS.newWebhook,
    label: TEXTS.create,
    busyLabel: TEXTS.creating,
    async send(webhook) {
      const created = await createWebhook(webhook);
      made.clear();
      add(created.webhook);
      tell(created.secret);
    },
  });
  const heading = element('h1', { tabindex: '-1' }, TEXTS.title);
  for (const webhook of first) add(webhook);
  const node = element(
    'section',
    { class: 'page' },
    element('a', { class: 'back-link', href: '/studio' }, TEXTS.studio),
    element('div', { class: 'page-head' }, element('div', {}, heading, element('p', { class: 'soft' }, TEXTS.about))),
    secretPanel,
    none,
    list,
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'new-webhook' },
      element('h2', { id: 'new-webhook' }, TEXTS.newWebhook),
      made.node,
    ),
  );
  return { title: TEXTS.title, node };
}
