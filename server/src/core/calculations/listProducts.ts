import { isSameList } from '../answer/blockGroups.js';
import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { wordsIn, type CalculationWords, saidIn } from './gaps.js';
import { judge } from './judge.js';
import { isPeriod } from './periods.js';
import { chainOf, operandAt, statedCalculation } from './stated.js';
import { isOneValue } from './figures.js';

/**
 * Finds products over the lines of a list: "- 10,000 users", "- 5 queries a day", "- total 50,000 queries a day". One line says how much there is of something, those
 * above it how many have it, and the last one names the total. A result that does not come out is doubted, as not all of them may count. `known` are the places of
 * results that were read already.
 */
export function findListProducts(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const [total, second] = read.quantities;
    if (read.block.kind !== 'item' || total === undefined || second !== undefined || !isOneValue(total)) return;
    if (!isRated(total) || !leadsWithTotal(read, words)) return;
    const parts: Operand[] = [];
    for (let at = index - 1; at >= 0 && isSameList(blocks[at]!.block, read.block); at -= 1) {
      const line = blocks[at]!;
      const [only, other] = line.quantities;
      // A line with more figures, or with none, may be anything.
      if (only === undefined || other !== undefined || !isOneValue(only) || isQualified(line, words)) return;
      parts.unshift(operandAt(line, only));
    }
    if (parts.length < 2 || parts.length > MOST_LINES || isQualified(read, words)) return;
    const [each, ...more] = parts.filter(({ quantity }) => quantity.unit === total.unit);
    const counts = parts.filter((part) => part !== each);
    const isProduct =
      each !== undefined &&
      more.length === 0 &&
      isRated(each.quantity) &&
      periodOf(each.quantity) === periodOf(total) &&
      counts.every(({ quantity: { kind, per } }) => kind === 'count' && per.length === 0) &&
      new Set(counts.map(({ quantity }) => quantity.unit)).size === counts.length;
    const result = operandAt(read, total);
    if (!isProduct || known.has(result.start) || isOfFewer(parts, total.value)) return;
    const formula = chainOf('×', parts.length);
    const judgment = judge(formula, parts, total, result.text);
    const ratio = total.value / judgment.computed;
    if (judgment.verdict === 'unclear' || ratio < LEAST || ratio > MOST) return;
    const { slip, ...plain } = judgment;
    const statement = { form: 'total', block: index, formula, operands: parts, result } as const;
    const isRight = judgment.verdict === 'holds';
    const isSlip = slip === 'magnitude';
    if (!isRight && !isSlip && Math.abs(ratio - 1) <= TALK) return;
    const doubt = { ...plain, verdict: 'unclear', isRounding: !isSlip, ...(isSlip ? { slip } : {}) } as const;
    found.push(statedCalculation(statement, isRight ? judgment : doubt));
  });
  return found;
}

/** Whether one of three lines has no part in the total: "10 couriers". */
function isOfFewer(parts: readonly Operand[], stated: number): boolean {
  const all = parts.reduce((product, { quantity }) => product * quantity.value, 1);
  return parts.length > 2 && parts.some(({ quantity }) => Math.abs(all / quantity.value / stated - 1) < TALK);
}

const MOST_LINES = 3;
/** By so much a result is off before it is worth a word; further off, it is of something else. */
const TALK = 0.1;
const LEAST = 0.05;
const MOST = 20;

/** So many of something in a period. */
function isRated(quantity: Quantity): boolean {
  return quantity.kind === 'rate' && quantity.unit !== 'byte' && periodOf(quantity) !== undefined;
}

function periodOf({ per }: Quantity): string | undefined {
  return per.find(({ unit }) => isPeriod(unit))?.unit;
}

/** Whether a line begins with a word for a total, and with nothing else. */
function leadsWithTotal({ text, quantities }: ReadBlock, words: CalculationWords): boolean {
  const said = saidIn(text.slice(0, quantities[0]!.start));
  return (
    said.some((word) => words.sumLeads.has(word)) &&
    said.every((word) => words.sumLeads.has(word) || words.sumLinks.has(word))
  );
}

function isQualified({ text }: ReadBlock, words: CalculationWords): boolean {
  return (
    /%/.test(text) ||
    wordsIn(text).some((word) => words.shares.has(word) || words.reductions.has(word) || words.peaks.has(word))
  );
}
