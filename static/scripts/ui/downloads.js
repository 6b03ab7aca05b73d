// Files from routes that need a token, which a plain link cannot send.

import { isAbort, Unreachable } from '../server/failures.js';
import { element } from './dom.js';

const TEXTS = Object.freeze({
  theDownloadHasNoContent: 'The download has no content.',
  theDownloadWasGivenUp: 'The download was given up.',
  theDownloadBrokeOff: 'The download broke off.',
});

/**
 * @typedef {object} Download
 * @property {string} name the file's name, if the server gives it none
 * @property {string} type its media type
 * @property {boolean} large whether it goes straight to the disk, where the browser can do that, and not through memory
 * @property {() => Promise<Response>} fetchFile
 * @property {AbortSignal} signal
 *
 * The part of the File System Access API that is used here. Not every browser has it.
 * @typedef {(options: {
 *   suggestedName: string,
 *   types: { accept: Record<string, string[]> }[],
 * }) => Promise<{ createWritable(): Promise<WritableStream> }>} SavePicker
 */

/**
 * Fetches a file and saves it. False if its user has declined to save it.
 * @param {Download} file
 */
export async function download({ name, type, large, fetchFile, signal }) {
  /** @type {SavePicker | undefined} */
  const pick = Reflect.get(window, 'showSaveFilePicker');
  if (large && typeof pick === 'function') return toDisk(pick, { name, type, fetchFile, signal });
  const response = await fetchFile();
  const address = URL.createObjectURL(await read(response.blob(), signal));
  const given = nameIn(response.headers.get('content-disposition') ?? '');
  const link = element('a', { href: address, download: given ?? name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser may not have begun to read it yet.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}

/**
 * The file's name in a `Content-Disposition` header, with all its letters (RFC 8187). Null if there is none.
 * @param {string} disposition
 */
export function nameIn(disposition) {
  const escaped = /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  try {
    return escaped === undefined ? null : decodeURIComponent(escaped);
  } catch {
    return null;
  }
}

/**
 * @param {SavePicker} pick
 * @param {Omit<Download, 'large'>} file
 */
async function toDisk(pick, { name, type, fetchFile, signal }) {
  const extension = `.${name.split('.').pop()}`;
  let file;
  try {
    file = await pick({ suggestedName: name, types: [{ accept: { [type]: [extension] } }] });
  } catch (error) {
    if (isAbort(error)) return false;
    throw error;
  }
  const response = await fetchFile();
  if (response.body === null) throw new Unreachable(TEXTS.theDownloadHasNoContent);
  // A stream that fails leaves the file as it was before.
  await read(response.body.pipeTo(await file.createWritable(), { signal }), signal);
  return true;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 */
async function read(promise, signal) {
  try {
    return await promise;
  } catch (error) {
    if (signal.aborted) throw new DOMException(TEXTS.theDownloadWasGivenUp, 'AbortError');
    // The network's failures are of this type. Other errors come from the disk.
    if (error instanceof TypeError) throw new Unreachable(TEXTS.theDownloadBrokeOff, { cause: error });
    throw error;
  }
}
