import { expect, test } from 'vitest';
import { PatternAssembly } from '../../server/src/core/evidence/assembly.js';
import { linkPatterns } from '../../server/src/core/rubric/linkPatterns.js';
import { isNarrow, narrowestRow, numberRow } from '../../server/src/core/rubric/numberRows.js';
import { newPatternMemory } from '../../server/src/core/rubric/patternMemory.js';
import { builtInRubric } from '../support/rubric.js';

const rowOf = new Int32Array(3);

test('numbers take 16 bits where those of all features and patterns fit', () => {
  expect(numberRow([1, 65_535], { featureCount: 65_535, rowOf })).toEqual(Uint16Array.of(1, 65_535));
  expect(numberRow([1, 65_536], { featureCount: 65_536, rowOf })).toEqual(Int32Array.of(1, 65_536));
  expect(numberRow([1], { featureCount: 2, rowOf: new Int32Array(65_536) })).toEqual(Int32Array.of(1));
});

test('a row by itself is as narrow as its largest number lets it be', () => {
  expect(narrowestRow([0, 65_535])).toEqual(Uint16Array.of(0, 65_535));
  expect(narrowestRow([65_536, 0])).toEqual(Int32Array.of(65_536, 0));
  expect(narrowestRow([])).toEqual(new Uint16Array(0));
});

test('WebAssembly, which reads 16 bits, is for narrow rows only; the built-in rubric has such', () => {
  const linked = linkPatterns(builtInRubric());
  expect(isNarrow(linked)).toBe(true);
  expect(PatternAssembly.of(linked, newPatternMemory(true)!)).not.toBeNull();
  expect(PatternAssembly.of({ ...linked, featureCount: 65_536 }, newPatternMemory(true)!)).toBeNull();
});
