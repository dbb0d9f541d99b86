import { expect, test } from 'vitest';
import { matchesGlobs } from '../../server/src/lsp/globs.js';

const FOLDERS = ['file:///home/me/work'];

test.each([
  ['practice/**/*.md', 'file:///home/me/work/practice/a.md', true],
  ['practice/**/*.md', 'file:///home/me/work/practice/x/y/a.md', true],
  ['practice/**/*.md', 'file:///home/me/work/other/practice/a.md', false],
  ['**/practice/*.md', 'file:///home/me/work/other/practice/a.md', true],
  ['./practice/*.md', 'file:///home/me/work/practice/a.md', true],
  ['practice/**', 'file:///home/me/work/practice/x/a.md', true],
  ['*.md', 'file:///home/me/work/a.md', true],
  ['*.md', 'file:///home/me/work/x/a.md', false],
  ['*.md', 'untitled:a.md', true],
  ['mock interviews/*.md', 'file:///home/me/work/mock%20interviews/a.md', true],
  ['answer-?.md', 'file:///home/me/work/answer-1.md', true],
  ['answer-?.md', 'file:///home/me/work/answer-10.md', false],
  ['answer-[0-9a].md', 'file:///home/me/work/answer-7.md', true],
  ['answer-[!0-9].md', 'file:///home/me/work/answer-7.md', false],
  ['{drafts,done}/*.{md,markdown}', 'file:///home/me/work/done/a.markdown', true],
  ['{drafts,done}/*.{md,markdown}', 'file:///home/me/work/late/a.md', false],
  ['practice/*.md', 'vscode-vfs://github/me/answers/practice/a.md', true],
  ['practice/*.md', 'file:///100%/practice/a.md', true],
  ['', 'file:///home/me/work/a.md', false],
  ['[', 'file:///home/me/work/a.md', false],
])('%s and %s: %s', (glob, uri, expected) => {
  expect(matchesGlobs(uri, [glob], FOLDERS)).toBe(expected);
});

test('a glob made to be slow is not', () => {
  const slow = `${'*a'.repeat(300)}b/${'**/'.repeat(300)}x`;
  const braces = '{a,b}'.repeat(40);
  const started = performance.now();
  expect(matchesGlobs(`file:///${'a'.repeat(2000)}/${'y/'.repeat(200)}z`, [slow, braces], [])).toBe(false);
  expect(performance.now() - started).toBeLessThan(5000);
});
