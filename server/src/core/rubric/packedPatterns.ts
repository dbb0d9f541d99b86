import { linkPatterns, type LinkedPatterns } from './linkPatterns.js';
import type { Rubric } from './types.js';
import { tableWords, type WordTable } from './wordFeatures.js';

/** Patterns that need no more work before a run, with the table of their words. */
export interface ReadyPatterns {
  readonly linked: LinkedPatterns;
  readonly words: WordTable;
}

/** `ReadyPatterns` as files hold them: reading them back makes no object for any word or pattern. */
export interface PackedPatterns {
  /** JSON: what is no row of numbers, and how long each row is. */
  readonly text: string;
  /** The rows one after another; the first number tells whether this machine orders bytes as the one that packed them. */
  readonly numbers: Int32Array;
}

/** Links the patterns of a rubric and packs them. */
export function packPatterns(rubric: Rubric): PackedPatterns {
  const linked = linkPatterns(rubric);
  const ready: ReadyPatterns = { linked, words: tableWords(rubric.patterns, rubric.irregular, linked) };
  const numbers = [BYTE_ORDER];
  const text = JSON.stringify(ready, (_key, value: unknown) => {
    if (!(value instanceof Int32Array)) return value;
    const from = numbers.length;
    for (const number of value) numbers.push(number);
    return { [ROW]: [from, numbers.length] };
  });
  return { text, numbers: Int32Array.from(numbers) };
}

/** What was packed, without copying a row. Null where the rows are not in this machine's order of bytes. */
export function unpackPatterns({ text, numbers }: PackedPatterns): ReadyPatterns | null {
  if (numbers[0] !== BYTE_ORDER) return null;
  const { linked, words } = JSON.parse(text) as { linked: Record<string, unknown>; words: Record<string, unknown> };
  for (const part of [linked, words]) {
    for (const key of Object.keys(part)) {
      const row = (part[key] as { readonly [ROW]?: readonly [number, number] })[ROW];
      if (row) part[key] = numbers.subarray(row[0], row[1]);
    }
  }
  return { linked, words } as unknown as ReadyPatterns;
}

const BYTE_ORDER = 0x01020304;
/** The key by which the text tells a row from what stands in it as it is. */
const ROW = 'row';
