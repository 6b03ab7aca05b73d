// An administrator's pages. They are loaded together when the first of them is opened.

import * as events from './events.js';
import * as invitations from './invitations.js';
import * as log from './log.js';
import * as messages from './messages.js';
import * as simulation from './simulation.js';
import * as users from './users.js';

/** The views by the names that the route table has for them. */
export const VIEWS = { events, invitations, log, messages, simulation, users };
