import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { README, ROOT, folderWith, runCli, WEAK } from './runCli.js';

const schema = JSON.parse(readFileSync(join(ROOT, 'docs', 'report.schema.json'), 'utf8')) as object;
const isReport = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

test('the JSON report of every kind of input is what its schema says', async () => {
  const cwd = folderWith({
    'weak.md': WEAK,
    'README.md': README,
    'unknown.md': WEAK.replace('five-step', 'six-step'),
    'blank.answer.md': '',
    'broken.answer.md': '---\nframework: [\n---\n\n## Problem framing\n',
  });
  const run = await runCli(
    [
      'lint',
      '--format',
      'json',
      join(ROOT, 'examples'),
      'weak.md',
      'README.md',
      'unknown.md',
      'blank.answer.md',
      'broken.answer.md',
    ],
    { cwd },
  );
  const report: unknown = JSON.parse(run.stdout);
  isReport(report);
  expect(isReport.errors ?? []).toEqual([]);
  expect((report as { answers: unknown[] }).answers.length).toBeGreaterThanOrEqual(8);
});

test('the schema refuses what is no report', () => {
  expect(isReport({ version: 1, answers: [{ path: 'a.md', framework: null }] })).toBe(false);
  expect(isReport({ version: 2, answers: [] })).toBe(false);
});

test('the report’s ranges hold the evidence’s words', async () => {
  const { stdout } = await runCli(['lint', '--format', 'json', join(ROOT, 'examples/strong.answer.md')]);
  const lines = readFileSync(join(ROOT, 'examples/strong.answer.md'), 'utf8').split('\n');
  const { answers } = JSON.parse(stdout) as {
    answers: {
      evidence: {
        text: string;
        range: { start: { line: number; character: number }; end: { line: number; character: number } };
      }[];
    }[];
  };
  const onOneLine = (answers[0]?.evidence ?? []).filter(({ range }) => range.start.line === range.end.line);
  expect(onOneLine.length).toBeGreaterThan(20);
  for (const { text, range } of onOneLine) {
    expect(lines[range.start.line]?.slice(range.start.character, range.end.character)).toBe(text);
  }
});
