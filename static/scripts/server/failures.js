// The ways in which a request fails.

/** The server said no. `code` is stable, one per cause; `body` has what else it said. */
export class Problem extends Error {
  constructor(status, body, headers = new Headers()) {
    super(body.detail ?? body.title ?? `status ${status}`);
    this.status = status;
    this.body = body;
    this.code = typeof body.type === 'string' ? body.type.split('/').pop() : '';
    this.requestId = body.request_id ?? headers.get('x-request-id');
    this.retryAfterSeconds = secondsOf(headers.get('retry-after'));
  }
}

/** No answer came, or none that could be read: what was asked may have happened or not. */
export class Unreachable extends Error {}

/** Whether an error only says that a view was left. */
export function isAbort(error) {
  return error?.name === 'AbortError';
}

function secondsOf(header) {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
