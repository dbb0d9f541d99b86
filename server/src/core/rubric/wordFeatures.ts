import { inflect, possibleBases } from './inflect.js';
import type { LinkedPatterns } from './linkPatterns.js';
import { narrowestRow, numberRow, type NumberRow } from './numberRows.js';
import { readFeatures } from './patternTables.js';
import type { PatternStore, Rubric } from './types.js';
import { WordReader } from './wordReader.js';
import { EMPTY_ROW, wordRow, type WordRow } from './wordRows.js';

/** Tells which features words have. */
export interface WordFeatures {
  /** The features of a word as it is spelled, each once: its own, and those of the bases that it is a form of. Those that no pattern asks for may be missing. */
  featuresOf(word: string): ArrayLike<number>;
  /** What patterns ask of a word in all its spellings, or of where a slot begins (`slotWord`), where it was found beforehand. */
  readyRow(word: string): WordRow | null;
}

/** What stands for the slots of a kind among words: none is written so. */
export function slotWord(kind: string): string {
  return `{${kind}}`;
}

/** The features of words as a compiled rubric stores them: what a word is a form of is found when it is asked for. */
export class StoredWords implements WordFeatures {
  private readonly bases = new Map<string, string[]>();

  constructor(
    private readonly words: PatternStore['words'],
    private readonly irregular: Rubric['irregular'],
  ) {
    for (const [base, forms] of Object.entries(irregular)) {
      for (const form of forms) {
        const list = this.bases.get(form);
        if (list) list.push(base);
        else this.bases.set(form, [base]);
      }
    }
  }

  featuresOf(word: string): readonly number[] {
    // What stands for all forms of a base is no word.
    if (word.endsWith('~')) return [];
    const features = Object.hasOwn(this.words, word) ? readFeatures(this.words[word]!) : [];
    for (const base of possibleBases(word, this.bases)) {
      const key = `${base}~`;
      if (Object.hasOwn(this.words, key) && (base === word || inflect(base, this.irregular).includes(word)))
        features.push(...readFeatures(this.words[key]!));
    }
    return [...new Set(features)];
  }

  readyRow(): null {
    return null;
  }
}

/** Every word that has features, with all its forms, and every kind of slot that has some, ready to be looked up by its letters. */
export interface WordTable {
  /** The words one after another. */
  readonly letters: string;
  /** By word, from `lettersFrom[w]` up to `lettersFrom[w + 1]`: its letters. */
  readonly lettersFrom: Int32Array;
  /** Open addressing by `hashOf`, a power of two of places: the number of a word plus one, or 0. */
  readonly places: NumberRow;
  /** By word: the number of its set of features. Forms of one base mostly share one. */
  readonly setOf: NumberRow;
  /** By set, as `SET` says: where its stretches of the two rows below begin and end. They overlap, as most features are asked for in two ways. */
  readonly sets: Int32Array;
  readonly features: NumberRow;
  readonly patterns: NumberRow;
}

/** What `WordTable.sets` holds of each set, in the order of its features; the last stretch of each row ends where the first of the next set begins. */
const enum SET {
  needed,
  asked,
  neededEnd,
  neededAtStart,
  askedEnd,
  /** From here on in `patterns`. */
  labelStarts,
  starts,
  /** How many numbers this is. */
  length,
}

/** The features of words from a table that was made when the product was built. */
export class TabledWords implements WordFeatures {
  constructor(private readonly table: WordTable) {}

  featuresOf(word: string): NumberRow {
    const { sets, features } = this.table;
    const at = this.placeOfSet(word);
    return at < 0 ? EMPTY_ROW.asked : features.subarray(sets[at], sets[at + SET.length]);
  }

  readyRow(word: string): WordRow | null {
    const { sets, features, patterns } = this.table;
    const at = this.placeOfSet(word);
    if (at < 0) return null;
    return {
      needed: features.subarray(sets[at + SET.needed], sets[at + SET.neededEnd]),
      neededAtStart: features.subarray(sets[at + SET.neededAtStart], sets[at + SET.length]),
      asked: features.subarray(sets[at + SET.asked], sets[at + SET.askedEnd]),
      starts: patterns.subarray(sets[at + SET.starts], sets[at + SET.length + SET.labelStarts]),
      labelStarts: patterns.subarray(sets[at + SET.labelStarts], sets[at + SET.starts]),
    };
  }

  /** Where in `sets` the set of a word begins, or -1. */
  private placeOfSet(word: string): number {
    const { letters, lettersFrom, places, setOf } = this.table;
    const mask = places.length - 1;
    for (let place = hashOf(word) & mask; places[place] !== 0; place = (place + 1) & mask) {
      const number = places[place]! - 1;
      const from = lettersFrom[number]!;
      if (lettersFrom[number + 1]! - from === word.length && letters.startsWith(word, from))
        return setOf[number]! * SET.length;
    }
    return -1;
  }
}

/** Makes the table of all words that a rubric's patterns know. */
export function tableWords(
  { words, slotFeatures }: PatternStore,
  irregular: Rubric['irregular'],
  linked: LinkedPatterns,
): WordTable {
  const reader = new WordReader(new StoredWords(words, irregular), linked);
  const bySlot = new Map(Object.entries(slotFeatures).map(([kind, own]) => [slotWord(kind), own]));
  const spelled = new Set<string>();
  for (const word of Object.keys(words)) {
    if (!word.endsWith('~')) spelled.add(word);
    else for (const form of inflect(word.slice(0, -1), irregular)) spelled.add(form);
  }
  const numbers = new Map<string, number>();
  const sets: number[] = [];
  const features: number[] = [];
  const patterns: number[] = [];
  const setOf: number[] = [];
  const lettersFrom = [0];
  let letters = '';
  let size = 2;
  while (size < (spelled.size + bySlot.size) * 2) size *= 2;
  const places = new Int32Array(size);
  for (const word of [...spelled, ...bySlot.keys()]) {
    const own = bySlot.get(word) ?? Array.from(reader.featuresOf(word));
    let set = numbers.get(own.join());
    if (set === undefined) {
      set = numbers.size;
      numbers.set(own.join(), set);
      addSet(wordRow(own, linked), sets, features, patterns);
    }
    let place = hashOf(word) & (size - 1);
    while (places[place] !== 0) place = (place + 1) & (size - 1);
    setOf.push(set);
    places[place] = setOf.length;
    letters += word;
    lettersFrom.push(letters.length);
  }
  // Where the last set ends.
  addSet(EMPTY_ROW, sets, features, patterns);
  return {
    letters,
    lettersFrom: Int32Array.from(lettersFrom),
    places: narrowestRow(places),
    setOf: narrowestRow(setOf),
    sets: Int32Array.from(sets),
    features: numberRow(features, linked),
    patterns: numberRow(patterns, linked),
  };
}

/** Adds a set behind the others; a feature is never needed both behind the first word alone and there as well. */
function addSet(row: WordRow, sets: number[], features: number[], patterns: number[]): void {
  const asked = new Set(row.asked);
  const needed = new Set([...row.needed, ...row.neededAtStart]);
  const isAsked = (feature: number): boolean => asked.has(feature);
  const isNotAsked = (feature: number): boolean => !asked.has(feature);
  const stretches = [
    row.needed.filter(isNotAsked),
    row.needed.filter(isAsked),
    row.asked.filter((feature) => !needed.has(feature)),
    row.neededAtStart.filter(isAsked),
    row.neededAtStart.filter(isNotAsked),
  ];
  // `SET.needed` to `SET.askedEnd`.
  for (const stretch of stretches) {
    sets.push(features.length);
    features.push(...stretch);
  }
  // `SET.labelStarts` and `SET.starts`.
  for (const stretch of [row.labelStarts, row.starts]) {
    sets.push(patterns.length);
    patterns.push(...stretch);
  }
}

/** FNV-1a over UTF-16 units, folded so that its low bits depend on all of it. */
function hashOf(word: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), FNV_PRIME);
  return hash ^ (hash >>> 15);
}

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
