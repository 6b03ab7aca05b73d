// The names on tickets: of those who come with them, as their buyer has filled in, or else of the buyer.

import { isolated } from './bidi.js';

/**
 * A ticket's names: the buyer's, and the one that the ticket has of its own. Answers that were kept before tickets had
 * names of their own say nothing of the second.
 * @typedef {{ name: string, ticket_name?: string | null }} Names
 */

/**
 * The person to expect with a ticket.
 * @param {Names} names
 */
export function shownName({ name, ticket_name: own }) {
  return own ?? name;
}

/**
 * The buyer, beside the name of somebody else; empty beside their own.
 * @param {Names} names
 */
export function bookedByWords({ name, ticket_name: own }) {
  return (own ?? name) === name ? '' : `booked by ${isolated(name)}`;
}
