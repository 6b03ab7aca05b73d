import { element } from '../dom.js';
import { counted } from '../numbers.js';
import { dateAndTime } from '../times.js';

const FIELDS = {
  title: 'Title',
  location: 'Place',
  description: 'Description',
  time_zone: 'Time zone',
  starts_at: 'Starts',
  ends_at: 'Ends',
  sales_open_at: 'Sale opens',
  sales_close_at: 'Sale closes',
  capacity: 'Seats',
  status: 'Status',
};

/** Says what somebody else changed from `base` to `latest` while one was editing, and asks what shall become of it. */
export function conflictPanel({ base, latest, keepMine, takeTheirs }) {
  const differing = Object.keys(FIELDS).filter((name) => base[name] !== latest[name]);
  const heading = element('h2', { tabindex: '-1' }, 'Somebody else changed this event');
  const node = element(
    'section',
    { class: 'panel conflict', role: 'alert' },
    heading,
    element('p', {}, 'It was changed after you opened it, so nothing of yours was saved yet. What is different now:'),
    differing.length === 0
      ? element('p', { class: 'soft' }, 'Nothing that is shown here.')
      : element(
          'dl',
          { class: 'differences' },
          differing.map((name) =>
            element('div', {}, element('dt', {}, FIELDS[name]), element('dd', {}, shown(latest, name))),
          ),
        ),
    element(
      'div',
      { class: 'actions' },
      element(
        'button',
        { type: 'button', class: 'button button-primary', onclick: keepMine },
        'Save what I changed on top',
      ),
      element('button', { type: 'button', class: 'button', onclick: takeTheirs }, 'Drop mine, show theirs'),
    ),
  );
  return { node, heading };
}

function shown(event, name) {
  const value = event[name];
  if (value === null || value === '') return '(empty)';
  if (name.endsWith('_at')) return dateAndTime(value, event.time_zone);
  return counted(value);
}
