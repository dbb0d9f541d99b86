import type { Calculation, CalculationWords, ReadBlock } from '../calculations/findCalculations.js';
import { wordsIn } from '../calculations/gaps.js';
import { sourceAt } from '../answer/blocks.js';
import type { ChunkEvidence } from './findEvidence.js';

/** The kind of evidence that a calculation about cost is. */
const KIND = 'cost-calculation';

/** Adds each calculation about cost whose result holds to a chunk's evidence, unless phrases found it already. Both lists are in the order of the text. */
export function addCalculationEvidence(
  calculations: readonly Calculation[],
  read: readonly ReadBlock[],
  words: CalculationWords,
  evidence: ChunkEvidence[],
): void {
  const known = evidence.filter((item) => item.kind === KIND).sort((a, b) => a.start - b.start);
  const otherMoney = new Map<number, boolean>();
  const added: ChunkEvidence[] = [];
  let next = 0;
  for (const calculation of calculations) {
    const { start, end, block } = calculation;
    const there = read[block];
    if (!calculation.isMoney || calculation.verdict !== 'holds' || there === undefined) continue;
    while (next < known.length && (known[next]?.end ?? 0) <= start) next++;
    if ((known[next]?.start ?? Infinity) < end) continue;
    let isOther = otherMoney.get(block);
    if (isOther === undefined) otherMoney.set(block, (isOther = isOtherMoney(there, words)));
    if (isOther) continue;
    added.push({ kind: KIND, start, end, block, sentence: sentenceAt(there, calculation), isListed: false });
  }
  if (added.length === 0) return;
  for (const item of added) evidence.push(item);
  evidence.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The sentence of its block in which a calculation's first figure stands. */
function sentenceAt({ block, sentences }: ReadBlock, { start }: Calculation): number {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sourceAt(block.map, sentences[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Whether a block speaks of revenue, salaries or other money that running the system does not take. */
function isOtherMoney({ text }: ReadBlock, words: CalculationWords): boolean {
  return wordsIn(text).some((word) => words.otherMoney.has(word));
}
