// The routes of links in mails, and of what they do. Each function throws the errors of `request` in http.js.

import { request } from './http.js';

/** @import { Cursor, Page } from './api.js' */

/** Sends the signed-in user a link that confirms the e-mail address. */
export async function sendVerification() {
  await request('POST', '/auth/verification');
}

/**
 * Confirms an e-mail address of the signed-in user.
 * @param {string} token of the link
 */
export async function verify(token) {
  await request('POST', '/auth/verify', { body: { token } });
}

/**
 * @typedef {object} Refusal of an event's announcements
 * @property {string} event
 * @property {string} registration
 * @property {string} secret of the link
 */

/** @param {Refusal} refusal */
const refusalPath = ({ event, registration, secret }) =>
  `/unsubscribe/${[event, registration, secret].map(encodeURIComponent).join('/')}`;

/**
 * Has a person get no more announcements of an event's organizer.
 * @param {Refusal} refusal
 */
export async function refuseAnnouncements(refusal) {
  await request('POST', refusalPath(refusal), { anonymous: true });
}

/**
 * Has that person get them again.
 * @param {Refusal} refusal
 */
export async function allowAnnouncements(refusal) {
  await request('DELETE', refusalPath(refusal), { anonymous: true });
}

/**
 * Sends a link that resets a password, if there is such an account.
 * @param {string} email
 */
export async function forgetPassword(email) {
  await request('POST', '/auth/password-resets', { body: { email }, anonymous: true });
}

/**
 * Sets a new password in place of a forgotten one.
 * @param {string} token of the link
 * @param {string} password
 */
export async function useReset(token, password) {
  await request('POST', '/auth/password-resets/use', { body: { token, new_password: password }, anonymous: true });
}

/**
 * Sends a link to another address of the signed-in user, who has it once the link was used.
 * @param {string} email
 * @param {string} password the present one
 */
export async function changeAddress(email, password) {
  await request('POST', '/auth/address', { body: { email, current_password: password } });
}

/**
 * Makes an organizer's account by an invitation, and signs in.
 * @param {Api.InvitationAcceptance} acceptance
 * @returns {Promise<Api.Session>}
 */
export async function acceptInvitation(acceptance) {
  return (await request('POST', '/auth/invitations/accept', { body: acceptance, anonymous: true })).data;
}

/**
 * A page of the invitations that can be accepted, newest first.
 * @param {{ cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Api.Invitation>>}
 */
export async function invitations({ cursor = null, limit = 50 }, signal) {
  const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
  return (await request('GET', `/admin/invitations?limit=${limit}${next}`, { signal })).data;
}

/**
 * Invites somebody to run events.
 * @param {string} email
 */
export async function invite(email) {
  await request('POST', '/admin/invitations', { body: { email } });
}

/**
 * Takes an invitation back.
 * @param {string} id
 */
export async function revokeInvitation(id) {
  await request('DELETE', `/admin/invitations/${encodeURIComponent(id)}`);
}
