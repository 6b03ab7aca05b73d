// What can be said and done about an event at a moment. The server decides; this only tells people what to expect.

/**
 * Where an event's sale stands: `{ code, label, tone, bookable }`. `code` is draft, cancelled, ended, testing, early,
 * closed, full or open.
 */
export function saleOf(event, now) {
  const is = (code, label, tone, bookable = false) => ({ code, label, tone, bookable });
  if (event.status === 'CANCELLED') return is('cancelled', 'Cancelled', 'bad');
  if (Date.parse(event.ends_at) <= now) return is('ended', 'Over', 'quiet');
  if (event.status === 'DRAFT') return is('draft', 'Draft', 'quiet');
  if (event.under_test) return is('testing', 'Under test', 'warm');
  if (event.sales_open_at && Date.parse(event.sales_open_at) > now) return is('early', 'Opens soon', 'calm');
  if (event.sales_close_at && Date.parse(event.sales_close_at) <= now) return is('closed', 'Sale over', 'quiet');
  if (event.seats_remaining === 0) return is('full', 'Waiting list', 'warm', true);
  return is('open', 'On sale', 'good', true);
}
