import { americanSpelling } from './inflect.js';
import type { LinkedPatterns } from './linkPatterns.js';
import type { WordFeatures } from './wordFeatures.js';
import { wordRow, type WordRow } from './wordRows.js';

/** Reads words in all spellings that they can be read as: "user's" is a "user" too, "colour" a "color", and what begins with a prefix of a pattern is that. */
export class WordReader {
  /** What prefixes begin with, in two letters. */
  private readonly prefixStarts: ReadonlySet<string>;
  private readonly longestPrefix: number;

  constructor(
    private readonly words: WordFeatures,
    private readonly linked: LinkedPatterns,
  ) {
    const prefixes = Object.keys(linked.prefixes);
    this.prefixStarts = new Set(prefixes.map((prefix) => prefix.slice(0, 2)));
    this.longestPrefix = prefixes.reduce((longest, { length }) => Math.max(longest, length), 0);
  }

  /** What patterns ask of a word. */
  rowOf(word: string): WordRow {
    return this.words.readyRow(word) ?? wordRow(this.featuresOf(word), this.linked);
  }

  /** The features of a word, each once. */
  featuresOf(word: string): ArrayLike<number> {
    const found: ArrayLike<number>[] = [];
    this.readSpellings(word, found);
    if (word.endsWith("'s")) this.readSpellings(word.slice(0, -2), found);
    // Nearly every word has one reading at most, which needs no copy.
    return found.length <= 1 ? (found[0] ?? NONE) : [...new Set(found.flatMap((own) => Array.from(own)))];
  }

  private readSpellings(word: string, found: ArrayLike<number>[]): void {
    this.readSpelling(word, found);
    const american = americanSpelling(word);
    if (american !== word) this.readSpelling(american, found);
  }

  private readSpelling(spelling: string, found: ArrayLike<number>[]): void {
    const own = this.words.featuresOf(spelling);
    if (own.length > 0) found.push(own);
    if (!this.prefixStarts.has(spelling.slice(0, 2))) return;
    const { prefixes } = this.linked;
    for (let length = Math.min(spelling.length, this.longestPrefix); length > 1; length--) {
      const prefix = spelling.slice(0, length);
      if (Object.hasOwn(prefixes, prefix)) found.push(prefixes[prefix]!);
    }
  }
}

const NONE: readonly number[] = [];
