import { element } from '../ui/dom.js';
import { allScans } from './kept/database.js';
import { fileOf } from './rules/queue.js';

const READ_MILLISECONDS = 60_000;

/** Saves the scans that the server has not, of all events, so that they outlive this device. */
export async function saveUnsent() {
  const text = JSON.stringify({ saved_at: new Date().toISOString(), events: fileOf(await allScans()) }, null, 2);
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const name = `unsent-scans-${new Date().toISOString().slice(0, 16).replaceAll(':', '-')}.json`;
  const link = element('a', { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser may not have begun to read it yet.
  setTimeout(() => URL.revokeObjectURL(address), READ_MILLISECONDS);
}
