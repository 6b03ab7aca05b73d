// Webhooks in words: their kinds, whether they are sent, and what became of each delivery.

import { nameWords } from './facts.js';
import { countOf } from './numbers.js';
import { dateAndTime } from './times.js';
import { known } from './unknown.js';

/** The name of each kind that can be chosen. @type {Record<Api.ChosenWebhookKind, string>} */
const KINDS = {
  'registration.confirmed': 'Booking confirmed',
  'registration.waitlisted': 'On the waitlist',
  'registration.held': 'Seats held',
  'registration.promoted': 'Seat from the waitlist',
  'registration.paid': 'Payment arrived',
  'registration.reduced': 'Fewer seats',
  'registration.cancelled': 'Booking cancelled',
  'event.published': 'Event published',
  'event.updated': 'New time or place',
  'event.cancelled': 'Event cancelled',
};
/** Why a webhook is off. @type {Record<Api.OffReason, string>} */
const OFF = {
  OWNER: 'You switched it off.',
  FAILING: 'Switched off: the endpoint took nothing for three days.',
  GONE: 'Switched off: the endpoint answered that it is gone (410).',
};
/** The label of each state of a delivery, with its tone. @type {Record<Api.DeliveryState, [label: string, tone: string]>} */
const STATES = {
  DUE: ['Waiting to be sent', 'warm'],
  DELIVERED: ['Delivered', 'good'],
  FAILED: ['Failed', 'bad'],
};

/** The kinds that a webhook chooses from. */
export const WEBHOOK_KINDS = /** @type {Api.ChosenWebhookKind[]} */ (Object.keys(KINDS));

/**
 * The name of a kind.
 * @param {string} kind
 */
export function webhookKindWords(kind) {
  return kind === 'ping' ? 'Test' : (known(KINDS, kind) ?? kind);
}

/**
 * Whether a webhook is sent, as a label with its tone.
 * @param {Pick<Api.Webhook, 'state' | 'failing_since'>} webhook
 * @returns {[label: string, tone: string]}
 */
export function webhookLabel({ state, failing_since: failing }) {
  if (state === 'OFF') return ['Off', 'quiet'];
  return failing === null ? ['On', 'good'] : ['Failing', 'bad'];
}

/**
 * What there is to say of a webhook beside its label; null if there is nothing.
 * @param {Pick<Api.Webhook, 'state' | 'off_reason' | 'failing_since' | 'former_secret_until'>} webhook
 */
export function webhookWords({ off_reason: reason, failing_since: failing, former_secret_until: until }) {
  if (reason !== null) return known(OFF, reason) ?? nameWords(reason);
  if (failing !== null) return `The endpoint has taken nothing since ${dateAndTime(failing)}.`;
  return until === null ? null : `The old secret signs along until ${dateAndTime(until)}.`;
}

/**
 * The label of a delivery's state, with its tone.
 * @param {Pick<Api.WebhookDelivery, 'state'>} delivery
 * @returns {[label: string, tone: string]}
 */
export function deliveryLabel({ state }) {
  return known(STATES, state) ?? [nameWords(state), 'quiet'];
}

/**
 * What became of a delivery, in a sentence; null if its label says it.
 * @param {Pick<Api.WebhookDelivery, 'state' | 'tries' | 'last_status' | 'last_error' | 'next_try_at'>} delivery
 */
export function deliveryWords({ state, tries, last_status: status, last_error: error, next_try_at: next }) {
  if (tries === 0) return null;
  const tried = countOf(tries, 'try', 'tries');
  if (error === null) return status === null ? tried : `${tried}, answer ${status}`;
  const again = state === 'DUE' && next !== null ? `; next try ${dateAndTime(next)}` : '';
  return `${tried}: ${error}${again}`;
}
