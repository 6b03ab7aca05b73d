// Fields with their errors beside them, and forms that show their progress.

import { isAbort, Problem } from '../server/failures.js';
import { counted } from '../words/numbers.js';
import { fieldSentenceOf, sentenceOf } from '../words/problems.js';
import { normalized, strayError, trimmed } from '../words/text.js';
import { element, setShown, setText } from './dom.js';

const TEXTS = Object.freeze({
  optional: ' (optional)',
  /** @param {string} characters */
  useAtMostCharacters: (characters) => `Use at most ${characters} characters.`,
  /** @param {string} label */
  showField: (label) => `Show ${label}`,
  show: 'Show',
  enterAWholeNumber: 'Enter a whole number.',
  completeThisField: 'Complete this field.',
  thisFieldIsRequired: 'This field is required.',
  enterAnEMailAddress: 'Enter an e-mail address like name@example.com.',
  /** @param {string} bound */
  enterOrMore: (bound) => `Enter ${bound} or more.`,
  /** @param {string} bound */
  enterOrLater: (bound) => `Enter ${bound} or later.`,
  /** @param {string} bound */
  enterOrLess: (bound) => `Enter ${bound} or less.`,
  /** @param {string} bound */
  enterOrEarlier: (bound) => `Enter ${bound} or earlier.`,
});

let count = 0;

/** @import { Attributes, Child } from './dom.js' */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */

/**
 * Other members become attributes of the input.
 * @template {'input' | 'select' | 'textarea'} Tag
 * @typedef {object} FieldOptions
 * @property {string} name the API's name of the field
 * @property {string} label
 * @property {string} [hint]
 * @property {Tag} [tag] `input` by default
 * @property {number} [characters] the largest length
 * @property {(value: string) => string | null} [check] the error of a value that is not empty, or null
 * @property {string} [value]
 */
/**
 * @template {Input} [T=Input]
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement} node
 * @property {T} input
 * @property {(text: string | null) => void} setError
 * @property {() => string} value
 * @property {() => string | null} error the error of the current value, or null
 */

/**
 * A labelled field.
 * @template {'input' | 'select' | 'textarea'} [Tag='input']
 * @param {FieldOptions<Tag> & Attributes} options
 * @returns {Field<HTMLElementTagNameMap[Tag]>}
 */
export function field({ name, label, hint, tag, characters, check, value, ...attributes }) {
  count += 1;
  const id = `field-${count}`;
  const describedBy = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  const input = element(tag ?? /** @type {Tag} */ ('input'), {
    id,
    name,
    class: 'input',
    'aria-describedby': describedBy,
    ...attributes,
  });
  // Not a password, also while it is shown: its characters are the account's own affair.
  const isText = ['text', 'email', 'textarea'].includes(input.type);
  if (value !== undefined) input.value = value;
  const error = element('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const node = element(
    'div',
    { class: 'field' },
    element(
      'label',
      { for: id },
      label,
      attributes.required ? null : element('span', { class: 'optional' }, TEXTS.optional),
    ),
    input,
    hint && element('p', { class: 'hint', id: `${id}-hint` }, hint),
    error,
  );

  /** @param {string | null} text */
  function setError(text) {
    setText(error, text ?? '');
    setShown(error, Boolean(text));
    if (text) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  input.addEventListener('input', () => setError(null));
  return {
    name,
    node,
    input,
    setError,
    value: () => input.value,
    error() {
      // The browser finds pasted invisible characters in an address invalid, and people cannot see them.
      if (input.type === 'email') input.value = trimmed(input.value);
      const stray = isText ? strayError(input.value, { lines: tag === 'textarea' }) : null;
      if (stray !== null) return stray;
      if (!input.validity.valid) return wordsOf(input);
      if (characters && [...normalized(input.value)].length > characters)
        return TEXTS.useAtMostCharacters(counted(characters));
      return input.value === '' ? null : (check?.(input.value) ?? null);
    },
  };
}

/**
 * A radio button of a group, with its label and a sentence about it.
 * @param {{ name: string, value: string, label: string, text: string, checked?: boolean }} options `name` is the group's
 */
export function choice({ name, value, label, text, checked = false }) {
  const input = element('input', { type: 'radio', name, value, checked });
  const node = element(
    'label',
    { class: 'choice' },
    input,
    element('span', {}, element('strong', {}, label), element('span', { class: 'hint' }, text)),
  );
  return { node, input };
}

/**
 * A password field with a button that shows the password.
 * @param {FieldOptions<'input'> & Attributes} options
 */
export function passwordField(options) {
  const made = field({ type: 'password', required: true, autocapitalize: 'none', spellcheck: 'false', ...options });
  const toggle = element(
    'button',
    {
      type: 'button',
      class: 'reveal',
      'aria-pressed': 'false',
      'aria-label': TEXTS.showField(options.label.toLowerCase()),
    },
    TEXTS.show,
  );
  toggle.addEventListener('click', () => {
    const shown = made.input.type === 'text';
    made.input.type = shown ? 'password' : 'text';
    toggle.setAttribute('aria-pressed', String(!shown));
  });
  const row = element('div', { class: 'input-row' });
  made.input.replaceWith(row);
  row.append(made.input, toggle);
  return made;
}

/**
 * @typedef {object} FormOptions
 * @property {string} name
 * @property {Field[]} fields
 * @property {Child} [content] the form's nodes; by default the fields
 * @property {string} label of the button
 * @property {string} busyLabel of the button while sending
 * @property {() => Promise<void>} send sends the fields' values
 * @property {(error: unknown) => boolean} [explain] shows an error itself if it returns true
 * @property {Child[]} [more] more buttons
 *
 * @typedef {ReturnType<typeof form>} Form
 */

/**
 * A form. An error of `send` is shown beside the field that the server names, or above the button.
 * @param {FormOptions} options
 */
export function form({ fields, content, label, busyLabel, send, explain = () => false, more = [], name }) {
  const alert = element('p', { class: 'form-error', role: 'alert' });
  const text = element('span', {}, label);
  const button = element('button', { type: 'submit', class: 'button button-primary' }, text);
  const actions = element('div', { class: 'actions' }, button, ...more);
  const node = element(
    'form',
    { class: 'form', novalidate: true, 'aria-label': name },
    content ?? fields.map((one) => one.node),
    alert,
    actions,
  );
  let sending = false;

  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (sending) return;
    setText(alert, '');
    if (!allSound(fields)) return;
    sending = true;
    button.setAttribute('aria-disabled', 'true');
    setText(text, busyLabel);
    try {
      await send();
    } catch (error) {
      if (!isAbort(error) && !explain(error)) showError(error);
    } finally {
      sending = false;
      button.removeAttribute('aria-disabled');
      setText(text, label);
    }
  });

  /** @param {unknown} error */
  function showError(error) {
    const named = error instanceof Problem ? fields.find((one) => one.name === error.body.field) : undefined;
    if (error instanceof Problem && named !== undefined) {
      named.setError(fieldSentenceOf(error));
      named.input.focus();
    } else {
      setText(alert, sentenceOf(error));
    }
  }

  /** @param {string} words */
  function showMessage(words) {
    setText(alert, words);
  }

  return { node, actions, button, showError, showMessage };
}

/** @param {Field[]} fields */
function allSound(fields) {
  const unsound = fields.filter((one) => {
    const error = one.error();
    one.setError(error);
    return error !== null;
  });
  unsound[0]?.input.focus();
  return unsound.length === 0;
}

/**
 * The words for an input's invalid value.
 * @param {Input} input
 */
function wordsOf(input) {
  const { validity } = input;
  if (validity.badInput) return input.type === 'number' ? TEXTS.enterAWholeNumber : TEXTS.completeThisField;
  if (validity.valueMissing) return TEXTS.thisFieldIsRequired;
  if (validity.typeMismatch) return TEXTS.enterAnEMailAddress;
  if (input instanceof HTMLInputElement && validity.rangeUnderflow)
    return (input.type === 'number' ? TEXTS.enterOrMore : TEXTS.enterOrLater)(bound(input, input.min));
  if (input instanceof HTMLInputElement && validity.rangeOverflow)
    return (input.type === 'number' ? TEXTS.enterOrLess : TEXTS.enterOrEarlier)(bound(input, input.max));
  if (validity.stepMismatch) return TEXTS.enterAWholeNumber;
  return input.validationMessage;
}

/**
 * @param {HTMLInputElement} input
 * @param {string} limit
 */
function bound(input, limit) {
  return input.type === 'number' ? counted(Number(limit)) : limit.replace('T', ' ');
}
