// API keys of the user's own programs: make one, copy it, revoke it.

import { apiKeys, revokeApiKey } from '../../server/api-keys-api.js';
import { copyField } from '../../ui/copy-field.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setShown } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { dateAndTime } from '../../words/times.js';
import { eventsWords, permissionWords, stateWords } from './key-words.js';
import { newKeyForm } from './new-key-form.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'API keys',
  about:
    'A key lets a program of yours act for you, as far as you allow. Give each program its own key, and keep it secret.',
  newKey: 'New key',
  yourKey: 'Your new key',
  once: 'Copy it now. It isn’t shown again.',
  copyKey: 'Copy key',
  keyCopied: 'Key copied.',
  keySelected: 'The key is selected. Copy it from here.',
  yourKeys: 'Your keys',
  none: 'No keys yet.',
  revoke: 'Revoke…',
  /** @param {string} name */
  revokeOf: (name) => `Revoke the key ${name}`,
  revokeTitle: 'Revoke this key?',
  revokeText: 'Programs that use it stop working at once. This can’t be undone.',
  revokeYes: 'Revoke key',
  revoked: 'The key has been revoked.',
  neverUsed: 'Never used',
  /** @param {string} time */
  lastUsed: (time) => `Last used ${time}`,
});

/**
 * The signed-in user's API keys.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ signal }) {
  const first = await apiKeys(signal);
  const list = element('ul', { class: 'stack' });
  const secret = copyField({
    id: 'api-key',
    label: TEXTS.yourKey,
    words: { copy: TEXTS.copyKey, copied: TEXTS.keyCopied, selected: TEXTS.keySelected },
  });
  const told = element(
    'section',
    { class: 'panel', hidden: true, 'aria-label': TEXTS.yourKey },
    secret.node,
    element('p', { class: 'soft small' }, TEXTS.once),
  );
  const made = await newKeyForm(signal, async (key) => {
    secret.input.value = key;
    setShown(told, true);
    secret.input.focus();
    await refresh();
  });

  async function refresh() {
    put(await apiKeys(signal));
  }

  /** @param {Api.ApiKey[]} keys */
  function put(keys) {
    list.replaceChildren(...(keys.length === 0 ? [element('li', { class: 'soft' }, TEXTS.none)] : keys.map(row)));
  }

  /** @param {Api.ApiKey} key */
  async function end(key) {
    const sure = await confirmed({
      title: TEXTS.revokeTitle,
      text: TEXTS.revokeText,
      yes: TEXTS.revokeYes,
      danger: true,
    });
    if (!sure) return;
    try {
      await revokeApiKey(key.id);
      if (secret.input.value.startsWith(key.shown)) {
        secret.input.value = '';
        setShown(told, false);
      }
      toast(TEXTS.revoked);
      await refresh();
    } catch (error) {
      toast(sentenceOf(error));
    }
  }

  /** @param {Api.ApiKey} key */
  function row(key) {
    const revoke = element(
      'button',
      { type: 'button', class: 'button', 'aria-label': TEXTS.revokeOf(key.name), onclick: () => end(key) },
      TEXTS.revoke,
    );
    const used = key.last_used_at === null ? TEXTS.neverUsed : TEXTS.lastUsed(dateAndTime(key.last_used_at));
    return element(
      'li',
      { class: 'panel-head' },
      element(
        'div',
        {},
        element('strong', {}, element('bdi', {}, key.name)),
        element('p', { class: 'soft small' }, `${key.shown}… · ${stateWords(key)} · ${used}`),
        element('p', { class: 'soft small' }, `${permissionWords(key.permissions)} · ${eventsWords(key.events)}`),
      ),
      revoke,
    );
  }

  put(first);
  const node = element(
    'div',
    { class: 'page page-narrow' },
    element(
      'section',
      { class: 'panel' },
      element('h1', {}, TEXTS.title),
      element('p', { class: 'soft' }, TEXTS.about),
    ),
    told,
    element('section', { class: 'panel' }, element('h2', {}, TEXTS.yourKeys), list),
    element('section', { class: 'panel' }, element('h2', {}, TEXTS.newKey), made),
  );
  return { title: TEXTS.title, node };
}
