import compiled, { readPacked, readPatterns, readTexts } from 'design-answers:rubric';
import type { CHECK_TEXTS, KIND_TEXTS, PATTERN_FIELDS } from './laterParts.js';
import { unpackPatterns, type ReadyPatterns } from './packedPatterns.js';
import { BYTES, newPatternMemory, type PatternMemory } from './patternMemory.js';
import type { Check, EvidenceKind, Rubric } from './types.js';

let rubric: Rubric | null = null;

/**
 * The rubric that ships with the product. It was compiled when the product was built, and is parsed here on first use; its patterns and what it says to people, most of
 * it, when they are first asked for: where `readyPatterns` has the patterns, that is when another rubric extends this one, and pages and reports ask for the texts.
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

type PatternsOfKind = Pick<EvidenceKind, (typeof PATTERN_FIELDS)[number]>;
type TextsOfKind = Pick<EvidenceKind, (typeof KIND_TEXTS)[number]>;
type TextsOfCheck = Pick<Check, (typeof CHECK_TEXTS)[number]>;

/** What is parsed on first use. */
type CompiledRubric = Omit<Rubric, 'patterns' | 'index' | 'kinds' | 'checks'> & {
  readonly kinds: readonly Omit<EvidenceKind, keyof PatternsOfKind | keyof TextsOfKind>[];
  readonly checks: readonly Omit<Check, keyof TextsOfCheck>[];
};

/** What is parsed when it is asked for, once. */
class LaterParts {
  private patterns: (Pick<Rubric, 'patterns' | 'index'> & { readonly kinds: readonly PatternsOfKind[] }) | null = null;
  private texts: { readonly kinds: readonly TextsOfKind[]; readonly checks: readonly TextsOfCheck[] } | null = null;

  readPatterns(): NonNullable<LaterParts['patterns']> {
    return (this.patterns ??= JSON.parse(readPatterns()) as NonNullable<LaterParts['patterns']>);
  }

  readTexts(): NonNullable<LaterParts['texts']> {
    return (this.texts ??= JSON.parse(readTexts()) as NonNullable<LaterParts['texts']>);
  }
}

function withLazyParts(rest: CompiledRubric): Rubric {
  const later = new LaterParts();
  return {
    ...rest,
    kinds: rest.kinds.map((kind, number) => withLaterParts(kind, number, later)),
    checks: rest.checks.map((check, number) => checkWithTexts(check, number, later)),
    get patterns() {
      return later.readPatterns().patterns;
    },
    get index() {
      return later.readPatterns().index;
    },
  };
}

// Written out, as to spread an object and add to it takes as long as to parse it. Properties of their own, so that a copy has them too.

function withLaterParts(kind: CompiledRubric['kinds'][number], number: number, later: LaterParts): EvidenceKind {
  return {
    id: kind.id,
    title: kind.title,
    together: kind.together,
    labels: kind.labels,
    notUnder: kind.notUnder,
    onlyQuestions: kind.onlyQuestions,
    bare: kind.bare,
    helper: kind.helper,
    models: kind.models,
    itemized: kind.itemized,
    otherwise: kind.otherwise,
    get is() {
      return later.readTexts().kinds[number]!.is;
    },
    get isNot() {
      return later.readTexts().kinds[number]!.isNot;
    },
    get patterns() {
      return later.readPatterns().kinds[number]!.patterns;
    },
    get except() {
      return later.readPatterns().kinds[number]!.except;
    },
    get exceptInSentence() {
      return later.readPatterns().kinds[number]!.exceptInSentence;
    },
  };
}

function checkWithTexts(check: CompiledRubric['checks'][number], number: number, later: LaterParts): Check {
  return {
    id: check.id,
    formerly: check.formerly,
    title: check.title,
    detector: check.detector,
    options: check.options,
    severity: check.severity,
    owner: check.owner,
    part: check.part,
    onlyWith: check.onlyWith,
    unlessTold: check.unlessTold,
    message: check.message,
    next: check.next,
    get why() {
      return later.readTexts().checks[number]!.why;
    },
    get questions() {
      return later.readTexts().checks[number]!.questions;
    },
    get examples() {
      return later.readTexts().checks[number]!.examples;
    },
  };
}
