// Tickets that the tests of the studio begin with: 100 seats at two prices, with an early bird of 20.

/** @returns {any} */
export function tickets() {
  const price = (number, name, amount, more = {}) => ({
    number,
    name,
    amount,
    opens_at: null,
    closes_at: null,
    limit: null,
    code: null,
    is_closed: false,
    ...more,
  });
  return {
    document: {
      currency: 'EUR',
      hold_minutes: 60,
      line_hold_minutes: null,
      line_patience_minutes: 1440,
      grace_minutes: 0,
      refund_until: null,
      payment_instructions: '',
      ticket_types: [
        {
          number: 1,
          name: 'Standing',
          capacity: 100,
          seats_per_registration: 4,
          prices: [price(1, 'Adult', 2500), price(2, 'Child', 1000), price(3, 'Early bird', 1500, { limit: 20 })],
        },
        { number: 2, name: 'Balcony', capacity: 10, seats_per_registration: 1, prices: [price(4, 'Seat', 4000)] },
      ],
    },
    counts: {
      ticket_types: [
        {
          number: 1,
          seats_taken: 97,
          seats_remaining: 3,
          waiting: 3,
          seats_wanted: 8,
          head_wants: 4,
          is_used: true,
          waiting_since: '2026-11-21T10:00:00Z',
          money: { taken: 0, held: 0, owed: 0 },
        },
        {
          number: 2,
          seats_taken: 0,
          seats_remaining: 10,
          waiting: 0,
          seats_wanted: 0,
          head_wants: 0,
          is_used: false,
          waiting_since: null,
          money: { taken: 0, held: 0, owed: 0 },
        },
      ],
      prices: [
        { number: 1, seats_standing: 85, is_used: true },
        { number: 2, seats_standing: 0, is_used: false },
        { number: 3, seats_standing: 20, is_used: true },
        { number: 4, seats_standing: 0, is_used: false },
      ],
    },
  };
}
