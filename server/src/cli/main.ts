#!/usr/bin/env node
import { join } from 'node:path';
import type * as CommandLine from './commandLine.js';
import { expectFewFiles, expectManyFiles } from './engineFlags.js';
import { loadBundle } from './loadBundle.js';

// `lint` takes it back for many files.
expectFewFiles();

// A reader that closes early (`| head`) is no error: what it did not want is dropped. Whatever else keeps the output from being written (a full disk) ends the run.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`design-answers: the output could not be written: ${error.message}\n`);
  process.exit(2);
});
// There is nobody left to tell.
process.stderr.on('error', () => undefined);

const { run } = loadBundle(join(__dirname, 'cli', 'commandLine.cjs')) as typeof CommandLine;

/** Its own bundle, beside this one; it is the same that the editor starts. It lives long, so that optimized code pays. */
async function startServer(): Promise<void> {
  expectManyFiles();
  await import('./server.node.cjs');
}

// The code is set and not exited with, so that all output is written first, to a slow pipe too.
void run(process.argv.slice(2), startServer).then((code) => (process.exitCode = code));
