import type { Formula, Operand } from './calculation.js';
import { judge, unitOf, type Judgment } from './judge.js';
import { isPeriod, secondsOf } from './periods.js';
import { FIRST } from './stated.js';

/**
 * Judges a product whose result is in a unit of two things, as in "4 GPUs × 24 h × 30 days = 2,880 GPU-hours"; null for any other calculation. One of the times counts as
 * it is, in the result's unit, and each other one as often as it is written. Days may be those of work, so that less than 24 hours of each fails nothing.
 */
export function judgeUnitTimes(formula: Formula, operands: readonly Operand[], result: Operand): Judgment | null {
  const unit = /-([a-z]+)$/.exec(result.quantity.unit)?.[1] ?? '';
  const seconds = isPeriod(unit) ? secondsOf(unit) : undefined;
  if (seconds === undefined || operands.length < 2 || !isProduct(formula)) return null;
  const times = operands.filter(({ quantity }) => quantity.kind === 'duration');
  const isRead = operands.every(
    ({ quantity: { kind, max, per, bound } }) =>
      FACTORS.has(kind) && max === undefined && per.length === 0 && bound === undefined,
  );
  if (times.length === 0 || !isRead || result.quantity.max !== undefined || result.quantity.bound !== undefined)
    return null;
  const written = operands.reduce(
    (all, { quantity, text }) => all * (quantity.value / (quantity.kind === 'duration' ? unitOf(quantity, text) : 1)),
    1,
  );
  const readings = times.map(({ quantity, text }) => (written * unitOf(quantity, text)) / seconds);
  const [computed] = readings.map((reading) => (times.length > 1 ? written : reading));
  if (computed === undefined) return null;
  const bare = { ...result.quantity, kind: 'number', unit: '', per: [] } as const;
  for (const reading of [written, ...readings]) {
    const operand: Operand = { ...result, quantity: { ...bare, value: reading }, text: String(reading) };
    if (judge(FIRST, [operand], bare, result.text).verdict !== 'fails')
      return { computed: reading, verdict: 'holds', isRounding: false };
  }
  const ratio = result.quantity.value / computed;
  // How many hours of a day somebody works is not told, but no day has more than 24.
  const isOfWork = times.some(({ quantity, text }) => unitOf(quantity, text) > seconds && seconds >= LEAST_OF_WORK);
  const isExplained =
    times.length > 1
      ? CONVERSIONS.some((factor) => [factor, 1 / factor].some((one) => Math.abs(ratio / one - 1) < CLOSELY))
      : isOfWork && ratio < LONGEST;
  if (isExplained) return { computed, verdict: 'unclear', isRounding: false };
  const power = Math.log10(result.quantity.value / computed);
  const isSlip = Math.abs(power) > 0.5 && Math.abs(power - Math.round(power)) < EXACT;
  return { computed, verdict: 'fails', isRounding: false, ...(isSlip ? { slip: 'magnitude' } : {}) };
}

const FACTORS: ReadonlySet<string> = new Set(['count', 'number', 'multiplier', 'duration']);
/** How many of a unit of time are in another one, by the clock and at work. */
const CONVERSIONS = [4, 4.345, 5, 7, 8, 12, 20, 21, 22, 24, 30, 31, 40, 52, 60, 160, 168, 365, 720, 730];
/** An hour: what is shorter is no time of work. */
const LEAST_OF_WORK = 3600;
/** A month of 31 days is longer than one of 30. */
const LONGEST = 1.04;
const CLOSELY = 0.01;
/** In powers of ten: half a percent. */
const EXACT = 0.0022;

function isProduct(formula: Formula): boolean {
  return (
    formula.operator === 'operand' || (formula.operator === '×' && isProduct(formula.left) && isProduct(formula.right))
  );
}
