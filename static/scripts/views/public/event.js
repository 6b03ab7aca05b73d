import { placePanel } from '../../booking/place-panel.js';
import { address, rename } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { watchEvents } from '../../server/live.js';
import * as session from '../../server/session.js';
import { idOfSlug } from '../../server/slugs.js';
import { element, setShown, setText, webAddress } from '../../ui/dom.js';
import { dateStub } from '../../ui/event-card.js';
import { icon } from '../../ui/icons.js';
import { saleBadge, seatMeter, typeMeters } from '../../ui/seats.js';
import { saleOf } from '../../words/sales.js';
import { inBothZones, ownZone, showsTheSame, timeSpan, zoneName } from '../../words/times.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */
/** @import { IconName } from '../../ui/icons.js' */

const TICK_MILLISECONDS = 1000;
// The stream does not tell how many seats are left at a price.
const PRICES_EVERY_MILLISECONDS = 5000;

/**
 * One event: its facts, its seats, updated live, and the user's own place.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, fragment, signal }) {
  const { event: first } = await api.event(parameters.id ?? idOfSlug(parameters.slug ?? '') ?? '', signal);
  // A link brings a code behind the `#`, where no server sees it. It is not left there for others to read.
  const code = fragment.get('code') ?? '';
  if (!signal.aborted) rename(address('e', first.slug));
  const parts = {
    stub: dateStub(),
    sale: saleBadge(),
    meter: seatMeter(),
    types: typeMeters(),
    facts: factList(),
    ways: organizerWays(),
  };
  const heading = element('h1');
  const description = element('p', { class: 'description' });
  const connection = element('p', { class: 'connection is-lost', role: 'status' });
  const place = placePanel(first, { code, signal, onChanged: () => live.readAgain(first.id) });

  const node = element(
    'article',
    { class: 'page event' },
    element('a', { class: 'back-link', href: '/events' }, '← All events'),
    element(
      'div',
      { class: 'event-columns' },
      element(
        'header',
        { class: 'panel ticket' },
        parts.stub.node,
        element('div', { class: 'ticket-body' }, parts.sale.node, heading, parts.facts.node),
      ),
      element(
        'div',
        { class: 'event-side' },
        place.node,
        element(
          'section',
          { class: 'panel' },
          element('h2', {}, 'Seats'),
          parts.meter.node,
          parts.types.node,
          connection,
        ),
        parts.ways.node,
      ),
      element('section', { class: 'panel about' }, element('h2', {}, 'About'), description),
    ),
  );

  let latest = first;
  let takenWhenRead = first.seats_remaining;

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} newest
   */
  function update(newest) {
    const event = { ...latest, ...newest };
    latest = event;
    for (const part of Object.values(parts)) part.update(event);
    setText(heading, event.title);
    setText(description, event.description || 'The organizer has not written anything yet.');
    place.update(event);
  }

  update(first);
  // The state of a sale changes with time alone.
  repeat(TICK_MILLISECONDS, () => update({}), signal);
  const live = watchEvents(
    {
      ids: () => [first.id],
      onEvent: update,
      onConnection: (reached) =>
        setText(connection, reached ? '' : 'Connection lost: these numbers may be old. Trying again…'),
    },
    signal,
  );
  repeat(
    PRICES_EVERY_MILLISECONDS,
    () => {
      const isLimited = latest.ticket_types.some(({ prices }) => prices.some(({ seats_left: left }) => left !== null));
      if (!isLimited || latest.seats_remaining === takenWhenRead) return;
      takenWhenRead = latest.seats_remaining;
      live.readAgain(first.id);
    },
    signal,
  );
  return { title: first.title, node };
}

function factList() {
  const rows = {
    when: factRow('When', 'clock'),
    yours: factRow('In your time', 'clock'),
    where: factRow('Where', 'pin'),
    opens: factRow('', 'ticket'),
    closes: factRow('', 'ticket'),
    leaving: factRow('', 'ticket'),
  };
  return {
    node: element(
      'dl',
      { class: 'facts' },
      Object.values(rows).map(({ node }) => node),
    ),
    /** @param {Api.Event} event */
    update(event) {
      const { starts_at: start, ends_at: end, time_zone: zone } = event;
      setText(rows.when.value, `${timeSpan(start, end, zone)}, ${zoneName(zone, start)}`);
      const elsewhere = !showsTheSame(start, zone, ownZone);
      setShown(rows.yours.node, elsewhere);
      if (elsewhere) setText(rows.yours.value, `${timeSpan(start, end, ownZone)}, ${zoneName(ownZone, start)}`);
      setLocation(rows.where.value, event.location);
      showMoment(rows.opens, event.sales_open_at, zone, ['Sale opens', 'Sale opened']);
      showMoment(rows.closes, event.sales_close_at, zone, ['Sale closes', 'Sale closed']);
      showMoment(rows.leaving, event.cancel_until, zone, ['Giving up ends', 'Giving up ended']);
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

/**
 * @param {HTMLElement} node
 * @param {string} location
 */
function setLocation(node, location) {
  if (node.textContent === location) return;
  const href = webAddress(location);
  node.replaceChildren(
    href ? element('a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, location) : location,
  );
}

function organizerWays() {
  const edit = element('a', { class: 'button' }, icon('studio'), 'Open in the studio');
  const test = element('a', { class: 'button button-quiet-danger' }, icon('bolt'), 'Run concurrency sim…');
  const node = element('nav', { class: 'panel actions', 'aria-label': 'Run this event' }, edit, test);
  return {
    node,
    /** @param {Api.Event} event */
    update(event) {
      const admin = session.hasRole('ADMIN');
      const own = admin || (session.hasRole('ORGANIZER') && session.user()?.id === event.organizer_id);
      const over = ['cancelled', 'ended'].includes(saleOf(event, serverNow()).code);
      edit.href = address('studio', event.id);
      test.href = address('admin', 'tests', event.id);
      setShown(test, admin && !over);
      setShown(node, own);
    },
  };
}
