import type { Quantity } from '../evidence/quantities.js';
import type { ReadBlock } from './calculation.js';
import { isPeriod, PERIODS, secondsOf } from './periods.js';

/** So many figures before a result are tried for it. */
const MOST_FIGURES = 6;
/** Figures that come out as close as this are meant. */
const CLOSELY = 0.011;
/** By how much a figure of a period may be another's. */
const PERIOD_FACTORS = [1, 7, 30, 12, 365, 24, 5, 20, 21, 22, 52, 4, 60, 3600, 86_400];

/**
 * Whether a result comes of any of the figures before it in its paragraph, summed where they are of one kind, multiplied and divided. Takes the last
 * few of them.
 */
export function comesOfOthers({ quantities }: ReadBlock, used: readonly number[], result: number): boolean {
  const total = quantities[result]!;
  const last = used[used.length - 1]!;
  const figures = quantities
    .slice(0, last + 1)
    .filter(({ max, value }) => max === undefined && value > 0)
    .slice(-MOST_FIGURES);
  // Two figures are the unit and the volume themselves.
  if (figures.length < 3) return false;
  const fits = (value: number) =>
    PERIOD_FACTORS.some((factor) => isClose(value * factor, total.value) || isClose(value, total.value * factor));
  const multiply = (at: number, value: number, parts: readonly number[]): boolean => {
    if (at === parts.length) return fits(value);
    const part = parts[at]!;
    return [1, part, 1 / part].some((factor) => multiply(at + 1, value * factor, parts));
  };
  // "5 people for 9 months at $9k a month": months, where money is for each of them.
  const paid = figures.find(({ kind, per }) => kind === 'money' && per.length === 1 && isPeriod(per[0]!.unit));
  const timeUnit = (paid && secondsOf(paid.per[0]!.unit)) ?? 1;
  const worth = ({ kind, value, per }: Quantity) => {
    const own = kind === 'percentage' ? value / 100 : kind === 'duration' ? value / timeUnit : value;
    return per.reduce((left, one) => left / one.amount, own);
  };
  if (multiply(0, 1, figures.map(worth))) return true;
  // "Retrieval costs $0.001. Generation costs $0.004. At 10,000 queries, that's $50."
  const isSame = (one: Quantity) => one.kind === total.kind && one.unit === total.unit;
  const same = figures.filter(isSame).map(worth);
  const others = figures.filter((one) => !isSame(one)).map(worth);
  for (let mask = 1; mask < 1 << same.length; mask += 1) {
    const sum = same.reduce((all, one, at) => ((mask & (1 << at)) === 0 ? all : all + one), 0);
    if (multiply(0, sum, others)) return true;
    // "Each of 5 docs has 2,000 tokens, the prompt 500": only one of them is so many times.
    for (const one of same) for (const count of others) if (isClose(sum - one + one * count, total.value)) return true;
  }
  return false;
}

/** Whether a figure behind a result, in its sentence, says for how many of them it is: "= $1.50 for ten runs". */
export function isForSoMany({ text, quantities }: ReadBlock, result: number, ratio: number): boolean {
  let at = result;
  for (const next of quantities.slice(result + 1, result + 1 + MOST_BEHIND)) {
    if (/[.;!?](?=\s)|\n/.test(text.slice(quantities[at]!.end, next.start))) return false;
    // "For ten months": in whatever unit of time.
    const counts = next.kind === 'duration' ? PERIODS.map((unit) => next.value / (secondsOf(unit) ?? 1)) : [next.value];
    if (counts.some((count) => Math.abs(ratio / count - 1) < LOOSELY || Math.abs(ratio * count - 1) < LOOSELY))
      return true;
    at += 1;
  }
  return false;
}

/** Whether a result is off by as much as a figure counts, or as a share of it leaves: "in 10 regions", "90% are cached". */
export function isSoMany({ kind, value }: Quantity, ratio: number): boolean {
  if (kind === 'money') return false;
  const factors = kind === 'percentage' ? [value / 100, 1 - value / 100] : [value];
  return factors.some((factor) => Math.abs(ratio / factor - 1) < LOOSELY || Math.abs(ratio * factor - 1) < LOOSELY);
}

/** So many figures behind a result are tried. */
const MOST_BEHIND = 2;
const LOOSELY = 0.05;

function isClose(value: number, stated: number): boolean {
  return Math.abs(value - stated) <= CLOSELY * Math.abs(stated);
}
