import { inflect } from '../rubric/inflect.js';
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

/** What patterns name by index. A set is spelled out when it is first asked for: most are never reached by a text. */
export class PatternTables {
  readonly groups: readonly (readonly Pattern[])[];
  private readonly sets: (ReadonlySet<string> | undefined)[] = [];
  private readonly starts: (StartIndex | undefined)[] = [];

  constructor(private readonly rubric: Pick<Rubric, 'wordSets' | 'groups' | 'irregular'>) {
    this.groups = rubric.groups;
  }

  /** Whether a pattern spells a word out: what stands in its gaps is not its own. */
  spells(pattern: Pattern, word: string): boolean {
    return pattern.some((node) => {
      switch (node[0]) {
        case 'w':
          return this.setAt(node[1]).has(word);
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

  /** The words of a set, all forms of `retry~` included. */
  setAt(index: number): ReadonlySet<string> {
    let set = this.sets[index];
    if (!set) {
      const words = new Set<string>();
      for (const word of (this.rubric.wordSets[index] ?? '').split(' ')) {
        if (!word.endsWith('~')) words.add(word);
        else for (const form of inflect(word.slice(0, -1), this.rubric.irregular)) words.add(form);
      }
      set = words;
      this.sets[index] = set;
    }
    return set;
  }
}

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

  constructor(
    private readonly patterns: readonly Pattern[],
    private readonly tables: PatternTables,
  ) {
    this.starts = new StartIndex(patterns, tables);
  }

  /** All matches, each the longest from its start, in the order of their starts. */
  match(tokens: Tokens, slots: SlotReader): PatternMatch[] {
    const found: PatternMatch[] = [];
    if (this.patterns.length === 0) return found;
    for (let token = 0; token < tokens.count; token++) {
      this.tryAll(this.starts.beginning(tokens.words[token] ?? ''), tokens, token, slots, found);
      for (const kind of slots.kindsAt(token)) {
        const candidates = this.starts.bySlot.get(kind);
        if (candidates) this.tryAll(candidates, tokens, token, slots, found);
      }
    }
    return found;
  }

  /** The patterns that cover all tokens, from the first to the last. */
  covering(tokens: Tokens): number[] {
    if (tokens.count === 0) return [];
    const candidates = new Set([...this.starts.floating, ...this.starts.beginning(tokens.words[0] ?? '')]);
    return [...candidates].filter((index) => this.follow(this.patterns[index] ?? [], tokens, [0], 0, tokens.count, NO_SLOTS).includes(tokens.count)).sort((a, b) => a - b);
  }

  private tryAll(candidates: readonly number[], tokens: Tokens, token: number, slots: SlotReader, found: PatternMatch[]): void {
    for (const index of candidates) {
      const pattern = this.patterns[index];
      if (!pattern) continue;
      const sentence = tokens.sentenceList[tokens.sentences[token] ?? 0];
      const to = longestEnd(this.follow(pattern, tokens, [token], sentence?.from ?? 0, sentence?.to ?? tokens.count, slots));
      if (to <= token) continue;
      // One pattern can be reached twice from one start (a word and its possessive stem).
      const last = found.at(-1);
      if (last?.pattern === index && last.from === token) continue;
      found.push({ pattern: index, from: token, to });
    }
  }

  /** The positions that a pattern can reach from any of the given ones, inside one sentence. */
  private follow(pattern: Pattern, tokens: Tokens, starts: readonly number[], from: number, limit: number, slots: SlotReader): number[] {
    let positions: number[] = [...starts];
    for (const node of pattern) {
      positions = this.step(node, tokens, positions, from, limit, slots);
      if (positions.length === 0) break;
    }
    return positions;
  }

  private step(node: PatternNode, tokens: Tokens, positions: number[], from: number, limit: number, slots: SlotReader): number[] {
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
        return union(positions, this.follow(node[1], tokens, positions, from, limit, slots));
      case 'a':
        return this.stepGroup(node[1], tokens, positions, from, limit, slots);
      case '^':
        return positions.filter((position) => position === from);
      case '$':
        return positions.filter((position) => position === limit || (position === limit - 1 && tokens.words[position] === '?'));
      default: {
        const reached: number[] = [];
        for (const position of positions) {
          this.read(node, tokens, position, limit, slots, reached);
          // "and/or", "thumbs up/down": a slash between two words is passed over.
          if (tokens.soft[position] && position + 1 < limit) this.read(node, tokens, position + 1, limit, slots, reached);
        }
        return reached.length > 1 ? [...new Set(reached)].sort((a, b) => a - b) : reached;
      }
    }
  }

  /** Follows those alternatives of a group that can begin where it is. */
  private stepGroup(group: number, tokens: Tokens, positions: readonly number[], from: number, limit: number, slots: SlotReader): number[] {
    const alternatives = this.tables.groups[group] ?? [];
    const index = this.tables.startsOf(group);
    let reached: number[] = [];
    const follow = (alternative: number, position: number) => {
      const ends = this.follow(alternatives[alternative] ?? [], tokens, [position], from, limit, slots);
      if (ends.length > 0) reached = reached.length === 0 ? ends : union(reached, ends);
    };
    for (const position of positions) {
      for (const alternative of index.floating) follow(alternative, position);
      if (position >= limit) continue;
      for (const alternative of index.beginning(tokens.words[position] ?? '')) follow(alternative, position);
      if (tokens.soft[position] && position + 1 < limit) {
        for (const alternative of index.beginning(tokens.words[position + 1] ?? '')) follow(alternative, position);
      }
      if (index.bySlot.size === 0) continue;
      for (const kind of slots.kindsAt(position)) {
        for (const alternative of index.bySlot.get(kind) ?? NONE) follow(alternative, position);
      }
      if (!tokens.soft[position]) continue;
      for (const kind of slots.kindsAt(position + 1)) {
        for (const alternative of index.bySlot.get(kind) ?? NONE) follow(alternative, position);
      }
    }
    return reached;
  }

  private read(node: PatternNode, tokens: Tokens, position: number, limit: number, slots: SlotReader, reached: number[]): void {
    if (position >= limit) return;
    const word = tokens.words[position] ?? '';
    if (node[0] === 'w') {
      const set = this.tables.setAt(node[1]);
      if (set.has(word)) reached.push(position + 1);
      else {
        const stem = possessiveStem(word);
        if (stem !== null && set.has(stem)) reached.push(position + 1);
      }
    } else if (node[0] === 'p') {
      if (word.startsWith(node[1])) reached.push(position + 1);
    } else if (node[0] === 's') {
      for (const fill of slots.fills(node[1], position)) {
        if (fill.to <= limit && within(fill, node[2])) reached.push(fill.to);
      }
    }
  }
}

/** Which of some patterns can begin with a word, or with a slot. */
class StartIndex {
  private readonly byWord = new Map<string, number[]>();
  private readonly byPrefix: [string, number][] = [];
  readonly bySlot = new Map<string, number[]>();
  /** Patterns that begin with a gap, or may be empty: they can begin anywhere. */
  readonly floating: number[] = [];
  /** What `beginning` answered for words with a prefix or a possessive. */
  private readonly merged = new Map<string, readonly number[]>();

  constructor(
    patterns: readonly Pattern[],
    private readonly tables: PatternTables,
  ) {
    patterns.forEach((pattern, index) => {
      const mayBeEmpty = this.indexRow(pattern, index);
      if (mayBeEmpty || pattern.find((node) => node[0] !== '^')?.[0] === 'g') this.floating.push(index);
    });
  }

  /** The patterns that can begin with a word, each once. */
  beginning(word: string): readonly number[] {
    const plain = this.byWord.get(word);
    const stem = possessiveStem(word);
    if (stem === null && this.byPrefix.length === 0) return plain ?? NONE;
    let all = this.merged.get(word);
    if (!all) {
      const prefixed = this.byPrefix.filter(([prefix]) => word.startsWith(prefix)).map(([, index]) => index);
      all = [...new Set([...(plain ?? NONE), ...(stem === null ? NONE : (this.byWord.get(stem) ?? NONE)), ...prefixed])];
      // Bounded, so that a server that runs for days does not keep every word it has seen.
      if (this.merged.size > 20_000) this.merged.clear();
      this.merged.set(word, all);
    }
    return all;
  }

  /** Indexes what a row may begin with. True where all of it may be empty. */
  private indexRow(row: Pattern, index: number): boolean {
    return row.every((node) => this.indexNode(node, index));
  }

  /** Indexes what a node may begin with. True where the node may be empty, so that the next one may begin the match too. */
  private indexNode(node: PatternNode, index: number): boolean {
    switch (node[0]) {
      case 'w':
        for (const word of this.tables.setAt(node[1])) push(this.byWord, word, index);
        return false;
      case 'p':
        this.byPrefix.push([node[1], index]);
        return false;
      case 's':
        push(this.bySlot, node[1], index);
        return false;
      case 'a': {
        let mayBeEmpty = false;
        for (const alternative of this.tables.groups[node[1]] ?? []) mayBeEmpty = this.indexRow(alternative, index) || mayBeEmpty;
        return mayBeEmpty;
      }
      case 'o':
        this.indexRow(node[1], index);
        return true;
      default:
        // A gap at a pattern's start is no part of a match: what comes after it begins the match.
        return true;
    }
  }
}

const NONE: readonly number[] = [];
const NO_SLOTS: SlotReader = { fills: () => [], kindsAt: () => [] };

function longestEnd(ends: readonly number[]): number {
  let longest = -1;
  for (const end of ends) if (end > longest) longest = end;
  return longest;
}

function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [index]);
  else if (list.at(-1) !== index) list.push(index);
}

/** "user's" → "user"; null for other words. Contractions such as "it's" are words of their own, and their stem does no harm. */
function possessiveStem(word: string): string | null {
  return word.endsWith("'s") ? word.slice(0, -2) : null;
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
