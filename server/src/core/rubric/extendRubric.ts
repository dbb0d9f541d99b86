import { compileRubric } from './compileRubric.js';
import type { Rubric, RubricProblem, RubricSource } from './types.js';

/** A person's own rubric files over a rubric. Good parts of bad files still work; each mistake is a problem at its place. */
export function extendRubric(
  base: Rubric,
  sources: readonly RubricSource[],
): { rubric: Rubric; problems: RubricProblem[] } {
  if (sources.length === 0) return { rubric: base, problems: [] };
  return compileRubric(sources, base);
}
