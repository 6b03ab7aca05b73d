// A published event with a sale that opens and closes before the event ends.

export const OPENS = Date.parse('2026-11-21T10:00:00Z');
export const CLOSES = Date.parse('2026-11-21T18:00:00Z');
export const ENDS = Date.parse('2026-11-21T22:00:00Z');
export const EVENT = {
  status: 'PUBLISHED',
  under_test: false,
  seats_available: 3,
  sales_open_at: new Date(OPENS).toISOString(),
  sales_close_at: new Date(CLOSES).toISOString(),
  ends_at: new Date(ENDS).toISOString(),
};
