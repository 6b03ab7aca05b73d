// Files from routes that want a token, so that a plain link cannot fetch them.

import { element } from './dom.js';
import { isAbort, Unreachable } from '../server/failures.js';

/**
 * Fetches a file and saves it as `name`; gives whether it did, false if its person thought better of it. A `large` one
 * goes straight to the disk where the browser can do that, else through memory.
 */
export async function download({ name, type, large, fetchFile, signal }) {
  if (large && typeof window.showSaveFilePicker === 'function') return toDisk({ name, type, fetchFile, signal });
  const response = await fetchFile();
  const address = URL.createObjectURL(await read(response.blob(), signal));
  const link = element('a', { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}

async function toDisk({ name, type, fetchFile, signal }) {
  const extension = `.${name.split('.').pop()}`;
  let file;
  try {
    file = await window.showSaveFilePicker({ suggestedName: name, types: [{ accept: { [type]: [extension] } }] });
  } catch (error) {
    if (isAbort(error)) return false;
    throw error;
  }
  const response = await fetchFile();
  // A stream that breaks off leaves the file as it was before.
  await read(response.body.pipeTo(await file.createWritable(), { signal }), signal);
  return true;
}

async function read(promise, signal) {
  try {
    return await promise;
  } catch (error) {
    if (signal.aborted) throw new DOMException('The download was given up.', 'AbortError');
    // The network's failures are of this type; what else there is comes from the disk.
    if (error instanceof TypeError) throw new Unreachable('The download broke off.', { cause: error });
    throw error;
  }
}
