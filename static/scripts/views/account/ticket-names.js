// The form in which a buyer fills in who comes with each ticket of a booking.

import { nameTickets } from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { normalized } from '../../words/text.js';
import { fieldsAgain, namesOpen, namesUntilWords, placeWords } from './ticket-words.js';

/** @import { Field } from '../../ui/forms.js' */

const TEXTS = Object.freeze({
  names: 'Names on the tickets',
  about: 'Fill in who comes with each ticket. Tickets without a name have yours.',
  isIn: 'Somebody is in with this ticket.',
  one: 'Name',
  save: 'Save names',
  saving: 'Saving…',
  saved: 'Names saved.',
});

const NAME_CHARACTERS_MAX = 120;

/**
 * The panel. It shows itself as long as names can be filled in, and keeps what was typed.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {(answer: Api.BookingTickets) => void} onSaved
 */
export function namesPanel(eventId, registrationId, onSaved) {
  const until = element('p', { class: 'soft small' });
  const place = element('div', {});
  const node = element(
    'details',
    { class: 'panel', hidden: true },
    element('summary', {}, TEXTS.names),
    element('p', { class: 'soft' }, TEXTS.about),
    until,
    place,
  );
  /** @type {Api.Ticket[]} */
  let tickets = [];
  /** @type {Field<HTMLInputElement>[]} */
  let fields = [];
  const typed = () => fields.map((one) => normalized(one.value()));

  function make() {
    fields = tickets.map(({ number, name, checked_in: checkedIn }) =>
      field({
        name: `name-${number}`,
        label: tickets.length === 1 ? TEXTS.one : placeWords(number, tickets.length),
        type: 'text',
        value: name ?? '',
        characters: NAME_CHARACTERS_MAX,
        autocomplete: 'off',
        dir: 'auto',
        ...(checkedIn === null ? {} : { readonly: true, hint: TEXTS.isIn }),
      }),
    );
    const made = form({
      name: TEXTS.names,
      fields,
      label: TEXTS.save,
      busyLabel: TEXTS.saving,
      async send() {
        const names = typed().map((name) => (name === '' ? null : name));
        const answer = await nameTickets(eventId, registrationId, names);
        toast(TEXTS.saved, 'good');
        // The names are those that were typed, and nothing of them is to be kept any more.
        tickets = answer.tickets;
        onSaved(answer);
      },
    });
    place.replaceChildren(made.node);
  }

  return {
    node,
    /** @param {Api.BookingTickets} answer */
    update(answer) {
      setShown(node, namesOpen(answer, serverNow()));
      setText(until, namesUntilWords(answer));
      if (fields.length > 0 && !fieldsAgain(tickets, answer.tickets, typed())) return;
      tickets = answer.tickets;
      make();
    },
  };
}
