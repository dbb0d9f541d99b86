import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  builtInRubric,
  extendRubric,
  LineIndex,
  type Rubric,
  type RubricProblem,
  type RubricSource,
} from '../core/index.js';
import { describeFault } from './readInputs.js';

/** The folder of the working directory whose rubric files are always read. */
export const OWN_RUBRICS = '.design-answers';

/** A rubric, and what is wrong with the files that it was to be made from, as lines for standard error. */
export interface LoadedRubric {
  readonly rubric: Rubric;
  readonly problems: readonly string[];
  /** Whether a file could not be read, or holds an error. */
  readonly failed: boolean;
}

/** The built-in rubric with the files of `.design-answers/` and those named; what is good in a bad file is in it. */
export function loadRubric(paths: readonly string[]): LoadedRubric {
  const problems: string[] = [];
  let failed = false;
  const sources: RubricSource[] = [];
  for (const path of [...(existsSync(OWN_RUBRICS) ? [OWN_RUBRICS] : []), ...paths]) {
    try {
      const files = statSync(path).isDirectory() ? rubricFilesIn(path) : [path];
      sources.push(...files.map((file) => ({ path: file, text: readFileSync(file, 'utf8') })));
    } catch (error) {
      problems.push(`design-answers: ${path}: ${describeFault(error)}`);
      failed = true;
    }
  }
  if (sources.length === 0) return { rubric: builtInRubric(), problems, failed };

  const extended = extendRubric(builtInRubric(), sources);
  for (const problem of extended.problems) {
    problems.push(describe(problem, sources));
    failed ||= problem.severity === 'error';
  }
  return { rubric: extended.rubric, problems, failed };
}

function rubricFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function describe(problem: RubricProblem, sources: readonly RubricSource[]): string {
  const text = sources.find((source) => source.path === problem.path)?.text ?? '';
  const { line, character } = new LineIndex(text).toPosition(problem.start);
  return `${problem.path}:${line + 1}:${character + 1}: ${problem.severity}: ${problem.message}`;
}
