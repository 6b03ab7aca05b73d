// The ways in which a request fails.

/**
 * The members of a problem's body (RFC 9457) that the page uses. Which ones are there depends on the problem's type.
 * @typedef {object} ProblemBody
 * @property {string} [type]
 * @property {string} [title]
 * @property {string} [detail]
 * @property {string} [request_id]
 * @property {string} [field] the name of the refused field
 * @property {string} [reason] the field's error
 * @property {Api.Registration} [registration]
 * @property {number} [confirmed]
 * @property {number} [capacity]
 * @property {number} [seats]
 * @property {number} [seats_at_most]
 * @property {number} [seats_left]
 * @property {number} [standing]
 * @property {number} [amount]
 * @property {string | null} [currency]
 * @property {string} [name] what a document of ticket types has twice
 * @property {number | string} [status] of the answer
 * @property {string | null} [cancellation]
 * @property {string} [cause] why a booking cannot be marked as paid
 * @property {number} [capacity_at_most]
 * @property {number} [limit]
 * @property {number} [people]
 * @property {number} [ticket] its number
 * @property {number} [window_minutes]
 * @property {string} [opens_at]
 * @property {string} [closed_at]
 * @property {string} [ended_at]
 */

/** The server refused. `code` is the last part of the problem's type: stable, one for each cause. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {ProblemBody} body
   * @param {Headers} [headers]
   */
  constructor(status, body, headers = new Headers()) {
    super(body.detail ?? body.title ?? `status ${status}`);
    this.status = status;
    this.body = body;
    this.code = typeof body.type === 'string' ? (body.type.split('/').pop() ?? '') : '';
    this.requestId = body.request_id ?? headers.get('x-request-id');
    this.retryAfterSeconds = secondsOf(headers.get('retry-after'));
  }
}

/** No readable answer came. The request may have been carried out or not. */
export class Unreachable extends Error {}

/**
 * Whether an error only says that the request was given up, for instance because its view was left.
 * @param {unknown} error
 */
export function isAbort(error) {
  return error instanceof Error && error.name === 'AbortError';
}

/** @param {string | null} header */
function secondsOf(header) {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
