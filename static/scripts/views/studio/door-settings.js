// The panels in which an organizer chooses when an event's door opens, and renews the codes of its tickets.

import { changeOpening, renewCodes } from '../../server/door-settings-api.js';
import { isAbort } from '../../server/failures.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { codesWords, openingChoices, openingMinutes, openingValue } from './door-words.js';

const TEXTS = Object.freeze({
  opening: 'Opening',
  aboutOpening: 'Earlier scans are answered with “too early”.',
  when: 'Tickets are taken',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved.',
  codes: 'Ticket codes',
  aboutCodes: 'If codes have got into the wrong hands, give all tickets new ones. People find them under “My tickets”.',
  renew: 'Renew all codes…',
  renewTitle: 'Renew all codes?',
  renewText:
    'All tickets that were shown, printed or saved before end at once. Everybody has to open “My tickets” again before they come. This can’t be undone.',
  renewYes: 'Renew all codes',
  renewed: 'All tickets have new codes.',
});

/**
 * The panel of the opening.
 * @param {string} eventId
 * @param {Api.DoorSettings} settings
 * @param {() => void} onSaved
 */
export function openingPanel(eventId, { opens_minutes_before: present }, onSaved) {
  const when = field({ name: 'opens_minutes_before', label: TEXTS.when, tag: 'select', required: true });
  when.input.append(...openingChoices(present).map(([value, label]) => element('option', { value }, label)));
  when.input.value = openingValue(present);
  const chosen = form({
    name: TEXTS.opening,
    fields: [when],
    label: TEXTS.save,
    busyLabel: TEXTS.saving,
    async send() {
      await changeOpening(eventId, openingMinutes(when.value()));
      toast(TEXTS.saved, 'good');
      onSaved();
    },
  });
  return element(
    'section',
    { class: 'panel', 'aria-labelledby': 'opening' },
    element(
      'div',
      {},
      element('h2', { id: 'opening' }, TEXTS.opening),
      element('p', { class: 'soft' }, TEXTS.aboutOpening),
    ),
    chosen.node,
  );
}

/**
 * The panel of the codes.
 * @param {string} eventId
 * @param {Api.DoorSettings} settings
 */
export function codesPanel(eventId, { key_since: first }) {
  const since = element('p', { class: 'soft small' }, codesWords(first));
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const renew = element('button', { type: 'button', class: 'button button-quiet-danger' }, TEXTS.renew);
  renew.addEventListener('click', async () => {
    const question = { title: TEXTS.renewTitle, text: TEXTS.renewText, yes: TEXTS.renewYes, danger: true };
    if (renew.getAttribute('aria-disabled') || !(await confirmed(question))) return;
    renew.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      const { key_since: newest } = await renewCodes(eventId);
      setText(since, codesWords(newest));
      toast(TEXTS.renewed, 'good');
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      renew.removeAttribute('aria-disabled');
    }
  });
  return element(
    'section',
    { class: 'panel', 'aria-labelledby': 'codes' },
    element('div', {}, element('h2', { id: 'codes' }, TEXTS.codes), element('p', { class: 'soft' }, TEXTS.aboutCodes)),
    since,
    problem,
    element('div', { class: 'actions' }, renew),
  );
}
