// One gate at work: what it knows, what it asks the server, and what it decides by itself. The panels show its state.

import { listenerList } from '../browser/listeners.js';
import { repeat } from '../browser/polling.js';
import { door as askDoor, checkIn, checkInAll, undoCheckIn } from '../server/door-api.js';
import { Problem, Unreachable } from '../server/failures.js';
import { randomKey } from '../server/request-keys.js';
import * as session from '../server/session.js';
import { shownName } from '../words/ticket-names.js';
import { allScans, changeScans, keepScan, listOf, scansOf } from './kept/database.js';
import { readList } from './kept/reading.js';
import { sendWaiting } from './kept/sending.js';
import { readCode, sentCode } from './rules/codes.js';
import { decideAlone } from './rules/deciding.js';
import { digestOf } from './rules/digests.js';
import { entered, entriesOf, entryOf, hasLetIn, learn, ticketKey } from './rules/entries.js';
import { ticketByDigest, ticketByNumber, ticketsOfBooking } from './rules/list.js';
import { nameSearch } from './rules/names.js';
import { isToSettle, isUndoWaiting, letIn, pauseAfter, withoutCode } from './rules/queue.js';

/** @import { Answer, Scan } from '../server/door-types.js' */
/** @import { KeptList } from './kept/database.js' */
/** @import { Entries } from './rules/entries.js' */
/** @import { KnownTicket } from './rules/list.js' */
/** @import { KeptScan } from './rules/queue.js' */

/** A person stands there and waits: after this the device decides by itself. */
const DECIDE_MILLISECONDS = 1500;
const POLL_MILLISECONDS = 3000;
/** Others sell and check in meanwhile: a list that is not older decides better. */
const LIST_MILLISECONDS = 10 * 60_000;
/** A network that comes and goes must not have the list read each time. */
const LIST_BACK_MILLISECONDS = 60_000;

/**
 * A place at the door, as it was chosen.
 * @typedef {{ event: Api.DoorEvent, gate: string, device: string }} Place
 *
 * Scans are held: somebody has to sign in, or may not check in here any more.
 * @typedef {'SIGN_IN' | 'NOT_ALLOWED'} Hold
 *
 * @typedef {object} GateState
 * @property {Api.Door | null} door
 * @property {number} doorAt when the door was described, in milliseconds
 * @property {boolean} isAlone whether the server does not answer
 * @property {Hold | null} hold
 * @property {number} waiting scans that the server has not
 * @property {number} setAside scans that the server could not read
 * @property {KeptScan[]} toSettle
 * @property {KeptList | null} kept
 * @property {number | null} reading tickets that were read so far, while the list is read
 * @property {boolean} canList whether this page can keep a list: not without HTTPS, nor where storage is blocked
 *
 * A scan's answer. `alone` is when this device's list was read, if it decided by itself; null there: it has no list.
 * @typedef {{ answer: Answer, alone?: { listedAt: number | null } }} Checked
 *
 * @typedef {{ kind: 'TEXT', text: string } | { kind: 'TICKET', registration_id: string, number: number }} Subject
 */

/**
 * @param {Place} place
 * @param {AbortSignal} signal ends its work
 */
export function gateAt(place, signal) {
  const { id: eventId } = place.event;
  /** @type {ReturnType<typeof listenerList<GateState>>} */
  const changes = listenerList();
  /** @type {GateState} */
  let state = {
    door: null,
    doorAt: 0,
    isAlone: false,
    hold: null,
    waiting: 0,
    setAside: 0,
    toSettle: [],
    kept: null,
    reading: null,
    canList: crypto.subtle !== undefined && navigator.locks !== undefined,
  };
  /** @type {Entries} */
  let entries = new Map();
  /** @type {ReturnType<typeof nameSearch> | null} */
  let search = null;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Partial<GateState>} changed */
  function set(changed) {
    state = { ...state, ...changed };
    changes.tell(state);
  }

  /** @param {KeptList} kept */
  function take(kept) {
    search = nameSearch(kept.list);
    set({ kept, door: state.door ?? kept.door, doorAt: state.doorAt || kept.listed_at });
  }

  async function count() {
    const scans = await allScans();
    const isWaiting = (/** @type {KeptScan} */ one) => one.state === 'WAITING' || isUndoWaiting(one);
    set({
      waiting: scans.filter(isWaiting).length,
      setAside: scans.filter((one) => one.state === 'SET_ASIDE').length,
      toSettle: scans.filter((one) => one.event_id === eventId && isToSettle(one)),
    });
  }

  /** Learns from an error whether the server is there. @param {unknown} error */
  function note(error) {
    if (error instanceof Unreachable) set({ isAlone: true });
    else if (error instanceof Problem && error.status === 401) set({ isAlone: false, hold: 'SIGN_IN' });
    else if (error instanceof Problem && [403, 404].includes(error.status))
      set({ isAlone: false, hold: 'NOT_ALLOWED' });
    else if (error instanceof Problem && (error.status >= 500 || error.status === 429)) set({ isAlone: true });
    else throw error;
  }

  async function poll() {
    const wasAway = state.isAlone || state.hold !== null;
    try {
      const door = await askDoor(eventId, signal, POLL_MILLISECONDS);
      set({ door, doorAt: Date.now(), isAlone: false, hold: null });
    } catch (error) {
      if (!signal.aborted) note(error);
      return;
    }
    if (state.canList && (wasAway || state.waiting > 0)) await send();
    const age = Date.now() - (state.kept?.listed_at ?? 0);
    if (age > (wasAway ? LIST_BACK_MILLISECONDS : LIST_MILLISECONDS)) readAgain();
  }

  async function readAgain() {
    if (!state.canList || state.reading !== null || signal.aborted) return;
    set({ reading: 0 });
    try {
      take(await readList(eventId, (reading) => set({ reading }), signal));
      entries = entriesOf(await scansOf(eventId));
    } catch (error) {
      if (!signal.aborted && (error instanceof Problem || error instanceof Unreachable)) note(error);
      else if (!signal.aborted) throw error;
    } finally {
      set({ reading: null });
    }
  }

  async function send() {
    clearTimeout(timer);
    const sent = await sendWaiting();
    await count();
    entries = new Map([...entries, ...entriesOf(await scansOf(eventId))]);
    if (sent.state === 'REST' && !signal.aborted) {
      note(sent.error);
      failures += 1;
      const asked = sent.error instanceof Problem ? sent.error.retryAfterSeconds : null;
      timer = setTimeout(() => state.hold === null && send(), pauseAfter(failures, asked));
    } else failures = 0;
  }

  /**
   * @param {KnownTicket | null} ticket
   * @param {Scan} scan
   */
  function decided(ticket, scan) {
    const kept = /** @type {KeptList} */ (state.kept);
    const party = ticket === null ? [] : ticketsOfBooking(kept.list, ticket.booking);
    const facts = { ticket, party, entered: (/** @type {KnownTicket} */ one) => entered(entries, one) };
    const asked = { id: scan.id, now: Date.parse(scan.scanned_at), gate: scan.gate, device: scan.device };
    return decideAlone(state.door ?? kept.door, facts, asked);
  }

  /**
   * The device's own answer. If it lets somebody in, the scan is on the disk before anybody hears of it.
   * @param {KnownTicket | null} ticket
   * @param {Scan} scan
   * @returns {Promise<Checked>}
   */
  async function checkAlone(ticket, scan) {
    const alone = { listedAt: state.kept?.listed_at ?? null };
    if (state.kept === null)
      return { answer: { outcome: 'UNKNOWN', id: scan.id, check_in: null, ticket: null }, alone };
    const answer = decided(ticket, scan);
    if (answer.outcome !== 'ADMITTED' || ticket === null) return { answer, alone };
    const { registration_id, number } = ticket;
    const before = await keepScan(
      {
        event_id: eventId,
        scan: letIn(scan, { registration_id, number }),
        state: 'WAITING',
        name: shownName(ticket),
        registration_id,
        number,
        answer: null,
        undo: null,
        isSeen: false,
        settled_at: 0,
      },
      (others) => others.find(hasLetIn),
    );
    entries.set(ticketKey(ticket), before ? entryOf(before) : { at: scan.scanned_at, gate: scan.gate });
    await count();
    if (!state.isAlone && state.hold === null) send().catch(reportError);
    // Another tab of this device was quicker.
    return before ? { answer: decided(ticket, scan), alone } : { answer, alone };
  }

  /**
   * Keeps what the server has let in, until a list tells of it.
   * @param {Scan} scan
   * @param {Answer} answer
   */
  async function remember(scan, answer) {
    learn(entries, answer);
    if (answer.outcome !== 'ADMITTED' || answer.ticket === null || !state.canList) return;
    const { registration_id, number } = answer.ticket;
    await keepScan(
      {
        event_id: eventId,
        scan: withoutCode(scan),
        state: 'SENT',
        name: shownName(answer.ticket),
        registration_id,
        number,
        answer,
        undo: null,
        isSeen: false,
        settled_at: Date.now(),
      },
      () => undefined,
    );
  }

  /** @param {Partial<Scan>} subject @returns {Scan} */
  function scanOf(subject) {
    const { gate, device } = place;
    return { id: randomKey(), ...subject, gate, device, scanned_at: new Date().toISOString(), let_in: false };
  }

  /**
   * Whether this device has let a ticket in that the server may not know of yet.
   * @param {KnownTicket | null} ticket
   */
  async function isOwnSecret(ticket) {
    if (ticket === null || state.waiting === 0) return false;
    const scans = await scansOf(eventId);
    return scans.some((one) => one.state !== 'SENT' && hasLetIn(one) && ticketKey(one) === ticketKey(ticket));
  }

  /**
   * @param {Scan} scan
   * @param {KnownTicket | null} ticket
   * @returns {Promise<Checked>}
   */
  async function checkScan(scan, ticket) {
    if (state.isAlone || state.hold !== null || (await isOwnSecret(ticket))) return checkAlone(ticket, scan);
    let answer;
    try {
      answer = await checkIn(eventId, scan, DECIDE_MILLISECONDS);
    } catch (error) {
      note(error);
      return checkAlone(ticket, scan);
    }
    // The server has it: nobody waits for the disk.
    remember(scan, answer).catch(reportError);
    return { answer };
  }

  /**
   * Checks a code or a ticket. A text that is no code is answered at once, and not sent.
   * @param {Subject} subject
   * @returns {Promise<Checked>}
   */
  async function check(subject) {
    const list = state.kept?.list;
    if (subject.kind === 'TICKET') {
      const { registration_id, number } = subject;
      const ticket = list ? ticketByNumber(list, registration_id, number) : null;
      return checkScan(scanOf({ registration_id, number }), ticket);
    }
    const code = readCode(subject.text);
    if (code.kind !== 'CODE') {
      const outcome = code.kind === 'MISTYPED' ? 'MISTYPED' : 'UNKNOWN';
      return { answer: { outcome, id: randomKey(), check_in: null, ticket: null } };
    }
    const digest = list ? await digestOf(code.symbols) : null;
    const ticket = list && digest ? ticketByDigest(list, digest) : null;
    return checkScan(scanOf({ code: sentCode(code) }), ticket);
  }

  /**
   * Checks several tickets of a booking in, in one request.
   * @param {string} registrationId
   * @param {number[]} numbers
   * @returns {Promise<Checked[]>}
   */
  async function checkParty(registrationId, numbers) {
    const list = state.kept?.list;
    const scans = numbers.map((number) => scanOf({ registration_id: registrationId, number }));
    const tickets = numbers.map((number) => (list ? ticketByNumber(list, registrationId, number) : null));
    const secrets = await Promise.all(tickets.map(isOwnSecret));
    if (!state.isAlone && state.hold === null && !secrets.includes(true)) {
      try {
        const answers = await checkInAll(eventId, scans, DECIDE_MILLISECONDS);
        for (const [at, answer] of answers.entries()) {
          const scan = scans[at];
          if (scan !== undefined) remember(scan, answer).catch(reportError);
        }
        return answers.map((answer) => ({ answer }));
      } catch (error) {
        note(error);
      }
    }
    /** @type {Checked[]} */
    const checked = [];
    for (const [at, scan] of scans.entries()) checked.push(await checkAlone(tickets[at] ?? null, scan));
    return checked;
  }

  /**
   * Undoes the check-in of an answer. `LATER`: it is kept, and sent after its scan. Throws the server's refusal.
   * @param {Answer} answer
   * @param {string} reason
   * @returns {Promise<'NOW' | 'LATER'>}
   */
  async function undo({ id, check_in, ticket }, reason) {
    const scans = state.canList ? await scansOf(eventId) : [];
    const kept = scans.find((one) => one.scan.id === id);
    const checkInId = kept?.answer?.check_in?.id ?? check_in?.id ?? '';
    /** @type {'NOW' | 'LATER'} */
    let when = 'LATER';
    if (checkInId !== '' && kept?.state !== 'WAITING') {
      try {
        await undoCheckIn(eventId, checkInId, reason);
        when = 'NOW';
      } catch (error) {
        if (!(error instanceof Unreachable) || kept === undefined) throw error;
        set({ isAlone: true });
      }
    }
    if (kept !== undefined) {
      await changeScans([kept], (one) => ({ ...one, undo: { reason, isSent: when === 'NOW' } }));
      await count();
    }
    if (ticket !== null) entries.set(ticketKey(ticket), null);
    return when;
  }

  /**
   * The bookings of a name, with all their tickets.
   * @param {string} name
   */
  function found(name) {
    const kept = state.kept;
    if (search === null || kept === null) return { parties: [], more: false };
    const { bookings, more } = search(name);
    const parties = bookings.map((booking) =>
      ticketsOfBooking(kept.list, booking).map((ticket) => ({ ticket, entry: entered(entries, ticket) })),
    );
    return { parties: parties.filter(({ length }) => length > 0), more };
  }

  /** Sees a scan as looked at. @param {KeptScan} kept */
  async function dismiss(kept) {
    await changeScans([kept], (one) => ({ ...one, isSeen: true }));
    await count();
  }

  async function begin() {
    try {
      const kept = state.canList ? await listOf(eventId) : undefined;
      if (kept !== undefined) take(kept);
      if (state.canList) entries = entriesOf(await scansOf(eventId));
      if (state.canList) await count();
    } catch {
      // Some browsers have no database in private windows. The server decides all the same.
      set({ canList: false });
    }
    await poll();
    readAgain();
    repeat(POLL_MILLISECONDS, poll, signal);
  }

  session.onChange(() => {
    if (!signal.aborted && session.token() !== null) poll();
  });
  signal.addEventListener('abort', () => clearTimeout(timer));

  return {
    place,
    begin,
    check,
    checkParty,
    undo,
    found,
    dismiss,
    readAgain,
    state: () => state,
    /** @param {(state: GateState) => void} listener */
    onChange(listener) {
      changes.add(listener);
    },
  };
}

/** @typedef {ReturnType<typeof gateAt>} Gate */
