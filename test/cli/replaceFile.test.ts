import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile } from '../../server/src/cli/replaceFile.js';
import { folderWith } from './runCli.js';

test('replaces the text, keeps the mode, and leaves nothing else behind', () => {
  const folder = folderWith({ 'a.md': 'old' });
  const path = join(folder, 'a.md');
  chmodSync(path, 0o640);
  expect(replaceFile(path, 'new')).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('writes through a symbolic link', () => {
  const folder = folderWith({ 'a.md': 'old' });
  symlinkSync('a.md', join(folder, 'link.md'));
  expect(replaceFile(join(folder, 'link.md'), 'new')).toBeNull();
  expect(lstatSync(join(folder, 'link.md')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('new');
});

test('says what went wrong', () => {
  expect(replaceFile(join(folderWith({}), 'none.md'), 'new')).toBe('could not be written: no such file or directory');
});
