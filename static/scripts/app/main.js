import { currentPath, go, show, signInAddress } from '../browser/navigation.js';
import * as api from '../server/api.js';
import * as session from '../server/session.js';
import { byId } from '../ui/dom.js';
import { toast } from '../ui/messages.js';
import * as account from '../views/account/account.js';
import * as registrations from '../views/account/registrations.js';
import * as signIn from '../views/account/sign-in.js';
import * as signUp from '../views/account/sign-up.js';
import * as admin from '../views/admin/events.js';
import * as adminLog from '../views/admin/log.js';
import * as simulation from '../views/admin/simulation.js';
import * as adminUsers from '../views/admin/users.js';
import * as event from '../views/public/event.js';
import * as events from '../views/public/events.js';
import * as studioAttendees from '../views/studio/attendees.js';
import * as studioEvent from '../views/studio/dashboard.js';
import * as studioDetails from '../views/studio/details.js';
import * as studio from '../views/studio/events.js';
import * as studioNew from '../views/studio/new-event.js';
import * as studioTickets from '../views/studio/tickets.js';
import { start } from './router.js';
import { startShell } from './shell.js';

/** @import { Route } from './router.js' */

/** @type {Route[]} */
const ROUTES = [
  { path: '/', shape: 'cards', view: events, section: 'events' },
  { path: '/events', shape: 'cards', view: events, section: 'events' },
  { path: '/e/:slug', shape: 'event', view: event, section: 'events' },
  { path: '/events/:id', shape: 'event', view: event, section: 'events' },
  { path: '/sign-in', view: signIn, section: 'sign-in' },
  { path: '/sign-up', view: signUp, section: 'sign-up' },
  { path: '/tickets', shape: 'cards', view: registrations, section: 'registrations', needs: 'AUDIENCE' },
  { path: '/account', view: account, section: 'account', needs: 'AUDIENCE' },
  { path: '/studio', shape: 'cards', view: studio, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/new', view: studioNew, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id', view: studioEvent, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/details', shape: 'lines', view: studioDetails, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/tickets', view: studioTickets, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/attendees', shape: 'lines', view: studioAttendees, section: 'studio', needs: 'ORGANIZER' },
  { path: '/admin', shape: 'cards', view: admin, section: 'admin', needs: 'ADMIN' },
  { path: '/admin/people', shape: 'lines', view: adminUsers, section: 'admin', needs: 'ADMIN' },
  { path: '/admin/log', shape: 'lines', view: adminLog, section: 'admin', needs: 'ADMIN' },
  { path: '/admin/tests/:id', view: simulation, section: 'admin', needs: 'ADMIN' },
];

session.onChange((reason) => {
  if (reason === 'expired') {
    toast('Your session has ended. Please sign in again; you will come back to this page.');
    // A private page must not stay visible, and Back must not lead to it.
    if (!currentPath().startsWith('/sign-in')) go(signInAddress(), { replace: true });
  } else if (reason === 'other-tab') {
    show();
  }
});

const main = byId('main');
byId('skip-link').addEventListener('click', (click) => {
  // The browser's own jump would leave an entry in the history.
  click.preventDefault();
  main.focus();
});
startShell(byId('top-bar'));
start(ROUTES, main);

// A role may have changed since the last visit. Without an answer the page keeps the one that it knows.
if (session.user() !== null) api.account().then(session.refresh, () => {});
