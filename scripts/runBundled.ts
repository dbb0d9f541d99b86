/**
 * Runs a program that uses the engine: `tsx scripts/runBundled.ts test/bench/bench.ts [its arguments]`.
 *
 * The engine imports the compiled rubric as a virtual module, so it must be bundled first. That also measures and fuzzes what
 * ships, rather than what a development loader makes of it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ALIAS } from './bundle.js';
import { rubricPlugin } from './rubricPlugin.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error('Name the program to run.');

// Inside node_modules, so that the packages which stay outside the bundle are found.
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'run-'));
try {
  const outfile = join(folder, 'program.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: [resolve(entry)],
    outfile,
    bundle: true,
    alias: ALIAS,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    // A benchmark bundles programs of its own.
    external: ['esbuild', 'tsx'],
    // What the bench and the fuzzer say of half-written rubric files is as good.
    plugins: [rubricPlugin({ draft: true })],
  });
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--expose-gc', outfile, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
