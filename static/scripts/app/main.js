import { currentPath, go, show, signInAddress } from '../browser/navigation.js';
import * as api from '../server/api.js';
import '../server/kept-tickets.js';
import * as session from '../server/session.js';
import { byId } from '../ui/dom.js';
import { toast } from '../ui/messages.js';
import * as signIn from '../views/account/sign-in.js';
import * as signUp from '../views/account/sign-up.js';
import * as event from '../views/public/event.js';
import * as events from '../views/public/events.js';
import { startFooter } from './footer.js';
import { start } from './router.js';
import { startShell } from './shell.js';

/** @import { Route } from './router.js' */

const TEXTS = Object.freeze({
  yourSessionHasEndedSign: 'Your session has ended. Sign in again to return to this page.',
});

// Before the others: a bundle puts what several late files share into the first that needs it.
/** @param {keyof typeof import('../views/account/routes.js').VIEWS} name */
const own = (name) => async () => (await import('../views/account/routes.js')).VIEWS[name];
/** @param {keyof typeof import('../views/account/ticket-routes.js').VIEWS} name */
const booked = (name) => async () => (await import('../views/account/ticket-routes.js')).VIEWS[name];
/** @param {keyof typeof import('../views/account/link-routes.js').VIEWS} name */
const link = (name) => async () => (await import('../views/account/link-routes.js')).VIEWS[name];
/** @param {keyof typeof import('../views/studio/routes.js').VIEWS} name */
const studio = (name) => async () => (await import('../views/studio/routes.js')).VIEWS[name];
/** @param {keyof typeof import('../views/admin/routes.js').VIEWS} name */
const admin = (name) => async () => (await import('../views/admin/routes.js')).VIEWS[name];

/** @type {Route[]} */
const ROUTES = [
  { path: '/', shape: 'cards', view: events, section: 'events' },
  { path: '/events', shape: 'cards', view: events, section: 'events' },
  { path: '/e/:slug', shape: 'event', view: event, section: 'events' },
  { path: '/events/:id', shape: 'event', view: event, section: 'events' },
  { path: '/sign-in', view: signIn, section: 'sign-in' },
  { path: '/sign-up', view: signUp, section: 'sign-up' },
  { path: '/forgot-password', load: link('forgotPassword'), section: 'sign-in' },
  { path: '/reset-password', load: link('resetPassword'), section: 'sign-in' },
  { path: '/verify', load: link('verify'), section: 'account' },
  { path: '/invitation', load: link('invitation'), section: 'sign-up' },
  { path: '/take/:event', load: link('take'), section: 'registrations' },
  { path: '/unsubscribe/:event/:registration/:secret', load: link('unsubscribe'), section: 'messages' },
  { path: '/tickets', shape: 'cards', load: booked('registrations'), section: 'registrations', needs: 'AUDIENCE' },
  { path: '/tickets/:event/:registration', load: booked('tickets'), section: 'registrations', needs: 'AUDIENCE' },
  { path: '/messages', shape: 'lines', load: own('messages'), section: 'messages', needs: 'AUDIENCE' },
  { path: '/account', load: own('account'), section: 'account', needs: 'AUDIENCE' },
  { path: '/account/api-keys', load: own('apiKeys'), section: 'account', needs: 'AUDIENCE' },
  { path: '/studio', shape: 'cards', load: studio('events'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/new', load: studio('newEvent'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/webhooks', load: studio('webhooks'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id', load: studio('dashboard'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/details', shape: 'lines', load: studio('details'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/tickets', load: studio('tickets'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/attendees', shape: 'lines', load: studio('attendees'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/door', load: studio('door'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/studio/:id/messages', shape: 'lines', load: studio('messages'), section: 'studio', needs: 'ORGANIZER' },
  { path: '/admin', shape: 'cards', load: admin('events'), section: 'admin', needs: 'ADMIN' },
  { path: '/admin/people', shape: 'lines', load: admin('users'), section: 'admin', needs: 'ADMIN' },
  { path: '/admin/organizers', load: admin('invitations'), section: 'admin', needs: 'ADMIN' },
  { path: '/admin/messages', shape: 'lines', load: admin('messages'), section: 'admin', needs: 'ADMIN' },
  { path: '/admin/log', shape: 'lines', load: admin('log'), section: 'admin', needs: 'ADMIN' },
  { path: '/admin/tests/:id', load: admin('simulation'), section: 'admin', needs: 'ADMIN' },
];

session.onChange((reason) => {
  if (reason === 'expired') {
    toast(TEXTS.yourSessionHasEndedSign);
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
startFooter(byId('site-foot'));

// A role may have changed since the last visit. Without an answer the page keeps the one that it knows.
if (session.user() !== null) api.account().then(session.refresh, () => {});
