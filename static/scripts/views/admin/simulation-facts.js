// The figures of a stress test that matter most.

/**
 * @typedef {{ buyers: number, seconds: number, sold: number, capacity: number, oversold: number }} Headline
 */

/**
 * Buyers, time and seats. A seat is oversold if its ticket type gave out more seats than it has.
 * @param {Pick<Api.Report, 'total_attempted' | 'duration_milliseconds' | 'capacity' | 'success_count' | 'ticket_types'>} report
 * @returns {Headline}
 */
export function headlineOf({ total_attempted: buyers, duration_milliseconds: milliseconds, capacity, ...report }) {
  // Without its ticket types a report is of an older version, in which each buyer had one seat.
  const types = report.ticket_types ?? [];
  const given = types.reduce((sum, { seats_given: seats }) => sum + seats, 0);
  const above = types.reduce((sum, { seats_given: seats, capacity: own }) => sum + Math.max(0, seats - own), 0);
  const sold = types.length > 0 ? given : report.success_count;
  return { buyers, seconds: milliseconds / 1000, sold, capacity, oversold: Math.max(above, sold - capacity, 0) };
}
