// Fields with their errors beside them, and forms that say what they are doing.

import { element, setShown, setText } from './dom.js';
import { Problem, isAbort } from '../server/failures.js';
import { fieldSentenceOf, sentenceOf } from '../words/problems.js';

let count = 0;

/**
 * A labelled field: `{ name, node, input, value(), setError(text), error() }`. `name` is the server's name of it.
 * `characters` bounds its length; `check` gives what is wrong with a value, or null. What else is given goes to the input.
 */
export function field({ name, label, hint, tag = 'input', characters, check, value, ...attributes }) {
  count += 1;
  const id = `field-${count}`;
  const describedBy = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  const input = element(tag, { id, name, class: 'input', 'aria-describedby': describedBy, ...attributes });
  if (value !== undefined) input.value = value;
  const error = element('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const node = element(
    'div',
    { class: 'field' },
    element(
      'label',
      { for: id },
      label,
      attributes.required ? null : element('span', { class: 'optional' }, ' (optional)'),
    ),
    input,
    hint && element('p', { class: 'hint', id: `${id}-hint` }, hint),
    error,
  );

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
      if (!input.validity.valid) return wordsOf(input);
      if (characters && [...input.value].length > characters)
        return `At most ${characters.toLocaleString('en')} characters, please.`;
      return input.value === '' ? null : (check?.(input.value) ?? null);
    },
  };
}

/** A password field with a button that shows what was typed. */
export function passwordField(options) {
  const made = field({ type: 'password', required: true, autocapitalize: 'none', spellcheck: 'false', ...options });
  const toggle = element(
    'button',
    { type: 'button', class: 'reveal', 'aria-pressed': 'false', 'aria-label': `Show ${options.label.toLowerCase()}` },
    'Show',
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
 * A form. `send` gets nothing and asks the fields; what it throws is shown beside the field that the server names, or
 * above the button. `explain` may take an error over by giving true.
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

  function showError(error) {
    const named = error instanceof Problem && fields.find((one) => one.name === error.body.field);
    if (named) {
      named.setError(fieldSentenceOf(error));
      named.input.focus();
    } else {
      setText(alert, sentenceOf(error));
    }
  }

  return { node, actions, showError, showMessage: (words) => setText(alert, words) };
}

function allSound(fields) {
  const unsound = fields.filter((one) => {
    const error = one.error();
    one.setError(error);
    return error !== null;
  });
  unsound[0]?.input.focus();
  return unsound.length === 0;
}

function wordsOf(input) {
  const { validity } = input;
  if (validity.badInput) return input.type === 'number' ? 'Please give a whole number.' : 'Please complete this.';
  if (validity.valueMissing) return 'Please fill this in.';
  if (validity.typeMismatch) return 'Please give an address like name@example.com.';
  if (validity.rangeUnderflow) return `Please give at least ${bound(input, input.min)}.`;
  if (validity.rangeOverflow) return `Please give at most ${bound(input, input.max)}.`;
  if (validity.stepMismatch) return 'Please give a whole number.';
  return input.validationMessage;
}

function bound(input, limit) {
  return input.type === 'number' ? Number(limit).toLocaleString('en') : limit.replace('T', ' ');
}
