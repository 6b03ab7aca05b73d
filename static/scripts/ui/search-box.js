import { trimmed } from '../words/text.js';
import { element } from './dom.js';
import { icon } from './icons.js';

const TYPING_MILLISECONDS = 300;
// The server takes no longer texts.
const CHARACTERS_MAX = 100;

/**
 * The text that an address searches for, as far as the server takes it.
 * @param {URLSearchParams} query
 * @param {string} [name] of the parameter
 */
export function searchedText(query, name = 'q') {
  const characters = [...(query.get(name) ?? '')].filter((character) => !/\p{Cc}/u.test(character));
  return characters.slice(0, CHARACTERS_MAX).join('');
}

let count = 0;

/**
 * A field that searches during typing.
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.placeholder
 * @param {string} [options.value]
 * @param {(text: string) => void} options.onSearch called when the typing pauses, and immediately on Enter
 * @param {AbortSignal} options.signal
 */
export function searchBox({ label, placeholder, value = '', onSearch, signal }) {
  count += 1;
  const id = `search-${count}`;
  const input = element('input', {
    class: 'input',
    type: 'search',
    id,
    maxlength: String(CHARACTERS_MAX),
    placeholder,
    autocomplete: 'off',
    enterkeyhint: 'search',
    value,
  });
  const search = onTyped(input, onSearch, signal);
  return element(
    'form',
    {
      class: 'search',
      role: 'search',
      'aria-label': label,
      /** @param {SubmitEvent} event */
      onsubmit(event) {
        event.preventDefault();
        search();
      },
    },
    element('label', { for: id, class: 'visually-hidden' }, label),
    icon('search'),
    input,
  );
}

/**
 * A field that filters a list during typing.
 * @param {object} options
 * @param {string} options.label is read out; the placeholder shows it
 * @param {string} [options.value]
 * @param {(text: string) => void} options.onType called when the typing pauses, and immediately on Enter
 * @param {AbortSignal} options.signal
 */
export function filterText({ label, value = '', onType, signal }) {
  const input = element('input', {
    class: 'input',
    type: 'text',
    maxlength: String(CHARACTERS_MAX),
    placeholder: label,
    autocomplete: 'off',
    enterkeyhint: 'search',
    'aria-label': label,
    value,
  });
  const type = onTyped(input, onType, signal);
  input.addEventListener('keydown', ({ key }) => key === 'Enter' && type());
  return input;
}

/**
 * Calls `onText` when the typing pauses. Calling the result does it now.
 * @param {HTMLInputElement} input
 * @param {(text: string) => void} onText
 * @param {AbortSignal} signal
 */
function onTyped(input, onText, signal) {
  let asked = trimmed(input.value);
  /** @type {number | undefined} */
  let typing;

  function tell() {
    clearTimeout(typing);
    if (signal.aborted) return;
    asked = trimmed(input.value);
    onText(asked);
  }

  input.addEventListener('input', () => {
    clearTimeout(typing);
    if (trimmed(input.value) !== asked) typing = setTimeout(tell, TYPING_MILLISECONDS);
  });
  return tell;
}

/**
 * A choice that filters a list.
 * @param {object} options
 * @param {string} options.label
 * @param {[value: string, label: string][]} options.choices
 * @param {string} [options.value]
 * @param {(value: string) => void} options.onChoose
 */
export function filterChoice({ label, choices, value = '', onChoose }) {
  const select = element(
    'select',
    { class: 'input' },
    choices.map(([own, words]) => element('option', { value: own }, words)),
  );
  select.addEventListener('change', () => onChoose(select.value));
  // The value may come from an address, which may hold anything.
  select.value = choices.some(([own]) => own === value) ? value : (choices[0]?.[0] ?? '');
  return { node: element('label', { class: 'filter' }, element('span', {}, label), select), select };
}
