// The facts of an event and of a person, in people's words.

import { counted } from './numbers.js';
import { dateAndTime } from './times.js';

/** @type {Record<string, string>} */
const NAMES = {
  title: 'Title',
  location: 'Location',
  description: 'Description',
  time_zone: 'Time zone',
  starts_at: 'Starts',
  ends_at: 'Ends',
  sales_open_at: 'Sale opens',
  sales_close_at: 'Sale closes',
  cancel_until: 'Cancelling ends',
  verified_buyers_only: 'Only confirmed e-mail addresses',
  capacity: 'Capacity',
  status: 'Status',
  under_test: 'Under test',
  name: 'Name',
  email: 'E-mail',
  role: 'Role',
  registration_id: 'Booking',
  user_id: 'Person',
  organizer_id: 'Organizer',
  may_book_again: 'May book again',
  is_active: 'Active',
  currency: 'Currency',
  hold_minutes: 'Minutes to pay',
  line_hold_minutes: 'Minutes to pay from the waitlist',
  line_patience_minutes: 'Minutes of patience with the next on the waitlist',
  grace_minutes: 'Minutes of grace',
  refund_until: 'Refund until',
  payment_instructions: 'How to pay',
  ticket_types: 'Ticket types',
  prices: 'Prices',
  ticket_type: 'Ticket type',
  seats_per_registration: 'Seats in one booking',
  amount: 'Amount in the smallest unit',
  limit: 'Limit of seats',
  is_closed: 'Closed',
};
/** @type {Record<string, string>} */
const STATES = {
  DRAFT: 'Draft',
  PUBLISHED: 'Published',
  CANCELLED: 'Cancelled',
  AUDIENCE: 'Audience',
  ORGANIZER: 'Organizer',
  ADMIN: 'Administrator',
};

/**
 * The facts of an event that its organizer decides, in the order of display.
 * @type {(keyof Api.Event)[]}
 */
export const EVENT_FACTS = [
  'title',
  'location',
  'description',
  'time_zone',
  'starts_at',
  'ends_at',
  'sales_open_at',
  'sales_close_at',
  'cancel_until',
  'verified_buyers_only',
  'capacity',
  'status',
];

/**
 * An API name in people's words: `sales_open_at` is "Sale opens", `EVENT_EDITED` is "Event edited".
 * @param {string} name
 */
export function nameWords(name) {
  const known = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (known !== undefined) return known;
  const words = String(name).toLowerCase().replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A role or an event's status in people's words.
 * @param {unknown} state
 */
export function stateWords(state) {
  const name = String(state);
  return (Object.hasOwn(STATES, name) ? STATES[name] : undefined) ?? name;
}

/**
 * A fact's value in people's words.
 * @param {string} name the fact's API name
 * @param {unknown} value
 * @param {string} [zone] of times; the reader's own by default
 * @returns {string}
 */
export function valueWords(name, value, zone) {
  if (value === null || value === undefined || value === '') return '(empty)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (/_(at|until)$/.test(name) && typeof value === 'string' && !Number.isNaN(Date.parse(value)))
    return dateAndTime(value, zone);
  if (name === 'status' || name === 'role') return stateWords(value);
  if (Array.isArray(value)) return value.map((one) => valueWords(name, one, zone)).join('; ');
  if (typeof value === 'object') return membersWords(/** @type {Record<string, unknown>} */ (value), zone);
  return counted(value);
}

/**
 * The members of a fact that is made of several, such as a price. Those that say nothing are left out.
 * @param {Record<string, unknown>} value
 * @param {string} [zone]
 * @returns {string}
 */
function membersWords(value, zone) {
  const told = Object.entries(value).filter(([, one]) => one !== null && one !== '' && one !== false);
  return told.map(([name, one]) => `${nameWords(name)}: ${valueWords(name, one, zone)}`).join(', ');
}
