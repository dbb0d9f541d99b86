import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, ReadBlock } from './calculation.js';
import { isOneValue } from './figures.js';
import { goesOn } from './formulas.js';
import {
  hasDecimalComma,
  readMarks,
  restOfSentence,
  RESULT_MARKS,
  saidIn,
  SENTENCE_END,
  sentenceStart,
  type CalculationWords,
} from './gaps.js';
import { judge } from './judge.js';
import { isSoMany } from './otherFigures.js';
import { isPeriod } from './periods.js';
import { operandAt, pairsOf, statedCalculation, sumOfProducts } from './stated.js';

/**
 * Finds what tokens of several prices cost together, told in words: "1,500 input tokens at $3 per million and 300 output tokens at $15 per million, so
 * $0.009 per ticket", "1,500 input and 300 output tokens at $3/M and $15/M". A zero too many or too few is wrong where the sentence holds no other figure
 * and no figure near it explains the difference; anything else is doubted. `known` are the places of results that were read already.
 */
export function findTokenCosts(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, text, quantities } = read;
    if (block.kind === 'row' || !quantities.some(isTokenPrice)) return;
    for (let result = LEAST_FIGURES - 1; result < quantities.length; result += 1) {
      const total = operandAt(read, quantities[result]!);
      if (!isCost(total.quantity) || known.has(total.start) || !concludes(read, result, words)) continue;
      const parts = partsBefore(read, result);
      if (parts === undefined || hasDecimalComma(text, quantities[parts.first]!.start, total.quantity.end)) continue;
      const operands = quantities.slice(parts.first, result).map((quantity) => operandAt(read, quantity));
      const statement = { form: 'told', block: index, formula: parts.formula, operands, result: total } as const;
      const judgment = judge(parts.formula, operands, total.quantity, total.text);
      const { verdict, slip, computed } = judgment;
      if (verdict === 'holds') found.push(statedCalculation(statement, judgment));
      else if (verdict === 'fails' && isAllThereIs(read, parts.first, result, words)) {
        const ratio = total.quantity.value / computed;
        if (near(blocks, index, result).some((one) => isSoMany(one, ratio))) continue;
        const isSure = slip === 'magnitude';
        found.push(
          statedCalculation(statement, isSure ? judgment : { ...judgment, verdict: 'unclear', isRounding: true }),
        );
      }
    }
  });
  return found;
}

/** Two numbers of tokens, their prices and what comes out. */
const LEAST_FIGURES = 5;
/** No sentence tells of more prices than this. */
const MOST_PARTS = 4;
/** How far apart the figures of one statement stand, and how much of its sentence is looked at, in characters. */
const CLOSE = 50;
const SENTENCE = 200;
/** So many words may stand beside the one that says the result. */
const MOST_WORDS = 2;
/** In so many blocks before one stands what goes without saying in it. */
const NEAR = 6;
/** So many figures of each are tried, so that the time stays linear in a long paragraph. */
const MOST_NEAR = 40;

function isTokenPrice(one: Quantity): boolean {
  return one.kind === 'money' && one.per.length === 1 && one.per[0]!.unit === 'token' && isOneValue(one);
}

/** "300 output tokens"; of the second one mostly the number alone: "and 300 of output". */
function isTokens(one: Quantity): boolean {
  const { kind, per, value } = one;
  return (kind === 'tokens' || kind === 'number') && per.length === 0 && value > 0 && isOneValue(one);
}

function isCost({ kind, per, max }: Quantity): boolean {
  return kind === 'money' && max === undefined && per.every(({ unit }) => unit !== 'token');
}

/** The figures right before a result that are tokens and their prices, one after the other or all of the one before all of the other. */
function partsBefore(read: ReadBlock, result: number): { first: number; formula: Formula } | undefined {
  const { quantities } = read;
  let first = result;
  while (first >= 2 && result - first < 2 * MOST_PARTS) {
    const [one, other] = [quantities[first - 2]!, quantities[first - 1]!];
    const isPair = (isTokens(one) && isTokenPrice(other)) || (isTokenPrice(one) && isTokens(other));
    if (!isPair || !isTogether(read, first - 2) || (first < result && !isTogether(read, first - 1))) break;
    first -= 2;
  }
  const count = result - first;
  if (count >= 4 && quantities.slice(first, result).some(({ kind }) => kind === 'tokens'))
    return { first, formula: sumOfProducts(pairsOf(count)) };
  // "1,500 input and 300 output tokens at $3/M and $15/M".
  first = result - 4;
  const [tokens, others, price, otherPrice] = quantities.slice(first, result);
  const isInOrder = isTokens(tokens!) && others!.kind === 'tokens' && isTokenPrice(price!) && isTokenPrice(otherPrice!);
  return isInOrder && isTokens(others!) && [0, 1, 2].every((at) => isTogether(read, first + at))
    ? { first, formula: sumOfProducts(CROSSED) }
    : undefined;
}

/** Two numbers, then the price of each. */
const CROSSED = [
  [0, 2],
  [1, 3],
] as const;

/** Whether a figure and the next one stand in one list of a sentence. */
function isTogether({ text, quantities }: ReadBlock, at: number): boolean {
  const gap = text.slice(quantities[at]!.end, quantities[at + 1]!.start);
  return gap.length <= CLOSE && !SENTENCE_END.test(gap) && !/[\n=≈→%|]/.test(gap);
}

/** Whether the words between the last price and a figure say that it is what comes out. */
function concludes({ text, quantities }: ReadBlock, result: number, words: CalculationWords): boolean {
  const { end } = quantities[result - 1]!;
  const { start } = quantities[result]!;
  const gap = text.slice(end, start);
  if (gap.length > CLOSE) return false;
  if (/^[\s)]*:\s*$/.test(gap)) return true;
  let plain = 0;
  let said = 0;
  for (const { kind } of readMarks(text, end, start, words)) {
    if (RESULT_MARKS.has(kind)) said += 1;
    else if (kind === 'word') plain += 1;
    else if (kind !== 'comma' && kind !== ')') return false;
  }
  return said > 0 && plain <= MOST_WORDS;
}

/** Whether a sentence holds nothing else that could go into its result. */
function isAllThereIs(read: ReadBlock, first: number, result: number, words: CalculationWords): boolean {
  const { text, quantities } = read;
  const { start } = quantities[first]!;
  const { end, per } = quantities[result]!;
  const from = sentenceStart(text, start, SENTENCE);
  const after = restOfSentence(text, end, SENTENCE);
  // "So $90 a day": of some thousand calls.
  if (per.some(({ unit }) => isPeriod(unit))) return false;
  if (/[\d%]/.test(text.slice(from, start)) || /[\d%]/.test(after)) return false;
  if (goesOn(readMarks(text, end, end + after.length, words))) return false;
  const isOther = (word: string) =>
    words.reductions.has(word) ||
    words.shares.has(word) ||
    words.multiples.has(word) ||
    words.changes.has(word) ||
    words.otherMoney.has(word);
  return !saidIn(`${text.slice(from, start)} ${gapsOf(read, first, result)} ${after}`).some(isOther);
}

/** The words between the figures. */
function gapsOf({ text, quantities }: ReadBlock, first: number, last: number): string {
  let said = '';
  for (let at = first; at < last; at += 1) said += ` ${text.slice(quantities[at]!.end, quantities[at + 1]!.start)}`;
  return said;
}

/** The last figures up to a result in its block, and of the blocks right before it. */
function near(blocks: readonly ReadBlock[], index: number, result: number): Quantity[] {
  const own = blocks[index]!.quantities.slice(Math.max(0, result - MOST_NEAR), result);
  const before = blocks.slice(Math.max(0, index - NEAR), index);
  return [...before.flatMap(({ quantities }) => quantities.slice(-MOST_NEAR)), ...own];
}
