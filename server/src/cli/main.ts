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

const args = process.argv.slice(2);
void run(args, startServer).then((code) => {
  process.exitCode = code;
  // A step later, when a failed write has been told. The server lives on.
  if (args[0] !== 'serve') setImmediate(exitWhenWritten);
});

/** Taking the heap apart, as a run that comes to its end by itself does, takes two to four milliseconds. A pipe that is slow still gets all of it: then the run ends by itself. */
function exitWhenWritten(): void {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}
