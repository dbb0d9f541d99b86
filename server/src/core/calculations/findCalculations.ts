import type { Head } from '../evidence/columnHeads.js';
import { readQuantities } from '../evidence/quantities.js';
import type { Block } from '../answer/blocks.js';
import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { findBlends } from './blends.js';
import { findCarried } from './carried.js';
import { findChained } from './chained.js';
import { partDivisions } from './divisions.js';
import { findFormulas } from './formulas.js';
import { findPercentages } from './percentages.js';
import { findTold } from './told.js';
import { findRecurring } from './recurring.js';
import { findSumsInProse } from './sumsInProse.js';
import { findRestated } from './restated.js';
import { findShares } from './shares.js';
import { findLabelled } from './labelled.js';
import { findDowntimes } from './downtimes.js';
import { findInLines } from './lines.js';
import { findListProducts } from './listProducts.js';
import { findPaybacks } from './payback.js';
import { findTokenCosts } from './tokenCosts.js';
import { findTotals } from './totals.js';
import { calculationWords, restOfSentence, sentenceStart, wordsIn, type CalculationWords } from './gaps.js';
import { judge } from './judge.js';
import { findWeights } from './weights.js';
import { isDoubted, statedCalculation, takenBack } from './stated.js';
import { withoutUnknownUnits } from './unknownUnits.js';

export { calculationWords, type CalculationWords } from './gaps.js';
export type { Calculation, Formula, Operand, ReadBlock, Slip, Verdict } from './calculation.js';

/**
 * Finds the calculations of a stretch of markdown, in the order of the text; offsets count from the start of that stretch, as its blocks' do. Takes
 * any blocks and never throws; time is linear in their text. `heads` holds what was read of the heads of columns.
 */
export function findCalculations(
  readBlocks: readonly ReadBlock[],
  words: CalculationWords,
  heads = new Map<string, Head>(),
): Calculation[] {
  const blocks = readBlocks.map((read) => {
    const quantities = partDivisions(read.text, read.quantities);
    return quantities === read.quantities ? read : { ...read, quantities };
  });
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    for (const calculation of findFormulas(read, index, words)) found.push(calculation);
  });
  const signed = new Set(found.map(({ result }) => result?.start));
  for (const weights of findWeights(blocks, signed, words)) found.push(weights);
  // What stands with signs is not read a second time as words.
  const stated = new Set(found.map(({ result }) => result?.start));
  for (const told of findTold(blocks, words)) if (!stated.has(told.result?.start)) found.push(told);
  const inWords = new Set(found.map(({ result }) => result?.start));
  for (const share of findPercentages(blocks, inWords, words)) found.push(share);
  for (const recurring of findRecurring(blocks, inWords, words)) found.push(recurring);
  const beforeTokens = new Set(found.map(({ result }) => result?.start));
  for (const cost of findTokenCosts(blocks, beforeTokens, words)) found.push(cost);
  const told = new Set(found.map(({ result }) => result?.start));
  for (const chained of findChained(blocks, told, words)) found.push(chained);
  // A table or a list needs lines with figures above one that sums them up.
  for (const total of findTotals(blocks, found, words, heads)) found.push(total);
  // What was found and left open may be told by the sentence as a whole.
  const summed = new Set(
    found.flatMap((one) => (one.verdict === 'holds' || isDoubted(one) ? [one.result?.start] : [])),
  );
  for (const find of [findSumsInProse, findRestated, findShares, findBlends, findListProducts, findPaybacks])
    for (const calculation of find(blocks, summed, words)) found.push(calculation);
  const judged = new Set(found.map(({ result }) => result?.start));
  for (const carried of findCarried(blocks, judged, found, words)) found.push(carried);
  const inLines = new Set(found.map(({ result }) => result?.start));
  for (const line of findInLines(blocks, inLines, words)) found.push(line);
  for (const away of findDowntimes(blocks, inLines, words)) found.push(away);
  const labelled = findLabelled(blocks, withVerdict(found), words, heads);
  const known = withoutUnknownUnits(withUnrounded(surest(found, labelled)), blocks, words);
  return withoutEchoes(withoutCorrected(known, blocks, words)).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Where the results stand that came out or did not. */
function withVerdict(found: readonly Calculation[]): ReadonlySet<number | undefined> {
  return new Set(found.flatMap(({ verdict, result }) => (verdict === 'unclear' ? [] : [result?.start])));
}

/** What was found, and what names tell, which settles what was in doubt. */
function surest(found: readonly Calculation[], labelled: readonly Calculation[]): readonly Calculation[] {
  if (labelled.length === 0) return found;
  const told = new Set(labelled.map(({ result }) => result?.start));
  return [...found.filter(({ verdict, result }) => verdict !== 'unclear' || !told.has(result?.start)), ...labelled];
}

/** A result that does not come out of an operand as it is written, but does with the figure that this operand was rounded from, is right. */
function withUnrounded(found: readonly Calculation[]): readonly Calculation[] {
  const mayBeUnrounded = ({ verdict, isRounding }: Calculation) => verdict === 'fails' || isRounding;
  if (!found.some(mayBeUnrounded)) return found;
  const exact = new Map<number, number>();
  for (const { verdict, result, computed } of found)
    if (verdict === 'holds' && result !== null && computed !== result.quantity.value)
      exact.set(result.quantity.value, computed);
  if (exact.size === 0) return found;
  return found.map((calculation) => {
    const { result, operands } = calculation;
    if (result === null || !mayBeUnrounded(calculation)) return calculation;
    const unrounded = operands.map((operand) => {
      const value = exact.get(operand.quantity.value);
      return value === undefined ? operand : { ...operand, quantity: { ...operand.quantity, value } };
    });
    const judgment = judge(calculation.formula, unrounded, result.quantity, result.text);
    if (judgment.verdict !== 'holds') return calculation;
    const { start, end } = calculation;
    return statedCalculation({ ...calculation, result, span: { start, end } }, judgment);
  });
}

/**
 * A slip that is put right at once is none, nor is a sum that is told as somebody else's mistake: "which is 500 a second. Sorry, 58 a second",
 * "they say 10,000 × $0.02 = $2,000; it is $200", "10,000 × $0.02 = $2,000 would be wrong".
 */
function withoutCorrected(
  found: readonly Calculation[],
  blocks: readonly ReadBlock[],
  words: CalculationWords,
): readonly Calculation[] {
  if (!found.some(isDoubted)) return found;
  const right = new Set(found.flatMap((one) => (one.verdict === 'holds' ? [figuresIn(one.block, one)] : [])));
  return found.map((calculation) => {
    const { block } = calculation;
    const read = blocks[block];
    if (!isDoubted(calculation) || read === undefined) return calculation;
    // "❌ 10,000 × $0.02 = $2,000", and the same figures once more right there.
    const isRedone = [block - 1, block, block + 1].some((near) => right.has(figuresIn(near, calculation)));
    const isKnown = isRedone || isRejected(calculation, read, words) || isPutRight(calculation, read);
    return isKnown ? takenBack(calculation) : calculation;
  });
}

/** Whether the sentence says that it is wrong. */
function isRejected({ operands, result }: Calculation, { text }: ReadBlock, words: CalculationWords): boolean {
  if (result === null) return false;
  const { end } = result.quantity;
  const start = Math.min(...[...operands, result].map(({ quantity }) => quantity.start));
  const after = restOfSentence(text, end, SENTENCE);
  return wordsIn(`${text.slice(sentenceStart(text, start, SENTENCE), end)} ${after}`).some((word) =>
    words.rejections.has(word),
  );
}

/** Whether the figure right behind a result is the right one. */
function isPutRight({ result, computed }: Calculation, { text, quantities }: ReadBlock): boolean {
  if (result === null) return false;
  const at = quantities.findIndex(({ start }) => start === result.quantity.start);
  const next = quantities[at + 1];
  if (at < 0 || next === undefined || next.kind !== result.quantity.kind) return false;
  const isNear = next.start - result.quantity.end <= CORRECTED && Math.abs(next.value / computed - 1) <= ROUGH;
  // "= $85 a day, $75 × 30 = $2,250": what it goes on with.
  return isNear && !/^\s?[×*+÷=]/.test(text.slice(next.end, next.end + 2));
}

/** The figures of a calculation as they would be in a block. */
function figuresIn(block: number, { operands }: Calculation): string {
  return `${block}: ${operands.map(({ quantity }) => quantity.value).join()}`;
}

/** How soon a slip is put right, in characters, and how near to what comes out. */
const CORRECTED = 50;
/** How far a sentence is looked at around a result, in characters. */
const SENTENCE = 200;
const ROUGH = 0.05;

/** What is made of a wrong result is judged when that result is right: until then nobody knows which figure the writer went on with. */
function withoutEchoes(found: readonly Calculation[]): Calculation[] {
  const wrong = new Set(
    found.flatMap(({ verdict, result }) => (verdict === 'fails' && result !== null ? [result.start] : [])),
  );
  return found.map((calculation) =>
    calculation.verdict === 'fails' && calculation.operands.some((operand) => wrong.has(operand.start))
      ? takenBack(calculation)
      : calculation,
  );
}

/** A calculation whose offsets count from further out: `offset` is where its stretch of markdown starts. */
export function placeCalculation(calculation: Calculation, offset: number): Calculation {
  if (offset === 0) return calculation;
  const place = ({ quantity, text, start, end }: Operand): Operand => ({
    quantity,
    text,
    start: start + offset,
    end: end + offset,
  });
  return {
    ...calculation,
    start: calculation.start + offset,
    end: calculation.end + offset,
    operands: calculation.operands.map(place),
    result: calculation.result === null ? null : place(calculation.result),
  };
}

/** The same for blocks whose quantities are not read yet; for tools and tests. `lists` are the rubric's word lists. */
export function findCalculationsIn(
  blocks: readonly Block[],
  lists: Readonly<Record<string, readonly string[]>>,
): Calculation[] {
  const words = calculationWords(lists);
  return findCalculations(
    blocks.map((block) => ({ block, text: block.text, quantities: readQuantities(block.text), sentences: [] })),
    words,
  );
}
