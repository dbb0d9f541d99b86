import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listInputs } from '../../server/src/cli/readInputs.js';
import { reviewInParallel } from '../../server/src/cli/reviewInParallel.js';
import { builtInRubric } from '../../server/src/core/index.js';
import { folderWith, README, runCli, WEAK } from './runCli.js';

/** Answers that differ, documents that are none, an empty file and one that is no text. */
function manyFiles(): string {
  const files: Record<string, string | Buffer> = { 'empty.answer.md': '', 'binary.md': Buffer.from([0, 1, 2]) };
  for (let index = 0; index < 30; index++) {
    files[`${index}.answer.md`] = WEAK.replace('9 to 6', `${index + 9} to 6`).repeat(1 + (index % 3));
    files[`folder/${index}.md`] = index % 2 === 0 ? README : WEAK;
  }
  return folderWith(files);
}

test.each(['pretty', 'json', 'sarif', 'github'])(
  '%s output has the same bytes on one thread and on three',
  async (format) => {
    const cwd = manyFiles();
    const args = ['lint', '--format', format, '.', 'missing.md', 'binary.md', 'folder/1.md'];
    const [one, three] = await Promise.all(
      ['1', '3'].map((threads) => runCli(args, { cwd, env: { DESIGN_ANSWERS_THREADS: threads } })),
    );
    expect(one?.stdout).not.toBe('');
    expect(one?.code).toBe(2);
    expect(three).toEqual(one);
  },
);

test("on three threads a user's own rubric counts too", async () => {
  const cwd = folderWith({
    '.design-answers/checks/cost/no-figures.yaml': 'not: a check\n',
    '.design-answers/frameworks/own.yaml': `title: Own\ndescription: Ours.\nsections:\n  - { id: a, title: Alpha thing, budget: 1 min, purpose: To test., template: "$0" }\n`,
    ...Object.fromEntries([1, 2, 3, 4].map((each) => [`${each}.answer.md`, WEAK.replace('five-step', 'own')])),
  });
  const run = (threads: string) =>
    runCli(['lint', '--format', 'json', '.'], { cwd, env: { DESIGN_ANSWERS_THREADS: threads } });
  const one = await run('1');
  expect(await run('3')).toEqual(one);
  expect(one.stdout).toContain('"own"');
});

test.each([
  [
    'ends while it is at a file',
    "const { workerData: { state, thread } } = require('node:worker_threads'); Atomics.store(state, thread, Atomics.add(state, 0, 1)); process.exit(3);",
  ],
  [
    'throws at a file',
    "const { workerData: { state, thread } } = require('node:worker_threads'); Atomics.store(state, thread, Atomics.add(state, 0, 1)); throw new Error('broken');",
  ],
  [
    'takes a file and tells nobody',
    "const { workerData: { state } } = require('node:worker_threads'); Atomics.add(state, 0, 1);",
  ],
  ['never starts', 'this is no program'],
])('where a thread %s, all other files are reviewed', async (_how, program) => {
  const folder = folderWith({
    ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.answer.md`, WEAK])),
    'thread.cjs': program,
  });
  const inputs = listInputs([folder]);
  const counts: number[] = [];
  const results = await reviewInParallel(
    inputs,
    builtInRubric(),
    { framework: undefined, today: '2026-03-17' },
    2,
    (done) => counts.push(done),
    join(folder, 'thread.cjs'),
  );
  expect(results).toHaveLength(12);
  expect(counts).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  const faults = results.flatMap((result) => ('fault' in result ? [result.fault] : []));
  for (const fault of faults) expect(fault).toBe('the review of this file ended unexpectedly; nothing is known of it');
  expect(faults.length).toBeLessThanOrEqual(2);
  const reviewed = results.filter((result) => 'review' in result && result.review.isAnswer);
  expect(reviewed).toHaveLength(12 - faults.length);
});
