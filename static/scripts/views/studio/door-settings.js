// The panels in which an organizer chooses how an event's door and tickets work, and renews the tickets' codes.

import { changeDoor, renewCodes } from '../../server/door-settings-api.js';
import { isAbort } from '../../server/failures.js';
import { confirmed } from '../../ui/dialogs.js';
import { element, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import {
  codesWords,
  namesChoices,
  namesMinutes,
  namesValue,
  openingChoices,
  openingMinutes,
  openingValue,
} from './door-words.js';

const TEXTS = Object.freeze({
  settings: 'Settings',
  aboutOpening: 'Earlier scans are answered with “too early”.',
  when: 'Tickets are taken',
  names: 'Buyers fill in names',
  aboutNames: 'The names of those who come are on the tickets, and the door sees and finds them.',
  transfers: 'Seats may be passed on',
  aboutTransfers: 'Buyers may pass seats on to somebody else.',
  attach: 'Attach tickets to e-mails',
  aboutAttaching: 'The e-mail that confirms a booking has its tickets as a PDF file, where the address is confirmed.',
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
 * The panel of the settings: the door's opening, and what buyers may do with their tickets.
 * @param {string} eventId
 * @param {Api.DoorSettings} present
 * @param {() => void} onSaved
 */
export function settingsPanel(eventId, present, onSaved) {
  const when = choiceOf('opens_minutes_before', TEXTS.when, openingChoices(present.opens_minutes_before));
  when.input.value = openingValue(present.opens_minutes_before);
  const names = choiceOf('names_minutes_before', TEXTS.names, namesChoices(present.names_minutes_before));
  names.input.value = namesValue(present.names_minutes_before);
  const transfers = tick(TEXTS.transfers, TEXTS.aboutTransfers, present.transfers);
  const attached = tick(TEXTS.attach, TEXTS.aboutAttaching, present.attach_tickets);
  const chosen = form({
    name: TEXTS.settings,
    fields: [when, names],
    content: [when.node, names.node, transfers.node, attached.node],
    label: TEXTS.save,
    busyLabel: TEXTS.saving,
    async send() {
      await changeDoor(eventId, {
        opens_minutes_before: openingMinutes(when.value()),
        names_minutes_before: namesMinutes(names.value()),
        transfers: transfers.input.checked,
        attach_tickets: attached.input.checked,
      });
      toast(TEXTS.saved, 'good');
      onSaved();
    },
  });
  return element(
    'section',
    { class: 'panel', 'aria-labelledby': 'settings' },
    element('h2', { id: 'settings' }, TEXTS.settings),
    chosen.node,
  );
}

/**
 * @param {string} name
 * @param {string} label
 * @param {[value: string, label: string][]} choices
 */
function choiceOf(name, label, choices) {
  const hint = name === 'opens_minutes_before' ? TEXTS.aboutOpening : TEXTS.aboutNames;
  const made = field({ name, label, hint, tag: 'select', required: true });
  made.input.append(...choices.map(([value, text]) => element('option', { value }, text)));
  return made;
}

/**
 * @param {string} label
 * @param {string} hint
 * @param {boolean} checked
 */
function tick(label, hint, checked) {
  const input = element('input', { type: 'checkbox', checked });
  const node = element(
    'label',
    { class: 'choice' },
    input,
    element('span', {}, label, element('span', { class: 'hint' }, hint)),
  );
  return { node, input };
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
