import { expect, it } from 'vitest';
import { builtInRubric } from '../../server/src/core/rubric/builtIn.js';
import { orderFeatures } from '../../server/src/core/rubric/featureOrder.js';
import { linkPatterns, USE } from '../../server/src/core/rubric/linkPatterns.js';
import { readFeatures } from '../../server/src/core/rubric/patternTables.js';

const rubric = builtInRubric();
const { patterns, index } = rubric;

it('gives the first numbers to what matches cannot do without', () => {
  const { uses } = linkPatterns(rubric);
  const isNeeded = Array.from(uses, (use) => (use & (USE.needed | USE.neededAtStart)) !== 0);
  const needed = isNeeded.lastIndexOf(true) + 1;
  expect(needed).toBeGreaterThan(1_000);
  expect(isNeeded.slice(0, needed).every(Boolean)).toBe(true);
});

it('numbers no feature that nothing has', () => {
  const had = new Set([
    ...Object.values(patterns.words).flatMap(readFeatures),
    ...Object.values(patterns.prefixes).flatMap(readFeatures),
    ...Object.values(patterns.slotFeatures).flat(),
  ]);
  expect(had.size).toBe(patterns.featureCount);
  expect(Math.max(...had)).toBe(patterns.featureCount - 1);
});

it('changes nothing that is in order', () => {
  expect(orderFeatures(patterns, index)).toEqual({ patterns, index });
});
