// The course of a stress test's crowd, in words.

import { counted, countOf } from '../../words/numbers.js';

/** @import { Moment } from './simulation-curves.js' */

const SECOND = 1000;

/**
 * A time of a test: in whole milliseconds below a second, in seconds from there on.
 * @param {number} milliseconds
 */
export function timeWords(milliseconds) {
  if (milliseconds > 0 && milliseconds < 1) return `${counted(milliseconds)}\u00a0ms`;
  if (milliseconds < SECOND) return `${counted(Math.round(milliseconds))}\u00a0ms`;
  return `${counted(milliseconds / SECOND)}\u00a0s`;
}

/**
 * The whole course in a sentence or two.
 * @param {readonly Moment[]} moments
 */
export function courseWords(moments) {
  const [first, last] = [moments[0], moments.at(-1)];
  if (first === undefined || last === undefined) return '';
  const soldOut = moments.find(({ left }) => left === 0);
  const seats = `${countOf(first.left, 'seat')} at the start, ${counted(last.left)} left after ${timeWords(last.at)}`;
  const sold = soldOut && soldOut !== first ? `, sold out after ${timeWords(soldOut.at)}` : '';
  const refused = last.refused > 0 ? `, ${counted(last.refused)} with neither` : '';
  return (
    `${seats}${sold}. ${countOf(last.answered, 'buyer')} answered: ${counted(last.seated)} seated, ` +
    `${counted(last.waiting)} on the waitlist${refused}.`
  );
}

/**
 * How long the most buyers waited.
 * @param {readonly Api.LatencyBucket[]} buckets
 */
export function latencyWords(buckets) {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return 'No answers yet.';
  const most = buckets.reduce((largest, one) => (one.buyers > largest.buyers ? one : largest), first);
  return (
    `From request to answer, buyers waited ${bucketWords({ ...first, to_milliseconds: last.to_milliseconds })}, ` +
    `most often ${bucketWords(most)} (${countOf(most.buyers, 'buyer')}).`
  );
}

/**
 * The times of a bucket.
 * @param {Pick<Api.LatencyBucket, 'from_milliseconds' | 'to_milliseconds'>} bucket
 */
export function bucketWords({ from_milliseconds: from, to_milliseconds: to }) {
  return `${timeWords(from)} to ${timeWords(to)}`;
}
