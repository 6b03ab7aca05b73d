// The form of a new API key: its name, what it may do, for which events, and for how long.

import { ownEvents } from '../../server/api.js';
import { createApiKey } from '../../server/api-keys-api.js';
import * as session from '../../server/session.js';
import { element, setShown } from '../../ui/dom.js';
import { choice, field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { ownPassword } from '../../ui/own-password.js';
import { trimmed } from '../../words/text.js';
import { grantable, PERMISSIONS } from './key-words.js';

const TEXTS = Object.freeze({
  newKey: 'New key',
  name: 'Name',
  nameHint: 'The program that uses it.',
  permissions: 'The program may',
  choosePermission: 'Choose at least one.',
  events: 'For',
  allEvents: 'All events',
  allEventsText: 'Also those that you create later.',
  chosenEvents: 'Chosen events',
  chosenEventsText: 'These and nothing else, up to 50.',
  moreEvents: 'These are 100 of your events. A key for another one can be made through the API.',
  chooseEvent: 'Choose 1 to 50 events.',
  expires: 'Expires',
  days30: 'In 30 days',
  days90: 'In 90 days',
  days366: 'In a year',
  never: 'Never',
  create: 'Create key',
  creating: 'Creating…',
  created: 'The key has been created.',
});

/** The most events of one key. */
const EVENTS_MAX = 50;

/** As many as one page of the list has. */
const EVENTS_SHOWN = 100;

const DAYS = [
  { value: '30', label: TEXTS.days30 },
  { value: '90', label: TEXTS.days90 },
  { value: '366', label: TEXTS.days366 },
  { value: '', label: TEXTS.never },
];

/**
 * @param {AbortSignal} signal
 * @param {(key: string) => Promise<void>} onCreated
 */
export async function newKeyForm(signal, onCreated) {
  const role = session.user()?.role ?? 'AUDIENCE';
  const name = field({
    name: 'name',
    label: TEXTS.name,
    hint: TEXTS.nameHint,
    required: true,
    autocomplete: 'off',
    characters: 100,
  });
  const permissions = boxes(
    'permissions',
    TEXTS.permissions,
    grantable(role).map((one) => ({ value: one, ...PERMISSIONS[one] })),
    (chosen) => (chosen.length === 0 ? TEXTS.choosePermission : null),
  );
  const events = await eventsPart(signal);
  const days = field({ name: 'expires_in_days', label: TEXTS.expires, tag: 'select', required: true });
  days.input.append(...DAYS.map(({ value, label }) => element('option', { value }, label)));
  // "Never" is a choice, and an empty one is none for the browser.
  days.input.required = false;
  days.input.value = '90';
  const password = ownPassword();
  const fields = [name, permissions, ...(events === null ? [] : [events]), days, password.field];
  const made = form({
    name: TEXTS.newKey,
    fields,
    content: [name.node, permissions.node, events?.node, days.node, password.content],
    label: TEXTS.create,
    busyLabel: TEXTS.creating,
    async send() {
      const { key } = await createApiKey({
        name: trimmed(name.value()),
        permissions: /** @type {Api.ApiKeyPermission[]} */ (permissions.chosen()),
        events: events?.wanted() ?? null,
        expires_in_days: days.value() === '' ? null : Number(days.value()),
        current_password: password.field.value(),
      });
      made.node.reset();
      days.input.value = '90';
      events?.reset();
      toast(TEXTS.created, 'good');
      await onCreated(key);
    },
  });
  return made.node;
}

/**
 * A group of boxes to tick, with an error as a field has one.
 * @param {string} name the API's
 * @param {string} legend
 * @param {{ value: string, label: string, text?: string }[]} options
 * @param {(chosen: string[]) => string | null} check
 */
function boxes(name, legend, options, check) {
  const inputs = options.map(({ value }) => element('input', { type: 'checkbox', name, value }));
  const error = element('p', { class: 'field-error', hidden: true, role: 'alert' });
  const node = element(
    'fieldset',
    { class: 'choices' },
    element('legend', {}, legend),
    options.map(({ label, text }, index) =>
      element(
        'label',
        { class: 'choice' },
        inputs[index],
        element(
          'span',
          {},
          element('strong', {}, element('bdi', {}, label)),
          text && element('span', { class: 'hint' }, text),
        ),
      ),
    ),
    error,
  );

  /** @param {string | null} text */
  function setError(text) {
    error.textContent = text ?? '';
    setShown(error, Boolean(text));
  }

  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  node.addEventListener('change', () => setError(null));
  return {
    name,
    node,
    input: /** @type {HTMLInputElement} */ (inputs[0] ?? element('input')),
    setError,
    value: () => chosen().join(),
    error: () => check(chosen()),
    chosen,
  };
}

/**
 * The choice of events, for people who run some; null for others.
 * @param {AbortSignal} signal
 */
async function eventsPart(signal) {
  if (!session.hasRole('ORGANIZER')) return null;
  const { items, next_cursor: more } = await ownEvents({ limit: EVENTS_SHOWN }, signal);
  if (items.length === 0) return null;
  const all = choice({
    name: 'which_events',
    value: 'all',
    label: TEXTS.allEvents,
    text: TEXTS.allEventsText,
    checked: true,
  });
  const some = choice({
    name: 'which_events',
    value: 'chosen',
    label: TEXTS.chosenEvents,
    text: TEXTS.chosenEventsText,
  });
  const list = boxes(
    'events',
    TEXTS.chosenEvents,
    items.map(({ id, title }) => ({ value: id, label: title })),
    (chosen) => (some.input.checked && (chosen.length === 0 || chosen.length > EVENTS_MAX) ? TEXTS.chooseEvent : null),
  );
  const node = element(
    'div',
    { class: 'form' },
    element('fieldset', { class: 'choices' }, element('legend', {}, TEXTS.events), all.node, some.node),
    list.node,
    more !== null && element('p', { class: 'soft' }, TEXTS.moreEvents),
  );
  const follow = () => setShown(list.node, some.input.checked);
  node.addEventListener('change', follow);
  follow();
  return {
    ...list,
    node,
    wanted: () => (some.input.checked ? list.chosen() : null),
    reset: follow,
  };
}
