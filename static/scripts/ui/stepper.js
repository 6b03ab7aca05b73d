import { element, setShown, setText } from './dom.js';
import { icon } from './icons.js';

const TEXTS = Object.freeze({
  /** @param {string} label */
  oneLess: (label) => `One less: ${label}`,
  /** @param {string} label */
  oneMore: (label) => `One more: ${label}`,
  /** @param {number} min */
  atLeast: (min) => `At least ${min}.`,
  noMoreSeatsCanBe: 'No more seats can be chosen here.',
  /** @param {number} max */
  noMoreThanCanBe: (max) => `No more than ${max} can be chosen here.`,
});

let count = 0;

/**
 * @typedef {{ value: number, min: number, max: number, hint?: string }} StepperState
 */

/**
 * A small whole number with a button on each side, large enough for a thumb. The number is also typed, or changed by the
 * arrow keys. `onChange` gets each new value, which is within the bounds.
 * @param {object} options
 * @param {string} options.label names the number
 * @param {string} [options.detail] is shown beside the label
 * @param {(value: number) => void} options.onChange
 */
export function stepper({ label, detail, onChange }) {
  count += 1;
  const id = `stepper-${count}`;
  let bounds = { min: 0, max: 0 };
  // The value that the error was told of.
  let told = 0;
  const input = element('input', {
    id,
    class: 'stepper-number',
    type: 'number',
    inputmode: 'numeric',
    step: 1,
    autocomplete: 'off',
    'aria-labelledby': `${id}-label`,
    'aria-describedby': `${id}-hint ${id}-error`,
  });
  const hint = element('span', { class: 'hint', id: `${id}-hint`, hidden: true });
  const error = element('span', { class: 'field-error', id: `${id}-error`, role: 'status' });
  const fewer = button('minus', TEXTS.oneLess(label), -1);
  const more = button('plus', TEXTS.oneMore(label), 1);
  const node = element(
    'div',
    { class: 'stepper-row' },
    element(
      'div',
      { class: 'stepper-words' },
      element(
        'label',
        { for: id, id: `${id}-label` },
        label,
        detail && element('span', { class: 'stepper-detail' }, ` ${detail}`),
      ),
      hint,
      error,
    ),
    element('div', { class: 'stepper' }, fewer, input, more),
  );

  /**
   * @param {'minus' | 'plus'} iconName
   * @param {string} name
   * @param {number} step
   */
  function button(iconName, name, step) {
    const made = element('button', { type: 'button', class: 'stepper-button', 'aria-label': name }, icon(iconName));
    made.addEventListener('click', () => take(Number(input.value) + step));
    return made;
  }

  /** @param {number} wanted */
  function take(wanted) {
    const { min, max } = bounds;
    const value = Math.min(Math.max(Number.isFinite(wanted) ? Math.trunc(wanted) : min, min), max);
    told = value;
    setText(error, wanted > max ? tooManyWords(max) : wanted < min ? TEXTS.atLeast(min) : '');
    // Also where the value is the one from before: a typed one that was too large is still shown.
    input.value = String(value);
    onChange(value);
  }

  input.addEventListener('input', () => {
    // Somebody who clears the field to type another number is not done yet.
    if (input.value !== '') take(input.valueAsNumber);
  });
  input.addEventListener('change', () => take(input.value === '' ? bounds.min : input.valueAsNumber));

  return {
    node,
    input,
    /** @param {StepperState} state */
    update({ value, min, max, hint: words = '' }) {
      bounds = { min, max };
      input.min = String(min);
      input.max = String(max);
      const isTyping = document.activeElement === input && input.value === '';
      if (!isTyping && input.value !== String(value)) input.value = String(value);
      setText(hint, words);
      setShown(hint, words !== '');
      disable(fewer, value <= min);
      disable(more, value >= max);
      if (value !== told) setText(error, '');
    },
  };
}

/** @param {number} max */
function tooManyWords(max) {
  return max === 0 ? TEXTS.noMoreSeatsCanBe : TEXTS.noMoreThanCanBe(max);
}

/**
 * A button that does nothing now keeps the focus, and says why when it is pressed.
 * @param {HTMLButtonElement} button
 * @param {boolean} disabled
 */
function disable(button, disabled) {
  if (disabled) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}
