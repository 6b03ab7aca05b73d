// The routes of webhooks. As in api.js, every value in an address is encoded, and each function throws the errors of
// `request` in http.js.

import { request } from './http.js';

/** @import { Cursor, Page } from './api.js' */

const ROOT = '/organizer/webhooks';
const encoded = encodeURIComponent;

/**
 * The signed-in user's webhooks, oldest first.
 * @param {AbortSignal} signal
 * @returns {Promise<Api.Webhook[]>}
 */
export async function webhooks(signal) {
  /** @type {{ data: Page<Api.Webhook> }} */
  const { data } = await request('GET', ROOT, { signal });
  return data.items;
}

/**
 * Makes a webhook. Its secret is never told again.
 * @param {Api.NewWebhook} webhook
 * @returns {Promise<Api.WebhookWithSecret>}
 */
export async function createWebhook(webhook) {
  return (await request('POST', ROOT, { body: webhook })).data;
}

/**
 * Changes a webhook.
 * @param {string} id
 * @param {Api.WebhookChanges} changes
 * @returns {Promise<Api.Webhook>}
 */
export async function changeWebhook(id, changes) {
  return (await request('PATCH', `${ROOT}/${encoded(id)}`, { body: changes })).data;
}

/**
 * Deletes a webhook, with its log.
 * @param {string} id
 */
export async function deleteWebhook(id) {
  await request('DELETE', `${ROOT}/${encoded(id)}`);
}

/**
 * Gives a webhook another secret, which is never told again.
 * @param {string} id
 * @param {string} password of the user
 * @returns {Promise<Api.WebhookWithSecret>}
 */
export async function rotateSecret(id, password) {
  return (await request('POST', `${ROOT}/${encoded(id)}/secret`, { body: { current_password: password } })).data;
}

/**
 * Has a test sent.
 * @param {string} id
 */
export async function testWebhook(id) {
  await request('POST', `${ROOT}/${encoded(id)}/test`);
}

/**
 * A page of a webhook's deliveries, newest first.
 * @param {string} id
 * @param {{ cursor?: Cursor, limit?: number }} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Page<Api.WebhookDelivery>>}
 */
export async function deliveries(id, { cursor = null, limit = 20 }, signal) {
  const after = cursor === null ? '' : `&cursor=${encoded(cursor)}`;
  return (await request('GET', `${ROOT}/${encoded(id)}/deliveries?limit=${limit}${after}`, { signal })).data;
}

/**
 * Has a delivery sent again.
 * @param {string} id of the webhook
 * @param {string} deliveryId
 */
export async function resendDelivery(id, deliveryId) {
  await request('POST', `${ROOT}/${encoded(id)}/deliveries/${encoded(deliveryId)}/resend`);
}
