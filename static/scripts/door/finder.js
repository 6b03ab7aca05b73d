import { element, setText } from '../ui/dom.js';
import { countOf } from '../words/numbers.js';
import { entryWords } from './answer-words.js';
import { looksLikeCode, readCode } from './rules/codes.js';

/** @import { Gate } from './gate.js' */

const TEXTS = Object.freeze({
  label: 'Code or name',
  check: 'Check',
  none: 'No name in the list has these letters.',
  noList: 'Names can be searched when the list of tickets has been loaded.',
  more: 'There are more. Type another part of the name.',
  mistyped: 'A letter or a digit is wrong. Compare the code with the ticket.',
  ticket: (/** @type {number} */ number) => `Let in ticket ${number}`,
  letIn: 'Let in',
  which: (/** @type {string} */ type, /** @type {number | null} */ number, /** @type {string | null} */ name) =>
    [type, number === null ? '' : `ticket ${number}`, name ?? ''].filter((part) => part !== '').join(' · '),
  all: (/** @type {number} */ count) => `Let in all ${count}`,
  rest: (/** @type {number} */ count) => `Let in the other ${count}`,
  unpaid: 'Not paid',
  inSince: (/** @type {string} */ entry) => `In since ${entry}`,
  found: (/** @type {number} */ count) => `${countOf(count, 'booking')} found`,
});

const PAUSE_MILLISECONDS = 120;

/**
 * Typing: a code is checked with Enter, a name is searched in the list.
 * @param {Gate} gate
 * @param {{
 *   onCode: (text: string) => void,
 *   onTicket: (registrationId: string, number: number) => void,
 *   onParty: (registrationId: string, numbers: number[]) => void,
 * }} actions
 * @param {string} zone
 */
export function finder(gate, { onCode, onTicket, onParty }, zone) {
  const input = element('input', {
    class: 'input',
    id: 'finder',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    enterkeyhint: 'search',
    'aria-describedby': 'finder-hint',
  });
  const hint = element('p', { class: 'hint', id: 'finder-hint', role: 'status' });
  const list = element('ul', { class: 'found' });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function search() {
    clearTimeout(timer);
    const text = input.value;
    list.replaceChildren();
    setText(hint, '');
    if (text.trim() === '' || looksLikeCode(text)) return;
    if (gate.state().kept === null) {
      setText(hint, TEXTS.noList);
      return;
    }
    const { parties, more } = gate.found(text);
    setText(hint, parties.length === 0 ? TEXTS.none : more ? TEXTS.more : TEXTS.found(parties.length));
    const door = gate.state().door;
    const types = new Map(door?.ticket_types.map(({ number, name }) => [number, name]));
    list.append(...parties.map((party) => partyItem(party, types)));
  }

  /**
   * @param {ReturnType<Gate['found']>['parties'][number]} party
   * @param {Map<number, string>} types
   */
  function partyItem(party, types) {
    const [first] = party;
    const out = party.filter(({ entry, ticket }) => entry === null && !ticket.isHeld);
    const id = first?.ticket.registration_id ?? '';
    const numbers = out.map(({ ticket }) => ticket.number);
    const whole = element(
      'button',
      { type: 'button', class: 'button button-primary', onclick: () => choose(() => onParty(id, numbers)) },
      out.length === party.length ? TEXTS.all(party.length) : TEXTS.rest(out.length),
    );
    const single = party.length === 1;
    return element(
      'li',
      { class: 'found-party' },
      element('p', { class: 'found-name' }, first?.ticket.name ?? ''),
      element(
        'ul',
        { class: 'found-tickets' },
        party.map(({ ticket, entry }) =>
          element(
            'li',
            {},
            element(
              'span',
              {},
              TEXTS.which(types.get(ticket.ticket_type) ?? '', single ? null : ticket.number, ticket.ticket_name),
            ),
            entry !== null && element('span', { class: 'soft' }, TEXTS.inSince(entryWords(entry, zone))),
            entry === null && ticket.isHeld && element('span', { class: 'soft' }, TEXTS.unpaid),
            entry === null &&
              !ticket.isHeld &&
              element(
                'button',
                {
                  type: 'button',
                  class: 'button button-small',
                  'aria-label': TEXTS.ticket(ticket.number),
                  onclick: () => choose(() => onTicket(id, ticket.number)),
                },
                TEXTS.letIn,
              ),
          ),
        ),
      ),
      out.length > 1 && whole,
    );
  }

  /** @param {() => void} action */
  function choose(action) {
    input.value = '';
    search();
    input.focus();
    action();
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MILLISECONDS);
  });
  const form = element(
    'form',
    { class: 'finder', novalidate: true },
    element('label', { for: 'finder' }, TEXTS.label),
    element('div', { class: 'copy-row' }, input, element('button', { class: 'button' }, TEXTS.check)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value;
    if (text.trim() === '') return;
    const code = readCode(text);
    if (code.kind === 'NONE' && !looksLikeCode(text)) {
      search();
      return;
    }
    // A mistyped code stays, to be mended.
    if (code.kind !== 'MISTYPED') input.value = '';
    onCode(text);
    search();
    if (code.kind === 'MISTYPED') {
      setText(hint, TEXTS.mistyped);
      input.select();
    }
  });
  const node = element('section', { class: 'door-panel' }, form, hint, list);
  return node;
}
