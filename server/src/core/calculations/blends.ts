import type { Calculation, ReadBlock } from './calculation.js';
import { isOneValue } from './figures.js';
import {
  hasDecimalComma,
  readMarks,
  restOfClause,
  restOfSentence,
  RESULT_MARKS,
  saidIn,
  type CalculationWords,
} from './gaps.js';
import { judge } from './judge.js';
import { operandAt, pairsOf, statedCalculation, sumOfProducts } from './stated.js';

/**
 * Finds averages that a sentence tells of prices by their shares, with no sign: "70% at $0.002 and 30% at $0.02 average $0.0074 a query". Where the shares are those of a
 * whole and a word says that it is an average, a result that does not come out is wrong. `known` are the places of results that were read already.
 */
export function findBlends(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, text, quantities } = read;
    if (block.kind === 'row' || quantities.length < LEAST_FIGURES || !text.includes('%')) return;
    for (let result = LEAST_FIGURES - 1; result < quantities.length; result += 1) {
      const first = firstPart(read, result);
      if (first === undefined) continue;
      const total = operandAt(read, quantities[result]!);
      const said = saidAround(read, result, words);
      if (
        said === null ||
        known.has(total.start) ||
        hasDecimalComma(text, quantities[first]!.start, total.quantity.end)
      )
        continue;
      const operands = quantities.slice(first, result).map((quantity) => operandAt(read, quantity));
      const formula = sumOfProducts(pairsOf(operands.length));
      const judgment = judge(formula, operands, total.quantity, total.text);
      const prices = operands.flatMap(({ quantity: { kind, value } }) => (kind === 'money' ? [value] : []));
      const { value } = total.quantity;
      // Beyond all of the prices, an average is one of something else.
      const isAmong = value >= Math.min(...prices) && value <= Math.max(...prices);
      const isSure =
        said === 'average' &&
        (isAmong || judgment.slip === 'magnitude') &&
        !isPartOfMore(read, first, result, words) &&
        isPlainlySaid(text, quantities[result - 1]!.end, total.quantity.start, words);
      if (judgment.verdict === 'holds' || (judgment.verdict === 'fails' && isSure))
        found.push(statedCalculation({ form: 'told', block: index, formula, operands, result: total }, judgment));
    }
  });
  return found;
}

/** Two shares, two prices and what comes out. */
const LEAST_FIGURES = 5;
/** How far apart the figures of one statement stand, in characters. */
const CLOSE = 50;
const WHOLE = 100;
const ROUNDED = 0.51;

/** The first of the pairs of a share and a price, in either order, that stand right before a price; undefined unless they make a whole. */
function firstPart({ text, quantities }: ReadBlock, result: number): number | undefined {
  const total = quantities[result]!;
  if (total.kind !== 'money' || !isOneValue(total)) return undefined;
  let shares = 0;
  for (let at = result - 2; at >= 0; at -= 2) {
    const pair = [quantities[at]!, quantities[at + 1]!];
    const share = pair.find(({ kind }) => kind === 'percentage');
    const price = pair.find(({ kind }) => kind === 'money');
    const gaps = [at, at + 1].map((place) => text.slice(quantities[place]!.end, quantities[place + 1]!.start));
    if (share === undefined || price?.unit !== total.unit || !isOneValue(share) || !isOneValue(price)) return undefined;
    // Between the last pair and the result another clause may begin.
    if (gaps.some((gap, side) => isApart(gap) && (side === 0 || at < result - 2))) return undefined;
    shares += share.value;
    if (Math.abs(shares - WHOLE) < ROUNDED) return at < result - 2 ? at : undefined;
    if (shares > WHOLE) return undefined;
  }
  return undefined;
}

function isApart(gap: string): boolean {
  return gap.length > CLOSE || /[.!?:=×*+]\s|\n/.test(gap);
}

/** What the words before a figure, and those behind it in its clause, say that it is. */
function saidAround(
  { text, quantities }: ReadBlock,
  result: number,
  words: CalculationWords,
): 'average' | 'result' | null {
  const from = quantities[result - 1]!.end;
  const { start, end } = quantities[result]!;
  if (start - from > CLOSE) return null;
  const behind = restOfClause(text, end, CLOSE);
  if (saidIn(`${text.slice(from, start)} ${behind}`).some((word) => words.blends.has(word))) return 'average';
  return readMarks(text, from, start, words).some(({ kind }) => RESULT_MARKS.has(kind)) ? 'result' : null;
}

/** Whether other figures or words in the statement may go into its result. */
function isPartOfMore(
  { text, quantities }: ReadBlock,
  first: number,
  result: number,
  words: CalculationWords,
): boolean {
  const { end } = quantities[result]!;
  const behind = restOfSentence(text, end, Infinity);
  const said = saidIn(text.slice(quantities[first]!.start, quantities[result]!.start) + behind);
  const isOther = (word: string) =>
    words.reductions.has(word) || words.multiples.has(word) || words.changes.has(word) || words.otherMoney.has(word);
  return /\d/.test(behind) || said.some(isOther);
}

/** Whether the clause that leads to a result says no more than that it is the average. */
function isPlainlySaid(text: string, from: number, to: number, words: CalculationWords): boolean {
  const clause = /[^.,;:—–(]*$/.exec(text.slice(from, to))?.[0] ?? '';
  return saidIn(clause).every(
    (word) =>
      words.blends.has(word) || words.sumLinks.has(word) || words.roughs.has(word) || words.conclusions.has(word),
  );
}
