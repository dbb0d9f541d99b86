import { inflect, possibleBases } from '../rubric/inflect.js';
import type { Pattern, PatternNode, Rubric, SlotBound } from '../rubric/types.js';
import type { Tokens } from './tokens.js';

/** A token range, half open. */
export interface TokenSpan {
  readonly from: number;
  readonly to: number;
}

/** What fills a slot: where it ends, and its value in base units where it is a quantity. */
export interface SlotFill {
  readonly to: number;
  readonly value?: number;
  readonly max?: number;
}

/** Answers what fills slots at a token. */
export interface SlotReader {
  /** What begins at a token for a slot of a kind. */
  fills(kind: string, token: number): readonly SlotFill[];
  /** The kinds that begin at a token: mostly none. */
  kindsAt(token: number): readonly string[];
}

/** What patterns name by number, looked up from the text's side: which word sets hold a word. */
export class PatternTables {
  readonly groups: readonly (readonly Pattern[])[];
  private readonly starts: (StartIndex | undefined)[] = [];
  private readonly beginnings: (Beginning | undefined)[] = [];
  /** By key: the number of a requirement, which is one of some sets that a pattern cannot do without. */
  private readonly requirements = new Map<string, number>();
  private readonly requirementsOfSet = new Map<number, number[]>();
  private readonly known = new Map<string, WordEntry>();
  private readonly bases = new Map<string, string[]>();

  constructor(private readonly rubric: Pick<Rubric, 'words' | 'groups' | 'irregular'>) {
    this.groups = rubric.groups;
    for (const [base, forms] of Object.entries(rubric.irregular)) {
      for (const form of forms) {
        const list = this.bases.get(form);
        if (list) list.push(base);
        else this.bases.set(form, [base]);
      }
    }
  }

  /** The sets that hold a word, as itself or as a form of a base; "user's" is in those of "user" too. */
  entryOf(word: string): WordEntry {
    let entry = this.known.get(word);
    if (!entry) {
      const sets = new Set<number>();
      this.collect(word, sets);
      if (word.endsWith("'s")) this.collect(word.slice(0, -2), sets);
      if (sets.size === 0) entry = NO_ENTRY;
      else {
        const met = new Set<number>();
        for (const set of sets) for (const requirement of this.requirementsOfSet.get(set) ?? NONE) met.add(requirement);
        entry = { sets, met: [...met] };
      }
      // Bounded, so that a server that runs for days does not keep every word it has seen.
      if (this.known.size > MOST_KNOWN) this.known.clear();
      this.known.set(word, entry);
    }
    return entry;
  }

  /** What the alternatives of a group can begin with. */
  beginningOf(group: number): Beginning {
    return (this.beginnings[group] ??= beginningOfRows(this.groups[group] ?? [], this));
  }

  /** How many requirements there are: the size of `Presence`'s rows. */
  get requirementCount(): number {
    return this.requirements.size;
  }

  /** The number of the requirement that one of some sets be in the sentence. Matchers are made before texts are read; a late one clears the memory. */
  requirementOf(sets: readonly number[]): number {
    const key = sets.join(' ');
    let number = this.requirements.get(key);
    if (number === undefined) {
      number = this.requirements.size;
      this.requirements.set(key, number);
      for (const set of sets) push(this.requirementsOfSet, set, number);
      if (this.known.size > 0) this.known.clear();
    }
    return number;
  }

  /** Whether a pattern spells a word out: what stands in its gaps is not its own. */
  spells(pattern: Pattern, word: string): boolean {
    return pattern.some((node) => {
      switch (node[0]) {
        case 'w':
          return this.entryOf(word).sets.has(node[1]);
        case 'p':
          return word.startsWith(node[1]);
        case 'o':
          return this.spells(node[1], word);
        case 'a':
          return (this.groups[node[1]] ?? []).some((alternative) => this.spells(alternative, word));
        default:
          return false;
      }
    });
  }

  /** Which alternatives of a group can begin with a word. */
  startsOf(group: number): StartIndex {
    return (this.starts[group] ??= new StartIndex(this.groups[group] ?? [], this));
  }

  private collect(word: string, sets: Set<number>): void {
    const { words, irregular } = this.rubric;
    if (Object.hasOwn(words, word)) for (const set of words[word] ?? NONE) sets.add(set);
    for (const base of possibleBases(word, this.bases)) {
      const key = `${base}~`;
      if (!Object.hasOwn(words, key) || !inflect(base, irregular).includes(word)) continue;
      for (const set of words[key] ?? NONE) sets.add(set);
    }
  }
}

/** The sets that hold a word, and the requirements that it meets. */
interface WordEntry {
  readonly sets: ReadonlySet<number>;
  readonly met: readonly number[];
}

const NO_ENTRY: WordEntry = { sets: new Set(), met: [] };

/** A match of the pattern with this number. */
export interface PatternMatch extends TokenSpan {
  readonly pattern: number;
}

/**
 * Finds a set of patterns in token rows. Patterns are tried only where one of their possible first elements stands, and the ends that a pattern can reach
 * from one start are followed together, so that the work for each token is bounded by the patterns' lengths and gaps: time is linear in the text whatever
 * the patterns are.
 */
export class Matcher {
  private readonly starts: StartIndex;
  private readonly requirements: readonly (readonly number[])[];

  constructor(
    private readonly patterns: readonly Pattern[],
    private readonly tables: PatternTables,
  ) {
    this.starts = new StartIndex(patterns, tables);
    this.requirements = patterns.map((pattern) => requirementsOf(pattern, tables));
  }

  /** All matches, each the longest from its start, in the order of their starts. */
  match(tokens: Tokens, slots: SlotReader, presence: Presence): PatternMatch[] {
    const found: PatternMatch[] = [];
    if (this.patterns.length === 0) return found;
    const run = new Run(this.tables, tokens, slots);
    for (let token = 0; token < tokens.count; token++) {
      this.tryAll(this.starts.beginning(tokens.words[token] ?? ''), run, token, presence, found);
      for (const kind of slots.kindsAt(token)) {
        const candidates = this.starts.bySlot.get(kind);
        if (candidates) this.tryAll(candidates, run, token, presence, found);
      }
    }
    return found;
  }

  /** The patterns that cover all tokens, from the first to the last. */
  covering(tokens: Tokens): number[] {
    if (tokens.count === 0) return [];
    const candidates = new Set([...this.starts.floating, ...this.starts.beginning(tokens.words[0] ?? '')]);
    const run = new Run(this.tables, tokens, NO_SLOTS);
    return [...candidates]
      .filter((index) => run.follow(this.patterns[index] ?? [], 0, 0, tokens.count).includes(tokens.count))
      .sort((a, b) => a - b);
  }

  private tryAll(
    candidates: readonly number[],
    run: Run,
    token: number,
    presence: Presence,
    found: PatternMatch[],
  ): void {
    if (candidates.length === 0) return;
    const number = run.tokens.sentences[token] ?? 0;
    const sentence = run.tokens.sentenceList[number];
    const present = presence.ofSentence(number);
    for (const index of candidates) {
      // Most patterns want a second word that the sentence does not have.
      if (!areMet(this.requirements[index] ?? NONE, present)) continue;
      const pattern = this.patterns[index];
      if (!pattern) continue;
      const to = longestEnd(run.follow(pattern, token, sentence?.from ?? 0, sentence?.to ?? run.tokens.count));
      if (to > token) found.push({ pattern: index, from: token, to });
    }
  }
}

function areMet(requirements: readonly number[], present: Uint8Array): boolean {
  for (let index = 0; index < requirements.length; index++) if (present[requirements[index] ?? 0] !== 1) return false;
  return true;
}

/** The requirements of a pattern, by number: what it cannot do without, besides the words that it begins with. */
function requirementsOf(pattern: Pattern, tables: PatternTables): number[] {
  const requirements: (readonly number[])[] = [];
  let isFirst = true;
  for (const node of pattern) {
    if (node[0] === 'w') {
      if (!isFirst) requirements.push([node[1]]);
      isFirst = false;
    } else if (node[0] === 'a') {
      const beginning = tables.beginningOf(node[1]);
      if (!isFirst && !beginning.mayBeEmpty && beginning.prefixes.length === 0 && beginning.kinds.length === 0) {
        requirements.push(beginning.sets);
      }
      isFirst = false;
    } else if (node[0] === 'p' || node[0] === 's') isFirst = false;
  }
  // The one with the fewest sets first: it says no soonest.
  return requirements.sort((a, b) => a.length - b.length).map((sets) => tables.requirementOf(sets));
}

/** Which requirements the sentences of one text meet: a byte for each. */
export class Presence {
  private readonly sentences: (Uint8Array | undefined)[] = [];

  constructor(
    private readonly tokens: Tokens,
    private readonly tables: PatternTables,
  ) {}

  ofSentence(number: number): Uint8Array {
    let present = this.sentences[number];
    if (!present) {
      present = new Uint8Array(this.tables.requirementCount);
      const sentence = this.tokens.sentenceList[number];
      for (let token = sentence?.from ?? 0; token < (sentence?.to ?? 0); token++) {
        for (const requirement of this.tables.entryOf(this.tokens.words[token] ?? '').met) present[requirement] = 1;
      }
      this.sentences[number] = present;
    }
    return present;
  }
}

/** One pass over a row of tokens. What a group reaches from a token is found once, however many patterns ask. */
class Run {
  private readonly groupEnds = new Map<number, readonly number[]>();

  constructor(
    private readonly tables: PatternTables,
    readonly tokens: Tokens,
    private readonly slots: SlotReader,
  ) {}

  /** The positions that a pattern can reach from a token, inside the sentence from `from` to `limit`; growing, each once. */
  follow(pattern: Pattern, start: number, from: number, limit: number): readonly number[] {
    let single = start;
    let index = 0;
    // Most attempts end here: one position, and a word that is not the wanted one.
    for (; index < pattern.length; index++) {
      const node = pattern[index];
      if (!node || (node[0] !== 'w' && node[0] !== 'p') || this.tokens.soft[single]) break;
      if (single >= limit || !this.reads(node, single)) return NONE;
      single++;
    }
    let positions: readonly number[] = [single];
    for (; index < pattern.length; index++) {
      const node = pattern[index];
      if (!node) break;
      const next = pattern[index + 1];
      if (node[0] === 'g' && next && (next[0] === 'w' || next[0] === 'p')) {
        positions = this.readAfterGap(node[1], next, positions, limit);
        index++;
      } else positions = this.step(node, positions, from, limit);
      if (positions.length === 0) return NONE;
    }
    return positions;
  }

  /** A gap and a word after it, without spelling out every position between. */
  private readAfterGap(
    most: number,
    node: PatternNode,
    positions: readonly number[],
    limit: number,
  ): readonly number[] {
    const reached: number[] = [];
    let covered = -1;
    for (const position of positions) {
      const last = Math.min(position + most, limit - 1);
      for (let at = Math.max(position, covered + 1); at <= last; at++) if (this.reads(node, at)) reached.push(at + 1);
      covered = Math.max(covered, last);
    }
    return reached;
  }

  private step(node: PatternNode, positions: readonly number[], from: number, limit: number): readonly number[] {
    const { tokens } = this;
    switch (node[0]) {
      case 'g': {
        const reached: number[] = [];
        let covered = -1;
        for (const position of positions) {
          const last = Math.min(position + node[1], limit);
          for (let next = Math.max(position, covered + 1); next <= last; next++) reached.push(next);
          covered = Math.max(covered, last);
        }
        return reached;
      }
      case 'o':
        return positions.reduce(
          (reached: readonly number[], position) => union(reached, this.follow(node[1], position, from, limit)),
          positions,
        );
      case 'a':
        return this.endsOfGroups(node[1], positions, from, limit);
      case '^':
        return positions.filter((position) => position === from);
      case '$':
        return positions.filter(
          (position) => position === limit || (position === limit - 1 && tokens.words[position] === '?'),
        );
      default: {
        let reached: readonly number[] = NONE;
        for (const position of positions) {
          reached = union(reached, this.endsOf(node, position, limit));
          // "and/or", "thumbs up/down": a slash between two words is passed over.
          if (tokens.soft[position]) reached = union(reached, this.endsOf(node, position + 1, limit));
        }
        return reached;
      }
    }
  }

  private endsOfGroups(group: number, positions: readonly number[], from: number, limit: number): readonly number[] {
    let reached: readonly number[] = NONE;
    for (const position of positions) reached = union(reached, this.endsOfGroup(group, position, from, limit));
    return reached;
  }

  /** Where those alternatives of a group that can begin at a token reach. */
  private endsOfGroup(group: number, position: number, from: number, limit: number): readonly number[] {
    const key = group * (this.tokens.count + 1) + position;
    const known = this.groupEnds.get(key);
    if (known) return known;
    const alternatives = this.tables.groups[group] ?? [];
    const starts = this.tables.startsOf(group);
    let reached: readonly number[] = NONE;
    const followAll = (candidates: readonly number[] | undefined): void => {
      for (const candidate of candidates ?? NONE)
        reached = union(reached, this.follow(alternatives[candidate] ?? [], position, from, limit));
    };
    followAll(starts.floating);
    const last = this.tokens.soft[position] ? position + 1 : position;
    for (let at = position; at <= last && at < limit; at++) {
      followAll(starts.beginning(this.tokens.words[at] ?? ''));
      if (starts.bySlot.size > 0) for (const kind of this.slots.kindsAt(at)) followAll(starts.bySlot.get(kind));
    }
    this.groupEnds.set(key, reached);
    return reached;
  }

  private endsOf(node: PatternNode, position: number, limit: number): readonly number[] {
    if (position >= limit) return NONE;
    if (node[0] !== 's') return this.reads(node, position) ? [position + 1] : NONE;
    return this.slots
      .fills(node[1], position)
      .filter((fill) => fill.to <= limit && within(fill, node[2]))
      .map((fill) => fill.to);
  }

  /** Whether a word or prefix element reads the token. */
  private reads(node: PatternNode, position: number): boolean {
    const word = this.tokens.words[position] ?? '';
    if (node[0] === 'p') return word.startsWith(node[1]);
    if (node[0] !== 'w') return false;
    return this.tables.entryOf(word).sets.has(node[1]);
  }
}

/** What a row of elements can begin with. */
interface Beginning {
  readonly sets: readonly number[];
  readonly prefixes: readonly string[];
  readonly kinds: readonly string[];
  readonly mayBeEmpty: boolean;
}

function beginningOfRows(rows: readonly Pattern[], tables: PatternTables): Beginning {
  const sets = new Set<number>();
  const prefixes = new Set<string>();
  const kinds = new Set<string>();
  const take = (beginning: Beginning): void => {
    for (const set of beginning.sets) sets.add(set);
    for (const prefix of beginning.prefixes) prefixes.add(prefix);
    for (const kind of beginning.kinds) kinds.add(kind);
  };
  /** True where all of the row may be empty. */
  const readRow = (row: Pattern): boolean =>
    row.every((node) => {
      switch (node[0]) {
        case 'w':
          sets.add(node[1]);
          return false;
        case 'p':
          prefixes.add(node[1]);
          return false;
        case 's':
          kinds.add(node[1]);
          return false;
        case 'a': {
          const group = tables.beginningOf(node[1]);
          take(group);
          return group.mayBeEmpty;
        }
        case 'o':
          readRow(node[1]);
          return true;
        default:
          // A gap at a pattern's start is no part of a match: what comes after it begins the match.
          return true;
      }
    });
  const mayBeEmpty = rows.map(readRow).some((empty) => empty);
  return { sets: [...sets], prefixes: [...prefixes], kinds: [...kinds], mayBeEmpty };
}

/** Which of some patterns can begin with a word, or with a slot. */
class StartIndex {
  private readonly bySet = new Map<number, number[]>();
  private readonly byPrefix: [string, number][] = [];
  readonly bySlot = new Map<string, number[]>();
  /** Patterns that begin with a gap, or may be empty: they can begin anywhere. */
  readonly floating: number[] = [];
  /** What `beginning` has answered. */
  private readonly known = new Map<string, readonly number[]>();

  constructor(
    patterns: readonly Pattern[],
    private readonly tables: PatternTables,
  ) {
    patterns.forEach((pattern, index) => {
      const beginning = beginningOfRows([pattern], tables);
      for (const set of beginning.sets) push(this.bySet, set, index);
      for (const prefix of beginning.prefixes) this.byPrefix.push([prefix, index]);
      for (const kind of beginning.kinds) push(this.bySlot, kind, index);
      if (beginning.mayBeEmpty || pattern.find((node) => node[0] !== '^')?.[0] === 'g') this.floating.push(index);
    });
  }

  /** The patterns that can begin with a word, each once. */
  beginning(word: string): readonly number[] {
    let all = this.known.get(word);
    if (all) return all;
    const found = new Set<number>();
    const { sets } = this.tables.entryOf(word);
    // The smaller side is walked: a group has few sets of its own, a common word is in hundreds.
    if (this.bySet.size < sets.size) {
      for (const [set, list] of this.bySet) if (sets.has(set)) for (const index of list) found.add(index);
    } else {
      for (const set of sets) for (const index of this.bySet.get(set) ?? NONE) found.add(index);
    }
    for (const [prefix, index] of this.byPrefix) if (word.startsWith(prefix)) found.add(index);
    all = found.size === 0 ? NONE : [...found];
    if (this.known.size > MOST_KNOWN) this.known.clear();
    this.known.set(word, all);
    return all;
  }
}

const MOST_KNOWN = 5_000;
const NONE: readonly number[] = [];
const NO_SLOTS: SlotReader = { fills: () => [], kindsAt: () => [] };

function longestEnd(ends: readonly number[]): number {
  let longest = -1;
  for (const end of ends) if (end > longest) longest = end;
  return longest;
}

/** Two growing rows as one. */
function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function push<K>(map: Map<K, number[]>, key: K, index: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [index]);
  else if (list.at(-1) !== index) list.push(index);
}

function within(fill: SlotFill, bound: SlotBound | undefined): boolean {
  if (!bound) return true;
  if (fill.value === undefined) return false;
  const value = fill.value;
  switch (bound[0]) {
    case '<':
      return value < bound[1];
    case '<=':
      return value <= bound[1];
    case '>':
      return value > bound[1];
    case '>=':
      return value >= bound[1];
    default:
      return value === bound[1];
  }
}
