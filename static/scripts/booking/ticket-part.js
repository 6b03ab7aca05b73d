// A booking that is confirmed, as a ticket: what, when, where and for whom, to put into a calendar and to share.

import { address } from '../browser/navigation.js';
import { calendarAddress } from '../server/api.js';
import * as session from '../server/session.js';
import { element, setText } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { ifChanged } from '../ui/if-changed.js';
import { share } from '../ui/sharing.js';
import { timeSpan } from '../words/times.js';

/** @import { IconName } from '../ui/icons.js' */

const TEXTS = Object.freeze({
  showTickets: 'Show tickets',
  addToCalendar: 'Add to calendar',
  share: 'Share',
});

/**
 * The upper part of a ticket.
 * @param {string} registrationId
 */
export function ticketPart(registrationId) {
  /** @type {Api.Event | null} */
  let shown = null;
  const title = element('p', { class: 'pass-title', dir: 'auto' });
  const when = element('span');
  const where = element('bdi');
  const who = element('bdi', {}, session.user()?.name ?? '');
  const tickets = element('a', { class: 'button button-primary' }, icon('ticket'), TEXTS.showTickets);
  // The server's file. A plain link would be shown by this application, which has no such page.
  const calendar = element('a', { class: 'button', download: '' }, icon('calendar'), TEXTS.addToCalendar);
  const sharing = element('button', { type: 'button', class: 'button' }, icon('share'), TEXTS.share);
  const showTimes = ifChanged(
    /** @param {Api.Event} event */ ({ starts_at: start, ends_at: end, time_zone: zone }) => [start, end, zone],
    ({ starts_at: start, ends_at: end, time_zone: zone }) => setText(when, timeSpan(start, end, zone)),
  );
  sharing.addEventListener('click', () => {
    if (shown !== null) share({ title: shown.title, url: pageOf(shown) });
  });

  return {
    node: element(
      'div',
      { class: 'pass' },
      element('div', { class: 'pass-facts' }, title, line('clock', when), line('pin', where), line('person', who)),
      element('div', { class: 'actions pass-actions' }, tickets, calendar, sharing),
    ),
    /** @param {Api.Event} event */
    update(event) {
      shown = event;
      setText(title, event.title);
      setText(where, event.location);
      showTimes(event);
      tickets.href = address('tickets', event.id, registrationId);
      calendar.href = calendarAddress(event);
    },
  };
}

/**
 * @param {IconName} name
 * @param {HTMLElement} text
 */
function line(name, text) {
  return element('p', { class: 'pass-line' }, icon(name), text);
}

/** @param {Api.Event} event */
function pageOf({ slug }) {
  return location.origin + address('e', slug);
}
