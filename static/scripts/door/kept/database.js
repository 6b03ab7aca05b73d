// The device's own database: the lists of tickets, and the scans until the server has them. The service worker, the
// page's files and their updates have no part in it, so that no update loses a scan.

/** @import { PackedList } from '../rules/list.js' */
/** @import { KeptScan } from '../rules/queue.js' */
/**
 * An event's list as it is kept. `account` has read it.
 * @typedef {{ event_id: string, account: string, listed_at: number, door: Api.Door, list: PackedList }} KeptList
 */

const NAME = 'onsale-door';
const VERSION = 1;
const LISTS = 'lists';
const SCANS = 'scans';

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

/** @returns {Promise<IDBDatabase>} */
function opened() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(LISTS, { keyPath: 'event_id' });
      const scans = request.result.createObjectStore(SCANS, { keyPath: 'order', autoIncrement: true });
      scans.createIndex('id', 'scan.id', { unique: true });
      scans.createIndex('event', 'event_id');
      scans.createIndex('ticket', ['event_id', 'registration_id', 'number']);
    };
    request.onsuccess = () => {
      // A later version of the page may want to change the stores: it must not wait for this tab.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opening = undefined;
      reject(request.error);
    };
  });
  return opening;
}

/**
 * Runs a transaction. Resolves when its writes are on the disk, with what `work` gave.
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore, give: (value: T) => void) => void} work
 * @returns {Promise<T>}
 */
async function transaction(store, mode, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    // Strict: a scan that was let in must survive a phone whose battery is taken out.
    const running = database.transaction(store, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
    /** @type {T} */
    let given;
    running.oncomplete = () => resolve(given);
    running.onabort = () => reject(running.error);
    work(running.objectStore(store), (value) => {
      given = value;
    });
  });
}

/**
 * All that a request finds.
 * @template T
 * @param {string} store
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 */
function read(store, ask) {
  return transaction(store, 'readonly', (objects, /** @type {(value: T) => void} */ give) => {
    const request = ask(objects);
    request.onsuccess = () => give(request.result);
  });
}

/**
 * The list of an event, if the device has one.
 * @param {string} eventId
 * @returns {Promise<KeptList | undefined>}
 */
export function listOf(eventId) {
  return read(LISTS, (lists) => lists.get(eventId));
}

/**
 * All lists that the device has.
 * @returns {Promise<KeptList[]>}
 */
export function allLists() {
  return read(LISTS, (lists) => lists.getAll());
}

/**
 * Keeps a list in place of the event's last one.
 * @param {KeptList} list
 * @returns {Promise<void>}
 */
export function keepList(list) {
  return transaction(LISTS, 'readwrite', (lists) => lists.put(list));
}

/**
 * @param {string} eventId
 * @returns {Promise<void>}
 */
export function dropList(eventId) {
  return transaction(LISTS, 'readwrite', (lists) => lists.delete(eventId));
}

/**
 * The scans of all events.
 * @returns {Promise<KeptScan[]>}
 */
export function allScans() {
  return read(SCANS, (scans) => scans.getAll());
}

/**
 * The scans of one event.
 * @param {string} eventId
 * @returns {Promise<KeptScan[]>}
 */
export function scansOf(eventId) {
  return read(SCANS, (scans) => scans.index('event').getAll(eventId));
}

/**
 * Keeps a scan, unless `isIn` says of the ticket's other scans that the ticket is in: then the scan that let it in is the
 * result. Both happen at once, so that two tabs never let the same ticket in. The scan of an id is kept once.
 * @param {Omit<KeptScan, 'order'>} scan
 * @param {(others: KeptScan[]) => KeptScan | undefined} isIn
 * @returns {Promise<KeptScan | undefined>}
 */
export function keepScan(scan, isIn) {
  return transaction(SCANS, 'readwrite', (scans, give) => {
    const same = scans.index('ticket').getAll([scan.event_id, scan.registration_id, scan.number]);
    same.onsuccess = () => {
      /** @type {KeptScan[]} */
      const others = same.result;
      if (others.some((one) => one.scan.id === scan.scan.id)) return;
      const before = isIn(others);
      if (before !== undefined) give(before);
      else scans.add(scan);
    };
  });
}

/**
 * Writes scans that are kept already. What happened to one in between is not lost: `change` gets it as it is now.
 * @param {readonly KeptScan[]} kept
 * @param {(current: KeptScan) => KeptScan} change
 * @returns {Promise<void>}
 */
export function changeScans(kept, change) {
  return transaction(SCANS, 'readwrite', (scans) => {
    for (const { order } of kept) {
      const request = scans.get(order);
      request.onsuccess = () => {
        if (request.result !== undefined) scans.put(change(request.result));
      };
    }
  });
}

/**
 * @param {readonly KeptScan[]} kept
 * @returns {Promise<void>}
 */
export function dropScans(kept) {
  return transaction(SCANS, 'readwrite', (scans) => {
    for (const { order } of kept) scans.delete(order);
  });
}
