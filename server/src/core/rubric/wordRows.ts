import { USE, type LinkedPatterns } from './linkPatterns.js';
import { numberRow, type NumberRow } from './numberRows.js';

/** What patterns ask of a word, or of what stands at a token besides: rows of numbers that a run goes through. */
export interface WordRow {
  /** Its features that some pattern cannot do without, by when they are noted: behind the first word alone, or there as well. */
  readonly needed: NumberRow;
  readonly neededAtStart: NumberRow;
  /** Its features that some pattern names. */
  readonly asked: NumberRow;
  /** The patterns of texts that can begin with it, and those of labels and headings; growing. */
  readonly starts: NumberRow;
  readonly labelStarts: NumberRow;
}

/** The row of what has these features. */
export function wordRow(features: ArrayLike<number>, linked: LinkedPatterns): WordRow {
  if (features.length === 0) return EMPTY_ROW;
  const { uses, textPatterns } = linked;
  const own = Array.from(features);
  const patterns = patternsFrom(own, linked);
  const row = (numbers: readonly number[]): NumberRow => numberRow(numbers, linked);
  return {
    needed: row(own.filter((feature) => uses[feature]! & USE.needed)),
    neededAtStart: row(own.filter((feature) => uses[feature]! & USE.neededAtStart)),
    asked: row(own.filter((feature) => uses[feature]! & USE.asked)),
    starts: row(patterns.filter((pattern) => pattern < textPatterns)),
    labelStarts: row(patterns.filter((pattern) => pattern >= textPatterns)),
  };
}

/** The patterns that can begin with one of these features; growing, each once. */
export function patternsFrom(features: ArrayLike<number>, { starts, startsFrom }: LinkedPatterns): number[] {
  const begun = new Set<number>();
  for (let index = 0; index < features.length; index++) {
    const feature = features[index]!;
    for (let at = startsFrom[feature]!; at < startsFrom[feature + 1]!; at++) begun.add(starts[at]!);
  }
  return [...begun].sort((a, b) => a - b);
}

const NOTHING = new Uint16Array(0);

/** The row of what no pattern knows. */
export const EMPTY_ROW: WordRow = {
  needed: NOTHING,
  neededAtStart: NOTHING,
  asked: NOTHING,
  starts: NOTHING,
  labelStarts: NOTHING,
};
