import { placePanel } from '../../booking/place-panel.js';
import { alarm } from '../../browser/alarm.js';
import { address, rename } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import * as api from '../../server/api.js';
import { serverNow } from '../../server/clock.js';
import { watchEvents } from '../../server/live.js';
import * as session from '../../server/session.js';
import { idOfSlug } from '../../server/slugs.js';
import { element, setShown, setText } from '../../ui/dom.js';
import { dateStub } from '../../ui/event-card.js';
import { eventPicture } from '../../ui/event-picture.js';
import { icon } from '../../ui/icons.js';
import { ifChanged } from '../../ui/if-changed.js';
import { blocksOf } from '../../ui/rich-text.js';
import { saleBadge } from '../../ui/seats.js';
import { nextMoment } from '../../words/sale-moments.js';
import { saleOf } from '../../words/sales.js';
import { factList } from './event-facts.js';

/** @import { Page, Visit } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */
/** @import { Part } from '../../ui/rich-text.js' */

const TEXTS = Object.freeze({
  allEvents: '← All events',
  about: 'About',
  theOrganizerHasntAddedA: 'The organizer hasn’t added a description yet.',
  openInTheStudio: 'Open in the studio',
  runConcurrencySim: 'Run concurrency sim…',
  runThisEvent: 'Run this event',
});

// The stream does not tell how many seats are left at a price.
const PRICES_EVERY_MILLISECONDS = 5000;

/**
 * One event: its facts, its seats, updated live, and the user's own booking.
 * @param {Visit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, fragment, signal }) {
  const { event: first } = await api.event(idOfSlug(parameters.slug ?? parameters.id ?? '') ?? '', signal);
  // A link brings a code behind the `#`, where no server sees it. It is not left there for others to read.
  const code = fragment.get('code') ?? '';
  if (!signal.aborted) rename(address('e', first.slug));
  const parts = {
    picture: eventPicture(),
    stub: stubPart(),
    sale: saleBadge(),
    title: titlePart(),
    facts: factList(),
    about: aboutPart(),
    ways: organizerWays(),
  };
  const place = placePanel(first, { code, signal, onChanged: () => live.readAgain(first.id) });

  const node = element(
    'article',
    { class: 'page event' },
    element('a', { class: 'back-link', href: '/events' }, TEXTS.allEvents),
    element(
      'div',
      { class: 'event-columns' },
      element(
        'header',
        { class: 'panel ticket' },
        parts.picture.node,
        parts.stub.node,
        element('div', { class: 'ticket-body' }, parts.sale.node, parts.title.node, parts.facts.node),
      ),
      element('div', { class: 'event-side' }, place.node, parts.ways.node),
      parts.about.node,
    ),
  );

  let latest = first;
  let takenWhenRead = first.seats_remaining;

  /**
   * A live update may have the numbers alone. Each part looks at what it shows, and changes only with that.
   * @param {Partial<EventNews>} newest
   */
  function update(newest) {
    latest = { ...latest, ...newest };
    for (const part of Object.values(parts)) part.update(latest);
    place.update(latest);
    clock.set();
  }

  // Beside the panel, which has a clock of its own, only these times change what is shown.
  const clock = alarm(
    () => {
      const { sales_open_at: opens, sales_close_at: closes, cancel_until: until, ends_at: ends } = latest;
      const next = nextMoment([opens, closes, until, ends], serverNow());
      return next === null ? null : next - serverNow();
    },
    () => {
      for (const part of Object.values(parts)) part.update(latest);
    },
    signal,
  );
  update({});
  const live = watchEvents({ ids: () => [first.id], onEvent: update, onConnection: place.tellConnection }, signal);
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

function stubPart() {
  const { node, update } = dateStub();
  return {
    node,
    update: ifChanged(/** @param {Api.Event} event */ ({ starts_at: start, time_zone: zone }) => [start, zone], update),
  };
}

function titlePart() {
  const node = element('h1');
  return {
    node,
    /** @param {Api.Event} event */
    update: ({ title }) => setText(node, title),
  };
}

function aboutPart() {
  const node = element('section', { class: 'panel about' }, element('h2', {}, TEXTS.about));
  /** @type {string | null} */
  let shown = null;
  let text = element('div');
  node.append(text);
  return {
    node,
    /** @param {Api.Event} event */
    update(event) {
      if (event.description === shown) return;
      shown = event.description;
      const newest = element('div', { class: 'rich' }, descriptionOf(event));
      text.replaceWith(newest);
      text = newest;
    },
  };
}

/** @param {Api.Event} event */
function descriptionOf(event) {
  /** Its formatting, which older servers do not send. @type {Part[] | undefined} */
  const blocks = Reflect.get(event, 'description_blocks');
  if (Array.isArray(blocks) && blocks.length > 0) return blocksOf(blocks);
  const words = event.description || TEXTS.theOrganizerHasntAddedA;
  return element('p', { class: 'description' }, words);
}

function organizerWays() {
  const edit = element('a', { class: 'button' }, icon('studio'), TEXTS.openInTheStudio);
  const test = element('a', { class: 'button button-quiet-danger' }, icon('bolt'), TEXTS.runConcurrencySim);
  const node = element('nav', { class: 'panel actions', 'aria-label': TEXTS.runThisEvent }, edit, test);
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
