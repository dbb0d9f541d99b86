import { expectShortRun, LineIndex, SEVERITIES, type Review, type Rubric } from '../core/index.js';
import { applyFixes } from './applyFixes.js';
import { expectManyFiles } from './engineFlags.js';
import { writeGithub } from './formats/github.js';
import { writeJson } from './formats/json.js';
import { writePretty } from './formats/pretty.js';
import { writeSarif } from './formats/sarif.js';
import { HELP } from './help.js';
import { showProgress } from './progress.js';
import { listInputs, type Input, type TextFile } from './readInputs.js';
import { oneOf, readOptions } from './readOptions.js';
import { replaceFile } from './replaceFile.js';
import { reviewText } from './reviewFile.js';
import { reviewInParallel, type ReadReview } from './reviewInParallel.js';
import { loadRubric } from './rubricFiles.js';
import { UsageError } from './usageError.js';

/** One text that was read, and its review. */
export interface ReviewedFile {
  /** As it was given. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly review: Review;
}

/** What a format shows. */
export interface Results {
  /** Named files, answers or not, and the answers among those found in directories; in the order they were given. */
  readonly files: readonly ReviewedFile[];
  readonly rubric: Rubric;
  /** What could not be read or used, a line each; also on standard error. */
  readonly faults: readonly string[];
  /** How many files got repairs by `--fix`. */
  readonly repaired: number;
}

/** After so many files, or at a text of so many UTF-16 units, optimized code pays for being made (see `engineFlags.ts`). */
const FEW_FILES = 3;
const LONG_TEXT = 50_000;

const FORMATS = { pretty: writePretty, json: writeJson, sarif: writeSarif, github: writeGithub };

/**
 * Reviews the answers among the given files.
 *
 * @returns the exit code: 0 nothing at or above the level, 1 findings, 2 something could not be read (the rest is still reviewed).
 * @throws UsageError for arguments that make no sense.
 */
export async function lint(args: readonly string[]): Promise<0 | 1 | 2> {
  const options = readOptions(args, 'lint', {
    framework: 'one',
    rubric: 'many',
    format: 'one',
    severity: 'one',
    fix: 'flag',
  });
  if (options.has('help')) {
    process.stdout.write(HELP.lint);
    return 0;
  }
  if (options.positionals.length === 0) throw new UsageError('Name the files or folders to review, or "-".', 'lint');
  const format = oneOf(
    'lint',
    'format',
    options.one('format') ?? 'pretty',
    Object.keys(FORMATS) as (keyof typeof FORMATS)[],
  );
  const level = oneOf('lint', 'severity', options.one('severity') ?? 'warning', SEVERITIES);

  const { rubric, problems, failed } = loadRubric(options.many('rubric'));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const framework = options.one('framework');
  if (framework !== undefined)
    oneOf(
      'lint',
      'framework',
      framework,
      rubric.frameworks.map(({ id }) => id),
    );

  const { files, faults, repaired } = await reviewAll(options.positionals, rubric, framework, options.has('fix'));
  process.stdout.write(FORMATS[format]({ files, rubric, faults: [...problems, ...faults], repaired }));

  if (failed || faults.length > 0) return 2;
  const reported = SEVERITIES.slice(0, SEVERITIES.indexOf(level) + 1);
  return files.some((file) => file.review.findings.some((finding) => reported.includes(finding.severity))) ? 1 : 0;
}

async function reviewAll(
  paths: readonly string[],
  rubric: Rubric,
  framework: string | undefined,
  fix: boolean,
): Promise<Pick<Results, 'files' | 'faults' | 'repaired'>> {
  const inputs = listInputs(paths);
  const files: ReviewedFile[] = [];
  const faults: string[] = [];
  let repaired = 0;
  const progress = showProgress(inputs.length);
  const fail = (path: string, fault: string): void => {
    const line = `design-answers: ${path}: ${fault}`;
    faults.push(line);
    progress.clear();
    process.stderr.write(`${line}\n`);
  };

  const keep = ({ path, named }: Input, text: string, found: Review): void => {
    if (found.isAnswer || named) files.push({ path, text, lines: new LineIndex(text), review: found });
  };

  const today = new Date().toISOString().slice(0, 10);
  if (inputs.length > FEW_FILES) expectManyFiles();
  else expectShortRun();
  const others = fix ? 0 : otherThreads(inputs.length);
  const known = new Map<Input, ReadReview>();
  if (others > 0) {
    const readable = inputs.filter(({ isFile }) => isFile);
    const results = await reviewInParallel(readable, rubric, { framework, today }, others, (done) =>
      progress.show(done),
    );
    readable.forEach((input, index) => known.set(input, results[index]!));
  }
  for (const [index, input] of inputs.entries()) {
    const result = known.get(input);
    if (result) {
      if ('fault' in result) fail(input.path, result.fault);
      else keep(input, result.text, result.review);
      continue;
    }
    progress.show(index);
    const file = await input.read();
    if ('fault' in file) {
      fail(input.path, file.fault);
      continue;
    }
    const read = (text: string): Review => reviewText(text, input, rubric, { framework, today });
    if (file.text.length > LONG_TEXT) expectManyFiles();
    let { text } = file;
    let found = read(text);
    if (fix && found.isAnswer) {
      const fixed = applyFixes(text, found, read);
      if (fixed.text !== text) {
        const fault = writeBack(input.path, file, fixed.text);
        if (fault === null) {
          ({ text, review: found } = fixed);
          repaired++;
        } else {
          fail(input.path, fault);
        }
      }
    }
    keep(input, text, found);
  }
  progress.clear();
  return { files, faults, repaired };
}

/** Over so many files, starting a thread costs less than it saves; measured. */
const MANY_FILES = 40;

/** How many threads beside this one review so many files. `DESIGN_ANSWERS_THREADS` sets the number of all, for tests and for machines that lie about theirs. */
function otherThreads(files: number): number {
  const wanted = Number(process.env['DESIGN_ANSWERS_THREADS']);
  if (Number.isInteger(wanted) && wanted > 0) return Math.min(wanted, files) - 1;
  if (files < MANY_FILES) return 0;
  const cores = process.getBuiltinModule('node:os').availableParallelism();
  return Math.min(cores, 4, Math.ceil(files / MANY_FILES) + 1) - 1;
}

function writeBack(path: string, file: TextFile, text: string): string | null {
  if (path === '-') return 'standard input cannot be repaired; name a file';
  if (!file.exact) return 'not repaired, since some of its bytes are no UTF-8';
  return replaceFile(path, file.byteOrderMark ? `\uFEFF${text}` : text);
}
