// The panel of the people who check in at an event's door.

import { addDoorPerson, removeDoorPerson } from '../../server/door-settings-api.js';
import { isAbort, Problem } from '../../server/failures.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { sentenceOf } from '../../words/problems.js';
import { trimmed } from '../../words/text.js';
import { dateAndTime } from '../../words/times.js';

const TEXTS = Object.freeze({
  heading: 'Door staff',
  about:
    'People who may scan tickets for this event. They see the names of its attendees, and can change nothing else.',
  none: 'Nobody but those who run the event.',
  email: 'E-mail of their account',
  add: 'Add to the door',
  adding: 'Adding…',
  nobody: 'No active account has this address.',
  /** @param {string} name */
  added: (name) => `${name} may scan tickets now.`,
  remove: 'Remove',
  /** @param {string} name */
  removed: (name) => `${name} can no longer scan tickets.`,
  /** @param {string} time */
  since: (time) => `since ${time}`,
});

/**
 * The panel.
 * @param {string} eventId
 * @param {Api.DoorStaff[]} first
 */
export function doorStaffPanel(eventId, first) {
  /** By their ids. @type {Map<string, HTMLElement>} */
  const rows = new Map();
  const list = element('ul', { class: 'staff' });
  const none = element('p', { class: 'soft' }, TEXTS.none);
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const email = field({
    name: 'email',
    label: TEXTS.email,
    type: 'email',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
    characters: 254,
  });
  const made = form({
    name: TEXTS.add,
    fields: [email],
    label: TEXTS.add,
    busyLabel: TEXTS.adding,
    async send() {
      const person = await addDoorPerson(eventId, trimmed(email.value()));
      made.node.reset();
      add(person);
      toast(TEXTS.added(person.name), 'good');
    },
    explain(error) {
      const isNobody = error instanceof Problem && error.status === 404;
      if (isNobody) {
        email.setError(TEXTS.nobody);
        email.input.focus();
      }
      return isNobody;
    },
  });

  /** @param {Api.DoorStaff} person */
  function add(person) {
    const row = personRow(person);
    const before = rows.get(person.user_id);
    if (before === undefined) list.append(row);
    else before.replaceWith(row);
    rows.set(person.user_id, row);
    show();
  }

  function show() {
    setShown(none, rows.size === 0);
    setShown(list, rows.size > 0);
  }

  /** @param {Api.DoorStaff} person */
  function personRow(person) {
    const button = element(
      'button',
      { type: 'button', class: 'button button-small' },
      TEXTS.remove,
      element('span', { class: 'visually-hidden' }, ` ${person.name}`),
    );
    button.addEventListener('click', () => remove(person, button));
    return element(
      'li',
      { class: 'staff-row' },
      element(
        'div',
        {},
        element('span', { class: 'cell-main', dir: 'auto' }, person.name),
        element('span', { class: 'cell-second' }, `${person.email}, ${TEXTS.since(dateAndTime(person.since))}`),
      ),
      button,
    );
  }

  /**
   * @param {Api.DoorStaff} person
   * @param {HTMLButtonElement} button
   */
  async function remove({ user_id: id, name }, button) {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await removeDoorPerson(eventId, id);
      rows.get(id)?.remove();
      rows.delete(id);
      show();
      toast(TEXTS.removed(name), 'good');
      // The pressed button is gone.
      email.input.focus();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  for (const person of first) add(person);
  show();
  return element(
    'section',
    { class: 'panel', 'aria-labelledby': 'door-staff' },
    element(
      'div',
      {},
      element('h2', { id: 'door-staff' }, TEXTS.heading),
      element('p', { class: 'soft' }, TEXTS.about),
    ),
    none,
    list,
    problem,
    made.node,
  );
}
