import { readFeatures } from './patternTables.js';
import { listPatterns, type PatternRole } from './patternIndex.js';
import {
  ELEMENT,
  GROUP,
  GROUP_LENGTH,
  type Pattern,
  type PatternSlot,
  type PatternStore,
  type Rubric,
} from './types.js';

/** Patterns that wait for evidence of the same kinds. */
export interface LatePatterns {
  readonly kinds: readonly string[];
  readonly patterns: readonly number[];
}

/**
 * The patterns of a rubric, linked: all that a run asks of them, as rows of numbers. A pattern goes by its number in the order of `listPatterns`: those of texts
 * come first, then those of labels and headings.
 */
export interface LinkedPatterns {
  readonly featureCount: number;
  /** By number: what `slot` elements name. */
  readonly slots: readonly PatternSlot[];
  /** See `PatternStore`. */
  readonly slotFeatures: PatternStore['slotFeatures'];
  /** By prefix: the features of the words that begin with it. */
  readonly prefixes: Readonly<Record<string, readonly number[]>>;
  /** By kind: after how many others' levels its slots are filled. */
  readonly levels: readonly number[];
  /** By level: the patterns that wait for it, by what they wait for. */
  readonly late: readonly (readonly LatePatterns[])[];
  /** Patterns of labels and headings that can begin before the first word that they read. */
  readonly floating: readonly number[];
  /** Those of them that need not read a word at all. */
  readonly wordless: readonly number[];
  /** How many patterns are those of texts. */
  readonly textPatterns: number;
  /** The store's rows and groups. */
  readonly code: Int32Array;
  readonly groups: Int32Array;
  /** By pattern: its row, and what it is for, four numbers each (see `roleOf`). */
  readonly rowOf: Int32Array;
  readonly roles: Int32Array;
  /** By pattern: the level after which its slots of evidence are filled, or -1 where it has none. */
  readonly lateLevels: Int32Array;
  /** By pattern: the number of its group, where it counts together with others; else -1. */
  readonly groupOf: Int32Array;
  /** By group: the first of its patterns, which stand one after another. */
  readonly groupFirst: Int32Array;
  /** By group: a bit for each of its patterns that waits for no evidence, and whether others do. */
  readonly groupEarly: Int32Array;
  readonly groupWaits: Int32Array;
  /** By pattern, from `needsFrom[p]` up to `needsFrom[p + 1]`: a feature, and within how many tokens it must come. */
  readonly needs: Int32Array;
  readonly needsFrom: Int32Array;
  /** By pattern: the first of these, since most attempts end with it. Where there is none, the feature that every token has (`featureCount`), here. */
  readonly firstNeed: Int32Array;
  readonly firstWithin: Int32Array;
  /** By feature, from `startsFrom[f]` up to `startsFrom[f + 1]`: the patterns that can begin with it. */
  readonly starts: Int32Array;
  readonly startsFrom: Int32Array;
  /** By feature: what patterns ask of it, as `USE` flags. */
  readonly uses: Int32Array;
}

/** What patterns ask of a feature beside its standing where they name it. */
export const enum USE {
  /** Some cannot do without it behind their first word. */
  needed = 1,
  /** Some cannot do without it, and their first word may have it too. A feature has this flag or the one above. */
  neededAtStart = 2,
  /** Some can begin with it. */
  starts = 4,
  /** Some element or group names it, so that a run asks whether a token has it. */
  asked = 8,
}

/** Finds what `LinkedPatterns` holds. */
export function linkPatterns(
  rubric: Pick<Rubric, 'patterns' | 'index' | 'kinds' | 'cues' | 'passedOverHeadings'>,
): LinkedPatterns {
  const { patterns, index } = rubric;
  const { featureCount, slots, slotFeatures } = patterns;
  const { rows, levels } = index;
  const roles = listPatterns(rubric.kinds, rubric.cues, rubric.passedOverHeadings);
  const firstLabel = roles.findIndex(({ role }) => role === 'label' || role === 'passed-over');
  const textPatterns = firstLabel < 0 ? roles.length : firstLabel;
  const uses = new Int32Array(featureCount);
  const lateLevels = new Int32Array(roles.length).fill(-1);
  const late: Map<string, { kinds: string[]; patterns: number[] }>[] = [];
  const floating: number[] = [];
  const wordless: number[] = [];
  const needs: number[] = [];
  const needsFrom: number[] = [];
  const startsByFeature: number[][] = [];
  let at = 0;
  for (let number = 0; number < roles.length; number++) {
    const { pattern, owner } = roles[number]!;
    const isLate = rows[at++] === 1 && isOfKind(roles[number]!);
    const begins = at + 1;
    at = begins + (rows[at] ?? 0);
    if (isLate) {
      const level = levels[owner] ?? 0;
      lateLevels[number] = level;
      const kinds = slotsOf(pattern, patterns);
      while (late.length <= level) late.push(new Map());
      const together = late[level]!.get(kinds.join());
      if (together) together.patterns.push(number);
      else late[level]!.set(kinds.join(), { kinds, patterns: [number] });
    }
    for (let begin = begins; begin < at; begin++) {
      const starts = (startsByFeature[rows[begin] ?? 0] ??= []);
      if (starts[starts.length - 1] !== number) starts.push(number);
    }
    if (number >= textPatterns && floats(pattern, patterns)) {
      floating.push(number);
      if (isWordless(pattern, patterns)) wordless.push(number);
    }
    needsFrom.push(needs.length);
    const end = at + 1 + 2 * (rows[at] ?? 0);
    for (at++; at < end; at += 2) {
      const feature = rows[at] ?? 0;
      needs.push(feature, rows[at + 1] ?? 0);
      uses[feature] = USE.needed;
    }
  }
  needsFrom.push(needs.length);
  const hasNeed = (number: number): boolean => needsFrom[number]! < needsFrom[number + 1]!;
  for (let group = 0; group < patterns.groups.length; group += GROUP_LENGTH) {
    const telling = patterns.groups[group + 3]!;
    if (telling >= 0 && telling !== patterns.groups[group + 1] && uses[telling] === USE.needed)
      uses[telling] = USE.neededAtStart;
  }
  const startsFrom = new Int32Array(featureCount + 1);
  for (let feature = 0; feature < featureCount; feature++) {
    const count = startsByFeature[feature]?.length ?? 0;
    startsFrom[feature + 1] = startsFrom[feature]! + count;
    if (count > 0) uses[feature]! |= USE.starts;
  }
  for (const element of patterns.code) if ((element & 7) === ELEMENT.token) uses[element >> 3]! |= USE.asked;
  for (let group = 0; group < patterns.groups.length; group += GROUP_LENGTH)
    uses[patterns.groups[group + 1]!]! |= USE.asked;
  return {
    featureCount,
    slots,
    slotFeatures,
    prefixes: Object.fromEntries(
      Object.entries(patterns.prefixes).map(([prefix, stored]) => [prefix, readFeatures(stored)]),
    ),
    levels,
    late: late.map((groups) => [...groups.values()]),
    floating,
    wordless,
    textPatterns,
    code: Int32Array.from(patterns.code),
    groups: Int32Array.from(patterns.groups),
    rowOf: Int32Array.from(roles, ({ pattern }) => pattern),
    roles: packRoles(roles),
    lateLevels,
    ...numberGroups(roles, lateLevels),
    needs: Int32Array.from(needs),
    needsFrom: Int32Array.from(needsFrom),
    firstNeed: Int32Array.from(roles, (_, number) => (hasNeed(number) ? needs[needsFrom[number]!]! : featureCount)),
    firstWithin: Int32Array.from(roles, (_, number) => (hasNeed(number) ? needs[needsFrom[number]! + 1]! : 0)),
    starts: Int32Array.from(startsByFeature.flatMap((starts) => starts)),
    startsFrom,
    uses,
  };
}

/** What a pattern is for. */
export function roleOf({ roles, rowOf }: LinkedPatterns, pattern: number): PatternRole {
  const at = pattern * NUMBERS_OF_ROLE;
  return {
    pattern: rowOf[pattern]!,
    role: ROLES[roles[at]!]!,
    owner: roles[at + 1]!,
    group: roles[at + 2]!,
    member: roles[at + 3]!,
  };
}

const ROLES: readonly PatternRole['role'][] = [
  'pattern',
  'together',
  'except',
  'except-in-sentence',
  'cue',
  'cue-except',
  'label',
  'passed-over',
];
const NUMBERS_OF_ROLE = 4;

function packRoles(roles: readonly PatternRole[]): Int32Array {
  return Int32Array.from(
    roles.flatMap(({ role, owner, group, member }) => [ROLES.indexOf(role), owner, group, member]),
  );
}

function isOfKind({ role }: PatternRole): boolean {
  return role !== 'cue' && role !== 'cue-except' && role !== 'label' && role !== 'passed-over';
}

/** The bit of a group's member in `groupEarly`; of very many members, some share one. */
export function memberBit(member: number): number {
  return 1 << (member % MOST_BITS);
}

/** The bits of all members of a group of so many. */
export function memberBits(count: number): number {
  return 2 ** Math.min(count, MOST_BITS) - 1;
}

const MOST_BITS = 30;

/** The groups of patterns that count together only, each as one number. */
function numberGroups(
  roles: readonly PatternRole[],
  lateLevels: Int32Array,
): Pick<LinkedPatterns, 'groupOf' | 'groupFirst' | 'groupEarly' | 'groupWaits'> {
  const groupOf = new Int32Array(roles.length).fill(-1);
  const firsts: number[] = [];
  const early: number[] = [];
  const waits: number[] = [];
  roles.forEach(({ role, member }, number) => {
    if (role !== 'together') return;
    if (member === 0) {
      firsts.push(number);
      early.push(0);
      waits.push(0);
    }
    const group = firsts.length - 1;
    groupOf[number] = group;
    if (lateLevels[number]! < 0) early[group]! |= memberBit(member);
    else waits[group] = 1;
  });
  return {
    groupOf,
    groupFirst: Int32Array.from(firsts),
    groupEarly: Int32Array.from(early),
    groupWaits: Int32Array.from(waits),
  };
}

/** The kinds of the slots that a row cannot do without, each once. */
function slotsOf(row: Pattern, { code, slots }: PatternStore): string[] {
  const kinds = new Set<string>();
  for (let at = row; (code[at] ?? 0) !== ELEMENT.end; at++)
    if ((code[at]! & 7) === ELEMENT.slot) kinds.add(slots[code[at]! >> 3]?.kind ?? '');
  return [...kinds];
}

/** Whether a row begins with a gap, or with a group that does or may be empty. */
function floats(row: Pattern, { code, groups }: PatternStore): boolean {
  let at = row;
  while ((code[at]! & 7) === ELEMENT.edge) at++;
  const element = code[at]!;
  if ((element & 7) === ELEMENT.group) return (groups[(element >> 3) * GROUP_LENGTH + 2]! & GROUP.floats) !== 0;
  return (element & 7) === ELEMENT.gap;
}

/** Whether a row can match without a word: a group of which every match has a telling one cannot. */
function isWordless(row: Pattern, { code, groups }: PatternStore): boolean {
  for (let at = row; ; at++) {
    const element = code[at] ?? ELEMENT.end;
    switch (element & 7) {
      case ELEMENT.end:
        return true;
      case ELEMENT.token:
      case ELEMENT.slot:
        return false;
      case ELEMENT.group:
        if ((groups[(element >> 3) * GROUP_LENGTH + 3] ?? -1) >= 0) return false;
        break;
      default:
        break;
    }
  }
}
