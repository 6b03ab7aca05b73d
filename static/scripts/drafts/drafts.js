// What was typed into a long form and not sent yet, kept in this tab: over a reload, a look at another page, and a
// session that ends in the middle. Passwords do not go here.

import * as session from '../server/session.js';
import { ownTab } from '../browser/storage.js';

const KEY = 'onsale.drafts';

/** What was kept under a name for the signed-in user: `{ values, context }`, or null. */
export function draftOf(name) {
  return all()[name] ?? null;
}

/**
 * Fills what was kept under `name` into `fields`, and keeps what is typed into `form` from now on, together with what
 * `context()` gives. Gives `{ restored, isDirty(), settle() }`: whether something was filled in, whether something is
 * typed now, and a way to say that the fields show what is saved.
 */
export function keepDraft(name, { form, fields, context = () => null, signal }) {
  const kept = draftOf(name)?.values ?? {};
  let saved = valuesOf(fields);
  for (const field of fields) if (typeof kept[field.name] === 'string') field.input.value = kept[field.name];

  function changed() {
    const pairs = Object.entries(valuesOf(fields)).filter(([field, value]) => value !== saved[field]);
    return pairs.length === 0 ? null : Object.fromEntries(pairs);
  }

  form.addEventListener('input', () => {
    const values = changed();
    write(name, values && { values, context: context() });
  });
  window.addEventListener(
    'beforeunload',
    (event) => {
      if (changed() !== null) event.preventDefault();
    },
    { signal },
  );
  return {
    restored: changed() !== null,
    isDirty: () => changed() !== null,
    settle() {
      saved = valuesOf(fields);
      write(name, null);
    },
  };
}

function valuesOf(fields) {
  return Object.fromEntries(fields.map((field) => [field.name, field.value()]));
}

function all() {
  try {
    const kept = JSON.parse(ownTab.read(KEY));
    return kept?.user === session.user()?.id ? (kept?.drafts ?? {}) : {};
  } catch {
    return {};
  }
}

function write(name, draft) {
  const drafts = all();
  if (draft === null) delete drafts[name];
  else drafts[name] = draft;
  ownTab.write(KEY, JSON.stringify({ user: session.user()?.id, drafts }));
}

session.onChange((reason) => {
  if (reason === 'signed-out') ownTab.remove(KEY);
});
