import compiled, { readExamples, readPacked, readPatterns } from 'design-answers:rubric';
import { unpackPatterns, type ReadyPatterns } from './packedPatterns.js';
import { BYTES, newPatternMemory, type PatternMemory } from './patternMemory.js';
import type { Check, Rubric } from './types.js';

let rubric: Rubric | null = null;

/**
 * The rubric that ships with the product. It was compiled when the product was built, and is parsed here on first use; its patterns and its examples, most of it, when
 * they are first asked for: where `readyPatterns` has the patterns, that is when another rubric extends this one, and the examples are for people alone.
 */
export function builtInRubric(): Rubric {
  return (rubric ??= withLazyParts(JSON.parse(compiled) as CompiledRubric));
}

/** The patterns of a rubric ready to run, if they are those that ship with the product and were packed when it was built; and the memory that they were read into, if any. */
export function readyPatterns({
  kinds,
  cues,
  passedOverHeadings,
}: Rubric): (ReadyPatterns & { readonly memory: PatternMemory | null }) | null {
  const isBuiltIn =
    rubric !== null &&
    kinds === rubric.kinds &&
    cues === rubric.cues &&
    passedOverHeadings === rubric.passedOverHeadings;
  const memory = isBuiltIn ? newPatternMemory() : null;
  const packed = isBuiltIn ? readPacked((length) => roomFor(length, memory)) : null;
  const ready = packed && unpackPatterns(packed);
  return ready && { ...ready, memory };
}

/** Room for so many bytes. */
function roomFor(length: number, memory: PatternMemory | null): Int32Array {
  const count = length / BYTES;
  const first = memory?.take(count) ?? -1;
  return first < 0 ? new Int32Array(count) : memory!.numbers.subarray(first, first + count);
}

/** What is parsed on first use. */
type CompiledRubric = Omit<Rubric, 'patterns' | 'index' | 'checks'> & {
  readonly checks: readonly Omit<Check, 'examples'>[];
};

function withLazyParts(rest: CompiledRubric): Rubric {
  let parsed: Pick<Rubric, 'patterns' | 'index'> | null = null;
  const read = () => (parsed ??= JSON.parse(readPatterns()) as Pick<Rubric, 'patterns' | 'index'>);
  let examples: readonly Check['examples'][] | null = null;
  const checks = rest.checks.map((check, index) => ({
    ...check,
    get examples() {
      examples ??= JSON.parse(readExamples()) as readonly Check['examples'][];
      return examples[index]!;
    },
  }));
  return {
    ...rest,
    checks,
    get patterns() {
      return read().patterns;
    },
    get index() {
      return read().index;
    },
  };
}
