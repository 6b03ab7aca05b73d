// The panel in which an organizer chooses when people are reminded of the event.

import * as api from '../../server/messages-api.js';
import { element } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { reminderChoices, reminderHours, reminderValue } from './reminder-words.js';

const TEXTS = Object.freeze({
  heading: 'Reminder',
  about: 'A message before the start to everybody who has a seat by then, and has paid for it.',
  when: 'Remind people',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved.',
});

/**
 * The panel.
 * @param {string} eventId
 * @param {AbortSignal} signal
 */
export async function reminderPanel(eventId, signal) {
  const { hours } = await api.reminder(eventId, signal);
  const when = field({ name: 'hours', label: TEXTS.when, tag: 'select', required: true });
  when.input.append(...reminderChoices(hours).map(([value, label]) => element('option', { value }, label)));
  when.input.value = reminderValue(hours);
  const chosen = form({
    name: TEXTS.heading,
    fields: [when],
    label: TEXTS.save,
    busyLabel: TEXTS.saving,
    async send() {
      await api.remind(eventId, reminderHours(when.value()));
      toast(TEXTS.saved, 'good');
    },
  });
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': 'reminder' },
    element('div', {}, element('h2', { id: 'reminder' }, TEXTS.heading), element('p', { class: 'soft' }, TEXTS.about)),
    chosen.node,
  );
  return { node };
}
