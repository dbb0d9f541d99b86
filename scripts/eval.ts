/**
 * How well the evidence agrees with a reader's labels, and whether documents that are no answers are left alone.
 *
 *   npm run eval -- [--corpus DIR] [--misses] [--out FILE.json]
 *
 * The corpus is no part of the project. Its own `evaluate.mjs` does the sums, over the built command line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(ROOT, '..', 'shared', 'corpus') },
    misses: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const corpus = resolve(values.corpus);
const evaluate = join(corpus, 'evaluate.mjs');
if (existsSync(evaluate)) {
  await bundle();
  const agreement = run([
    ...(values.misses ? ['--misses'] : []),
    ...(values.out ? ['--out', resolve(values.out)] : []),
  ]);
  const silence = run(['--silence', ['B', 'C'].map((folder) => join(corpus, folder)).join(',')]);
  process.exitCode = agreement || silence;
} else {
  console.error(
    `There is no labelled corpus at ${corpus}. Name its folder (the one that holds evaluate.mjs): npm run eval -- --corpus DIR`,
  );
  process.exitCode = 2;
}

function run(args: readonly string[]): number {
  return spawnSync(process.execPath, [evaluate, '--project', ROOT, ...args], { stdio: 'inherit' }).status ?? 1;
}
