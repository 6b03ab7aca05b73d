import { address } from '../../browser/navigation.js';
import { element } from '../../ui/dom.js';
import { nameWords, valueWords } from '../../words/facts.js';
import { exactTime } from '../../words/times.js';

const TEXTS = Object.freeze({
  aHiddenCopy: 'A hidden copy',
  onlyEntriesAbout: 'Only entries about',
  openTheOriginalInThe: 'Open the original in the studio',
  openInTheStudio: 'Open in the studio',
  by: 'by ',
  onlyEntriesBy: 'Only entries by',
  theServer: 'the server',
  details: 'Details',
});

/** @type {Record<string, string>} */
const TONES = {
  EVENT_CANCELLED: 'bad',
  EVENT_DELETED: 'bad',
  REGISTRATION_REMOVED: 'bad',
  USER_DEACTIVATED: 'bad',
  SIMULATION_BEGUN: 'warm',
  EVENT_PUBLISHED: 'good',
};

/**
 * The name of an entry's subject.
 * @param {Api.AuditEntry} entry
 */
export function subjectWords(entry) {
  return copiedEvent(entry) ? TEXTS.aHiddenCopy : (entry.subject_name ?? entry.subject_id);
}

/**
 * One entry of the log. Its names call `onActor` and `onSubject` with their ids.
 * @param {Api.AuditEntry} entry
 * @param {{ onActor: (id: string) => void, onSubject: (id: string) => void }} options
 */
export function logEntry(entry, { onActor, onSubject }) {
  const { at, actor, action, subject_kind: kind, subject_id: subject } = entry;
  const copied = copiedEvent(entry);
  const focus = nameButton(subjectWords(entry), () => onSubject(subject), TEXTS.onlyEntriesAbout);
  const node = element(
    'li',
    { class: 'log-entry' },
    element(
      'div',
      { class: 'log-head' },
      element('span', { class: `badge badge-${TONES[action] ?? 'calm'}` }, nameWords(action)),
      focus,
      kind === 'EVENT' &&
        element(
          'a',
          { class: 'small', href: address('studio', copied ?? subject) },
          copied ? TEXTS.openTheOriginalInThe : TEXTS.openInTheStudio,
        ),
    ),
    element(
      'p',
      { class: 'soft small' },
      TEXTS.by,
      actor ? nameButton(actor.name, () => onActor(actor.id), TEXTS.onlyEntriesBy, actor.email) : TEXTS.theServer,
      ', ',
      element('time', { datetime: at, title: at }, exactTime(at)),
    ),
    differences(entry),
  );
  return { node, focus };
}

/**
 * The event that an entry's hidden copy was made from, or null. The copy itself is deleted after its stress test.
 * @param {Api.AuditEntry} entry
 */
function copiedEvent({ before, after }) {
  const original = (after ?? before)?.rehearsal_of;
  return typeof original === 'string' ? original : null;
}

/**
 * @param {string} name
 * @param {() => void} onclick
 * @param {string} purpose for screen readers
 * @param {string} [title]
 */
function nameButton(name, onclick, purpose, title) {
  return element(
    'button',
    { type: 'button', class: 'text-button', title, onclick },
    element('span', { class: 'visually-hidden' }, `${purpose} `),
    element('bdi', {}, name),
  );
}

/** @param {Api.AuditEntry} entry */
function differences({ before, after }) {
  const named = after?.time_zone ?? before?.time_zone;
  const zone = typeof named === 'string' ? named : undefined;
  const facts = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  // The head of the entry links to it.
  facts.delete('rehearsal_of');
  const names = [...facts];
  if (names.length === 0) return null;
  const list = element(
    'dl',
    { class: 'changes' },
    names.map((name) =>
      element(
        'div',
        { class: 'change' },
        element('dt', {}, nameWords(name)),
        element('dd', {}, change(name, before?.[name], after?.[name], zone)),
      ),
    ),
  );
  // A new thing has all its facts here, which is too much to show at once.
  return before === null
    ? element('details', { class: 'more-of-it' }, element('summary', {}, TEXTS.details), list)
    : list;
}

/**
 * @param {string} name
 * @param {unknown} before undefined if there was no such fact
 * @param {unknown} after
 * @param {string | undefined} zone
 */
function change(name, before, after, zone) {
  /** @type {(tag: 'span' | 'del' | 'ins', one: unknown) => HTMLElement} */
  const value = (tag, one) => element(tag, { dir: 'auto' }, valueWords(name, one, zone));
  if (before === undefined) return value('span', after);
  if (after === undefined) return value('del', before);
  return [value('del', before), element('span', { class: 'change-to' }, ' → '), value('ins', after)];
}
