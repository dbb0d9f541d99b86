import { join } from 'node:path';
import type * as CommandLine from './commandLine.js';
import { expectFewFiles } from './engineFlags.js';
import { keepCompiledCode, loadBundle } from './loadBundle.js';

/** Run when the product is built: runs the given command as `main.ts` does, and keeps the code that it took. */
expectFewFiles();
const { run } = loadBundle(join(__dirname, 'commandLine.cjs')) as typeof CommandLine;
void run(process.argv.slice(2), () => Promise.resolve()).then((code) => {
  keepCompiledCode(__dirname);
  process.exitCode = code;
});
