// The facts of an event and of a person, as people call them.

import { counted } from './numbers.js';
import { dateAndTime } from './times.js';

const NAMES = {
  title: 'Title',
  location: 'Place',
  description: 'Description',
  time_zone: 'Time zone',
  starts_at: 'Starts',
  ends_at: 'Ends',
  sales_open_at: 'Sale opens',
  sales_close_at: 'Sale closes',
  capacity: 'Seats',
  status: 'Status',
  under_test: 'Under test',
  name: 'Name',
  email: 'E-mail',
  role: 'Role',
  is_active: 'Active',
};
const STATES = {
  DRAFT: 'Draft',
  PUBLISHED: 'Published',
  CANCELLED: 'Cancelled',
  AUDIENCE: 'Audience',
  ORGANIZER: 'Organizer',
  ADMIN: 'Administrator',
};

/** The facts of an event that its organizer decides, in their order. */
export const EVENT_FACTS = Object.keys(NAMES).slice(0, 10);

/** A server's name in people's words: `sales_open_at` is "Sale opens", `EVENT_EDITED` "Event edited". */
export function nameWords(name) {
  if (Object.hasOwn(NAMES, name)) return NAMES[name];
  const words = String(name).toLowerCase().replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A role, or an event's state, in people's words. */
export function stateWords(state) {
  return Object.hasOwn(STATES, state) ? STATES[state] : String(state);
}

/** A fact's value in people's words, times in `zone`. */
export function valueWords(name, value, zone) {
  if (value === null || value === undefined || value === '') return '(empty)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (name.endsWith('_at') && !Number.isNaN(Date.parse(value))) return dateAndTime(value, zone);
  if (name === 'status' || name === 'role') return stateWords(value);
  return typeof value === 'object' ? JSON.stringify(value) : counted(value);
}
