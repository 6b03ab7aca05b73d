import { element, setShown, setText } from '../../ui/dom.js';
import { tile } from '../../ui/tiles.js';
import { counted } from '../../words/numbers.js';

/** @import { EventTotals } from '../../server/api.js' */

const TEXTS = Object.freeze({
  events: 'Events',
  published: 'Published',
  drafts: 'Drafts',
  cancelled: 'Cancelled',
  seatsSold: 'Seats sold',
  /** @param {string} sold @param {string} seats */
  of: (sold, seats) => `${sold} of ${seats}`,
  onTheWaitlist: 'On the waitlist',
  /** @param {string} countedMax */
  countedOverTheNewestEvents: (countedMax) => `Counted over the newest ${countedMax} events.`,
});

// The server counts so many events, the newest ones.
const COUNTED_MAX = 10_000;

/** @type {[label: string, words: (totals: EventTotals) => string][]} */
const FIGURES = [
  [TEXTS.events, ({ events }) => counted(events)],
  [TEXTS.published, ({ published }) => counted(published)],
  [TEXTS.drafts, ({ drafts }) => counted(drafts)],
  [TEXTS.cancelled, ({ cancelled }) => counted(cancelled)],
  [TEXTS.seatsSold, ({ sold, seats }) => TEXTS.of(counted(sold), counted(seats))],
  [TEXTS.onTheWaitlist, ({ waiting }) => counted(waiting)],
];

/** The totals of a list of events. Nothing is shown while they are not known. */
export function eventTotals() {
  const list = element('dl', { class: 'tiles-row' });
  const note = element('p', { class: 'soft small' });
  const node = element('div', { hidden: true }, list, note);
  return {
    node,
    /** @param {EventTotals | null} totals */
    update(totals) {
      setShown(node, totals !== null);
      if (totals === null) return;
      list.replaceChildren(...FIGURES.map(([label, words]) => tile(label, words(totals)).node));
      const isPart = totals.events >= COUNTED_MAX;
      setText(note, isPart ? TEXTS.countedOverTheNewestEvents(counted(COUNTED_MAX)) : '');
      setShown(note, isPart);
    },
  };
}
