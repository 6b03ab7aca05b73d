// Dialogs in which an organizer marks a payment that came, and takes such a mark back.

import { sendOnce, settle } from '../../server/request-keys.js';
import * as session from '../../server/session.js';
import * as api from '../../server/tickets-api.js';
import { openPanel } from '../../ui/dialogs.js';
import { form } from '../../ui/forms.js';
import { toast } from '../../ui/messages.js';
import { paidWords, payQuestion, unpayQuestion } from './attendee-words.js';

const TEXTS = Object.freeze({
  markAsPaid: 'Mark as paid',
  marking: 'Marking…',
  markAsNotPaid: 'Mark as not paid',
  saving: 'Saving…',
  /** @param {string} name */
  isMarkedAsNotPaid: (name) => `${name} is marked as not paid. Their seats are held again.`,
});

/**
 * Asks, and marks a booking as paid, once however often it is sent. The registration as it is then, or null if nothing
 * was done.
 * @param {string} eventId
 * @param {Api.Attendee} attendee
 */
export function markPaid(eventId, attendee) {
  return asked({
    ...payQuestion(attendee),
    yes: TEXTS.markAsPaid,
    busy: TEXTS.marking,
    async act() {
      const { registration_id: id, amount } = attendee;
      const paid = await sendOnce(keyName(id), (key) => api.markPaid(eventId, { id, amount, key }));
      toast(paidWords(attendee, paid), paid.status === 'CONFIRMED' ? 'good' : 'calm');
      return paid;
    },
  });
}

/**
 * Asks, and takes the mark of a payment back. The registration as it is then, or null if nothing was done.
 * @param {string} eventId
 * @param {Api.Attendee} attendee
 * @param {string} zone the event's
 */
export function markNotPaid(eventId, attendee, zone) {
  return asked({
    ...unpayQuestion(attendee, zone),
    yes: TEXTS.markAsNotPaid,
    busy: TEXTS.saving,
    isDanger: true,
    async act() {
      const { registration_id: id, payment_id: payment } = attendee;
      if (payment === null) throw new Error('There is no payment to take back.');
      const held = await api.markNotPaid(eventId, id, payment);
      // The next mark is another payment, also if the answer to the last one was lost.
      settle(keyName(id));
      toast(TEXTS.isMarkedAsNotPaid(attendee.name));
      return held;
    },
  });
}

/** @param {string} registration */
function keyName(registration) {
  return `onsale.payment.${session.user()?.id}.${registration}`;
}

/**
 * @param {object} question
 * @param {string} question.title
 * @param {string} question.text
 * @param {string} question.yes
 * @param {string} question.busy
 * @param {boolean} [question.isDanger]
 * @param {() => Promise<Api.Registration>} question.act
 * @returns {Promise<Api.Registration | null>}
 */
async function asked({ title, text, yes, busy, isDanger = false, act }) {
  /** @type {Api.Registration | null} */
  let done = null;
  const made = form({
    name: title,
    fields: [],
    label: yes,
    busyLabel: busy,
    async send() {
      done = await act();
      panel.dialog.close();
    },
  });
  if (isDanger) made.button.className = 'button button-danger';
  const panel = openPanel({ title, text, content: made.node });
  await panel.closed;
  return done;
}
