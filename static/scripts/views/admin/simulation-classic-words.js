// The box office beside the classic way, in words.

import { counted, countOf } from '../../words/numbers.js';
import { timeWords } from './simulation-curve-words.js';

/** @import { Moment } from './simulation-curves.js' */

/** @type {Readonly<Record<Api.ClassicMissing, string>>} */
const MISSING = Object.freeze({
  STOPPED: 'There is no comparison: the stress test, or its server, was stopped before the crowd went the classic way.',
  NOTHING_TO_BOOK: 'There is no comparison, because the event has nothing that anybody can book.',
  UNAVAILABLE: 'There is no comparison, because the database or the box office did not answer in time.',
  INTERNAL: 'There is no comparison, because of an error that the server’s log describes.',
  LOST: 'The comparison has no result: the server stopped, or lost the database, before the comparison was done.',
});

/**
 * The answers per second of both ways, with their ratio.
 * @param {readonly Moment[]} office
 * @param {readonly Moment[]} classic
 */
export function comparisonWords(office, classic) {
  const [ours, theirs] = [paceOf(office), paceOf(classic)];
  const paces = `The box office: ${paceWords(office)}. The classic way: ${paceWords(classic)}.`;
  if (theirs === 0) return paces;
  return `${paces} The box office answers ${counted(ours / theirs)} times as many buyers per second.`;
}

/**
 * What became of the crowd the classic way.
 * @param {Api.ClassicReport} report
 */
export function classicWords(report) {
  const { served_count: served, not_served_count: left, connections, limit_milliseconds: limit, passed } = report;
  const end = report.stopped ? 'when it was stopped' : `after ${timeWords(limit)}`;
  const time = left > 0 ? `${countOf(left, 'buyer')} had no answer ${end}.` : 'All had their answer.';
  const verdict = passed ? 'It keeps the guarantees as well.' : 'It broke a guarantee.';
  return (
    `One transaction for each buyer, on ${countOf(connections, 'connection')}, as many as the box office has: ` +
    `${counted(served)} answered. ${time} ${verdict}`
  );
}

/**
 * Why there is no comparison. A reason of a newer server is named as it is.
 * @param {Api.ClassicMissing} reason
 */
export function missingWords(reason) {
  return MISSING[reason] ?? `There is no comparison (${reason}).`;
}

/** @param {readonly Moment[]} moments */
function paceWords(moments) {
  const last = moments.at(-1);
  if (last === undefined) return 'no answers yet';
  const pace = counted(Math.round(paceOf(moments)));
  return `${countOf(last.answered, 'buyer')} in ${timeWords(last.at)}, ${pace} per second`;
}

/**
 * Answers per second.
 * @param {readonly Moment[]} moments
 */
function paceOf(moments) {
  const last = moments.at(-1);
  return last === undefined || last.at <= 0 ? 0 : (last.answered * 1000) / last.at;
}
