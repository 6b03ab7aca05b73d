// The state of an event's sale. The server decides; these are only its likely answers.

import { reportUnknown } from './unknown.js';

/**
 * @typedef {'draft' | 'cancelled' | 'ended' | 'testing' | 'early' | 'closed' | 'full' | 'open' | 'unknown'} SaleCode
 * @typedef {{ code: SaleCode, label: string, tone: string, bookable: boolean }} Sale
 *
 * The members of an event that its sale depends on.
 * @typedef {Pick<
 *   Api.EventSummary,
 *   'status' | 'under_test' | 'ends_at' | 'sales_open_at' | 'sales_close_at' | 'seats_available'
 * >} SaleFacts
 */

/**
 * From when on bookings can no longer be cancelled: the start, or an earlier time that the organizer has set.
 * @param {Pick<Api.EventSummary, 'starts_at' | 'cancel_until'>} event
 */
export function givingUpEndsAt({ starts_at: start, cancel_until: until }) {
  return until ?? start;
}

/**
 * Whether bookings can still be cancelled.
 * @param {Pick<Api.EventSummary, 'starts_at' | 'cancel_until'>} event
 * @param {number} now in milliseconds
 */
export function mayGiveUp(event, now) {
  return Date.parse(givingUpEndsAt(event)) > now;
}

/**
 * The state of an event's sale at a time. It is full when whoever comes now gets no seat: seats that are left while
 * somebody waits are for the waitlist.
 * @param {SaleFacts} event
 * @param {number} now in milliseconds
 */
export function saleOf(event, now) {
  /** @type {(code: SaleCode, label: string, tone: string, bookable?: boolean) => Sale} */
  const is = (code, label, tone, bookable = false) => ({ code, label, tone, bookable });
  if (event.status === 'CANCELLED') return is('cancelled', 'Cancelled', 'bad');
  if (Date.parse(event.ends_at) <= now) return is('ended', 'Ended', 'quiet');
  if (event.status === 'DRAFT') return is('draft', 'Draft', 'quiet');
  // The server is newer than this page. Nothing is bookable that the page does not understand.
  if (event.status !== 'PUBLISHED') {
    reportUnknown('an event’s status', event.status);
    return is('unknown', `Unknown status ${event.status}`, 'bad');
  }
  if (event.under_test) return is('testing', 'Under test', 'warm');
  if (event.sales_open_at && Date.parse(event.sales_open_at) > now) return is('early', 'Opens soon', 'calm');
  if (event.sales_close_at && Date.parse(event.sales_close_at) <= now) return is('closed', 'Sale closed', 'quiet');
  if (event.seats_available === 0) return is('full', 'Waitlist', 'warm', true);
  return is('open', 'On sale', 'good', true);
}
