import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, ReadBlock } from './calculation.js';
import { judge } from './judge.js';
import { isForSoMany } from './otherFigures.js';
import { chainOf, operandAt, statedCalculation } from './stated.js';

/**
 * Finds the memory of a model's weights: "70B parameters × 2 bytes = 140 GB". A model's size is a name and no quantity elsewhere; beside a sign and bytes it
 * is a count. `known` are the places of results that were read already.
 */
export function findWeights(blocks: readonly ReadBlock[], known: ReadonlySet<number | undefined>): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    if (!/\d\s?B\b/.test(read.text)) return;
    for (const match of read.text.matchAll(WEIGHTS)) {
      const start = match.index;
      const bytes = read.quantities.find((one) => one.kind === 'data-size' && one.end > start);
      const size = read.quantities.find((one) => one.start >= start + match[0].length);
      const isBytes = bytes?.start === start + match[0].indexOf(match[2]!, match[1]!.length);
      if (bytes === undefined || !isBytes || size?.kind !== 'data-size' || size.max !== undefined) continue;
      // "× 1.2 = 168 GB": more goes into it.
      if (read.text.slice(start + match[0].length, size.start).trim() !== '') continue;
      if (/^\s*[×x*+/÷−-]|^\s*plus\b/i.test(read.text.slice(size.end))) continue;
      const operands = [
        operandAt(read, parametersIn(match[1]!, start)),
        operandAt(read, { ...bytes, per: [], end: bytes.start + bytesLength(read.text, bytes) }),
      ];
      const result = operandAt(read, size);
      if (known.has(result.start)) continue;
      const judgment = judge(chainOf('×', 2), operands, size, result.text);
      if (judgment.verdict === 'unclear' && !judgment.isRounding) continue;
      const place = read.quantities.indexOf(size);
      if (judgment.verdict === 'fails' && isForSoMany(read, place, size.value / judgment.computed)) continue;
      found.push(
        statedCalculation({ form: 'formula', block: index, formula: chainOf('×', 2), operands, result }, judgment),
      );
    }
  });
  return found;
}

/** A model's size, a sign, bytes for each of its parameters, and what leads on to the result. */
const WEIGHTS =
  /(\d{1,4}(?:\.\d{1,2})?\s?B)(?:[ -](?:parameters?|params?|weights))?\s{0,2}[×x*]\s{0,2}(\d(?:\.\d)?\s?bytes?)(?:\s?(?:\/|per|each|a)\s?[a-z]{0,12})?\s{0,2}(?:(?:=|is|are|makes|→)\s{0,2}(?:about |roughly |around )?|(?=[≈≃]))/g;

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

/** How long the bytes are without what they are for. */
function bytesLength(text: string, { start, end }: Quantity): number {
  return /^[\d.]+\s?bytes?/.exec(text.slice(start, end))?.[0].length ?? end - start;
}
