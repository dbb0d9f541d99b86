import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkPatterns } from '../../server/src/core/rubric/linkPatterns.js';
import { packPatterns, unpackPatterns } from '../../server/src/core/rubric/packedPatterns.js';
import { slotWord, StoredWords, TabledWords, tableWords } from '../../server/src/core/rubric/wordFeatures.js';
import { WordReader } from '../../server/src/core/rubric/wordReader.js';
import { wordRow, type WordRow } from '../../server/src/core/rubric/wordRows.js';
import { builtInRubric } from '../support/rubric.js';

const rubric = builtInRubric();

describe('the table of words', () => {
  const linked = linkPatterns(rubric);
  const stored = new WordReader(new StoredWords(rubric.patterns.words, rubric.irregular), linked);
  const table = new TabledWords(tableWords(rubric.patterns, rubric.irregular, linked));
  const tabled = new WordReader(table, linked);
  const bases = Object.keys(rubric.patterns.words).map((word) => word.replace('~', ''));
  /** The order of features does not matter; that of patterns does. */
  const plain = ({ needed, neededAtStart, asked, starts, labelStarts }: WordRow) => [
    ...[needed, neededAtStart, asked].map((row) => row.slice().sort().join()),
    ...[starts, labelStarts].map((row) => row.join()),
  ];
  const same = (word: string): void => {
    expect(plain(tabled.rowOf(word)), word).toEqual(plain(stored.rowOf(word)));
  };

  test('has of every word and form what the rubric asks of it', () => {
    for (const base of bases) {
      const last = base.at(-1) ?? '';
      for (const ending of ['', 's', 'es', 'd', 'ed', 'ing', `${last}ing`, `${last}ed`]) same(base + ending);
      // Nobody writes a possessive of one.
      if (!base.endsWith("'s")) same(`${base}'s`);
    }
    for (const forms of Object.values(rubric.irregular)) forms.forEach(same);
    expect(tabled.rowOf('retries').asked.length).toBeGreaterThan(0);
    expect(plain(tabled.rowOf("behaviour's"))).toEqual(plain(tabled.rowOf("behavior's")));
  });

  test('has nothing of other words', () => {
    for (const word of ['', '~', 'retry~', 'constructor', '__proto__', 'qqqq', 'toString']) same(word);
    fc.assert(fc.property(fc.string(), same));
    fc.assert(fc.property(fc.constantFrom(...bases), fc.nat(8), (base, cut) => same(base.slice(cut))));
  });

  test('has what is asked of where a slot begins', () => {
    for (const [kind, features] of Object.entries(rubric.patterns.slotFeatures)) {
      const row = table.readyRow(slotWord(kind));
      expect(row && plain(row), kind).toEqual(plain(wordRow(features, linked)));
    }
    expect(table.readyRow(slotWord('duration'))?.starts.length).toBeGreaterThan(0);
    expect(table.readyRow(slotWord('no such kind'))).toBeNull();
  });
});

describe('packed patterns', () => {
  const packed = packPatterns(rubric);

  test('come back as they were linked', () => {
    const linked = linkPatterns(rubric);
    expect(unpackPatterns(packed)).toEqual({ linked, words: tableWords(rubric.patterns, rubric.irregular, linked) });
  });

  test('are views of the rows, not copies', () => {
    expect(unpackPatterns(packed)?.linked.code.buffer).toBe(packed.numbers.buffer);
  });

  test('are left alone where bytes stand in another order', () => {
    const numbers = Int32Array.from(packed.numbers);
    new Uint8Array(numbers.buffer).subarray(0, 4).reverse();
    expect(unpackPatterns({ text: packed.text, numbers })).toBeNull();
  });
});
