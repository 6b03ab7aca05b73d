// One request to the server. It ends with an answer, with a problem that the server states, or without an answer.

import { noteServerTime } from './clock.js';
import { Problem, Unreachable } from './failures.js';
import * as session from './session.js';

const ANSWER_MILLISECONDS_MAX = 30_000;

/**
 * @typedef {object} RequestOptions
 * @property {unknown} [body] is sent as JSON
 * @property {Blob} [file] is sent as it is, in place of a body
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal] gives the request up
 * @property {number} [milliseconds] the longest wait for an answer; 30 s by default, `Infinity` for no limit
 * @property {boolean} [anonymous] whether to leave the token out
 */

/**
 * Sends a request and returns the answer of a success. Throws `Problem`, `Unreachable`, or an `AbortError` if `signal`
 * gave the request up.
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<{ status: number, data: T, headers: Headers }>} `data` is as the API describes it
 */
export async function request(method, path, options = {}) {
  const response = await success(method, path, options);
  const data = await bodyOf(response, options.signal);
  // A body that is not JSON comes from something in between, such as a network's sign-in page.
  if (data === undefined) throw new Unreachable('The answer could not be read.');
  return { status: response.status, data, headers: response.headers };
}

/**
 * Asks for something large and returns the answer before its body. There is no time limit.
 * @param {string} path
 * @param {{ accept: string, signal: AbortSignal }} options `accept` is the wanted media type
 */
export function requestLarge(path, { accept, signal }) {
  return success('GET', path, { headers: { Accept: accept }, signal, milliseconds: Infinity });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} options
 */
async function success(
  method,
  path,
  { body, file, headers = {}, signal, milliseconds = ANSWER_MILLISECONDS_MAX, anonymous = false },
) {
  const sentToken = anonymous ? null : session.token();
  const sentAt = Date.now();
  const limits = [signal, Number.isFinite(milliseconds) ? AbortSignal.timeout(milliseconds) : null].filter(
    (one) => one instanceof AbortSignal,
  );
  const response = await answerOf(
    fetch(path, {
      method,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(sentToken && { Authorization: `Bearer ${sentToken}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(file && { 'Content-Type': file.type || 'application/octet-stream' }),
        ...headers,
      },
      body: file ?? (body === undefined ? undefined : JSON.stringify(body)),
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

/**
 * @param {Response} response
 * @param {AbortSignal} [signal]
 */
async function bodyOf(response, signal) {
  return parsed(await answerOf(response.text(), signal));
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 */
async function answerOf(promise, signal) {
  try {
    return await promise;
  } catch (error) {
    if (signal?.aborted) throw new DOMException('The request was given up.', 'AbortError');
    throw new Unreachable('No answer came from the server.', { cause: error });
  }
}

/**
 * Wrong credentials are a 401 as well, with a type of their own. And the token may have been replaced in the meantime.
 * @param {Problem} problem
 * @param {string | null} sentToken
 */
function endsSession(problem, sentToken) {
  return (
    problem.status === 401 &&
    sentToken !== null &&
    sentToken === session.token() &&
    ['', 'unauthenticated', 'token-expired'].includes(problem.code)
  );
}

/**
 * The value of a JSON text: null for an empty text, undefined for one that is not JSON.
 * @param {string} text
 */
function parsed(text) {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
