import { builtInRubric, extendRubric, type Rubric, type RubricSource } from '../../server/src/core/index.js';

export { builtInRubric };

/** The built-in rubric with files of a person's own; throws on their first problem. */
export function compileForTest(...sources: readonly RubricSource[]): Rubric {
  const { rubric, problems } = extendRubric(builtInRubric(), sources);
  const [problem] = problems;
  if (problem) throw new Error(`${problem.path}:${problem.start}: ${problem.message}`);
  return rubric;
}
