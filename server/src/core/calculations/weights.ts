import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, ReadBlock } from './calculation.js';
import { readMarks, type CalculationWords, type Mark } from './gaps.js';
import { judge } from './judge.js';
import { isForSoMany } from './otherFigures.js';
import { chainOf, operandAt, statedCalculation } from './stated.js';

/**
 * Finds the memory of a model's weights: "70B parameters × 2 bytes = 140 GB". A model's size is a name and no quantity elsewhere; beside a sign and bytes it
 * is a count. `known` are the places of results that were read already.
 */
export function findWeights(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { text, quantities } = read;
    if (!/\d\s?B\b/.test(text)) return;
    for (const { 0: all, 1: parameters, 2: noun, index: start } of text.matchAll(TIMES_BYTES)) {
      if (noun !== undefined && !words.parameters.has(noun)) continue;
      const place = quantities.findIndex((one) => one.start >= start + all.length);
      const [bytes, size] = [quantities[place], quantities[place + 1]];
      const isSmall = bytes?.kind === 'data-size' && bytes.start === start + all.length && bytes.value < 10;
      if (!isSmall || size?.kind !== 'data-size' || size.max !== undefined) continue;
      const end = bytes.start + (/^\S+\s?\p{L}+/u.exec(text.slice(bytes.start, bytes.end))?.[0].length ?? 0);
      if (!leadsToSize(text, end, size.start, words)) continue;
      // "× 1.2 = 168 GB": more goes into it.
      const [next] = readMarks(text, size.end, Math.min(text.length, size.end + NEARBY), words);
      if (next !== undefined && MORE.has(next.kind)) continue;
      const operands = [operandAt(read, parametersIn(parameters!, start)), operandAt(read, { ...bytes, per: [], end })];
      const result = operandAt(read, size);
      if (known.has(result.start)) continue;
      const judgment = judge(chainOf('×', 2), operands, size, result.text);
      if (judgment.verdict === 'unclear' && !judgment.isRounding) continue;
      if (judgment.verdict === 'fails' && isForSoMany(read, place + 1, size.value / judgment.computed)) continue;
      found.push(
        statedCalculation({ form: 'formula', block: index, formula: chainOf('×', 2), operands, result }, judgment),
      );
    }
  });
  return found;
}

/** A model's size, a word for what it counts, and a sign before a figure. */
const TIMES_BYTES = /(\d{1,4}(?:\.\d{1,2})?\s?B)(?:[ -]([a-z]+))?\s{0,2}[×x*]\s{0,2}(?=\d)/g;
const NEARBY = 20;
const MORE: ReadonlySet<Mark['kind']> = new Set(['×', '÷', '+', '-', 'dash']);
/** "Per weight", "/ param", "each". */
const MOST_OF_ONE = 2;

/** Whether bytes for each of a model's numbers lead on to what they come to: "2 bytes per weight are about 140 GB". */
function leadsToSize(text: string, start: number, end: number, words: CalculationWords): boolean {
  const marks = readMarks(text, start, end, words);
  const says = marks.findIndex(({ kind }, at) => kind !== 'word' && !(kind === '÷' && at === 0));
  if (says < 0) return marks.length === 0 && /^[≈≃]/.test(text.slice(end, end + 1));
  const { kind } = marks[says]!;
  return (
    says <= MOST_OF_ONE &&
    (kind === '=' || kind === '≈' || kind === '→' || kind === 'said') &&
    marks.slice(says + 1).every((mark) => words.roughs.has(text.slice(mark.start, mark.end).toLowerCase()))
  );
}

function parametersIn(text: string, start: number): Quantity {
  const value = Number.parseFloat(text) * 1e9;
  return {
    kind: 'count',
    start,
    end: start + text.length,
    value,
    unit: 'parameter',
    per: [],
    digits: text.replace(/\D/g, '').length,
  };
}
