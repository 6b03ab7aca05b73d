// The user's own bookings and their tickets. They are loaded together, so that somebody who has seen the list needs no
// network to show a ticket that was shown before.

import * as registrations from './registrations.js';
import * as tickets from './tickets.js';

/** The views by the names that the route table has for them. */
export const VIEWS = { registrations, tickets };
