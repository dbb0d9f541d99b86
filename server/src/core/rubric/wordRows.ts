import { USE, type LinkedPatterns } from './linkPatterns.js';

/** What patterns ask of a word, or of what stands at a token besides: rows of numbers that a run goes through. */
export interface WordRow {
  /** Its features that some pattern cannot do without, by when they are noted: behind the first word alone, or there as well. */
  readonly needed: Int32Array;
  readonly neededAtStart: Int32Array;
  /** Its features that some pattern names. */
  readonly asked: Int32Array;
  /** The patterns of texts that can begin with it, and those of labels and headings; growing. */
  readonly starts: Int32Array;
  readonly labelStarts: Int32Array;
}

/** The row of what has these features. */
export function wordRow(features: ArrayLike<number>, linked: LinkedPatterns): WordRow {
  if (features.length === 0) return EMPTY_ROW;
  const { uses, textPatterns } = linked;
  const own = Int32Array.from(features);
  const patterns = patternsFrom(own, linked);
  return {
    needed: own.filter((feature) => uses[feature]! & USE.needed),
    neededAtStart: own.filter((feature) => uses[feature]! & USE.neededAtStart),
    asked: own.filter((feature) => uses[feature]! & USE.asked),
    starts: patterns.filter((pattern) => pattern < textPatterns),
    labelStarts: patterns.filter((pattern) => pattern >= textPatterns),
  };
}

/** The patterns that can begin with one of these features; growing, each once. */
export function patternsFrom(features: Iterable<number>, { starts, startsFrom }: LinkedPatterns): Int32Array {
  const begun = new Set<number>();
  for (const feature of features)
    for (let at = startsFrom[feature]!; at < startsFrom[feature + 1]!; at++) begun.add(starts[at]!);
  return Int32Array.from(begun).sort();
}

const NOTHING = new Int32Array(0);

/** The row of what no pattern knows. */
export const EMPTY_ROW: WordRow = {
  needed: NOTHING,
  neededAtStart: NOTHING,
  asked: NOTHING,
  starts: NOTHING,
  labelStarts: NOTHING,
};
