import compiled from 'design-answers:rubric';
import type { Rubric } from './types.js';

let rubric: Rubric | null = null;

/** The rubric that ships with the product. It was compiled when the product was built, and is parsed here on first use. */
export function builtInRubric(): Rubric {
  rubric ??= JSON.parse(compiled) as Rubric;
  return rubric;
}
