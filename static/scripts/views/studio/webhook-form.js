// The form of a webhook: its endpoint's address, and the kinds of changes that it tells of.

import { element, setShown, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { ownPassword } from '../../ui/own-password.js';
import { trimmed } from '../../words/text.js';
import { WEBHOOK_KINDS, webhookKindWords } from '../../words/webhooks.js';

/** @import { Field } from '../../ui/forms.js' */

const TEXTS = Object.freeze({
  url: 'Address of the endpoint',
  urlHint: 'Starts with https://, and is on the public internet.',
  kinds: 'Tell it of',
  chooseOne: 'Choose one at least.',
});

const URL_CHARACTERS_MAX = 1000;

let count = 0;

/**
 * A form that makes a webhook.
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.label of the button
 * @param {string} options.busyLabel
 * @param {(webhook: Api.NewWebhook) => Promise<void>} options.send
 */
export function newWebhookForm({ name, label, busyLabel, send }) {
  const url = urlField('');
  const kinds = kindsField(WEBHOOK_KINDS);
  const password = ownPassword();
  const made = form({
    name,
    fields: [url, kinds.field, password.field],
    content: [url.node, kinds.field.node, password.content],
    label,
    busyLabel,
    send: () => send({ url: trimmed(url.value()), kinds: kinds.chosen(), current_password: password.field.value() }),
  });
  return {
    node: made.node,
    clear() {
      url.input.value = '';
      password.field.input.value = '';
    },
  };
}

/**
 * A form that changes a webhook. It asks for the password while the address is another one.
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.label of the button
 * @param {string} options.busyLabel
 * @param {Pick<Api.Webhook, 'url' | 'kinds'>} options.webhook the one to change
 * @param {(changes: Api.WebhookChanges) => Promise<Api.Webhook>} options.send
 */
export function webhookChangesForm({ name, label, busyLabel, webhook, send }) {
  let known = webhook.url;
  const url = urlField(known);
  const kinds = kindsField(webhook.kinds);
  const password = ownPassword();
  const proof = element('div', { class: 'form' }, password.content);

  const hasMoved = () => trimmed(url.value()) !== known;
  function follow() {
    setShown(proof, hasMoved());
    password.field.input.required = hasMoved();
  }

  const made = form({
    name,
    fields: [url, kinds.field, password.field],
    content: [url.node, kinds.field.node, proof],
    label,
    busyLabel,
    async send() {
      const moved = hasMoved() ? { url: trimmed(url.value()), current_password: password.field.value() } : {};
      // The server may spell it in another way.
      known = (await send({ ...moved, kinds: kinds.chosen() })).url;
      url.input.value = known;
      password.field.input.value = '';
      follow();
    },
  });
  url.input.addEventListener('input', follow);
  follow();
  return made.node;
}

/** @param {string} value */
function urlField(value) {
  return field({
    name: 'url',
    label: TEXTS.url,
    hint: TEXTS.urlHint,
    type: 'text',
    inputmode: 'url',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    characters: URL_CHARACTERS_MAX,
    value,
  });
}

/** @param {readonly string[]} chosen */
function kindsField(chosen) {
  count += 1;
  const id = `webhook-kinds-${count}`;
  const boxes = WEBHOOK_KINDS.map((kind) => ({
    kind,
    input: element('input', { type: 'checkbox', checked: chosen.includes(kind), 'aria-describedby': id }),
  }));
  const error = element('p', { class: 'field-error', id, hidden: true });
  const node = element(
    'fieldset',
    { class: 'choices' },
    element('legend', {}, TEXTS.kinds),
    element(
      'div',
      { class: 'field-pair' },
      boxes.map(({ kind, input }) =>
        element('label', { class: 'choice' }, input, element('span', {}, webhookKindWords(kind))),
      ),
    ),
    error,
  );
  const read = () => boxes.filter(({ input }) => input.checked).map(({ kind }) => kind);

  /** @param {string | null} text */
  function setError(text) {
    setText(error, text ?? '');
    setShown(error, Boolean(text));
  }

  node.addEventListener('change', () => setError(null));
  const [first] = boxes;
  if (first === undefined) throw new Error('there are no kinds of webhooks');
  /** @type {Field} */
  const asField = {
    name: 'kinds',
    node,
    input: first.input,
    setError,
    value: () => read().join(),
    error: () => (read().length === 0 ? TEXTS.chooseOne : null),
  };
  return { field: asField, chosen: read };
}
