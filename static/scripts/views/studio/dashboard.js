import { repeat } from '../../browser/polling.js';
import { pressOver } from '../../browser/pressing.js';
import * as api from '../../server/api.js';
import { isAbort } from '../../server/failures.js';
import { watchEvents } from '../../server/live.js';
import { element, setText } from '../../ui/dom.js';
import { fillMeter } from '../../ui/seats.js';
import { tile } from '../../ui/tiles.js';
import { counted } from '../../words/numbers.js';
import { CONNECTION_LOST, sentenceOf } from '../../words/problems.js';
import { studioHead } from './head.js';
import { linesPanel } from './lines-panel.js';
import { moneyPanel } from './money-panel.js';
import { salesChart } from './sales-chart.js';
import { seatsPanel } from './seats-panel.js';
import { sharePanel } from './share-panel.js';
import { isSimple } from './tickets/sheet.js';

/** @import { IdVisit, Page } from '../../browser/navigation.js' */
/** @import { EventNews } from '../../server/live.js' */

const TEXTS = Object.freeze({
  thisEventIsUnderTest:
    'This event is under test: bookings are paused. The numbers here are simulated. They are neither in the chart nor among the attendees.',
  overview: 'Overview',
  sale: 'Sale',
  confirmed: 'Confirmed',
  available: 'Available',
  onTheWaitlist: 'On the waitlist',
  cancelled: 'Cancelled',
  seatsTaken: 'Seats taken',
});

const ANALYSIS_EVERY_MILLISECONDS = 4000;

/**
 * An event's dashboard: its numbers, updated live, its bookings over time, and its number of seats.
 * @param {IdVisit} visit
 * @returns {Promise<Page>}
 */
export async function render({ parameters, signal }) {
  const base = await api.ownEvent(parameters.id, signal);
  const { id } = base.event;
  let latest = base.event;
  /** @type {Api.Analytics | null} */
  let analysis = null;

  const head = studioHead(latest, 'dashboard', {
    signal,
    onDecided(decided) {
      seats.adopt(decided);
      live.take(decided.event);
    },
  });
  const seats = seatsPanel(base, { signal, onSaved: (saved) => live.take(saved) });
  const share = sharePanel(latest, signal);
  const fill = fillMeter();
  const tiles = numberTiles();
  const lines = linesPanel(id, signal);
  const money = moneyPanel();
  const chart = salesChart(latest, { signal });
  const note = element('p', { class: 'notice' });
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const connection = element('p', { class: 'connection is-lost', role: 'status' });

  /**
   * A live update may have the numbers alone.
   * @param {Partial<EventNews>} event
   */
  function update(event) {
    latest = { ...latest, ...event };
    head.update(latest);
    fill.update(latest);
    tiles.update(latest, analysis);
    seats.update(latest);
    share.update(latest);
    lines.update(latest);
    setText(note, latest.under_test ? TEXTS.thisEventIsUnderTest : '');
  }

  async function analyse() {
    try {
      analysis = await api.analytics(id, signal);
      await pressOver();
      setText(problem, '');
      chart.update(analysis, latest);
      tiles.update(latest, analysis);
      // Above it: whatever comes later would move it.
      await lines.settled();
      money.update(analysis, isSimple(latest));
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
      throw error;
    }
  }

  const node = element(
    'div',
    { class: 'page' },
    head.node,
    note,
    seats.conflict,
    element(
      'div',
      { class: 'dashboard-top' },
      element(
        'section',
        { class: 'panel', 'aria-labelledby': 'numbers' },
        element('h2', { id: 'numbers' }, TEXTS.overview),
        fill.node,
        tiles.node,
        connection,
      ),
      share.node,
      seats.node,
    ),
    element(
      'section',
      { class: 'panel', 'aria-labelledby': 'sale' },
      element('h2', { id: 'sale' }, TEXTS.sale),
      problem,
      chart.node,
    ),
    lines.node,
    money.node,
  );
  update(latest);
  // The page does not wait for the chart.
  analyse().catch(() => {});
  const live = watchEvents(
    {
      ids: () => [id],
      onEvent: update,
      onConnection: (reached) => setText(connection, reached ? '' : CONNECTION_LOST),
    },
    signal,
  );
  repeat(ANALYSIS_EVERY_MILLISECONDS, analyse, signal);
  return { title: latest.title, node };
}

function numberTiles() {
  const confirmed = tile(TEXTS.confirmed);
  const free = tile(TEXTS.available);
  const waiting = tile(TEXTS.onTheWaitlist);
  const cancelled = tile(TEXTS.cancelled);
  return {
    node: element(
      'dl',
      { class: 'tiles' },
      [confirmed, free, waiting, cancelled].map(({ node }) => node),
    ),
    /**
     * @param {Api.Event} event
     * @param {Api.Analytics | null} analysis
     */
    update(event, analysis) {
      // Parties have several seats each, and some are held and not paid.
      setText(confirmed.term, isSimple(event) ? TEXTS.confirmed : TEXTS.seatsTaken);
      setText(confirmed.value, counted(event.confirmed));
      setText(free.value, counted(event.seats_remaining));
      setText(waiting.value, counted(event.waiting));
      setText(cancelled.value, analysis ? counted(analysis.cancelled) : '…');
    },
  };
}
