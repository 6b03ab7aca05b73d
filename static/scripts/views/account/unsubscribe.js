import { allowAnnouncements, refuseAnnouncements } from '../../server/proofs-api.js';
import { element } from '../../ui/dom.js';
import { form } from '../../ui/forms.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */

const TEXTS = Object.freeze({
  title: 'Messages of the organizer',
  about: 'Press the button to get no more messages of the organizer about this event. You still hear of your booking.',
  refuse: 'Stop these messages',
  refusing: 'Stopping…',
  refused: 'You get no more messages of the organizer about this event.',
  allow: 'Get them again',
  allowing: 'Saving…',
  allowed: 'You get messages of the organizer about this event again.',
});

/**
 * Stops an organizer's messages when the button is pressed: programs that look into mails open links, and press nothing.
 * @param {Visit} visit
 * @returns {Page}
 */
export function render({ parameters }) {
  const { event = '', registration = '', secret = '' } = parameters;
  const refusal = { event, registration, secret };
  const said = element('p', { role: 'status' }, TEXTS.about);
  const refuse = form({
    name: TEXTS.refuse,
    fields: [],
    content: [],
    label: TEXTS.refuse,
    busyLabel: TEXTS.refusing,
    async send() {
      await refuseAnnouncements(refusal);
      said.textContent = TEXTS.refused;
      refuse.node.replaceWith(allow.node);
    },
  });
  const allow = form({
    name: TEXTS.allow,
    fields: [],
    content: [],
    label: TEXTS.allow,
    busyLabel: TEXTS.allowing,
    async send() {
      await allowAnnouncements(refusal);
      said.textContent = TEXTS.allowed;
      allow.node.replaceWith(refuse.node);
    },
  });
  const node = element('section', { class: 'panel panel-narrow' }, element('h1', {}, TEXTS.title), said, refuse.node);
  return { title: TEXTS.title, node };
}
