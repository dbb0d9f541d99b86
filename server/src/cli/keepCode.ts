import { join } from 'node:path';
import type * as CommandLine from './commandLine.js';
import { expectFewFiles } from './engineFlags.js';
import { keepCompiledCode, loadBundle } from './loadBundle.js';

/** Run when the product is built: lints the given files as `main.ts` does, one by one, as a run over many is another one, and keeps the code that this took. */
async function lintEach(files: readonly string[]): Promise<void> {
  expectFewFiles();
  const { run } = loadBundle(join(__dirname, 'commandLine.cjs')) as typeof CommandLine;
  for (const file of files) {
    const code = await run(['lint', file], () => Promise.resolve());
    if (code > 1) throw new Error(`${file} could not be read.`);
  }
  keepCompiledCode(__dirname);
}

void lintEach(process.argv.slice(2));
