// An administrator's pages. They are loaded together when the first of them is opened.

export * as events from './events.js';
export * as log from './log.js';
export * as simulation from './simulation.js';
export * as users from './users.js';
