import { element } from './dom.js';
import { icon } from './icons.js';

const TYPING_MILLISECONDS = 300;

let count = 0;

/** A field that searches while one types: `onSearch(text)` is called when the typing pauses, and at once on Enter. */
export function searchBox({ label, placeholder, value = '', onSearch, signal }) {
  count += 1;
  const id = `search-${count}`;
  const input = element('input', {
    class: 'input',
    type: 'search',
    id,
    maxlength: '100',
    placeholder,
    autocomplete: 'off',
    enterkeyhint: 'search',
    value,
  });
  let asked = value.trim();
  let typing = null;

  function search() {
    clearTimeout(typing);
    if (signal.aborted) return;
    asked = input.value.trim();
    onSearch(asked);
  }

  input.addEventListener('input', () => {
    clearTimeout(typing);
    if (input.value.trim() !== asked) typing = setTimeout(search, TYPING_MILLISECONDS);
  });
  return element(
    'form',
    {
      class: 'search',
      role: 'search',
      'aria-label': label,
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

/** A choice that narrows a list down: `choices` are `[value, label]`. */
export function filterChoice({ label, choices, value = '', onChoose }) {
  const select = element(
    'select',
    { class: 'input', onchange: () => onChoose(select.value) },
    choices.map(([own, words]) => element('option', { value: own }, words)),
  );
  // Only the page's own choices: an address may say anything.
  select.value = choices.some(([own]) => own === value) ? value : choices[0][0];
  return element('label', { class: 'filter' }, element('span', {}, label), select);
}
