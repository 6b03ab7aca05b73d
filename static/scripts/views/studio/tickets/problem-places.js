// The field of the editor that a refusal of the server is about.

/** @import { Problem } from '../../../server/failures.js' */

/** The fields that problems are about. @type {Record<string, string>} */
const FIELDS = {
  'capacity-below-confirmed': 'capacity',
  'capacity-below-party': 'capacity',
  'capacity-raise-too-large': 'capacity',
  'limit-below-standing': 'limit',
  'price-in-use': 'amount',
  'seats-per-registration-in-use': 'seats',
};

/**
 * The places of the type and the price in a document that a problem names by their numbers, and the field. Null if it
 * names none that the document has.
 * @param {Pick<Problem, 'code' | 'body'>} problem
 * @param {Api.TicketsDocument} document
 * @returns {{ type?: number, price?: number, field?: string } | null}
 */
export function problemPlace({ code, body }, { ticket_types: types }) {
  if (code === 'currency-in-use') return { field: 'currency' };
  const { price, ticket_type: type } = /** @type {{ price?: number, ticket_type?: number }} */ (body);
  const field = FIELDS[code];
  if (price !== undefined) {
    const index = types.findIndex(({ prices }) => prices.some(({ number }) => number === price));
    const place = types[index]?.prices.findIndex(({ number }) => number === price);
    return place === undefined ? null : { type: index, price: place, field };
  }
  const index = type === undefined ? -1 : types.findIndex(({ number }) => number === type);
  return index < 0 ? null : { type: index, field };
}
