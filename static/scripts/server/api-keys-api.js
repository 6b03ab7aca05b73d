// The routes of API keys. Each function throws the errors of `request` in http.js.

import { request } from './http.js';

/**
 * All API keys of the signed-in user, the newest first.
 * @param {AbortSignal} signal
 * @returns {Promise<Api.ApiKey[]>}
 */
export async function apiKeys(signal) {
  return (await request('GET', '/auth/me/api-keys', { signal })).data.items;
}

/**
 * Makes a key. Only this answer has it.
 * @param {Api.NewApiKey} wanted
 * @returns {Promise<Api.CreatedApiKey>}
 */
export async function createApiKey(wanted) {
  return (await request('POST', '/auth/me/api-keys', { body: wanted })).data;
}

/**
 * Ends a key.
 * @param {string} id
 */
export async function revokeApiKey(id) {
  await request('DELETE', `/auth/me/api-keys/${encodeURIComponent(id)}`);
}
