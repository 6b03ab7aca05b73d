// The event's seats within the panel: said once, beside what is done about them.

import { element, setShown, setText } from '../ui/dom.js';
import { seatMeter, typeMeters } from '../ui/seats.js';
import { CONNECTION_LOST } from '../words/problems.js';

/** @import { SaleCode } from '../words/sales.js' */

/** @type {SaleCode[]} */
const OVER = ['cancelled', 'ended', 'closed'];

export function seatsPart() {
  const meter = seatMeter();
  const types = typeMeters();
  const numbers = element('div', { class: 'place-numbers' }, meter.node, types.node);
  const connection = element('p', { class: 'connection is-lost', role: 'status' });
  return {
    node: element('div', { class: 'place-seats-left' }, numbers, connection),
    /**
     * @param {Api.Event} event
     * @param {{ sale: SaleCode, choosing: boolean }} shown `choosing` says whether the choice shows the ticket types
     */
    update(event, { sale, choosing }) {
      meter.update(event);
      types.update(event);
      if (choosing) setShown(types.node, false);
      // Without seats, and once nobody can book, the panel's words say it.
      setShown(numbers, event.capacity > 0 && !OVER.includes(sale));
    },
    /** @param {boolean} reached whether the server could be reached */
    tellConnection(reached) {
      setText(connection, reached ? '' : CONNECTION_LOST);
    },
  };
}
