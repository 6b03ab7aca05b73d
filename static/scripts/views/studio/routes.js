// An organizer's pages. They are loaded together when the first of them is opened, so that buyers never load them.

export * as attendees from './attendees.js';
export * as dashboard from './dashboard.js';
export * as details from './details.js';
export * as events from './events.js';
export * as newEvent from './new-event.js';
export * as tickets from './tickets.js';
