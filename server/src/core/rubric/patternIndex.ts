import { QUANTITY_KINDS } from './quantityKinds.js';
import { collectSlots, slotKinds } from './slotKinds.js';
import {
  ELEMENT,
  GROUP,
  GROUP_LENGTH,
  type Cue,
  type EvidenceKind,
  type Pattern,
  type PatternIndex,
  type PatternStore,
} from './types.js';

/** What a pattern is for. */
export interface PatternRole {
  readonly pattern: Pattern;
  readonly role:
    'pattern' | 'together' | 'except' | 'except-in-sentence' | 'cue' | 'cue-except' | 'label' | 'passed-over';
  /** Index of its kind or cue; 0 for a heading that is passed over. */
  readonly owner: number;
  /** For `together`: which group and which member. For `label`: which label. */
  readonly group: number;
  readonly member: number;
}

/** Every pattern that is looked for by what it begins with, in the order of `PatternIndex.rows`: those of texts first, then those of labels and headings. */
export function listPatterns(
  kinds: readonly EvidenceKind[],
  cues: readonly Cue[],
  passedOver: readonly Pattern[],
): PatternRole[] {
  const roles: PatternRole[] = [];
  const add = (patterns: readonly Pattern[], role: PatternRole['role'], owner: number, group = 0): void => {
    for (let member = 0; member < patterns.length; member++)
      roles.push({ pattern: patterns[member] ?? 0, role, owner, group, member });
  };
  kinds.forEach((kind, owner) => {
    add(kind.patterns, 'pattern', owner);
    kind.together.forEach((members, group) => add(members, 'together', owner, group));
    add(kind.except, 'except', owner);
    add(kind.exceptInSentence, 'except-in-sentence', owner);
  });
  cues.forEach((cue, owner) => {
    add(cue.patterns, 'cue', owner);
    add(cue.except, 'cue-except', owner);
  });
  kinds.forEach((kind, owner) => {
    add(
      kind.labels.map(({ label }) => label),
      'label',
      owner,
    );
  });
  add(passedOver, 'passed-over', 0);
  return roles;
}

/** Finds what `PatternIndex` holds. Kinds come after those that their patterns use as slots. */
export function indexPatterns(
  kinds: readonly EvidenceKind[],
  cues: readonly Cue[],
  passedOver: readonly Pattern[],
  store: PatternStore,
): PatternIndex {
  const levels = levelsOf(kinds, store);
  const rows: number[] = [];
  const lengths: Lengths = new Map();
  const ofSlots = new Set(Object.values(store.slotFeatures).flat());
  for (const { pattern } of listPatterns(kinds, cues, passedOver)) {
    const slots = new Set<string>();
    collectSlots(pattern, store, slots);
    const isLate = [...slots].some((kind) => !QUANTITY_KINDS.includes(kind));
    const begins = new Set<number>();
    readBegins(pattern, store, begins);
    // What a sentence has is noted before its evidence is found, so that evidence is no need.
    const needs = needsOf(pattern, store, lengths).filter(({ feature }) => !isLate || !ofSlots.has(feature));
    rows.push(isLate ? 1 : 0, begins.size, ...begins, needs.length);
    for (const { feature, within } of needs) rows.push(feature, within);
  }
  return { levels, rows };
}

function levelsOf(kinds: readonly EvidenceKind[], store: PatternStore): number[] {
  const levelOfKind = new Map<string, number>();
  for (const kind of kinds) {
    let level = 0;
    for (const used of slotKinds(kind, store))
      if (used !== kind.id) level = Math.max(level, (levelOfKind.get(used) ?? -1) + 1);
    levelOfKind.set(kind.id, level);
  }
  return kinds.map((kind) => levelOfKind.get(kind.id) ?? 0);
}

/** Adds the features that a row can begin with. True where all of it may be empty. */
function readBegins(row: Pattern, store: PatternStore, begins: Set<number>): boolean {
  for (let at = row; ; at++) {
    const element = store.code[at] ?? 0;
    const argument = element >> 3;
    switch (element & 7) {
      case ELEMENT.end:
        return true;
      case ELEMENT.token:
        begins.add(argument);
        return false;
      case ELEMENT.slot:
        begins.add(featureOfSlot(argument, store));
        return false;
      case ELEMENT.group:
        begins.add(store.groups[argument * GROUP_LENGTH + 1] ?? 0);
        if (!((store.groups[argument * GROUP_LENGTH + 2] ?? 0) & GROUP.floats)) return false;
        break;
      case ELEMENT.optional:
        readBegins(argument, store, begins);
        break;
      default:
        // A gap at the start is no part of a match: what comes after it begins the match.
        break;
    }
  }
}

/** A feature that a match cannot do without, and within how many tokens of the match's start it must come; signs that are passed over aside. */
interface Need {
  readonly feature: number;
  readonly within: number;
}

/** By group: the most tokens that one of its alternatives reads. */
type Lengths = Map<number, number>;

/** More tokens than any sentence has: what a slot reads has no bound. */
export const UNBOUNDED = 1 << 20;

/** The features that a sentence must have for a row to match in it, besides the one that it begins with. */
function needsOf(row: Pattern, store: PatternStore, lengths: Lengths): Need[] {
  const needs = new Map<number, number>();
  let isFirst = true;
  let within = 0;
  for (let at = row; (store.code[at] ?? 0) !== ELEMENT.end; at++) {
    const element = store.code[at] ?? 0;
    const argument = element >> 3;
    const type = element & 7;
    const before = within;
    const length = longest(element, store, lengths);
    within = Math.min(UNBOUNDED, within + length);
    const need = (feature: number, most: number): void => {
      // Of a word that comes twice, the first one's bound is the tighter, and any of its places is good for that one.
      if (!needs.has(feature)) needs.set(feature, most);
    };
    if (type === ELEMENT.group) {
      const begins = store.groups[argument * GROUP_LENGTH + 1] ?? 0;
      const flags = store.groups[argument * GROUP_LENGTH + 2] ?? 0;
      const telling = store.groups[argument * GROUP_LENGTH + 3] ?? -1;
      // A telling word may stand anywhere in the group, and so at the start of the match too.
      if (telling >= 0 && telling !== begins) need(telling, Math.min(UNBOUNDED, before + length - 1));
      else if (flags & GROUP.floats) continue;
      else if (!isFirst) need(begins, before);
    } else if (type === ELEMENT.token || type === ELEMENT.slot) {
      if (!isFirst) need(type === ELEMENT.token ? argument : featureOfSlot(argument, store), before);
    } else continue;
    isFirst = false;
  }
  // The last one first: a phrase's end is mostly its rarest word ("we will add a fallback").
  return [...needs].map(([feature, most]) => ({ feature, within: most })).reverse();
}

/** The most tokens that an element reads. */
function longest(element: number, store: PatternStore, lengths: Lengths): number {
  const argument = element >> 3;
  switch (element & 7) {
    case ELEMENT.token:
      return 1;
    case ELEMENT.gap:
      return argument;
    case ELEMENT.slot:
      return UNBOUNDED;
    case ELEMENT.optional:
      return longestRow(argument, store, lengths).length;
    case ELEMENT.group: {
      let most = lengths.get(argument);
      if (most === undefined) {
        most = 0;
        for (let row = store.groups[argument * GROUP_LENGTH] ?? 0; (store.code[row] ?? 0) !== ELEMENT.end;) {
          const { length, end } = longestRow(row, store, lengths);
          most = Math.max(most, length);
          row = end + 1;
        }
        lengths.set(argument, most);
      }
      return most;
    }
    default:
      return 0;
  }
}

/** The most tokens that a row reads, and where the row ends. */
function longestRow(row: Pattern, store: PatternStore, lengths: Lengths): { length: number; end: number } {
  let length = 0;
  let at = row;
  for (; (store.code[at] ?? 0) !== ELEMENT.end; at++)
    length = Math.min(UNBOUNDED, length + longest(store.code[at] ?? 0, store, lengths));
  return { length, end: at };
}

function featureOfSlot(slot: number, store: PatternStore): number {
  return store.slotFeatures[store.slots[slot]?.kind ?? '']?.[0] ?? 0;
}
