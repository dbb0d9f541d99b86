import type { Calculation, CalculationWords, ReadBlock } from '../calculations/findCalculations.js';
import { overlaps } from '../answer/spans.js';
import type { ChunkEvidence } from './findEvidence.js';

/** The kind of evidence that a calculation about cost is. */
const KIND = 'cost-calculation';

/** Adds each calculation about cost whose result holds to a chunk's evidence, unless phrases found it already. */
export function addCalculationEvidence(
  calculations: readonly Calculation[],
  read: readonly ReadBlock[],
  words: CalculationWords,
  evidence: ChunkEvidence[],
): void {
  const known = evidence.filter((item) => item.kind === KIND);
  let added = false;
  for (const calculation of calculations) {
    const { start, end, block } = calculation;
    const there = read[block];
    if (!calculation.isMoney || calculation.verdict !== 'holds' || there === undefined) continue;
    if (known.some((item) => overlaps(item, calculation)) || isOtherMoney(there, words)) continue;
    evidence.push({ kind: KIND, start, end, block, sentence: 0 });
    added = true;
  }
  if (added) evidence.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether a block speaks of revenue, salaries or other money that running the system does not take. */
function isOtherMoney({ text }: ReadBlock, words: CalculationWords): boolean {
  for (const word of text.toLowerCase().split(/[^\p{L}]+/u)) if (words.otherMoney.has(word)) return true;
  return false;
}
