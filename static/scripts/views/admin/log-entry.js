import { element } from '../../ui/dom.js';
import { nameWords, valueWords } from '../../words/facts.js';
import { address } from '../../browser/navigation.js';
import { exactTime } from '../../words/times.js';

const TONES = { EVENT_CANCELLED: 'bad', USER_DEACTIVATED: 'bad', SIMULATION_BEGUN: 'warm', EVENT_PUBLISHED: 'good' };

/** What an entry is about, in words. */
export function subjectWords({ subject_id: subject, subject_name: name, ...entry }) {
  return copiedEvent(entry) ? 'A hidden copy' : (name ?? subject);
}

/** One entry of the log: `{ node, focus }`. The names in it call `onActor` and `onSubject` with their ids. */
export function logEntry(entry, { onActor, onSubject }) {
  const { at, actor, action, subject_kind: kind, subject_id: subject } = entry;
  const copied = copiedEvent(entry);
  const focus = nameButton(subjectWords(entry), () => onSubject(subject), 'Only entries about');
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
          copied ? 'Open its event in the studio' : 'Open in the studio',
        ),
    ),
    element(
      'p',
      { class: 'soft small' },
      'by ',
      actor ? nameButton(actor.name, () => onActor(actor.id), 'Only entries by', actor.email) : 'the server itself',
      ', ',
      element('time', { datetime: at, title: at }, exactTime(at)),
    ),
    differences(entry),
  );
  return { node, focus };
}

// A stress test's copy is gone when the test is over; the event that it was made of is not.
function copiedEvent({ before, after }) {
  return (after ?? before)?.rehearsal_of ?? null;
}

function nameButton(name, onclick, purpose, title) {
  return element(
    'button',
    { type: 'button', class: 'text-button', title, onclick },
    element('span', { class: 'visually-hidden' }, `${purpose} `),
    element('bdi', {}, name),
  );
}

function differences({ before, after }) {
  const zone = after?.time_zone ?? before?.time_zone;
  const facts = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  // It is linked to above.
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
  // What was made at once has all its facts: too much to be read in passing.
  return before === null
    ? element('details', { class: 'more-of-it' }, element('summary', {}, 'As it was made'), list)
    : list;
}

function change(name, before, after, zone) {
  const value = (tag, one) => element(tag, { dir: 'auto' }, valueWords(name, one, zone));
  if (before === undefined) return value('span', after);
  if (after === undefined) return value('del', before);
  return [value('del', before), element('span', { class: 'change-to' }, ' → '), value('ins', after)];
}
