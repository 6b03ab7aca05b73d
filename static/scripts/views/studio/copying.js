// A new event as a copy of another one. Dates are not copied: a copy takes place at another time.

/**
 * The tickets of a copy. The first type and price take the places of those that every new event has; windows and dates are
 * left out. With one ticket type, its seats are `capacity`.
 * @param {Api.TicketsDocument} source
 * @param {Api.TicketsDocument} fresh the new event's
 * @param {number} capacity
 * @returns {Api.TicketsDocument}
 */
export function copiedTickets(source, fresh, capacity) {
  const isSingle = source.ticket_types.length === 1;
  const known = fresh.ticket_types[0];
  return {
    ...source,
    refund_until: null,
    ticket_types: source.ticket_types.map((type, index) => {
      const taken = index === 0 ? known : undefined;
      return {
        ...type,
        number: taken?.number ?? null,
        capacity: isSingle ? capacity : type.capacity,
        prices: type.prices.map((price, own) => ({
          ...price,
          number: (own === 0 ? taken?.prices[0]?.number : null) ?? null,
          opens_at: null,
          closes_at: null,
        })),
      };
    }),
  };
}
