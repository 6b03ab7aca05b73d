// The machine of a stress test, and whether its commits are durable, in words.

import { countOf } from '../../words/numbers.js';

/**
 * One sentence about the machine, and one about durability.
 * @param {Api.MachineReport} machine
 */
export function machineWords({ cores, processor, postgresql, durable, settings }) {
  const values = settings.map(({ name, value }) => `${name} ${value}`).join(', ');
  const verdict = durable
    ? 'Commits are durable: an answered booking survives a crash'
    : 'Commits are not durable: a crash could lose answered bookings, so the pace is not that of a real sale';
  const model = processor === null ? '' : ` (${processor})`;
  return `Run on ${countOf(cores, 'core')}${model} with PostgreSQL ${postgresql}. ${verdict} (${values}).`;
}
