import type { Formula, Operand } from './calculation.js';
import { writtenNumber } from './figures.js';
import { PERIODS, secondsOf } from './periods.js';

/**
 * How a calculation comes out by the numbers as they are written, where some of them convert its units: "3,600 calls/h × 4 min / 60 = 240 calls", "$2/h × 24 × 30 days
 * = $1,440". Carrying the units along as well would convert twice.
 *
 * @param computed what comes out with the units carried along, in the result's base units.
 * @returns null where no number converts anything.
 */
export function asWritten(
  formula: Formula,
  operands: readonly Operand[],
  result: Operand,
  computed: number,
): 'right' | 'wrong' | null {
  const written = evaluateWritten(formula, operands) / writtenNumber(result.text);
  // "2 MB/s × 3600 × 8 h = 57.6 GB": written in a larger unit.
  const off =
    /[KMGTP]i?B\b/.test(result.text) && Math.abs(written / THOUSAND - 1) <= CLOSELY ? written / THOUSAND : written;
  const twice = computed / result.quantity.value / off;
  if (!(twice > 0) || !Number.isFinite(twice)) return null;
  // Longer products than that are no conversions.
  const factors = bareFactors(formula, operands, false).slice(0, MOST_FACTORS);
  for (let mask = 1; mask < 1 << factors.length; mask++) {
    const factor = factors.reduce((product, one, at) => (mask & (1 << at) ? product * one : product), 1);
    if (explains(factor, twice)) return Math.abs(off - 1) <= CLOSELY ? 'right' : 'wrong';
  }
  return null;
}

const CLOSELY = 0.03;
const THOUSAND = 1000;
const MOST_FACTORS = 6;

/** Whether a factor is the one by which the units were converted, or the part of it that is worked: 8 hours of a day's 24, 22 days of a month's 30. */
function explains(factor: number, twice: number): boolean {
  const ratio = twice > 1 ? twice / factor : factor / twice;
  return (
    Math.abs(Math.log(factor)) > LEAST &&
    Math.sign(Math.log(factor)) === Math.sign(Math.log(twice)) &&
    ratio > BINARY &&
    ratio < WORKED
  );
}

/** 1,024 stands for a thousand. */
const BINARY = 0.9;
/** Of so many hours or days one is worked at least. */
const WORKED = 6;
const LEAST = Math.log(1.5);

/** The numbers without a unit that a calculation multiplies by; of one that it divides by, the inverse. */
function bareFactors(formula: Formula, operands: readonly Operand[], isInverse: boolean): number[] {
  switch (formula.operator) {
    case 'operand': {
      const operand = operands[formula.operand];
      if (operand === undefined || !isBare(operand) || operand.quantity.value === 0) return [];
      return [isInverse ? 1 / operand.quantity.value : operand.quantity.value];
    }
    case '×':
    case '÷':
      return [
        ...bareFactors(formula.left, operands, isInverse),
        ...bareFactors(formula.right, operands, (formula.operator === '÷') !== isInverse),
      ];
    default:
      return [];
  }
}

function isBare({ quantity: { kind, unit, per } }: Operand): boolean {
  return kind === 'number' && unit === '' && per.length === 0;
}

function evaluateWritten(formula: Formula, operands: readonly Operand[]): number {
  if (formula.operator === 'operand') {
    const operand = operands[formula.operand];
    if (operand === undefined) return NaN;
    if (isBare(operand)) return operand.quantity.value;
    return operand.quantity.kind === 'percentage' ? operand.quantity.value / 100 : writtenNumber(operand.text);
  }
  const left = evaluateWritten(formula.left, operands);
  const right = evaluateWritten(formula.right, operands);
  switch (formula.operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '×':
      return left * right;
    default:
      return left / right;
  }
}

/** Whether what stands before a calculation is what it describes, and not what comes out: "1 GPU = 4 × 500 tok/s", "1 query = 5 calls × $0.01". */
export function isDescribed(operands: readonly Operand[], result: Operand): boolean {
  const { kind, unit } = result.quantity;
  if (kind !== 'count' || unit === '' || !operands.every(({ start }) => start > result.start)) return false;
  const names = operands.filter(({ quantity }) => quantity.kind !== 'number');
  return (
    names.length > 0 &&
    !names.some(({ quantity }) => quantity.unit === unit || quantity.per.some((one) => one.unit === unit))
  );
}

/** The operands with each price that names no unit and stands behind a time as one for that time's unit: "600 calls × 4 min × $0.025". The same ones where there is none. */
export function pricedByTime(operands: readonly Operand[]): readonly Operand[] {
  let isOther = false;
  const priced = operands.map((operand, at): Operand => {
    const { quantity } = operand;
    const before = operands[at - 1];
    if (quantity.kind !== 'money' || quantity.per.length > 0 || before?.quantity.kind !== 'duration') return operand;
    const seconds = before.quantity.value / writtenNumber(before.text);
    const unit = PERIODS.find((period) => Math.abs((secondsOf(period) ?? 0) / seconds - 1) < 1e-6);
    if (unit === undefined) return operand;
    isOther = true;
    return { ...operand, quantity: { ...quantity, per: [{ unit, amount: 1 }] } };
  });
  return isOther ? priced : operands;
}
