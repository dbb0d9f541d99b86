import { inflect, possibleBases } from './inflect.js';
import { readFeatures } from './patternTables.js';
import type { PatternStore, Rubric } from './types.js';

/** Tells which features words have. */
export interface WordFeatures {
  /** The features of a word as it is spelled, each once: its own, then those of the bases that it is a form of. */
  featuresOf(word: string): ArrayLike<number>;
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
}

/** Every word that has features, with all its forms, ready to be looked up by its letters. */
export interface WordTable {
  /** The words one after another. */
  readonly letters: string;
  /** By word, from `lettersFrom[w]` up to `lettersFrom[w + 1]`: its letters. */
  readonly lettersFrom: Int32Array;
  /** Open addressing by `hashOf`, a power of two of places: the number of a word plus one, or 0. */
  readonly places: Int32Array;
  /** By word: the number of its set of features. Forms of one base mostly share one. */
  readonly setOf: Int32Array;
  /** By set, from `setsFrom[s]` up to `setsFrom[s + 1]`: features, each once. */
  readonly features: Int32Array;
  readonly setsFrom: Int32Array;
}

/** The features of words from a table that was made when the product was built. */
export class TabledWords implements WordFeatures {
  constructor(private readonly table: WordTable) {}

  featuresOf(word: string): Int32Array {
    const { letters, lettersFrom, places, setOf, features, setsFrom } = this.table;
    const mask = places.length - 1;
    for (let place = hashOf(word) & mask; places[place] !== 0; place = (place + 1) & mask) {
      const number = places[place]! - 1;
      const from = lettersFrom[number]!;
      if (lettersFrom[number + 1]! - from !== word.length || !letters.startsWith(word, from)) continue;
      const set = setOf[number]!;
      return features.subarray(setsFrom[set], setsFrom[set + 1]);
    }
    return NO_FEATURES;
  }
}

/** Makes the table of all words that a rubric's patterns know. */
export function tableWords({ words }: PatternStore, irregular: Rubric['irregular']): WordTable {
  const stored = new StoredWords(words, irregular);
  const spelled = new Set<string>();
  for (const word of Object.keys(words)) {
    if (!word.endsWith('~')) spelled.add(word);
    else for (const form of inflect(word.slice(0, -1), irregular)) spelled.add(form);
  }
  const sets = new Map<string, number>();
  const features: number[] = [];
  const setsFrom = [0];
  const setOf: number[] = [];
  const lettersFrom = [0];
  let letters = '';
  let size = 2;
  while (size < spelled.size * 2) size *= 2;
  const places = new Int32Array(size);
  for (const word of spelled) {
    const own = stored.featuresOf(word);
    let set = sets.get(own.join());
    if (set === undefined) {
      set = sets.size;
      sets.set(own.join(), set);
      features.push(...own);
      setsFrom.push(features.length);
    }
    let place = hashOf(word) & (size - 1);
    while (places[place] !== 0) place = (place + 1) & (size - 1);
    setOf.push(set);
    places[place] = setOf.length;
    letters += word;
    lettersFrom.push(letters.length);
  }
  return {
    letters,
    lettersFrom: Int32Array.from(lettersFrom),
    places,
    setOf: Int32Array.from(setOf),
    features: Int32Array.from(features),
    setsFrom: Int32Array.from(setsFrom),
  };
}

/** FNV-1a over UTF-16 units, folded so that its low bits depend on all of it. */
function hashOf(word: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), FNV_PRIME);
  return hash ^ (hash >>> 15);
}

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
const NO_FEATURES = new Int32Array(0);
