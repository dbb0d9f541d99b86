import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readBlocks } from '../../server/src/core/answer/blocks.js';
import { findCalculationsIn, type Calculation } from '../../server/src/core/calculations/findCalculations.js';

const lists = parse(
  readFileSync(join(import.meta.dirname, '../../rubrics/language/calculation-words.yaml'), 'utf8'),
) as Record<string, string[]>;

/** The calculations of a markdown text, by the words of the built-in rubric. */
export function calculationsOf(text: string): Calculation[] {
  return findCalculationsIn(readBlocks(text).blocks, lists);
}

/** Those that the writer is told of: what is wrong, and what is doubted. */
export function toldOf(text: string): Calculation[] {
  return calculationsOf(text).filter(
    ({ verdict, isRounding, slip }) =>
      verdict === 'fails' || (verdict === 'unclear' && (isRounding || slip !== undefined)),
  );
}
