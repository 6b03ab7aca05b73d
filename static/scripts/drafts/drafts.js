// Unsent text of long forms, kept in this tab. It survives a reload, a visit to another page and the end of the session.
// Passwords are never kept.

import { ownTab } from '../browser/storage.js';
import * as session from '../server/session.js';

/** @import { Field } from '../ui/forms.js' */

/**
 * Text of a form that was not sent. `context` is the source that the form was filled from.
 * @typedef {{ values: Record<string, string>, context: unknown }} Draft
 */

const KEY = 'onsale.drafts';

/**
 * The signed-in user's draft of this name, or null.
 * @param {string} name
 */
export function draftOf(name) {
  return all()[name] ?? null;
}

/**
 * Fills the draft of this name into `fields`, and keeps the form's text as a draft from now on. `restored` says whether
 * there was a draft. `settle()` says that the fields now show the saved values.
 * @param {string} name
 * @param {object} options
 * @param {HTMLFormElement} options.form
 * @param {Field[]} options.fields
 * @param {() => unknown} [options.context] is kept with the draft
 * @param {AbortSignal} options.signal
 */
export function keepDraft(name, { form, fields, context = () => null, signal }) {
  const kept = draftOf(name)?.values ?? {};
  let saved = valuesOf(fields);
  for (const field of fields) {
    const value = kept[field.name];
    if (typeof value === 'string') field.input.value = value;
  }
  // Fields that depend on others look again. The event does not reach the form, which would take it for typing.
  for (const field of fields) field.input.dispatchEvent(new Event('input'));

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

/**
 * @param {Field[]} fields
 * @returns {Record<string, string>}
 */
function valuesOf(fields) {
  return Object.fromEntries(fields.map((field) => [field.name, field.value()]));
}

/** @returns {Record<string, Draft>} */
function all() {
  try {
    const kept = JSON.parse(ownTab.read(KEY) ?? 'null');
    return kept?.user === session.user()?.id ? (kept?.drafts ?? {}) : {};
  } catch {
    return {};
  }
}

/**
 * @param {string} name
 * @param {Draft | null} draft
 */
function write(name, draft) {
  const drafts = all();
  if (draft === null) delete drafts[name];
  else drafts[name] = draft;
  ownTab.write(KEY, JSON.stringify({ user: session.user()?.id, drafts }));
}

session.onChange((reason) => {
  if (reason === 'signed-out') ownTab.remove(KEY);
});
