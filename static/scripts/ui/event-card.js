import { address } from '../browser/navigation.js';
import { serverNow } from '../server/clock.js';
import { saleOf } from '../words/sales.js';
import { inBothZones, stubParts, timeSpan, zoneName } from '../words/times.js';
import { element, setShown, setText } from './dom.js';
import { icon } from './icons.js';
import { saleBadge, seatMeter } from './seats.js';

/** @import { EventNews } from '../server/live.js' */

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

/**
 * An event in a list, as a link. `focus` is the link.
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

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} newer
   */
  function update(newer) {
    const newest = { ...known, ...newer };
    known = newest;
    stub.update(newest);
    meter.update(newest);
    sale.update(newest);
    setText(link, newest.title);
    setText(
      when,
      `${timeSpan(newest.starts_at, newest.ends_at, newest.time_zone)}, ${zoneName(newest.time_zone, newest.starts_at)}`,
    );
    setText(where, newest.location);
    const early = saleOf(newest, serverNow()).code === 'early';
    setShown(opensLine, early);
    if (early && newest.sales_open_at)
      setText(opens, `Sale opens ${inBothZones(newest.sales_open_at, newest.time_zone)}`);
  }

  update(event);
  return { node, focus: link, update };
}
