import * as api from './api.js';
import { toast } from './messages.js';
import { currentPath, go, show, signInAddress, start } from './router.js';
import * as session from './session.js';
import { startShell } from './shell.js';
import * as account from './views/account.js';
import * as admin from './views/admin.js';
import * as event from './views/event.js';
import * as events from './views/events.js';
import * as registrations from './views/registrations.js';
import * as signIn from './views/sign-in.js';
import * as signUp from './views/sign-up.js';
import * as simulation from './views/simulation.js';
import * as studioEvent from './views/studio-event.js';
import * as studioNew from './views/studio-new.js';
import * as studio from './views/studio.js';

const ROUTES = [
  { path: '/', view: events, section: 'events' },
  { path: '/events', view: events, section: 'events' },
  { path: '/events/:id', view: event, section: 'events' },
  { path: '/sign-in', view: signIn, section: 'sign-in' },
  { path: '/sign-up', view: signUp, section: 'sign-up' },
  { path: '/registrations', view: registrations, section: 'registrations', needs: 'AUDIENCE' },
  { path: '/account', view: account, section: 'account', needs: 'AUDIENCE' },
  { path: '/studio', view: studio, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/new', view: studioNew, section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id', view: studioEvent, section: 'studio', needs: 'ORGANIZER' },
  { path: '/admin', view: admin, section: 'admin', needs: 'ADMIN' },
  { path: '/admin/:id', view: simulation, section: 'admin', needs: 'ADMIN' },
];

session.onChange((reason) => {
  if (reason === 'expired') {
    toast('Your session has ended. Please sign in again; you will come back to this page.');
    // A page of one's own must not stay in sight, nor be the one that Back leads to.
    if (!currentPath().startsWith('/sign-in')) go(signInAddress(), { replace: true });
  } else if (reason === 'other-tab') {
    show();
  }
});

const main = document.getElementById('main');
document.getElementById('skip-link').addEventListener('click', (click) => {
  // The address after `#` is the route, so the browser's own jump would lead away.
  click.preventDefault();
  main.focus();
});
startShell(document.getElementById('top-bar'));
start(ROUTES, main);

// A role may have changed since the last visit. Without an answer the page goes on with what it knew.
if (session.user() !== null) api.account().then(session.refresh, () => {});
