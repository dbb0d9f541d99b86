import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, ReadBlock } from './calculation.js';
import {
  hasDecimalComma,
  restOfSentence,
  sentenceStart,
  SENTENCE_END,
  wordsIn,
  type CalculationWords,
  saidIn,
} from './gaps.js';
import { judge } from './judge.js';
import { isPeriod } from './periods.js';
import { operandAt, statedCalculation, QUOTIENT } from './stated.js';
import { isOneValue } from './figures.js';

/**
 * Finds after how long, or how many, what was spent comes back: "it costs $240K and saves $20K a month, so it pays back after 12 months". The sentence has no other
 * figure. A result that is no such quotient is doubted, as running costs may go into it; a zero too many or too few is wrong. `known` are the places of results
 * that were read already.
 */
export function findPaybacks(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, text, quantities } = read;
    if (block.kind === 'row' || quantities.length < 3) return;
    for (let at = 2; at < quantities.length; at += 1) {
      const [spent, saved, result] = [quantities[at - 2]!, quantities[at - 1]!, quantities[at]!];
      if (
        !isSpent(spent) ||
        !isSaved(saved, spent) ||
        !isReached(result, saved) ||
        known.has(operandAt(read, result).start)
      )
        continue;
      const before = quantities[at - 3]?.end ?? 0;
      const behind = quantities[at + 1]?.start ?? text.length;
      const start = Math.max(before, sentenceStart(text, spent.start, SENTENCE));
      if (start === before && before > 0 && !SENTENCE_END.test(text.slice(before, spent.start))) continue;
      const after = restOfSentence(text, result.end, SENTENCE);
      if (result.end + after.length > behind || hasDecimalComma(text, spent.start, result.end)) continue;
      const said = saidIn(`${text.slice(start, result.start)} ${after}`);
      const isTold = said.some(
        (word, place) => words.paybacks.has(word) || words.paybacks.has(`${word} ${said[place + 1] ?? ''}`),
      );
      if (
        !isTold ||
        said.some(
          (word) =>
            words.reductions.has(word) ||
            words.shares.has(word) ||
            (words.changes.has(word) && !words.outcomes.has(word)),
        )
      )
        continue;
      const operands = [operandAt(read, spent), operandAt(read, saved)];
      const total = operandAt(read, result);
      const judgment = judge(QUOTIENT, operands, result, total.text);
      const statement = { form: 'told', block: index, formula: QUOTIENT, operands, result: total } as const;
      const ratio = result.value / judgment.computed;
      const isSlip = judgment.verdict === 'fails' && judgment.slip === 'magnitude';
      const isConcluded = wordsIn(text.slice(saved.end, result.start)).some((word) => words.conclusions.has(word));
      if (judgment.verdict === 'holds' || isSlip)
        found.push(
          statedCalculation(statement, isSlip && !isConcluded ? { ...judgment, verdict: 'unclear' } : judgment),
        );
      else if (judgment.verdict === 'fails' && Math.abs(ratio - 1) > ROUGH && ratio > LEAST && ratio < MOST) {
        const { slip: _slip, ...doubt } = judgment;
        found.push(statedCalculation(statement, { ...doubt, verdict: 'unclear', isRounding: true }));
      }
    }
  });
  return found;
}

/** How much of a sentence is looked at around its figures, in characters. */
const SENTENCE = 160;
/** By so much a result is off before it is worth a word; further off, it is of something else. */
const ROUGH = 0.15;
const LEAST = 0.2;
const MOST = 5;

function isPlain(amount: Quantity): boolean {
  return amount.kind === 'money' && isOneValue(amount);
}

function isSpent(spent: Quantity): boolean {
  return isPlain(spent) && spent.per.length <= 1 && spent.per.every(({ unit }) => isPeriod(unit));
}

/** Money for one of something: a month, a request. */
function isSaved(saved: Quantity, spent: Quantity): boolean {
  const [one, ...others] = saved.per;
  return (
    isPlain(saved) &&
    saved.unit === spent.unit &&
    one?.amount === 1 &&
    others.length === 0 &&
    one.unit !== spent.per[0]?.unit
  );
}

/** So many of what money is saved for; by the month, where it is spent by the month. */
function isReached(result: Quantity, { per }: Quantity): boolean {
  const one = per[0]!.unit;
  if (!isOneValue(result)) return false;
  return result.kind === 'duration'
    ? isPeriod(one) && result.per.length === 0
    : (result.kind === 'count' || result.kind === 'rate') && result.unit === one;
}
