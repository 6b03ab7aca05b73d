// The course of a stress test's crowd: the states between which a chart draws its curves.

/**
 * A state of the crowd, at a time since the first request.
 * @typedef {object} Moment
 * @property {number} at in milliseconds
 * @property {number} answered buyers, as all but the last are
 * @property {number} seated
 * @property {number} waiting
 * @property {number} refused
 * @property {number} left seats
 *
 * Answers per second, from one time to another in milliseconds.
 * @typedef {{ from: number, to: number, perSecond: number }} Rate
 */

const RATES_MAX = 40;

/**
 * The states of a curve, in the order of their times.
 * @param {Api.SimulationCurve} curve
 * @returns {Moment[]}
 */
export function momentsOf(curve) {
  return curve.at_milliseconds.map((at, index) => ({
    at,
    answered: curve.answered[index] ?? 0,
    seated: curve.seated[index] ?? 0,
    waiting: curve.waiting[index] ?? 0,
    refused: curve.refused[index] ?? 0,
    left: curve.seats_left[index] ?? 0,
  }));
}

/**
 * The answers per second, in intervals of equal length. Between two states the answers are taken to come evenly.
 * @param {readonly Moment[]} moments
 * @returns {Rate[]}
 */
export function ratesOf(moments) {
  const end = moments.at(-1)?.at ?? 0;
  const count = Math.min(RATES_MAX, moments.length - 1);
  if (end <= 0 || count < 1) return [];
  const edges = Array.from({ length: count + 1 }, (_, index) => (end * index) / count);
  const answered = edges.map((edge) => answeredBy(moments, edge));
  return edges.slice(1).map((to, index) => {
    const from = edges[index] ?? 0;
    const answers = (answered[index + 1] ?? 0) - (answered[index] ?? 0);
    return { from, to, perSecond: (answers * 1000) / (to - from) };
  });
}

/**
 * At most so many of the states, evenly chosen, always with the last one.
 * @param {readonly Moment[]} moments
 * @param {number} most
 */
export function someOf(moments, most) {
  const step = Math.max(1, Math.ceil(moments.length / most));
  const last = moments.length - 1;
  return moments.filter((_, index) => (last - index) % step === 0);
}

/**
 * @param {readonly Moment[]} moments
 * @param {number} time
 */
function answeredBy(moments, time) {
  const after = moments.findIndex(({ at }) => at >= time);
  const next = moments[after];
  if (next === undefined) return moments.at(-1)?.answered ?? 0;
  const before = moments[after - 1] ?? { at: 0, answered: 0 };
  const length = next.at - before.at;
  const share = length > 0 ? (time - before.at) / length : 1;
  return before.answered + (next.answered - before.answered) * share;
}
