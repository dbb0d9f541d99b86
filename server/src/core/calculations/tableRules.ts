import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, Slip } from './calculation.js';
import { isOneValue, perOf } from './figures.js';
import { saidIn, type CalculationWords } from './gaps.js';
import { formatCount } from '../reference/format.js';
import { judge } from './judge.js';
import { chainOf, GROWTH, LOSS, QUOTIENT, statedCalculation } from './stated.js';

/** A row of a table: by column its only quantity, `null` for an empty cell, `undefined` for anything else. */
export interface RuledRow {
  readonly index: number;
  readonly text: string;
  readonly amounts: readonly (Operand | null | undefined)[];
}

/**
 * Finds the one row of a table that does not keep the rule of all the others: its last figure is by another factor the product or the quotient of those before it. As
 * a unit may stand in a head or go without saying, it is the factor that rows must have in common: contacts by minutes may be hours, if they are in all rows. What
 * breaks the rule by a power of ten, or by a unit of time, is doubted, and wrong where three rows keep it. Returns by column those that a rule makes all
 * of it of. `known` are the places of results that were read already.
 */
export function findRuledRows(
  rows: readonly RuledRow[],
  columns: number,
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
  found: Calculation[],
): ReadonlyMap<number, readonly number[]> {
  const made = new Map<number, readonly number[]>();
  if (rows.length < 2) return made;
  const whole = wholeColumns(rows, columns);
  for (const result of whole) {
    const others = whole.filter((column) => column < result);
    const broken: Calculation[] = [];
    for (const rule of rulesOver(others)) {
      const kept = keptBy(rule, rows, result);
      if (kept === undefined) continue;
      if (kept.odd === undefined) {
        made.set(result, rule.columns);
        break;
      }
      const one = brokenBy(kept, rule, result, words);
      if (one !== undefined) broken.push(one);
    }
    // Of two rules, either may be meant.
    const [only, other] = broken;
    if (only !== undefined && other === undefined && !made.has(result) && !known.has(only.result?.start))
      found.push(only);
  }
  return made;
}

/**
 * Finds the one share of a column that is not that of the figures beside it, where all the others are: 58 of 500 as 21.6%, and the one change that is what is left: from
 * 2,000 ms to 1,200 as 60%.
 */
export function findRuledShares(
  rows: readonly RuledRow[],
  labels: readonly string[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
  found: Calculation[],
): void {
  for (let column = 1; column < labels.length; column += 1) {
    const shares = rows.map(({ amounts }) => amounts[column]);
    if (!shares.every((one) => one?.quantity.kind === 'percentage' && isOneValue(one.quantity))) continue;
    const whole = wholeColumns(rows, column);
    const isChange = saidIn(labels[column] ?? '').some((word) => words.changeHeads.has(word));
    const one = isChange ? oddChange(rows, whole, column) : oddShare(rows, whole, column);
    if (one !== undefined && !known.has(one.result?.start)) found.push(one);
  }
}

/** Of the shares that are those of a column's figures in their sum, the one that is not. */
function oddShare(rows: readonly RuledRow[], whole: readonly number[], column: number): Calculation | undefined {
  if (rows.length < 3) return undefined;
  for (const of of whole) {
    const values = rows.map(({ amounts }) => amounts[of]!.quantity.value);
    const sum = values.reduce((all, value) => all + value, 0);
    // One of them may be all.
    for (const at of [-1, values.length - 1]) {
      const all = at < 0 ? sum : values[at]!;
      if (at >= 0 && !isNear(sum, 2 * all)) continue;
      const odd = rows.filter(
        ({ amounts }, row) => Math.abs(amounts[column]!.quantity.value - (100 * values[row]!) / all) > POINTS,
      );
      const [only, other] = odd;
      if (only === undefined || other !== undefined) continue;
      const one = only.amounts[of]!;
      // What all of them are stands in another row, or in none.
      const operands = [one, { ...one, quantity: { ...one.quantity, value: all }, text: formatCount(all) }];
      return ruled(only, QUOTIENT, operands, only.amounts[column]!, rows.length > 3);
    }
  }
  return undefined;
}

const POINTS = 1.1;

/** Of the changes between two columns, the one that says what is left. */
function oddChange(rows: readonly RuledRow[], whole: readonly number[], column: number): Calculation | undefined {
  const [before, after, other] = whole;
  if (before === undefined || after === undefined || other !== undefined) return undefined;
  const kinds = [before, after].map((at) => rows[0]!.amounts[at]!.quantity);
  if (kinds[0]!.kind !== kinds[1]!.kind || kinds[0]!.unit !== kinds[1]!.unit) return undefined;
  const left = ({ amounts }: RuledRow) => (100 * amounts[after]!.quantity.value) / amounts[before]!.quantity.value;
  const stated = ({ amounts }: RuledRow) => Math.abs(amounts[column]!.quantity.value);
  const odd = rows.filter((row) => Math.abs(stated(row) - Math.abs(100 - left(row))) > POINTS);
  const [only, second] = odd;
  if (only === undefined || second !== undefined || Math.abs(stated(only) - left(only)) > POINTS) return undefined;
  const operands = [only.amounts[before]!, only.amounts[after]!];
  // "−40%": what is less stands first.
  return ruled(
    only,
    only.amounts[column]!.quantity.value < 0 ? GROWTH : LOSS,
    operands,
    only.amounts[column]!,
    rows.length > 2,
  );
}

function ruled(
  { index }: RuledRow,
  formula: Formula,
  operands: readonly Operand[],
  result: Operand,
  isSure: boolean,
): Calculation | undefined {
  const judgment = judge(formula, operands, result.quantity, result.text);
  const { quantity } = result;
  const computed = Math.abs(judgment.computed) * Math.sign(quantity.value);
  return statedCalculation(
    { form: 'column', block: index, formula, operands, result },
    isSure
      ? { computed, verdict: 'fails', isRounding: false }
      : { computed, verdict: 'unclear', isRounding: false, slip: 'share' },
  );
}

interface Rule {
  readonly columns: readonly number[];
  readonly formula: Formula;
}

function rulesOver(columns: readonly number[]): Rule[] {
  const rules: Rule[] = [];
  columns.forEach((first, at) => {
    columns.slice(at + 1).forEach((second, behind) => {
      rules.push({ columns: [first, second], formula: chainOf('×', 2) });
      rules.push({ columns: [first, second], formula: QUOTIENT });
      for (const third of columns.slice(at + behind + 2))
        rules.push({ columns: [first, second, third], formula: chainOf('×', 3) });
    });
  });
  return rules;
}

/** The columns that have one amount in each row, and all of one kind. */
function wholeColumns(rows: readonly RuledRow[], columns: number): number[] {
  const whole: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const first = rows[0]!.amounts[column]?.quantity;
    const isWhole = rows.every(({ amounts }) => {
      const quantity = amounts[column]?.quantity;
      return (
        quantity !== undefined &&
        quantity.kind === first?.kind &&
        quantity.kind !== 'percentage' &&
        perOf(quantity) === perOf(first) &&
        isOneValue(quantity) &&
        quantity.value > 0
      );
    });
    if (isWhole) whole.push(column);
  }
  return whole;
}

/** How the rows of a table keep a rule. */
interface Kept {
  /** The figures of the rule in each row that keeps it. */
  readonly count: number;
  readonly factor: number;
  /** The one row that breaks it, if any does. */
  readonly odd: RuledRow | undefined;
  /** A row that keeps it. */
  readonly even: RuledRow;
}

function keptBy(rule: Rule, rows: readonly RuledRow[], result: number): Kept | undefined {
  const factors = rows.map((row) => row.amounts[result]!.quantity.value / valueOf(rule, row));
  // If but one row breaks it, one of the first two keeps it.
  for (const factor of factors.slice(0, 2)) {
    if (!isUsual(factor)) continue;
    const kept = rows.filter((_, at) => isNear(factors[at]! / factor, 1));
    if (kept.length < rows.length - 1) continue;
    const odd = rows.find((_, at) => !isNear(factors[at]! / factor, 1));
    const told = new Set(kept.map((row) => rule.columns.map((column) => row.amounts[column]!.quantity.value).join()));
    const isPlain = kept.every((row) => rule.columns.some((column) => writtenOne(row.amounts[column]!)));
    if (isPlain || (kept.length > 1 && told.size < 2) || (kept.length < 2 && rows.length > 2)) continue;
    return { count: told.size, factor, odd, even: kept[0]! };
  }
  return undefined;
}

/** Whether a figure is a plain one, by which anything is what it was. */
function writtenOne({ text, quantity: { kind } }: Operand): boolean {
  return kind !== 'data-size' && kind !== 'duration' && /^\D*1(?:\.0+)?(?![\d,.]*\d)/.test(text);
}

function valueOf({ columns, formula }: Rule, { amounts }: RuledRow): number {
  const [first = NaN, ...others] = columns.map((column) => worth(amounts[column]!.quantity));
  return others.reduce((value, one) => (formula === QUOTIENT ? value / one : value * one), first);
}

/** "$3/M" as what one costs. */
function worth({ value, per }: Quantity): number {
  return per.reduce((left, { amount }) => left / amount, value);
}

function brokenBy(
  { count, factor, odd, even }: Kept,
  rule: Rule,
  result: number,
  words: CalculationWords,
): Calculation | undefined {
  if (odd === undefined) return undefined;
  const figures = rule.columns.map((column) => odd.amounts[column]!);
  const total = odd.amounts[result]!;
  const isOther = (word: string) => words.shares.has(word) || words.reductions.has(word) || words.peaks.has(word);
  if (odd.text.includes('%') || saidIn(odd.text).some(isOther)) return undefined;
  const computed = valueOf(rule, odd) * factor;
  const ratio = total.quantity.value / computed;
  const slip = slipOf(ratio);
  // One row is no rule, unless the units say it too.
  const parts = rule.columns.map((column) => even.amounts[column]!);
  const stated = even.amounts[result]!;
  const isTyped = judge(rule.formula, parts, stated.quantity, stated.text).verdict === 'holds';
  const isPriced = isTyped && stated.quantity.kind === 'money' && parts.some(isBulkPrice);
  const hasUnit = parts.some(({ quantity: { kind, per } }) => UNITS.has(kind) || per.length > 0);
  if (slip === undefined ? !isPriced : (count < 2 && !isTyped) || (count < 3 && !hasUnit)) return undefined;
  const isSure = slip !== undefined && count > 2;
  // "$3 × 2 × 24": what stands in no cell is said as well.
  const isTold = isNear(factor, 1) || figures.some(({ quantity: { kind } }) => kind === 'duration');
  const [operands, formula] = isTold ? [figures, rule.formula] : withFactor(figures, rule.formula, factor, total);
  return statedCalculation(
    { form: 'column', block: odd.index, formula, operands, result: total },
    {
      computed,
      verdict: isSure ? 'fails' : 'unclear',
      isRounding: slip === undefined,
      ...(slip === undefined ? {} : { slip }),
    },
  );
}

/** Figures of which two hardly come to the third by chance. */
const UNITS: ReadonlySet<Quantity['kind']> = new Set(['money', 'duration', 'data-size', 'tokens', 'rate']);

/** A formula with one more factor, which goes without saying and so stands where the result does. */
export function withFactor(
  operands: readonly Operand[],
  formula: Formula,
  factor: number,
  { start, end }: Operand,
): [Operand[], Formula] {
  const times = Number((factor < 1 ? 1 / factor : factor).toPrecision(3));
  const value = FACTORS.find((one) => isNear(times / one, 1)) ?? times;
  const quantity: Quantity = { kind: 'number', value, unit: '', per: [], start: 0, end: 0, digits: 1 };
  const common: Operand = { start, end, quantity, text: formatCount(value) };
  const last: Formula = { operator: 'operand', operand: operands.length };
  return [[...operands, common], { operator: factor < 1 ? '÷' : '×', left: formula, right: last }];
}

/** "$3/M": what it is for is said. */
function isBulkPrice({ quantity: { kind, per } }: Operand): boolean {
  return kind === 'money' && per.length > 0;
}

function slipOf(ratio: number): Slip | undefined {
  for (let power = 1; power <= 6; power += 1)
    if (isNear(ratio / 10 ** power, 1) || isNear(ratio * 10 ** power, 1)) return 'magnitude';
  return [24, 60, 3600].some((factor) => isNear(ratio / factor, 1) || isNear(ratio * factor, 1)) ? 'period' : undefined;
}

/** Whether a factor is one that goes without saying: between two units. */
function isUsual(factor: number): boolean {
  return FACTORS.some((one) => isNear(factor / one, 1) || isNear(factor * one, 1));
}

const FACTORS = [
  1, 7, 8, 12, 22, 24, 30, 30.4, 31, 52, 60, 100, 365, 720, 730, 1000, 1440, 3600, 86_400, 604_800, 2_592_000,
  31_536_000, 1e6, 1e9,
];

function isNear(value: number, other: number): boolean {
  return Math.abs(value / other - 1) <= CLOSELY;
}

const CLOSELY = 0.02;
