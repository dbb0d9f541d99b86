import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AttemptFinder, type KeptRow } from '../../server/src/core/evidence/attempts.js';
import { linkPatterns } from '../../server/src/core/rubric/linkPatterns.js';
import { slotWord, StoredWords } from '../../server/src/core/rubric/wordFeatures.js';
import { WordReader } from '../../server/src/core/rubric/wordReader.js';
import { wordRow, type WordRow } from '../../server/src/core/rubric/wordRows.js';
import { builtInRubric } from '../support/rubric.js';

const rubric = builtInRubric();
const linked = linkPatterns(rubric);
const reader = new WordReader(new StoredWords(rubric.patterns.words, rubric.irregular), linked);

/** A sentence as a finder is given it: by token its word, whether it is a sign that is passed over, and the slots that begin there. */
type Sentence = readonly (readonly [word: string, isSoft: boolean, slots: readonly string[]])[];

/** A finder that keeps its own rows, and finds the attempts of sentences one after another. */
function finderOf(isAssembled: boolean): (sentence: Sentence) => number[] {
  const finder = new AttemptFinder(linked, isAssembled);
  const kept = new Map<string, KeptRow>();
  const keep = (name: string, row: () => WordRow): KeptRow => {
    let own = kept.get(name);
    if (!own) {
      const found = row();
      own = { ...found, keptAt: finder.keep(found) };
      kept.set(name, own);
    }
    return own;
  };
  return (sentence) => {
    const base = finder.count(sentence.length);
    const entries = sentence.map(([word]) => keep(word, () => reader.rowOf(word)));
    const slots = sentence.map(([, , kinds]) =>
      kinds.map((kind) => keep(slotWord(kind), () => wordRow(rubric.patterns.slotFeatures[kind]!, linked))),
    );
    const rows = {
      from: 0,
      to: sentence.length,
      entries,
      soft: sentence.map(([, isSoft]) => isSoft),
      slotsAt: (token: number) => slots[token]!,
    };
    const count = finder.find(rows, base);
    // Tokens from the sentence's start.
    return Array.from({ length: count }, (_, at) => finder.found[at]! - (at % 2 === 1 ? base : 0));
  };
}

const common = [
  'we',
  'the',
  'is',
  'to',
  'a',
  'and',
  'of',
  'not',
  'users',
  'model',
  'if',
  'when',
  ':',
  '/',
  '->',
  '[cell]',
  'unknownword',
];
const known = Object.keys(rubric.patterns.words).map((key) => key.replace('~', ''));
const kinds = Object.keys(rubric.patterns.slotFeatures);
const sentences: fc.Arbitrary<Sentence> = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(...common), fc.constantFrom(...known)),
    fc.boolean(),
    fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...kinds), { maxLength: 3 }) },
    ),
  ),
  { minLength: 1, maxLength: 40 },
);

describe('where patterns are worth trying', () => {
  test('is the same in WebAssembly as without it', () => {
    const plain = finderOf(false);
    const assembled = finderOf(true);
    let found = 0;
    fc.assert(
      fc.property(sentences, (sentence) => {
        const attempts = plain(sentence);
        found += attempts.length;
        expect(assembled(sentence)).toEqual(attempts);
      }),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  test('is the same for the sentences of the examples', () => {
    const plain = finderOf(false);
    const assembled = finderOf(true);
    const folder = join(import.meta.dirname, '../../examples');
    for (const file of readdirSync(folder))
      for (const line of readFileSync(join(folder, file), 'utf8').toLowerCase().split('\n')) {
        const sentence = (line.match(/[a-z0-9']+|[:/]/g) ?? []).map((word) => [word, word === '/', []] as const);
        expect(assembled(sentence)).toEqual(plain(sentence));
      }
  });

  test('is the same for a sentence that is longer than the memory for it', () => {
    const sentence: Sentence = Array.from({ length: 5_000 }, (_, at) => [common[at % common.length]!, false, []]);
    expect(finderOf(true)(sentence)).toEqual(finderOf(false)(sentence));
  });

  test('is found where there is no room left for words', () => {
    const finder = new AttemptFinder(linked, true);
    const row = reader.rowOf('the');
    let places = 0;
    while (finder.keep(row) >= 0) places++;
    expect(places).toBeGreaterThan(1000);
    const entry: KeptRow = { ...row, keptAt: finder.keep(row) };
    const rows = { from: 0, to: 2, entries: [entry, entry], soft: [false, false], slotsAt: () => [] };
    const other = new AttemptFinder(linked, false);
    const count = finder.find(rows, finder.count(2));
    expect(other.find(rows, other.count(2))).toBe(count);
    expect(Array.from(finder.found).slice(0, count)).toEqual(Array.from(other.found).slice(0, count));
    finder.forget();
    expect(finder.keep(row)).toBeGreaterThan(0);
  });
});
