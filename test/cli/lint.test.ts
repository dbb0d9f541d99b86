import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { JsonReport } from '../../server/src/cli/formats/json.js';
import { CLI, folderWith, README, runCli, WEAK, type CliRun } from './runCli.js';

const report = (run: CliRun): JsonReport => JSON.parse(run.stdout) as JsonReport;
const paths = (run: CliRun): string[] => report(run).answers.map(({ path }) => path);
const rules = (run: CliRun): string[] =>
  report(run).answers.flatMap(({ findings }) => findings.map(({ rule }) => rule));

describe('the end of a run', () => {
  /** Its results as JSON are longer than any pipe holds. */
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.md`, WEAK.repeat(4)]));
  const args = [CLI, 'lint', '--format', 'json', '.'];

  test('a reader that takes its time gets all of it', async () => {
    const child = spawn(process.execPath, args, { cwd: folderWith(many), stdio: ['ignore', 'pipe', 'inherit'] });
    await sleep(1500);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const [code] = (await once(child, 'close')) as [number];
    expect(stdout.length).toBeGreaterThan(250_000);
    expect(paths({ code, stdout, stderr: '' })).toHaveLength(30);
    expect(code).toBe(1);
  });

  test('a reader that closes early is no error', async () => {
    const child = spawn(process.execPath, args, { cwd: folderWith(many), stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describe('exit codes', () => {
  test('1 where an answer has a warning', async () => {
    const cwd = folderWith({ 'weak.md': WEAK });
    expect(await runCli(['lint', 'weak.md'], { cwd })).toMatchObject({ code: 1, stderr: '' });
  });

  test('0 where nothing reaches the level', async () => {
    const cwd = folderWith({ 'weak.md': WEAK });
    expect(await runCli(['lint', '--severity', 'error', 'weak.md'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });

  test('0 for a document that is no answer', async () => {
    const cwd = folderWith({ 'README.md': README });
    const run = await runCli(['lint', 'README.md'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('no answer');
  });

  test('2 for a file that is not there, and the others are still reviewed', async () => {
    const cwd = folderWith({ 'weak.md': WEAK });
    const run = await runCli(['lint', '--format', 'json', 'missing.md', 'weak.md'], { cwd });
    expect(run).toMatchObject({ code: 2, stderr: 'design-answers: missing.md: no such file or directory\n' });
    expect(paths(run)).toEqual(['weak.md']);
  });

  test('2 for a binary file', async () => {
    const cwd = folderWith({ 'photo.md': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) });
    expect(await runCli(['lint', 'photo.md'], { cwd })).toMatchObject({
      code: 2,
      stderr: 'design-answers: photo.md: this is not a text file in UTF-8\n',
    });
  });

  test.each([
    [['lint'], 'Name the files or folders'],
    [['lint', '--format', 'xml', 'a.md'], 'there are pretty, json, sarif, github'],
    [['lint', '--format', 'jsn', 'a.md'], 'Did you mean "json"?'],
    [['lint', '--severity', 'warn', 'a.md'], 'there are error, warning, information, hint'],
    [['lint', '--framework', 'five-steps', 'a.md'], 'Did you mean "five-step"?'],
    [['lint', '--framework', 'star', 'a.md'], 'five-step, pdrif'],
    [['lint', '--fixx', 'a.md'], '--fixx'],
    [['lint', '--rubric'], '--rubric'],
    [['lnt', 'a.md'], 'There is no command "lnt"'],
  ])('2 for %j, with a word of help', async (args, message) => {
    const run = await runCli(args, { cwd: folderWith({ 'a.md': WEAK }) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('2 without a command, with the usage', async () => {
    const run = await runCli([]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('Usage: design-answers');
  });
});

describe('what is reviewed', () => {
  test('directories are searched, and what is no answer is passed over in silence', async () => {
    const cwd = folderWith({
      'b/weak.md': WEAK,
      'a.answer.md': WEAK,
      'README.md': README,
      'notes.txt': WEAK,
      'node_modules/x/weak.md': WEAK,
      '.git/weak.md': WEAK,
      '.drafts/weak.md': WEAK,
    });
    const run = await runCli(['lint', '--format', 'json', '.'], { cwd });
    expect(paths(run)).toEqual(['./a.answer.md', './b/weak.md']);
    expect(run).toMatchObject({ code: 1, stderr: '' });
  });

  test('a named file that is no answer appears with nothing in it', async () => {
    const cwd = folderWith({ 'README.md': README });
    expect(report(await runCli(['lint', '--format', 'json', 'README.md'], { cwd }))).toEqual({
      version: 1,
      answers: [
        { path: 'README.md', framework: null, sections: [], evidence: [], findings: [], score: null, problems: [] },
      ],
    });
  });

  test('an empty folder and an empty file are no trouble', async () => {
    const cwd = folderWith({ 'empty.md': '' });
    mkdirSync(join(cwd, 'folder'));
    expect(report(await runCli(['lint', '--format', 'json', 'folder', 'empty.md'], { cwd })).answers).toHaveLength(1);
  });

  test('a file that is named twice is reviewed once', async () => {
    const cwd = folderWith({ 'a/weak.md': WEAK });
    expect(paths(await runCli(['lint', '--format', 'json', 'a/weak.md', 'a', 'a/weak.md'], { cwd }))).toEqual([
      'a/weak.md',
    ]);
  });

  test('a circle of links ends', async () => {
    const cwd = folderWith({ 'a/weak.md': WEAK });
    symlinkSync('..', join(cwd, 'a', 'up'));
    expect(paths(await runCli(['lint', '--format', 'json', 'a'], { cwd }))).toEqual(['a/weak.md']);
  });

  test('- reads standard input', async () => {
    const run = await runCli(['lint', '--format', 'json', '-'], { input: WEAK });
    expect(paths(run)).toEqual(['-']);
    expect(rules(run)).toContain('cost/no-numbers');
    expect(run.code).toBe(1);
  });

  test('--framework takes every named file for an answer', async () => {
    const cwd = folderWith({ 'README.md': README, 'docs/README.md': README });
    const run = await runCli(['lint', '--format', 'json', '--framework', 'pdrif', 'README.md', 'docs'], { cwd });
    expect(report(run).answers.map(({ path, framework }) => [path, framework])).toEqual([['README.md', 'pdrif']]);
  });

  test('a byte-order mark and Windows line ends move no range', async () => {
    const cwd = folderWith({ 'plain.md': WEAK, 'windows.md': `\uFEFF${WEAK.replaceAll('\n', '\r\n')}` });
    const run = await runCli(['lint', '--format', 'json', 'plain.md', 'windows.md'], { cwd });
    const [plain, windows] = report(run).answers.map(({ findings }) =>
      findings.map(({ rule, range }) => ({ rule, range })),
    );
    expect(plain?.length).toBeGreaterThan(0);
    expect(windows).toEqual(plain);
  });

  test('a megabyte is reviewed', async () => {
    const cwd = folderWith({ 'long.md': WEAK + 'A word and another one, as people write them. '.repeat(22_000) });
    expect(await runCli(['lint', '--format', 'json', 'long.md'], { cwd })).toMatchObject({ code: 1, stderr: '' });
  });
});

describe('formats', () => {
  test('pretty: the worst first, with place and rule, and no colors in a pipe', async () => {
    const cwd = folderWith({ 'weak.md': WEAK });
    const { stdout } = await runCli(['lint', 'weak.md'], { cwd });
    expect(stdout).toContain('weak.md');
    expect(stdout).toMatch(/^ +\d+:\d+ {2}warning .*cost\/no-numbers$/m);
    expect(stdout).not.toContain('\u001B');
    const severities = [...stdout.matchAll(/^ +\d+:\d+ {2}(error|warning|information|hint)/gm)].map(
      (match) => match[1] ?? '',
    );
    const weights = severities.map((severity) => ['error', 'warning', 'information', 'hint'].indexOf(severity));
    expect(weights).toEqual([...weights].sort());
  });

  test('pretty: FORCE_COLOR colors, NO_COLOR wins', async () => {
    const cwd = folderWith({ 'weak.md': WEAK });
    expect((await runCli(['lint', 'weak.md'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001B[');
    const both = await runCli(['lint', 'weak.md'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(both.stdout).not.toContain('\u001B');
  });

  test('github: one command a finding, its data escaped', async () => {
    const cwd = folderWith({ 'a,b.md': WEAK });
    const { stdout } = await runCli(['lint', '--format', 'github', 'a,b.md'], { cwd });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines)
      expect(line).toMatch(
        /^::(error|warning|notice) file=a%2Cb\.md,line=\d+,endLine=\d+,.*title=[a-z-]+\/[a-z-]+::\S/,
      );
  });

  test('sarif: every result names a known rule and a place', async () => {
    const cwd = folderWith({ 'my answer.md': WEAK });
    const { stdout } = await runCli(['lint', '--format', 'sarif', 'my answer.md'], { cwd });
    const log = JSON.parse(stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string; helpUri: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> } }[];
        }[];
        invocations: { executionSuccessful: boolean }[];
      }[];
    };
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.results.length).toBeGreaterThan(0);
    expect(run?.invocations[0]?.executionSuccessful).toBe(true);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      const place = result.locations[0]?.physicalLocation;
      expect(place?.artifactLocation.uri).toBe('my%20answer.md');
      expect(place?.region['startLine']).toBeGreaterThanOrEqual(1);
      expect(place?.region['startColumn']).toBeGreaterThanOrEqual(1);
    }
  });

  test('sarif: an unreadable file is told in the log', async () => {
    const run = await runCli(['lint', '--format', 'sarif', 'missing.md'], { cwd: folderWith({}) });
    const log = JSON.parse(run.stdout) as { runs: { invocations: { executionSuccessful: boolean }[] }[] };
    expect(log.runs[0]?.invocations[0]?.executionSuccessful).toBe(false);
    expect(run.code).toBe(2);
  });
});

describe('rubrics of one’s own', () => {
  const OWN = 'severity:\n  cost/no-numbers: hint\n';

  test('.design-answers/ is read', async () => {
    const cwd = folderWith({ 'weak.md': WEAK, '.design-answers/ours.yaml': OWN });
    const run = await runCli(['lint', '--format', 'json', 'weak.md'], { cwd });
    const found = report(run).answers[0]?.findings.find(({ rule }) => rule === 'cost/no-numbers');
    expect(found?.severity).toBe('hint');
    expect(run.stderr).toBe('');
  });

  test('--rubric is read, a file or a folder', async () => {
    const cwd = folderWith({ 'weak.md': WEAK, 'team/ours.yaml': OWN });
    for (const path of ['team', 'team/ours.yaml']) {
      const run = await runCli(['lint', '--format', 'json', '--rubric', path, 'weak.md'], { cwd });
      expect(report(run).answers[0]?.findings.find(({ rule }) => rule === 'cost/no-numbers')?.severity).toBe('hint');
    }
  });

  test('a mistake is told at its line and column, and the rest still works', async () => {
    const cwd = folderWith({ 'weak.md': WEAK, 'ours.yaml': `${OWN}  cost/no-number: hint\n` });
    const run = await runCli(['lint', '--format', 'json', '--rubric', 'ours.yaml', 'weak.md'], { cwd });
    expect(run.stderr).toMatch(/^ours\.yaml:3:3: error: .*did you mean "cost\/no-numbers"/m);
    expect(run.code).toBe(2);
    expect(report(run).answers[0]?.findings.find(({ rule }) => rule === 'cost/no-numbers')?.severity).toBe('hint');
  });

  test('a rubric that is not there is told', async () => {
    const cwd = folderWith({ 'weak.md': WEAK });
    const run = await runCli(['lint', '--rubric', 'none.yaml', 'weak.md'], { cwd });
    expect(run.stderr).toBe('design-answers: none.yaml: no such file or directory\n');
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('cost/no-numbers');
  });
});

describe('--fix', () => {
  const MISNAMED = WEAK.replace('framework: five-step', 'framework: five-stp');

  test('writes a repair that is safe, and reports on the repaired text', async () => {
    const cwd = folderWith({ 'weak.md': MISNAMED });
    const run = await runCli(['lint', '--fix', '--format', 'json', 'weak.md'], { cwd });
    expect(readFileSync(join(cwd, 'weak.md'), 'utf8')).toBe(WEAK);
    expect(report(run).answers[0]?.framework).toBe('five-step');
    expect(rules(run)).not.toContain('structure/framework-unclear');
  });

  test('keeps a byte-order mark and Windows line ends', async () => {
    const toWindows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const cwd = folderWith({ 'weak.md': toWindows(MISNAMED) });
    await runCli(['lint', '--fix', 'weak.md'], { cwd });
    expect(readFileSync(join(cwd, 'weak.md'), 'utf8')).toBe(toWindows(WEAK));
  });

  test('never writes the writer’s sentences: what is only missing stays missing', async () => {
    const cwd = folderWith({ 'weak.md': WEAK, 'README.md': README });
    await runCli(['lint', '--fix', 'weak.md', 'README.md'], { cwd });
    expect(readFileSync(join(cwd, 'weak.md'), 'utf8')).toBe(WEAK);
    expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toBe(README);
  });

  test('writes no figure: which one of a wrong sum is wrong, only the writer knows', async () => {
    const text = `${WEAK}\nEach query costs 10,000 × 500 × $0.015/1K = $750.\n`;
    const cwd = folderWith({ 'weak.md': text });
    const run = await runCli(['lint', '--fix', '--format', 'json', 'weak.md'], { cwd });
    expect(readFileSync(join(cwd, 'weak.md'), 'utf8')).toBe(text);
    const sum = report(run).answers[0]?.findings.find(({ rule }) => rule === 'cost/arithmetic');
    // The editor still offers it.
    expect(sum?.fix?.edits[0]?.newText).toBe('$75');
  });

  test('leaves a file with bytes that are no UTF-8, and says so', async () => {
    const bytes = Buffer.concat([Buffer.from(MISNAMED), Buffer.from([0xe9, 0x0a])]);
    const cwd = folderWith({ 'latin.md': bytes });
    const run = await runCli(['lint', '--fix', 'latin.md'], { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('latin.md: not repaired');
    expect(readFileSync(join(cwd, 'latin.md')).equals(bytes)).toBe(true);
  });

  test('cannot repair standard input', async () => {
    const run = await runCli(['lint', '--fix', '-'], { input: MISNAMED });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('name a file');
  });
});

test('output to a reader that closes early is no fault', async () => {
  const cwd = folderWith({ 'weak.md': WEAK });
  for (let copy = 0; copy < 40; copy++) writeFileSync(join(cwd, `weak${copy}.md`), WEAK);
  const { spawnSync } = await import('node:child_process');
  const { CLI } = await import('./runCli.js');
  const run = spawnSync('sh', ['-c', `"${process.execPath}" "${CLI}" lint --format json . | head -c 10`], {
    cwd,
    encoding: 'utf8',
  });
  expect(run.stdout).toHaveLength(10);
  expect(run.stderr).toBe('');
});
