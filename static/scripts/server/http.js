// One request to the server and what can come of it: an answer, a problem that the server states, or no answer at all.

import { noteServerTime } from './clock.js';
import { Problem, Unreachable } from './failures.js';
import * as session from './session.js';

const ANSWER_MILLISECONDS_MAX = 30_000;

/**
 * Sends a request and gives `{ status, data, headers }` of a success; throws `Problem`, `Unreachable`, or `AbortError`
 * if `signal` ended it. `milliseconds` bounds the wait; `Infinity` does not. `anonymous` sends no token.
 */
export async function request(method, path, options = {}) {
  const response = await success(method, path, options);
  const data = await bodyOf(response, options.signal);
  // A body that is not JSON is somebody else's answer, such as a network's sign-in page.
  if (data === undefined) throw new Unreachable('The answer could not be read.');
  return { status: response.status, data, headers: response.headers };
}

/** Asks for something large, of the type `accept`, however long it takes, and gives the answer before its body. */
export function requestLarge(path, { accept, signal }) {
  return success('GET', path, { headers: { Accept: accept }, signal, milliseconds: Infinity });
}

async function success(
  method,
  path,
  { body, headers = {}, signal, milliseconds = ANSWER_MILLISECONDS_MAX, anonymous = false },
) {
  const sentToken = anonymous ? null : session.token();
  const sentAt = Date.now();
  const limits = [signal, Number.isFinite(milliseconds) ? AbortSignal.timeout(milliseconds) : null].filter(Boolean);
  const response = await answerOf(
    fetch(path, {
      method,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(sentToken && { Authorization: `Bearer ${sentToken}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any(limits),
    }),
    signal,
  );
  noteServerTime(response.headers.get('date'), sentAt);
  if (response.ok) return response;
  const problem = new Problem(response.status, (await bodyOf(response, signal)) ?? {}, response.headers);
  if (endsSession(problem, sentToken)) session.end('expired');
  throw problem;
}

async function bodyOf(response, signal) {
  return parsed(await answerOf(response.text(), signal));
}

async function answerOf(promise, signal) {
  try {
    return await promise;
  } catch (error) {
    if (signal?.aborted) throw new DOMException('The request was given up.', 'AbortError');
    throw new Unreachable('No answer came from the server.', { cause: error });
  }
}

// Wrong credentials are a 401 as well, with a type of their own; and the token may have been replaced meanwhile.
function endsSession(problem, sentToken) {
  return (
    problem.status === 401 &&
    sentToken !== null &&
    sentToken === session.token() &&
    ['', 'unauthenticated', 'token-expired'].includes(problem.code)
  );
}

function parsed(text) {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
