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
  const add = (row: Int32Array): number => {
    const from = numbers.length;
    for (const number of row) numbers.push(number);
    return from;
  };
  const text = JSON.stringify(ready, (_key, value: unknown) => {
    if (value instanceof Uint16Array)
      return { [NARROW_ROW]: [add(new Int32Array(paired(value).buffer)), value.length] };
    return value instanceof Int32Array ? { [ROW]: [add(value), value.length] } : value;
  });
  return { text, numbers: Int32Array.from(numbers) };
}

/** What was packed, without copying a row. Null where the rows are not in this machine's order of bytes. */
export function unpackPatterns({ text, numbers }: PackedPatterns): ReadyPatterns | null {
  if (numbers[0] !== BYTE_ORDER) return null;
  const { linked, words } = JSON.parse(text) as { linked: Record<string, unknown>; words: Record<string, unknown> };
  for (const part of [linked, words]) {
    for (const key of Object.keys(part)) {
      const { [ROW]: row, [NARROW_ROW]: narrow } = part[key] as PackedRow;
      if (row) part[key] = numbers.subarray(row[0], row[0] + row[1]);
      if (narrow)
        part[key] = new Uint16Array(
          numbers.buffer,
          numbers.byteOffset + narrow[0] * numbers.BYTES_PER_ELEMENT,
          narrow[1],
        );
    }
  }
  return { linked, words } as unknown as ReadyPatterns;
}

const BYTE_ORDER = 0x01020304;
/** The keys by which the text tells a row from what stands in it as it is: its place among the numbers, and its length. */
const ROW = 'row';
const NARROW_ROW = 'narrow';

interface PackedRow {
  readonly [ROW]?: readonly [number, number];
  readonly [NARROW_ROW]?: readonly [number, number];
}

/** The same numbers with one more where there is an odd number of them, so that two fill one of 32 bits. */
function paired(row: Uint16Array): Uint16Array {
  const pairs = new Uint16Array(row.length + (row.length % 2));
  pairs.set(row);
  return pairs;
}
