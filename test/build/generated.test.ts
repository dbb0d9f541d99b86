import { expect, test } from 'vitest';
import { outdated } from '../../scripts/generate.js';

test('what is generated is up to date', () => {
  expect(outdated(), 'Run: npm run generate').toEqual([]);
});
