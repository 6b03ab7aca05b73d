// An organizer's pages. They are loaded together when the first of them is opened, so that buyers never load them.

import * as attendees from './attendees.js';
import * as dashboard from './dashboard.js';
import * as details from './details.js';
import * as door from './door.js';
import * as events from './events.js';
import * as messages from './messages.js';
import * as newEvent from './new-event.js';
import * as tickets from './tickets.js';
import * as webhooks from './webhooks.js';

/** The views by the names that the route table has for them. */
export const VIEWS = { attendees, dashboard, details, door, events, messages, newEvent, tickets, webhooks };
