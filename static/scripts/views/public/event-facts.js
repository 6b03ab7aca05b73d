// The facts of an event in rows: when, where, by whom, and the times of its sale.

import { calendarAddress } from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { element, setShown, setText, webAddress } from '../../ui/dom.js';
import { icon } from '../../ui/icons.js';
import { ifChanged } from '../../ui/if-changed.js';
import { contactAddress, mapAddress } from '../../ui/links.js';
import { inBothZones } from '../../words/known-times.js';
import { ownZone, showsTheSame, timeSpan, zoneName } from '../../words/times.js';

/** @import { IconName } from '../../ui/icons.js' */

const TEXTS = Object.freeze({
  when: 'When',
  addToCalendar: 'Add to calendar',
  inYourTime: 'In your time',
  where: 'Where',
  organizer: 'Organizer',
  saleOpens: 'Sale opens',
  saleOpened: 'Sale opened',
  saleCloses: 'Sale closes',
  saleClosed: 'Sale closed',
  bookingsCanBeCancelledUntil: 'Bookings can be cancelled until',
  bookingsCouldBeCancelledUntil: 'Bookings could be cancelled until',
  map: 'Map',
});

/** An event's organizer, as far as the server tells. @typedef {{ name: string, contact?: string | null }} Organizer */

// A tab of its own, so that a booking that is under way stays.
const ELSEWHERE = { rel: 'noopener noreferrer nofollow', target: '_blank' };

export function factList() {
  const rows = {
    when: factRow(TEXTS.when, 'clock'),
    yours: factRow(TEXTS.inYourTime, 'clock'),
    where: factRow(TEXTS.where, 'pin'),
    organizer: factRow(TEXTS.organizer, 'person'),
    opens: factRow('', 'ticket'),
    closes: factRow('', 'ticket'),
    leaving: factRow('', 'ticket'),
  };
  const clock = element('span');
  const calendar = element('a', { class: 'map-link', download: '' }, TEXTS.addToCalendar);
  rows.when.value.append(clock, ' ', calendar);
  const showTimes = ifChanged(
    /** @param {Api.Event} event */ ({ starts_at: start, ends_at: end, time_zone: zone }) => [start, end, zone],
    ({ starts_at: start, ends_at: end, time_zone: zone }) => {
      setText(clock, `${timeSpan(start, end, zone)}, ${zoneName(zone, start)}`);
      const elsewhere = !showsTheSame(start, zone, ownZone);
      setShown(rows.yours.node, elsewhere);
      if (elsewhere) setText(rows.yours.value, `${timeSpan(start, end, ownZone)}, ${zoneName(ownZone, start)}`);
    },
  );
  const showPlace = ifChanged(
    /** @param {Api.Event} event */ ({ location }) => [location],
    ({ location }) => rows.where.value.replaceChildren(...placeNodes(location)),
  );
  const showOrganizer = ifChanged(
    /** @param {Organizer | null | undefined} organizer */ (organizer) => [organizer?.name, organizer?.contact],
    (organizer) => {
      setShown(rows.organizer.node, Boolean(organizer?.name));
      if (organizer) rows.organizer.value.replaceChildren(...organizerNodes(organizer));
    },
  );
  return {
    node: element(
      'dl',
      { class: 'facts' },
      Object.values(rows).map(({ node }) => node),
    ),
    /** @param {Api.Event} event */
    update(event) {
      showTimes(event);
      calendar.href = calendarAddress(event);
      setShown(calendar, event.status === 'PUBLISHED' && Date.parse(event.ends_at) > serverNow());
      showPlace(event);
      // Older servers do not tell it.
      showOrganizer(Reflect.get(event, 'organizer'));
      const { sales_open_at: opens, sales_close_at: closes, cancel_until: until, time_zone: zone } = event;
      showMoment(rows.opens, opens, zone, [TEXTS.saleOpens, TEXTS.saleOpened]);
      showMoment(rows.closes, closes, zone, [TEXTS.saleCloses, TEXTS.saleClosed]);
      showMoment(rows.leaving, until, zone, [TEXTS.bookingsCanBeCancelledUntil, TEXTS.bookingsCouldBeCancelledUntil]);
    },
  };
}

/**
 * @param {string} name
 * @param {IconName} iconName
 */
function factRow(name, iconName) {
  const label = element('dt', {}, name);
  const value = element('dd');
  return { label, value, node: element('div', { class: 'fact' }, icon(iconName), label, value) };
}

/**
 * Shows a moment in both zones: a reader in another zone must not miss it by taking the event's clock for their own.
 * @param {ReturnType<typeof factRow>} row
 * @param {string | null} time
 * @param {string} zone
 * @param {[coming: string, past: string]} labels
 */
function showMoment({ node, label, value }, time, zone, [coming, past]) {
  setShown(node, time !== null);
  if (time === null) return;
  setText(label, Date.parse(time) > serverNow() ? coming : past);
  setText(value, inBothZones(time, zone));
}

/** @param {string} location */
function placeNodes(location) {
  const href = webAddress(location);
  const name = element('bdi', {}, location);
  if (href !== null) return [element('a', { href, ...ELSEWHERE }, name)];
  const map = mapAddress(location);
  return map === null ? [name] : [name, ' ', element('a', { class: 'map-link', href: map, ...ELSEWHERE }, TEXTS.map)];
}

/** @param {Organizer} organizer */
function organizerNodes({ name, contact }) {
  const named = element('bdi', {}, name);
  const href = contact ? contactAddress(contact) : null;
  if (!contact || href === null) return [named];
  const options = href.startsWith('mailto:') ? {} : ELSEWHERE;
  return [named, ' ', element('a', { class: 'contact-link', href, ...options }, element('bdi', {}, contact))];
}
