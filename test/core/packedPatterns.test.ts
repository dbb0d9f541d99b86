import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkPatterns } from '../../server/src/core/rubric/linkPatterns.js';
import { packPatterns, unpackPatterns } from '../../server/src/core/rubric/packedPatterns.js';
import { StoredWords, TabledWords, tableWords } from '../../server/src/core/rubric/wordFeatures.js';
import { builtInRubric } from '../support/rubric.js';

const rubric = builtInRubric();

describe('the table of words', () => {
  const stored = new StoredWords(rubric.patterns.words, rubric.irregular);
  const tabled = new TabledWords(tableWords(rubric.patterns, rubric.irregular));
  const bases = Object.keys(rubric.patterns.words).map((word) => word.replace('~', ''));
  const same = (word: string): void => {
    expect([...tabled.featuresOf(word)], word).toEqual(stored.featuresOf(word));
  };

  test('has every word and form with the features that the rubric gives it, in their order', () => {
    for (const base of bases)
      for (const ending of ['', 's', 'es', 'd', 'ed', 'ing', `${base.at(-1) ?? ''}ing`, `${base.at(-1) ?? ''}ed`])
        same(base + ending);
    for (const forms of Object.values(rubric.irregular)) forms.forEach(same);
    expect(tabled.featuresOf('retries').length).toBeGreaterThan(0);
  });

  test('has nothing of other words', () => {
    for (const word of ['', '~', 'retry~', 'constructor', '__proto__', 'qqqq', 'toString']) same(word);
    fc.assert(fc.property(fc.string(), same));
    fc.assert(fc.property(fc.constantFrom(...bases), fc.nat(8), (base, cut) => same(base.slice(cut))));
  });
});

describe('packed patterns', () => {
  const packed = packPatterns(rubric);

  test('come back as they were linked', () => {
    expect(unpackPatterns(packed)).toEqual({
      linked: linkPatterns(rubric),
      words: tableWords(rubric.patterns, rubric.irregular),
    });
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
