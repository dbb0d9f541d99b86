import { isSameList } from '../answer/blockGroups.js';
import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { isOneValue, writtenNumber } from './figures.js';
import { saidIn, type CalculationWords } from './gaps.js';
import { judge, type Judgment } from './judge.js';
import { isOddPeriod, periodIn, secondsOf } from './periods.js';
import { withFactor } from './tableRules.js';
import { chainOf, FIRST, operandAt, QUOTIENT, statedCalculation } from './stated.js';

/**
 * Finds what lines of a list or a fence draw from the line above them: one that goes on with a sign ("- / 86,400 s ≈ 116 QPS"), lines of plus and minus up to one that
 * begins with "=", and the same figure once for a day and once for a month, where the names say so. `known` are the places of results that were read already.
 */
export function findInLines(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { kind } = read.block;
    const above = blocks[index - 1];
    if ((kind !== 'item' && kind !== 'fence') || read.quantities.length === 0 || above === undefined) return;
    if (!isSameList(above.block, read.block)) return;
    const line =
      goesOn(above, read, index, words) ??
      (kind === 'fence' ? ledger(blocks, index, words) : undefined) ??
      forOtherPeriod(above, read, index, words);
    if (line !== undefined && !known.has(line.result?.start)) found.push(line);
  });
  return found;
}

/** "/ 86,400 s ≈ 116 QPS average": by the numbers as they are written, since a unit may stand in either. Only a zero too many or too few is told. */
function goesOn(above: ReadBlock, read: ReadBlock, index: number, words: CalculationWords): Calculation | undefined {
  const { text, quantities } = read;
  const sign = SIGN.exec(text)?.[1];
  const [second, result, third] = quantities;
  const first = above.quantities.at(-1);
  if (sign === undefined || first === undefined || second === undefined || result === undefined) return undefined;
  if (third !== undefined || text.slice(0, second.start).trim().length > 1) return undefined;
  const gap = text.slice(second.end, result.start) + text.slice(result.start, result.end).replace(/\d.*/s, '');
  if (!/^[^\d=≈→]{0,20}[=≈→][^\d=≈→]{0,3}$/.test(gap) || [first, second, result].some((one) => !isOneValue(one)))
    return undefined;
  if (/[^.\s)]/.test(above.text.slice(first.end)) && saidIn(above.text.slice(first.end)).length > 2) return undefined;
  const operands = [operandAt(above, first), operandAt(read, second)];
  const total = operandAt(read, result);
  const [one, other, stated] = [...operands, total].map(worth);
  const isTimes = sign !== '/' && sign !== '÷';
  const computed = isTimes ? one! * other! : one! / other!;
  const isOther = (word: string) => words.peaks.has(word) || words.shares.has(word) || words.reductions.has(word);
  if (saidIn(text).some(isOther) || text.includes('%')) return undefined;
  const ratio = stated! / computed;
  if (![10, 100].some((zeros) => isNear(ratio / zeros) || isNear(ratio * zeros))) return undefined;
  const formula: Formula = isTimes ? chainOf('×', 2) : QUOTIENT;
  return statedCalculation(
    { form: 'total', block: index, formula, operands, result: total },
    { computed: result.value / ratio, verdict: 'unclear', isRounding: false, slip: 'magnitude' },
  );
}

/** Sizes and amounts in one unit, all else as it is written. */
function worth({ quantity: { kind, unit, value }, text }: Operand): number {
  return kind === 'money' || unit === 'byte' ? value : writtenNumber(text);
}

const SIGN = /^\s*([/÷×x*])\s/;

function isNear(ratio: number): boolean {
  return Math.abs(ratio - 1) < CLOSELY;
}

const CLOSELY = 0.04;

/** "200,000", "- 4,000", "- 6,000", "= 190,000": what lines with signs come to. */
function ledger(blocks: readonly ReadBlock[], index: number, words: CalculationWords): Calculation | undefined {
  const total = signedFigure(blocks[index]!, /^\s*=/);
  if (total === undefined) return undefined;
  const parts: { operand: Operand; isLess: boolean }[] = [];
  for (let at = index - 1; at >= 0 && parts.length < MOST_LINES; at -= 1) {
    const read = blocks[at]!;
    if (!isSameList(read.block, blocks[index]!.block)) return undefined;
    if (read.text.includes('%') || saidIn(read.text).some((word) => words.reductions.has(word))) return undefined;
    const sign = /^\s*([-−–+])\s/.exec(read.text)?.[1];
    const operand = signedFigure(read, sign === undefined ? /^\s*[^\s=]/ : /^\s*[-−–+]\s/);
    if (operand === undefined || operand.quantity.kind !== total.quantity.kind) return undefined;
    if (operand.quantity.unit !== total.quantity.unit) return undefined;
    parts.unshift({ operand, isLess: sign !== undefined && sign !== '+' });
    if (sign === undefined) break;
  }
  if (parts.length < 2 || parts[0]!.isLess || signOf(blocks[index - parts.length]!)) return undefined;
  let formula: Formula = FIRST;
  parts.slice(1).forEach(({ isLess }, at) => {
    formula = { operator: isLess ? '-' : '+', left: formula, right: { operator: 'operand', operand: at + 1 } };
  });
  const operands = parts.map(({ operand }) => operand);
  const judgment = judge(formula, operands, total.quantity, total.text);
  if (judgment.verdict !== 'fails') return undefined;
  return statedCalculation({ form: 'total', block: index, formula, operands, result: total }, judgment);
}

const MOST_LINES = 20;

function signOf({ text }: ReadBlock): boolean {
  return /^\s*[-−–+]\s/.test(text);
}

/** The only figure of a line that ends in it. */
function signedFigure(read: ReadBlock, start: RegExp): Operand | undefined {
  const [only, second] = read.quantities;
  if (only === undefined || second !== undefined || !isOneValue(only) || only.per.length > 0) return undefined;
  return start.test(read.text) && /^\s*$/.test(read.text.slice(only.end)) ? operandAt(read, only) : undefined;
}

/** "- day: $192", "- month (30 days): $1,920": names that are the same but for their period. */
function forOtherPeriod(
  above: ReadBlock,
  read: ReadBlock,
  index: number,
  words: CalculationWords,
): Calculation | undefined {
  const [from, to] = [named(above, words), named(read, words)];
  if (from === undefined || to === undefined || from.period === to.period || from.kind !== to.kind) return undefined;
  const isMoney = from.kind === 'money';
  const isSame = isMoney ? from.name === to.name : to.name !== '' && ` ${from.name} `.includes(` ${to.name} `);
  if (!isSame || (isMoney && (secondsOf(from.period) ?? 0) > (secondsOf(to.period) ?? 0))) return undefined;
  const said = saidIn(`${above.text} ${read.text}`).filter((word) => periodIn(word) === undefined);
  if (said.some((word) => words.shares.has(word) || words.reductions.has(word) || words.peaks.has(word)))
    return undefined;
  const result = { ...to.operand, quantity: { ...to.operand.quantity, per: [{ unit: to.period, amount: 1 }] } };
  const operand = { ...from.operand, quantity: { ...from.operand.quantity, per: [{ unit: from.period, amount: 1 }] } };
  const judgment = judge(FIRST, [operand], result.quantity, result.text);
  if (judgment.verdict !== 'fails') return undefined;
  const [operands, formula] = withFactor([operand], FIRST, judgment.computed / operand.quantity.value, result);
  const statement = { form: 'total', block: index, formula, operands, result } as const;
  const doubt: Judgment = { ...judgment, verdict: 'unclear' };
  if (judgment.slip === 'magnitude') return statedCalculation(statement, doubt);
  const isOdd = isMoney && isOddPeriod(from.period, to.period, result.quantity.value / operand.quantity.value);
  const { slip: _slip, ...plain } = doubt;
  return isOdd ? statedCalculation(statement, { ...plain, isRounding: true }) : undefined;
}

interface NamedLine {
  readonly operand: Operand;
  readonly kind: Quantity['kind'];
  /** The period that the name says, and its other words. */
  readonly period: string;
  readonly name: string;
}

/** A line with a name, in which one period is said, and one figure behind it. */
function named(read: ReadBlock, words: CalculationWords): NamedLine | undefined {
  const amount = read.quantities.at(-1);
  if (amount === undefined || !isOneValue(amount) || amount.per.length > 0) return undefined;
  if (amount.kind !== 'money' && !(amount.kind === 'number' && amount.unit === '')) return undefined;
  if (!/^[\s.]*$/.test(read.text.slice(amount.end))) return undefined;
  // "Month (30 days)": the bracket only says how long it is.
  const label = read.text.slice(0, amount.start).replace(/\([^)]*\)/g, '');
  if (/\d/.test(label) || !/(?::|\s{2,}|=)\s*$/.test(label)) return undefined;
  const periods = new Set<string>();
  const others: string[] = [];
  for (const word of saidIn(label)) {
    const period = periodIn(word);
    if (period !== undefined) periods.add(period);
    else if (
      !words.denominators.has(word) &&
      !words.articles.has(word) &&
      !words.averages.has(word) &&
      !words.onAverage.has(word)
    )
      others.push(word);
  }
  const [period, second] = periods;
  if (period === undefined || second !== undefined) return undefined;
  return { operand: operandAt(read, amount), kind: amount.kind, period, name: others.join(' ') };
}
