// One webhook: how it stands, and what its owner can do with it.

import { isAbort } from '../../server/failures.js';
import { changeWebhook, deleteWebhook, testWebhook } from '../../server/webhooks-api.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setChildren, setShown, setText } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { badge } from '../../ui/seats.js';
import { sentenceOf } from '../../words/problems.js';
import { webhookKindWords, webhookLabel, webhookWords } from '../../words/webhooks.js';
import { deliveryTable } from './delivery-table.js';
import { newSecret } from './new-secret-dialog.js';
import { webhookChangesForm } from './webhook-form.js';

const TEXTS = Object.freeze({
  allEvents: 'All events of all organizers',
  test: 'Send test',
  testSent: 'A test is on its way. Its answer will stand in the log.',
  switchOff: 'Switch off',
  switchOn: 'Switch on',
  change: 'Change',
  changeThis: 'Change this webhook',
  save: 'Save changes',
  saving: 'Saving…',
  saved: 'Saved.',
  rotate: 'New secret…',
  remove: 'Delete…',
  removeTitle: 'Delete this webhook?',
  removeText: 'Nothing more is sent to its endpoint, and its log is deleted. This can’t be undone.',
  removeYes: 'Delete the webhook',
  keepIt: 'Keep it',
  removed: 'The webhook was deleted.',
  log: 'Log',
});

/**
 * @param {Api.Webhook} first
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(secret: string) => void} options.onSecret called with a new secret
 * @param {() => void} options.onRemoved
 */
export function webhookCard(first, { signal, onSecret, onRemoved }) {
  let latest = first;
  const id = `webhook-${first.id}`;
  const heading = element('h2', { id, dir: 'ltr' });
  const label = element('span', {});
  const about = element('p', { class: 'soft' });
  const kinds = element('p', { class: 'soft' });
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const test = button(TEXTS.test);
  const flip = button(TEXTS.switchOff);
  const rotate = button(TEXTS.rotate);
  const remove = element('button', { type: 'button', class: 'button button-quiet-danger' }, TEXTS.remove);
  const buttons = [test, flip, rotate, remove];
  const change = element('details', { class: 'more-of-it' }, element('summary', {}, TEXTS.change));
  const log = element('details', { class: 'more-of-it' }, element('summary', {}, TEXTS.log));
  const node = element(
    'section',
    { class: 'panel stack', 'aria-labelledby': id },
    element('div', { class: 'panel-head' }, heading, label),
    about,
    kinds,
    problem,
    element('div', { class: 'actions' }, buttons),
    change,
    log,
  );

  /** @param {Api.Webhook} webhook */
  function update(webhook) {
    latest = webhook;
    setText(heading, webhook.url);
    setChildren(label, [badge(...webhookLabel(webhook))]);
    const words = webhookWords(webhook);
    setText(about, words ?? '');
    setShown(about, words !== null);
    const scope = webhook.scope === 'ALL' ? `${TEXTS.allEvents}: ` : '';
    setText(kinds, scope + webhook.kinds.map(webhookKindWords).join(', '));
    setText(flip, webhook.state === 'ON' ? TEXTS.switchOff : TEXTS.switchOn);
    setShown(test, webhook.state === 'ON');
  }

  /** @param {() => Promise<void>} task */
  async function act(task) {
    if (buttons.some((one) => one.getAttribute('aria-disabled'))) return;
    for (const one of buttons) one.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await task();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      for (const one of buttons) one.removeAttribute('aria-disabled');
    }
  }

  test.addEventListener('click', () =>
    act(async () => {
      await testWebhook(first.id);
      toast(TEXTS.testSent, 'good');
    }),
  );
  flip.addEventListener('click', () =>
    act(async () => update(await changeWebhook(first.id, { state: latest.state === 'ON' ? 'OFF' : 'ON' }))),
  );
  rotate.addEventListener('click', () =>
    act(async () => {
      const made = await newSecret(first.id);
      if (made === null || signal.aborted) return;
      update(made.webhook);
      onSecret(made.secret);
    }),
  );
  remove.addEventListener('click', () =>
    act(async () => {
      const question = { title: TEXTS.removeTitle, text: TEXTS.removeText, yes: TEXTS.removeYes, no: TEXTS.keepIt };
      if (!(await confirmed({ ...question, danger: true })) || signal.aborted) return;
      await deleteWebhook(first.id);
      toast(TEXTS.removed, 'good');
      onRemoved();
    }),
  );
  change.addEventListener('toggle', () => {
    if (!change.open || change.childElementCount > 1) return;
    const form = webhookChangesForm({
      name: TEXTS.changeThis,
      label: TEXTS.save,
      busyLabel: TEXTS.saving,
      webhook: latest,
      async send(changes) {
        const changed = await changeWebhook(first.id, changes);
        update(changed);
        toast(TEXTS.saved, 'good');
        return changed;
      },
    });
    change.append(form);
  });
  log.addEventListener('toggle', () => {
    if (!log.open || log.childElementCount > 1) return;
    act(async () => log.append(await deliveryTable(first.id, signal)));
  });
  update(first);
  return node;
}

/** @param {string} label */
function button(label) {
  return element('button', { type: 'button', class: 'button' }, label);
}
