import compiled, { readPacked, readPatterns } from 'design-answers:rubric';
import { unpackPatterns, type ReadyPatterns } from './packedPatterns.js';
import type { Rubric } from './types.js';

let rubric: Rubric | null = null;

/**
 * The rubric that ships with the product. It was compiled when the product was built, and is parsed here on first use; its patterns, most of it, when they are
 * first asked for: where `readyPatterns` has them, that is when another rubric extends this one.
 */
export function builtInRubric(): Rubric {
  return (rubric ??= withPatterns(JSON.parse(compiled) as Omit<Rubric, 'patterns' | 'index'>));
}

/** The patterns of a rubric ready to run, if they are those that ship with the product and were packed when it was built. */
export function readyPatterns({ kinds, cues, passedOverHeadings }: Rubric): ReadyPatterns | null {
  const isBuiltIn =
    rubric !== null &&
    kinds === rubric.kinds &&
    cues === rubric.cues &&
    passedOverHeadings === rubric.passedOverHeadings;
  const packed = isBuiltIn ? readPacked() : null;
  return packed && unpackPatterns(packed);
}

function withPatterns(rest: Omit<Rubric, 'patterns' | 'index'>): Rubric {
  let parsed: Pick<Rubric, 'patterns' | 'index'> | null = null;
  const read = () => (parsed ??= JSON.parse(readPatterns()) as Pick<Rubric, 'patterns' | 'index'>);
  return {
    ...rest,
    get patterns() {
      return read().patterns;
    },
    get index() {
      return read().index;
    },
  };
}
