import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { goesOn } from './formulas.js';
import {
  readMarks,
  restOfClause,
  SENTENCE_END,
  sentenceStart,
  type CalculationWords,
  type Mark,
  saidIn,
} from './gaps.js';
import { judge, periodSlip } from './judge.js';
import { chainOf, operandAt, statedCalculation } from './stated.js';
import { isPartSum } from './totals.js';
import { perOf } from './figures.js';

/**
 * Finds sums that a sentence tells with no sign: "$0.018 for input and $0.006 for output, $0.024 in total", "Search 40 ms, ranking 30 ms. Total: 70 ms". Amounts of
 * money and tokens must add up, unless one of them may be paid several times, or something else of the paragraph may go in; of times, a total that is more
 * than all of them is doubted. `known` are the places of results that were read already.
 */
export function findSumsInProse(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, quantities } = read;
    if (block.kind === 'row' || quantities.length < 3) return;
    for (let at = 2; at < quantities.length; at += 1) {
      if (!SUMMED.has(quantities[at]!.kind) || !saysTotal(read, at, words)) continue;
      const total = operandAt(read, exactly(read, at, words));
      const first = known.has(total.start) ? at : firstPart(read, at, words);
      if (at - first < 2) continue;
      const sum = judgeSum(read, index, first, at, total, words);
      if (sum !== undefined) found.push(sum);
    }
  });
  return found;
}

const SUMMED: ReadonlySet<Quantity['kind']> = new Set(['money', 'tokens', 'duration']);
/** How far apart the figures of one sum stand, in characters. */
const CLOSE = 60;

/** Whether the words right before a figure, or all those behind it in its clause, say that it is the sum of what stands before. */
function saysTotal({ text, quantities }: ReadBlock, at: number, words: CalculationWords): boolean {
  const { start, end } = quantities[at]!;
  const from = quantities[at - 1]!.end;
  const gap = text.slice(from, start);
  if (gap.length > CLOSE || /[\n=×*÷+%]/.test(gap)) return false;
  // What the last part is for stands before it: "$0.006 for output, a total of $0.024".
  const [, clause = ''] = /([^,;.:–—(]*)[:\s]*$/.exec(gap) ?? [];
  const lead = saidIn(clause);
  const isLead = lead.every((word) => words.sumLeads.has(word) || words.sumLinks.has(word) || words.periods.has(word));
  // A sentence of its own names it: "Total: 70 ms".
  if (isLead && lead.some((word) => words.sumLeads.has(word)))
    return !SENTENCE_END.test(gap) || /^[^.;!?]*[.;]\s[^.;!?]*:\s*$/.test(gap);
  const behind = restOfClause(text, end, CLOSE);
  return words.totals.has(behind.trim().toLowerCase()) && isListed(text, from, start, words);
}

/** A total; "adds up to $5" is no bound. */
function exactly({ text, quantities }: ReadBlock, at: number, words: CalculationWords): Quantity {
  const total = quantities[at]!;
  const [, , verb] = saidIn(text.slice(quantities[at - 1]!.end, total.start)).reverse();
  if (total.bound !== 'at-most' || !words.sumLeads.has(verb ?? '')) return total;
  const { bound: _bound, ...plain } = total;
  return plain;
}

/** The first of the figures that go into a sum: those of its kind right before it, in one sentence that holds no other figure; the total's own index where there is none. */
function firstPart(read: ReadBlock, at: number, words: CalculationWords): number {
  const { text, quantities } = read;
  const { kind, unit } = quantities[at]!;
  let first = at;
  while (first > 0) {
    const part = quantities[first - 1]!;
    if (part.kind !== kind || part.unit !== unit || part.max !== undefined) break;
    if (part.bound === 'at-most' || part.bound === 'at-least' || perOf(part) !== perOf(quantities[at - 1]!)) return at;
    if (first < at && !isListed(text, part.end, quantities[first]!.start, words)) break;
    first -= 1;
  }
  if (first === at) return at;
  const start = sentenceStart(text, quantities[first]!.start, quantities[first]!.start);
  const own = perOf(quantities[at]!);
  const isAlike = own === '' || perOf(quantities[first]!) === '' || own === perOf(quantities[first]!);
  if (!isAlike || (quantities[first - 1]?.end ?? 0) > start) return at;
  const isOther = (word: string) => words.shares.has(word) || words.reductions.has(word) || words.repeats.has(word);
  const isOfEach = (word: string) => words.distributives.has(word);
  const { start: from } = quantities[first]!;
  // What leads in the total may say "adds up".
  const to = quantities[at - 1]!.end;
  return saidIn(text.slice(start, to)).some(isOther) || saidIn(text.slice(from, to)).some(isOfEach) ? at : first;
}

/** Whether two figures stand in one list of a sentence: nothing but what they are for stands between them. */
function isListed(text: string, from: number, to: number, words: CalculationWords): boolean {
  const gap = text.slice(from, to);
  if (NEXT_LABEL.test(gap)) return true;
  if (gap.length > CLOSE || SENTENCE_END.test(gap) || /[\n%/|]/.test(gap)) return false;
  return readMarks(text, from, to, words).every(
    ({ kind, start, end }) => LISTING.has(kind) || (kind === 'break' && isJoint(text.slice(start, end), words)),
  );
}

/** "Small: $80. Large: $200": the next part has a sentence and a name of its own. */
const NEXT_LABEL = /^[.;]\s+\p{L}[\p{L} ]{0,30}:\s*$/u;

const LISTING: ReadonlySet<Mark['kind']> = new Set(['word', 'comma', '+', 'of', 'said', '(', ')']);

function isJoint(said: string, words: CalculationWords): boolean {
  return said === ';' || words.sumLinks.has(said.toLowerCase());
}

function judgeSum(
  read: ReadBlock,
  index: number,
  first: number,
  at: number,
  total: Operand,
  words: CalculationWords,
): Calculation | undefined {
  const { text, quantities } = read;
  const parts = quantities.slice(first, at).map((part) => operandAt(read, part));
  const formula = chainOf('+', parts.length);
  const judgment = judge(formula, parts, total.quantity, total.text);
  const statement = { form: 'told', block: index, formula, operands: parts, result: total } as const;
  if (judgment.verdict === 'holds') return statedCalculation(statement, judgment);
  const { end } = quantities[at]!;
  // "$380 with logs".
  if (goesOn(readMarks(text, end, Math.min(text.length, end + CLOSE), words))) return undefined;
  const stated = total.quantity.value;
  const ratio = stated / judgment.computed;
  const values = parts.map(({ quantity }) => quantity.value);
  const isOther =
    judgment.verdict !== 'fails' ||
    ratio < LEAST ||
    ratio > MOST ||
    periodSlip(ratio) ||
    isPartSum(values, stated) ||
    isOfSeveral(values, stated) ||
    quantities.slice(0, first).some((one) => isPartSum([...values, one.value], stated));
  if (isOther) return undefined;
  const { slip: _slip, ...plain } = judgment;
  const doubt = { ...plain, verdict: 'unclear', isRounding: true } as const;
  if (total.quantity.kind === 'duration') return ratio > 1 + SMALL ? statedCalculation(statement, doubt) : undefined;
  // What was told before may go into it as well.
  const isOnly = quantities.slice(0, first).every(({ kind }) => kind !== total.quantity.kind);
  return statedCalculation(statement, isOnly ? plain : doubt);
}

/** Beyond it, a total is one of something else. */
const LEAST = 0.4;
const MOST = 2.5;
/** By so much more, a time has a part that is not told. */
const SMALL = 0.05;
/** So often, a part may be paid or waited for. */
const MOST_TIMES = 4;

/** Whether a total is right with one of its parts several times, or all of them: "a GPU at $200 and a CPU at $50, $450 in total". */
function isOfSeveral(values: readonly number[], stated: number): boolean {
  const all = values.reduce((sum, value) => sum + value, 0);
  return [all, ...values].some((value) => {
    const times = 1 + (stated - all) / value;
    return times <= MOST_TIMES * (1 + CLOSELY) && Math.abs(times - Math.round(times)) < CLOSELY;
  });
}

const CLOSELY = 0.01;
