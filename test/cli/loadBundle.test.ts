import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asFunction, keepCompiledCode, loadBundle } from '../../server/src/cli/loadBundle.js';
import { folderWith } from './runCli.js';

/** A bundle as the build leaves it: with its digest at its end. */
function bundleOf(text: string): string {
  return `${text}//${createHash('sha256').update(text).digest('hex')}`;
}

/** Where the code of `name.cjs` was kept in a folder. */
function codeIn(folder: string, name: string): string {
  const file = readdirSync(folder).find((each) => each.startsWith(`${name}.`) && each.endsWith('.code'));
  if (file === undefined) throw new Error(`No code was kept of ${name}.`);
  return join(folder, file);
}

test('a bundle is run once, with the modules beside it', () => {
  const folder = folderWith({
    'a.cjs': bundleOf("exports.loaded = require('./b.cjs'); exports.path = require('node:path').sep;\n"),
    'b.cjs': bundleOf('module.exports = { folder: __dirname };\n'),
  });
  const loaded = loadBundle(join(folder, 'a.cjs')) as { loaded: { folder: string } };
  expect(loaded.loaded.folder).toBe(folder);
  expect(loadBundle(join(folder, 'a.cjs'))).toBe(loaded);
});

test('a bundle that is a function already is run as it is, its lines being those of the file', () => {
  const folder = folderWith({
    'a.cjs': bundleOf(asFunction("module.exports = { folder: __dirname, line: new Error('x').stack };\n")),
  });
  const loaded = loadBundle(join(folder, 'a.cjs')) as { folder: string; line: string };
  expect(loaded.folder).toBe(folder);
  expect(loaded.line).toContain('a.cjs:1:');
});

test('code that was kept of another text is passed over, although its length is the same', () => {
  const folder = folderWith({
    'first.cjs': bundleOf('module.exports = 111;\n'),
    'other.cjs': bundleOf('module.exports = 222;\n'),
  });
  expect(loadBundle(join(folder, 'first.cjs'))).toBe(111);
  keepCompiledCode(folder);
  const kept = codeIn(folder, 'first');
  copyFileSync(kept, kept.replace('first.', 'other.'));
  expect(loadBundle(join(folder, 'other.cjs'))).toBe(222);
});

test.each([
  ['cut short', (code: Buffer) => code.subarray(0, 200)],
  ['empty', () => Buffer.alloc(0)],
])('kept code that is broken (%s) is passed over', (_how, spoil) => {
  const text = bundleOf('module.exports = () => 333;\n');
  const whole = folderWith({ 'first.cjs': text });
  loadBundle(join(whole, 'first.cjs'));
  keepCompiledCode(whole);
  const code = codeIn(whole, 'first');
  const folder = folderWith({ 'first.cjs': text });
  writeFileSync(join(folder, code.slice(whole.length + 1)), spoil(readFileSync(code)));
  expect((loadBundle(join(folder, 'first.cjs')) as () => number)()).toBe(333);
});

test.each(['commandLine', 'fullParser'])('the build keeps the code of %s', (name) => {
  const folder = fileURLToPath(new URL('../../dist/cli', import.meta.url));
  const digest = readFileSync(join(folder, `${name}.cjs`), 'utf8').slice(-64);
  expect(readFileSync(codeIn(folder, name)).toString('latin1', 0, 64)).toBe(digest);
});

test('a bundle without kept code runs as well', () => {
  const folder = folderWith({ 'first.cjs': bundleOf('module.exports = 444;\n') });
  expect(loadBundle(join(folder, 'first.cjs'))).toBe(444);
});
