import { address } from '../browser/navigation.js';
import { serverNow } from '../server/clock.js';
import { nextSaleChange } from '../words/sale-moments.js';
import { saleOf } from '../words/sales.js';
import { inBothZones, stubParts, timeSpan, zoneName } from '../words/times.js';
import { element, setShown, setText } from './dom.js';
import { icon } from './icons.js';
import { saleBadge, seatMeter } from './seats.js';

/** @import { EventNews } from '../server/live.js' */

const TEXTS = Object.freeze({
  /** @param {string} time */
  saleOpens: (time) => `Sale opens ${time}`,
});

/** A ticket's stub with an event's date. */
export function dateStub() {
  const month = element('span', { class: 'stub-month' });
  const day = element('span', { class: 'stub-day' });
  const weekday = element('span', { class: 'stub-weekday' });
  return {
    // The date is in the text beside it as well.
    node: element('div', { class: 'stub', 'aria-hidden': 'true' }, month, day, weekday),
    /** @param {Pick<Api.EventSummary, 'starts_at' | 'time_zone'>} event */
    update(event) {
      const parts = stubParts(event.starts_at, event.time_zone);
      setText(month, parts.month);
      setText(day, parts.day);
      setText(weekday, `${parts.weekday} ${parts.year}`);
    },
  };
}

/** The members that a card's dates and texts are made from. @type {(keyof Api.EventSummary)[]} */
const FACTS = ['title', 'location', 'starts_at', 'ends_at', 'time_zone', 'sales_open_at'];

/**
 * An event in a list, as a link. `focus` is the link. `next` is the next time at which the card changes by time alone.
 * @param {Api.EventSummary} event
 * @param {{ href?: string, level?: 'h2' | 'h3' }} [options] `level` is the heading's
 */
export function eventCard(event, { href = address('e', event.slug), level = 'h2' } = {}) {
  const stub = dateStub();
  const meter = seatMeter();
  const sale = saleBadge();
  const link = element('a', { class: 'card-link', href });
  const when = element('span');
  const where = element('span');
  const opens = element('span');
  const opensLine = element('p', { class: 'card-line' }, icon('ticket'), opens);
  const node = element(
    'li',
    { class: 'card' },
    stub.node,
    element(
      'div',
      { class: 'card-body' },
      element('div', { class: 'card-head' }, element(level, { class: 'card-title' }, link), sale.node),
      element('p', { class: 'card-line' }, icon('clock'), when),
      element('p', { class: 'card-line' }, icon('pin'), where),
      opensLine,
      meter.node,
    ),
  );

  let known = event;

  // Formatting a date costs more than all the rest, and a list may show hundreds.
  function showFacts() {
    const { title, location, starts_at: start, ends_at: end, time_zone: zone, sales_open_at: open } = known;
    stub.update(known);
    setText(link, title);
    setText(when, `${timeSpan(start, end, zone)}, ${zoneName(zone, start)}`);
    setText(where, location);
    setText(opens, open ? TEXTS.saleOpens(inBothZones(open, zone)) : '');
  }

  function showSale() {
    const now = serverNow();
    meter.update(known);
    sale.update(known);
    setShown(opensLine, saleOf(known, now).code === 'early');
    row.next = nextSaleChange(known, now);
  }

  const row = {
    node,
    focus: link,
    /** @type {number | null} */
    next: null,
    /**
     * A live update may have the numbers alone.
     * @param {Partial<EventNews>} newer
     */
    update(newer) {
      const before = known;
      known = { ...known, ...newer };
      if (FACTS.some((fact) => known[fact] !== before[fact])) showFacts();
      showSale();
    },
  };
  showFacts();
  showSale();
  return row;
}
