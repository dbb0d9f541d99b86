import type { LinkedPatterns } from './linkPatterns.js';

/** Numbers of features or of patterns. Those of one program all have one width, so that what goes through them is compiled for one. */
export type NumberRow = Uint16Array | Int32Array;

/** Whether 16 bits hold the number of every feature and pattern, as with the built-in rubric: half as much is read from the disk then, and kept. */
export function isNarrow({ featureCount, rowOf }: Pick<LinkedPatterns, 'featureCount' | 'rowOf'>): boolean {
  return Math.max(featureCount, rowOf.length) <= MOST_NARROW;
}

/** These numbers of features or of patterns as a row. */
export function numberRow(
  numbers: ArrayLike<number>,
  linked: Pick<LinkedPatterns, 'featureCount' | 'rowOf'>,
): NumberRow {
  return rowOfWidth(numbers, isNarrow(linked));
}

/** These numbers, none of them negative, in 16 bits each where all fit. */
export function narrowestRow(numbers: ArrayLike<number>): NumberRow {
  return rowOfWidth(
    numbers,
    Array.from(numbers).every((number) => number <= MOST_NARROW),
  );
}

function rowOfWidth(numbers: ArrayLike<number>, narrow: boolean): NumberRow {
  return narrow ? Uint16Array.from(numbers) : Int32Array.from(numbers);
}

const MOST_NARROW = 0xffff;
