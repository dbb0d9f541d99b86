import { NUMBERS_OF_ATTEMPT, PatternAssembly, WORD, type AssembledText } from './assembly.js';
import { AttemptFinder, type AttemptRow } from './attempts.js';
import { getOr } from '../getOr.js';
import { memberBit, roleOf, type LatePatterns, type LinkedPatterns } from '../rubric/linkPatterns.js';
import type { PatternRole } from '../rubric/patternIndex.js';
import { numberRow } from '../rubric/numberRows.js';
import { newPatternMemory, type PatternMemory } from '../rubric/patternMemory.js';
import { EDGE, ELEMENT, GROUP, GROUP_LENGTH, type Pattern, type SlotBound } from '../rubric/types.js';
import { slotWord, type WordFeatures } from '../rubric/wordFeatures.js';
import { WordReader } from '../rubric/wordReader.js';
import { EMPTY_ROW, patternsFrom, wordRow, type WordRow } from '../rubric/wordRows.js';
import type { Tokens } from './tokens.js';

/** A token range, half open. */
export interface TokenSpan {
  readonly from: number;
  readonly to: number;
}

/** What fills a slot: where it ends, and its value in base units where it is a quantity. */
export interface SlotFill {
  readonly to: number;
  readonly value?: number | undefined;
  readonly max?: number | undefined;
}

/** Answers what fills slots at a token. */
export interface SlotReader {
  /** What begins at a token for a slot of a kind. */
  fills(kind: string, token: number): readonly SlotFill[];
  /** The kinds that begin at a token: mostly none. */
  kindsAt(token: number): readonly string[];
  /** Whether anything fills a slot of this kind. */
  has(kind: string): boolean;
}

/** A bit for each feature that is asked for, from `bitsFrom` on; words share the row, since one of its own for each takes longer to make than to fill. */
interface FeatureBits {
  readonly bits: Uint32Array;
  readonly bitsFrom: number;
  /** Its place in the memory of WebAssembly (see `PatternAssembly.keep`), or -1. */
  readonly keptAt: number;
}

/** What is known of a word, or of where a slot begins: what patterns ask of it. Of a slot, `starts` are the patterns that need no evidence (see `lateStartsOf`). */
interface TokenEntry extends AttemptRow, FeatureBits {
  /** By group: where those of its alternatives begin that can begin with it. Filled as it is asked for. */
  rows: Map<number, readonly number[]> | null;
}

/** A match of the pattern with this number. */
export interface PatternMatch extends TokenSpan {
  readonly pattern: number;
  /** Where it begins in the code. */
  readonly row: Pattern;
}

/**
 * The patterns of a rubric, ready to run. Patterns are tried only where one of their possible first elements stands, and only in sentences that have all
 * that they cannot do without.
 */
export class PatternProgram {
  /** By pattern: 1 while a run tries it late. One for the program, and all 0 between runs. */
  readonly isReady: Uint8Array;
  /** By group: the bits of its members that may begin in the sentence at hand; all 0 between sentences. */
  readonly groupBits: Int32Array;
  private readonly slotEntries = new Map<string, TokenEntry>();
  /** By level (see `lateStartsOf`); null until it is asked for. */
  private lateStarts: readonly LateStarts[] | null = null;
  /** How many numbers the bits of all features take. */
  private readonly bitsLength: number;
  /** The row that the bits of new words go to, and how much of it is taken. */
  private bits: Uint32Array;
  private bitsTaken = 0;
  private readonly floating: ReadonlySet<number>;
  private readonly reader: WordReader;
  private readonly known = new Map<string, TokenEntry>();
  private readonly roles: (PatternRole | undefined)[] = [];
  /** Of every word that no pattern knows. */
  private noEntry: TokenEntry;
  readonly attempts: AttemptFinder;
  /** Null where the run is no short one, or the engine has no WebAssembly. */
  readonly assembly: PatternAssembly | null;
  /** By kind: the slots that it can fill, by their numbers. */
  private readonly slotsOf = new Map<string, number[]>();

  /** @param memory where the patterns' rows may stand already. */
  constructor(
    readonly linked: LinkedPatterns,
    private readonly words: WordFeatures,
    memory: PatternMemory | null = newPatternMemory(),
  ) {
    const { featureCount, rowOf, groupFirst } = linked;
    this.isReady = new Uint8Array(rowOf.length);
    this.groupBits = new Int32Array(groupFirst.length);
    this.floating = new Set(linked.floating);
    this.reader = new WordReader(words, linked);
    this.attempts = new AttemptFinder(linked);
    this.assembly = memory && PatternAssembly.of(linked, memory);
    this.bitsLength = (featureCount >> 5) + 1;
    this.bits = new Uint32Array(0);
    this.noEntry = entryOf(EMPTY_ROW, this.bitsOf(EMPTY_ROW));
  }

  /** The slots that a kind can fill, by their numbers. */
  slotsOfKind(kind: string): readonly number[] {
    const { slots } = this.linked;
    if (this.slotsOf.size === 0) {
      for (let number = 0; number < slots.length; number++) {
        const { kind: own } = slots[number]!;
        const known = this.slotsOf.get(own);
        if (known) known.push(number);
        else this.slotsOf.set(own, [number]);
      }
    }
    return this.slotsOf.get(kind) ?? NONE;
  }

  /** Begins a run over a text of so many tokens, or over a label of one. Returns the number of its first one in the count of all. */
  begin(tokens: number, isLabel: boolean): number {
    // Bounded, so that a server that runs for days does not keep every word it has seen; never while a text is gone through.
    if (this.known.size > MOST_KNOWN && !isLabel) {
      this.known.clear();
      this.slotEntries.clear();
      this.assembly?.forget();
      this.noEntry = entryOf(EMPTY_ROW, this.bitsOf(EMPTY_ROW));
    }
    return this.attempts.count(tokens);
  }

  /** What a pattern is for; made once for each, since every match asks. */
  roleOf(pattern: number): PatternRole {
    return (this.roles[pattern] ??= roleOf(this.linked, pattern));
  }

  /** What is known of a word, as itself or as a form of a base; "user's" is a "user" too. */
  entryOf(word: string): TokenEntry {
    let entry = this.known.get(word);
    if (!entry) {
      entry = this.readEntry(word);
      this.known.set(word, entry);
    }
    return entry;
  }

  /** What is known of a token where a slot of a kind begins, besides its word. */
  entryOfSlot(kind: string): TokenEntry {
    let entry = this.slotEntries.get(kind);
    if (!entry) {
      const { slotFeatures, lateLevels } = this.linked;
      const row = this.words.readyRow(slotWord(kind)) ?? wordRow(slotFeatures[kind] ?? NONE, this.linked);
      const starts = Array.from(row.starts).filter((number) => lateLevels[number]! < 0);
      const early = {
        ...row,
        starts: numberRow(starts, this.linked),
        asked: numberRow(slotFeatures[kind] ?? NONE, this.linked),
      };
      entry = entryOf(early, this.bitsOf(early));
      this.slotEntries.set(kind, entry);
    }
    return entry;
  }

  /** By kind: the patterns that its slots can begin and that wait for evidence of the levels before this one; growing. */
  lateStartsOf(level: number): LateStarts {
    return (this.lateStarts ??= lateStartsByLevel(this.linked))[level] ?? NO_STARTS;
  }

  /** Where those alternatives of a group begin that can begin with a word, or with a slot; soft signs aside. */
  rowsAt(group: number, entry: TokenEntry): readonly number[] {
    let rows = entry.rows?.get(group);
    if (!rows) {
      const { code, groups } = this.linked;
      const found: number[] = [];
      for (let row = groups[group * GROUP_LENGTH]!; code[row] !== ELEMENT.end; row = endOfRow(code, row) + 1) {
        const element = code[row]!;
        const type = element & 7;
        const isPossible =
          type === ELEMENT.token
            ? isSet(entry, element >> 3)
            : type !== ELEMENT.group ||
              (groups[(element >> 3) * GROUP_LENGTH + 2]! & (GROUP.floats | GROUP.slots)) !== 0 ||
              isSet(entry, groups[(element >> 3) * GROUP_LENGTH + 1]!);
        if (isPossible) found.push(row);
      }
      rows = found.length === 0 ? NONE : found;
      (entry.rows ??= new Map()).set(group, rows);
    }
    return rows;
  }

  /** The patterns of labels, or those of headings that are passed over, that cover all tokens: numbers, growing. */
  covering(tokens: Tokens, role: 'label' | 'passed-over'): number[] {
    if (tokens.count === 0) return [];
    const run = new PatternRun(this, tokens, NO_SLOTS, true);
    const possible = new Set(this.linked.wordless);
    for (let token = 0; token < tokens.count; token++) {
      const { labelStarts } = this.entryOf(tokens.words[token]!);
      for (let at = 0; at < labelStarts.length; at++)
        if (token === 0 || this.floating.has(labelStarts[at]!)) possible.add(labelStarts[at]!);
    }
    return [...possible]
      .filter((number) => {
        const candidate = this.roleOf(number);
        return candidate.role === role && run.reachesEnd(candidate.pattern);
      })
      .sort((a, b) => a - b);
  }

  /** Whether a pattern spells a word out: what stands in its gaps is not its own. */
  spells(pattern: Pattern, word: string): boolean {
    const { code, groups } = this.linked;
    const entry = this.entryOf(word);
    const spellsRow = (row: number): boolean => {
      for (let at = row; ; at++) {
        const element = code[at] ?? 0;
        const argument = element >> 3;
        switch (element & 7) {
          case ELEMENT.end:
            return false;
          case ELEMENT.token:
            if (isSet(entry, argument)) return true;
            break;
          case ELEMENT.optional:
            if (spellsRow(argument)) return true;
            break;
          case ELEMENT.group:
            for (let row = groups[argument * GROUP_LENGTH] ?? 0; (code[row] ?? 0) !== 0; row = endOfRow(code, row) + 1)
              if (spellsRow(row)) return true;
            break;
          default:
            break;
        }
      }
    };
    return spellsRow(pattern);
  }

  private readEntry(word: string): TokenEntry {
    const row = this.reader.rowOf(word);
    return row === EMPTY_ROW ? this.noEntry : entryOf(row, this.bitsOf(row));
  }

  /** The bits of the features that are asked of a row, in room of their own. */
  private bitsOf(row: WordRow): FeatureBits {
    const kept = this.assembly?.keep(row) ?? -1;
    if (kept >= 0) return { bits: this.assembly!.bits, bitsFrom: kept + WORD.bits, keptAt: kept };
    const taken = this.takeBits();
    const { bits, bitsFrom } = taken;
    const features = row.asked;
    // A typed row's length is looked up at every step otherwise.
    const { length } = features;
    for (let index = 0; index < length; index++) {
      const feature = features[index]!;
      bits[bitsFrom + (feature >> 5)]! |= 1 << (feature & 31);
    }
    return taken;
  }

  /** Room for the bits of one word. What earlier words have stays theirs. */
  private takeBits(): FeatureBits {
    if (this.bitsTaken + this.bitsLength > this.bits.length) {
      this.bits = new Uint32Array(this.bitsLength * WORDS_IN_ROW);
      this.bitsTaken = 0;
    }
    const bitsFrom = this.bitsTaken;
    this.bitsTaken += this.bitsLength;
    return { bits: this.bits, bitsFrom, keptAt: -1 };
  }
}

/** The patterns of one level that wait for evidence, by the kind of the slot that they can begin with. */
interface LateStarts {
  readonly byKind: ReadonlyMap<string, readonly number[]>;
  /** The keys of `byKind`. */
  readonly kinds: readonly string[];
}

function lateStartsByLevel(linked: LinkedPatterns): LateStarts[] {
  const { slotFeatures, lateLevels, late } = linked;
  const byLevel = late.map(() => new Map<string, number[]>());
  for (const [kind, features] of Object.entries(slotFeatures))
    for (const number of patternsFrom(features, linked)) {
      const level = lateLevels[number]!;
      if (level >= 0) getOr(byLevel[level]!, kind, () => []).push(number);
    }
  return byLevel.map((byKind) => ({ byKind, kinds: [...byKind.keys()] }));
}

const NO_STARTS: LateStarts = { byKind: new Map(), kinds: [] };

/** Made in one place and written out, so that words and slots have one shape: code that meets several is slow. */
function entryOf(
  { needed, neededAtStart, asked, starts, labelStarts }: WordRow,
  { keptAt, bits, bitsFrom }: FeatureBits,
): TokenEntry {
  return {
    needed,
    neededAtStart,
    asked,
    starts,
    labelStarts,
    keptAt,
    bits,
    bitsFrom,
    rows: null,
    tries: null,
  };
}

/**
 * One pass over one text. The ends that a pattern can reach from one start are followed together, and what a group reaches from a token is found once,
 * however many patterns ask: the work for each token is bounded by the patterns' lengths and gaps, so time is linear in the text whatever the patterns are.
 */
export class PatternRun {
  private readonly code: Int32Array;
  private readonly groups: Int32Array;
  private readonly entries: readonly TokenEntry[];
  private readonly soft: readonly boolean[];
  /** The first token's number in that count. */
  private readonly base: number;
  /** By token: the next border of a table's cell at or after it, or null where there is none. */
  private readonly borders: readonly number[] | null;
  private groupEnds: Map<number, readonly number[]> | null = null;
  /** The sentence at hand, in tokens. */
  private from = 0;
  private limit: number;
  /** Patterns of the sentence at hand that count together only, and by them the tokens at which they may begin. */
  private readonly waiting: number[] = [];
  private readonly waitingAt: number[] = [];
  /** Such patterns whose group waits for evidence too, in the order of the text, and by them their tokens; and the groups by sentence (see `inSentence`). */
  private readonly held: number[] = [];
  private readonly heldAt: number[] = [];
  private heldGroups: Set<number> | null = null;
  /** The groups of which one that waited for evidence was found in the sentence at hand. */
  private met: Set<number> | null = null;
  /** Patterns with slots of evidence that a word of the text may begin, and by them the token of that word; in the order of the text. */
  private readonly late: number[] = [];
  private readonly lateAt: number[] = [];
  /** The same text in WebAssembly, if it is there. */
  private assembled: AssembledText | null;

  /** @param isLabel whether another run may go through a text at the same time. Of each sort there is one at a time: they have their places in memory. */
  constructor(
    private readonly program: PatternProgram,
    private readonly tokens: Tokens,
    private readonly slots: SlotReader,
    isLabel = false,
  ) {
    const { code, groups } = program.linked;
    this.code = code;
    this.groups = groups;
    this.soft = tokens.soft;
    this.base = program.begin(tokens.count, isLabel);
    this.entries = entriesOf(tokens.words, program);
    this.limit = tokens.count;
    this.borders = bordersOf(tokens);
    this.assembled = program.assembly && this.assemble(program.assembly, isLabel);
  }

  /** Writes the text into the memory of WebAssembly. Null where something of it has no room there. */
  private assemble(assembly: PatternAssembly, isLabel: boolean): AssembledText | null {
    const { program, tokens, entries, soft, borders, slots } = this;
    const { count } = tokens;
    const text = assembly.begin(count, isLabel);
    if (!text) return null;
    for (let token = 0; token < count; token++) {
      const { keptAt } = entries[token]!;
      if (keptAt < 0) return null;
      text.setWord(token, keptAt);
      if (soft[token] === true) text.setSoft(token);
      if (borders !== null && borders[token] === token) text.setBorder(token);
      const kinds = slots.kindsAt(token);
      for (let index = 0; index < kinds.length; index++) {
        const kind = kinds[index]!;
        const entry = program.entryOfSlot(kind);
        if (entry.keptAt < 0 || !text.addSlot(token, entry.keptAt)) return null;
        const fills = slots.fills(kind, token);
        for (let at = 0; at < fills.length; at++) if (!this.addFill(text, kind, token, fills[at]!)) return null;
      }
    }
    return text;
  }

  private addFill(text: AssembledText, kind: string, token: number, fill: SlotFill): boolean {
    const numbers = this.program.slotsOfKind(kind);
    const { slots } = this.program.linked;
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index]!;
      if (within(fill, slots[number]!.bound) && !text.addFill(token, number, fill.to - token)) return false;
    }
    return true;
  }

  /** Tells that evidence of a kind was found since, and that its slots are filled by that. */
  filled(kind: string, { from, to }: TokenSpan): void {
    // What groups reached before may reach further now.
    this.groupEnds = null;
    if (this.assembled === null) return;
    // A kind of one's own by this name takes the place of a bare figure, which cannot be taken back there.
    if (kind === 'number' || !this.addFill(this.assembled, kind, from, { to })) this.assembled = null;
  }

  /** Goes to a sentence. */
  private enter(from: number, to: number): void {
    // What a group reaches at the end of one sentence is not what it reaches at the start of the next.
    if (from !== this.from || to !== this.limit) this.groupEnds = null;
    this.from = from;
    this.limit = to;
    this.assembled?.enter(from, to, this.tokens.words[to - 1] === '?' ? to - 1 : to);
  }

  /** All matches of the patterns that need no evidence, each the longest from its start, in the order of their starts. */
  match(): PatternMatch[] {
    const found: PatternMatch[] = [];
    const { program, slots, entries, soft, base } = this;
    const { attempts } = program;
    const { sentenceList } = this.tokens;
    const slotsAt = (token: number): readonly TokenEntry[] => {
      const kinds = slots.kindsAt(token);
      return kinds.length === 0 ? NO_ENTRIES : slotEntriesOf(kinds, program);
    };
    for (let sentence = 0; sentence < sentenceList.length; sentence++) {
      const { from, to } = sentenceList[sentence]!;
      this.enter(from, to);
      if (!this.matchAssembled(found)) {
        const count = attempts.find({ from, to, entries, soft, slotsAt }, base);
        for (let index = count - 2; index >= 0; index -= 2)
          this.take(attempts.found[index]!, attempts.found[index + 1]! - base, found);
      }
      if (this.waiting.length > 0) this.matchTogether(sentence, found);
    }
    return found;
  }

  /** Finds the attempts of the sentence at hand in WebAssembly, where most are followed too. Whether it could. */
  private matchAssembled(found: PatternMatch[]): boolean {
    const { assembled, program } = this;
    const count = assembled === null ? -1 : assembled.find();
    if (count < 0) return false;
    const { numbers, output } = program.assembly!;
    const { rowOf } = program.linked;
    for (let index = output + (count - 1) * NUMBERS_OF_ATTEMPT; index >= output; index -= NUMBERS_OF_ATTEMPT) {
      const pattern = numbers[index]!;
      const from = numbers[index + 1]!;
      const to = numbers[index + 2]!;
      // None ends at the first token.
      if (to > 0) found.push({ pattern, row: rowOf[pattern]!, from, to });
      else this.take(pattern, from, found);
    }
    return true;
  }

  /** Follows a pattern, or keeps it for later, when others or evidence that it waits for are known. */
  private take(number: number, token: number, found: PatternMatch[]): void {
    const { lateLevels, groupOf } = this.program.linked;
    if (lateLevels[number]! >= 0) {
      this.late.push(number);
      this.lateAt.push(token);
    } else if (groupOf[number]! >= 0) {
      this.waiting.push(number);
      this.waitingAt.push(token);
    } else this.add(number, token, found);
  }

  /**
   * Follows the patterns that count together only where each of a group may begin somewhere in the sentence: mostly one of them cannot. Where others of the group
   * wait for evidence, they are held until it is found in the sentence, which is rarer still.
   */
  private matchTogether(sentence: number, found: PatternMatch[]): void {
    const { waiting, waitingAt } = this;
    const { groupBits } = this.program;
    const { groupOf, groupFirst, groupEarly, groupWaits } = this.program.linked;
    for (let index = 0; index < waiting.length; index++) {
      const number = waiting[index]!;
      const group = groupOf[number]!;
      groupBits[group]! |= memberBit(number - groupFirst[group]!);
    }
    for (let index = 0; index < waiting.length; index++) {
      const number = waiting[index]!;
      const group = groupOf[number]!;
      if (groupBits[group] !== groupEarly[group]) continue;
      const from = waitingAt[index]!;
      if (groupWaits[group] === 1) {
        this.held.push(number);
        this.heldAt.push(from);
        (this.heldGroups ??= new Set()).add(this.inSentence(group, sentence));
        continue;
      }
      this.add(number, from, found);
    }
    for (let index = 0; index < waiting.length; index++) groupBits[groupOf[waiting[index]!]!] = 0;
    waiting.length = 0;
    waitingAt.length = 0;
  }

  /** One number for a group and a sentence. */
  private inSentence(group: number, sentence: number): number {
    return sentence * this.program.groupBits.length + group;
  }

  /** All matches of the patterns that wait for evidence of the levels before this one. */
  matchLate(level: number): readonly PatternMatch[] {
    const { groupOf, late: lateByLevel } = this.program.linked;
    const late = lateByLevel[level];
    if (!late) return NO_MATCHES;
    const { isReady } = this.program;
    let ready: LatePatterns[] | null = null;
    for (let index = 0; index < late.length; index++) {
      const group = late[index]!;
      if (!this.hasAll(group.kinds)) continue;
      (ready ??= []).push(group);
      for (let at = 0; at < group.patterns.length; at++) isReady[group.patterns[at]!] = 1;
    }
    if (!ready) return NO_MATCHES;
    const found: PatternMatch[] = [];
    const foundHeld: PatternMatch[] = [];
    const { byKind, kinds: startKinds } = this.program.lateStartsOf(level);
    let hasStarts = false;
    for (let index = 0; index < startKinds.length && !hasStarts; index++)
      hasStarts = this.slots.has(startKinds[index]!);
    let next = 0;
    let nextHeld = 0;
    const { sentenceList } = this.tokens;
    for (let sentence = 0; sentence < sentenceList.length; sentence++) {
      const { from, to } = sentenceList[sentence]!;
      this.enter(from, to);
      this.met?.clear();
      for (let token = from; token < to; token++) {
        for (; this.lateAt[next] === token; next++) this.tryLate(this.late[next]!, token, sentence, found);
        if (!hasStarts) continue;
        const kinds = this.slots.kindsAt(token);
        for (let index = 0; index < kinds.length; index++) {
          const numbers = byKind.get(kinds[index]!);
          if (numbers === undefined) continue;
          for (let at = 0; at < numbers.length; at++) this.tryLate(numbers[at]!, token, sentence, found);
        }
      }
      for (; nextHeld < this.heldAt.length && this.heldAt[nextHeld]! < to; nextHeld++) {
        const number = this.held[nextHeld]!;
        if (this.met?.has(groupOf[number]!)) this.add(number, this.heldAt[nextHeld]!, foundHeld);
      }
    }
    for (const { patterns } of ready) for (let at = 0; at < patterns.length; at++) isReady[patterns[at]!] = 0;
    return foundHeld.length === 0 ? found : [...foundHeld, ...found];
  }

  /** The matches of one pattern between two tokens, each the longest from its start. */
  matchOne(pattern: Pattern, from: number, to: number): TokenSpan[] {
    const found: TokenSpan[] = [];
    for (const sentence of this.tokens.sentenceList) {
      if (sentence.to <= from || sentence.from >= to) continue;
      this.enter(sentence.from, sentence.to);
      for (let token = Math.max(from, sentence.from); token < Math.min(to, sentence.to); token++) {
        const end = this.furthest(pattern, token);
        if (end > token && end <= to) found.push({ from: token, to: end });
      }
    }
    return found;
  }

  /** Whether a pattern can reach the end of the text from its start, sentences aside. */
  reachesEnd(pattern: Pattern): boolean {
    const { count } = this.tokens;
    this.enter(0, count);
    return this.furthest(pattern, 0) === count;
  }

  /** Adds the longest match of a pattern from a token. Returns whether there is one. */
  private add(number: number, token: number, found: PatternMatch[]): boolean {
    const row = this.program.linked.rowOf[number]!;
    const to = this.furthest(row, token);
    if (to <= token) return false;
    found.push({ pattern: number, row, from: token, to });
    return true;
  }

  /** Tries a pattern with slots of evidence, once there is some for each of them, and where the others of its group that need none may be. */
  private tryLate(number: number, token: number, sentence: number, found: PatternMatch[]): void {
    if (this.program.isReady[number] === 0) return;
    const { groupOf, groupEarly } = this.program.linked;
    const group = groupOf[number]!;
    const isWithEarly = group >= 0 && groupEarly[group] !== 0;
    if (isWithEarly && !this.heldGroups?.has(this.inSentence(group, sentence))) return;
    if (this.add(number, token, found) && isWithEarly) (this.met ??= new Set()).add(group);
  }

  /** Whether some evidence is there of each of these kinds. */
  private hasAll(kinds: readonly string[]): boolean {
    for (let index = 0; index < kinds.length; index++) if (!this.slots.has(kinds[index]!)) return false;
    return true;
  }

  /** The last token that a row can reach from a token, inside the sentence at hand; -1 where there is none. */
  private furthest(row: number, token: number): number {
    const to = this.assembled === null ? UNKNOWN : this.assembled.follow(row, token);
    return to === UNKNOWN ? longestEnd(this.follow(row, token)) : to;
  }

  /** The positions that a row can reach from a token, inside the sentence at hand; growing, each once. */
  private follow(row: number, start: number): readonly number[] {
    const { code, entries, soft, limit } = this;
    let at = row;
    let element = code[at]!;
    let single = start;
    let positions: readonly number[] | null = null;
    // Most attempts go from one position to the next, and end at a word that is not the wanted one.
    while (positions === null) {
      const type = element & 7;
      if (type === ELEMENT.token && soft[single] !== true) {
        if (single >= limit) return NONE;
        const { bits, bitsFrom } = entries[single]!;
        const feature = element >> 3;
        // What `isSet` tells, without a call.
        if ((bits[bitsFrom + (feature >> 5)]! & (1 << (feature & 31))) === 0) return NONE;
        single++;
      } else if (type === ELEMENT.group) {
        const ends = this.endsOfGroup(element >> 3, single);
        if (ends.length === 0) return NONE;
        if (ends.length === 1) single = ends[0]!;
        else positions = ends;
      } else {
        positions = only(single);
        break;
      }
      element = code[++at]!;
    }
    while (element !== ELEMENT.end) {
      const argument = element >> 3;
      const next = code[at + 1]!;
      if ((element & 7) === ELEMENT.gap && (next & 7) === ELEMENT.token) {
        positions = this.readAfterGap(argument, next >> 3, positions);
        at++;
      } else if ((element & 7) === ELEMENT.gap && (next & 7) === ELEMENT.group && this.hasFixedStart(next >> 3)) {
        positions = this.groupAfterGap(argument, next >> 3, positions);
        at++;
      } else positions = this.step(element & 7, argument, positions);
      if (positions.length === 0) return NONE;
      element = code[++at]!;
    }
    return positions;
  }

  /** A gap and a word after it, without spelling out every position between. */
  private readAfterGap(most: number, feature: number, positions: readonly number[]): readonly number[] {
    let reached = NONE;
    let covered = -1;
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index]!;
      const last = this.lastOfGap(position, Math.min(position + most, this.limit - 1));
      for (let at = Math.max(position, covered + 1); at <= last; at++)
        if (isSet(this.entries[at]!, feature)) reached = append(reached, at + 1);
      covered = Math.max(covered, last);
    }
    return reached;
  }

  /** Whether a group begins with words alone, so that the bits of a token say where it can. */
  private hasFixedStart(group: number): boolean {
    return (this.groups[group * GROUP_LENGTH + 2]! & (GROUP.floats | GROUP.slots)) === 0;
  }

  /** The same for a gap and such a group. */
  private groupAfterGap(most: number, group: number, positions: readonly number[]): readonly number[] {
    const { entries, soft } = this;
    const feature = this.groups[group * GROUP_LENGTH + 1]!;
    let reached: readonly number[] = NONE;
    let covered = -1;
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index]!;
      const last = this.lastOfGap(position, Math.min(position + most, this.limit - 1));
      for (let at = Math.max(position, covered + 1); at <= last; at++)
        if (isSet(entries[at]!, feature) || soft[at] === true) reached = union(reached, this.endsOfGroup(group, at));
      covered = Math.max(covered, last);
    }
    return reached;
  }

  private step(type: number, argument: number, positions: readonly number[]): readonly number[] {
    switch (type) {
      case ELEMENT.gap:
        return this.afterGap(argument, positions);
      case ELEMENT.group: {
        if (positions.length === 1) return this.endsOfGroup(argument, positions[0]!);
        let reached: readonly number[] = NONE;
        for (let index = 0; index < positions.length; index++)
          reached = union(reached, this.endsOfGroup(argument, positions[index]!));
        return reached;
      }
      case ELEMENT.optional: {
        let reached = positions;
        for (let index = 0; index < positions.length; index++)
          reached = union(reached, this.follow(argument, positions[index]!));
        return reached;
      }
      case ELEMENT.edge:
        if (positions.length === 1) return this.isEdge(argument, positions[0]!) ? positions : NONE;
        return this.edges(argument, positions);
      default: {
        let reached: readonly number[] = NONE;
        for (let index = 0; index < positions.length; index++) {
          const position = positions[index]!;
          reached = union(reached, this.endsOf(type, argument, position));
          // "and/or", "thumbs up/down": a slash between two words is passed over.
          if (this.soft[position] === true) reached = union(reached, this.endsOf(type, argument, position + 1));
        }
        return reached;
      }
    }
  }

  /** Where a gap that may reach so far ends at the latest: words of one cell of a table say nothing together with those of the next but one, unless a pattern names the border. */
  private lastOfGap(from: number, to: number): number {
    const { borders } = this;
    return borders === null || from >= borders.length ? to : Math.min(to, borders[from]!);
  }

  private afterGap(most: number, positions: readonly number[]): readonly number[] {
    let reached = NONE;
    let covered = -1;
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index]!;
      const last = this.lastOfGap(position, Math.min(position + most, this.limit));
      for (let next = Math.max(position, covered + 1); next <= last; next++) reached = append(reached, next);
      covered = Math.max(covered, last);
    }
    return reached;
  }

  /** Apart from `step`, where its closure would cost every step an object. */
  private edges(edge: number, positions: readonly number[]): readonly number[] {
    return positions.filter((position) => this.isEdge(edge, position));
  }

  private isEdge(edge: number, position: number): boolean {
    if (edge === EDGE.start) return position === this.from;
    if (edge > EDGE.end)
      return position <= this.from + edge - EDGE.end && this.lastOfGap(this.from, position) === position;
    return position === this.limit || (position === this.limit - 1 && this.tokens.words[position] === '?');
  }

  /** Where those alternatives of a group that can begin at a token reach. */
  private endsOfGroup(group: number, position: number): readonly number[] {
    const { groups } = this;
    const feature = groups[group * GROUP_LENGTH + 1]!;
    const flags = groups[group * GROUP_LENGTH + 2]!;
    if (!(flags & GROUP.floats) && !this.begins(feature, flags, position)) {
      if (this.soft[position] !== true || !this.begins(feature, flags, position + 1)) return NONE;
    }
    // That it can begin here is all that there is to a group of single words.
    if (flags & GROUP.single && this.soft[position] !== true) return only(position + 1);
    if (!(flags & GROUP.deep)) return this.followAll(group, position);
    const key = group * (this.tokens.count + 1) + position;
    this.groupEnds ??= new Map();
    let reached = this.groupEnds.get(key);
    if (!reached) {
      reached = this.followAll(group, position);
      this.groupEnds.set(key, reached);
    }
    return reached;
  }

  private begins(feature: number, flags: number, position: number): boolean {
    if (position >= this.limit) return false;
    if (isSet(this.entries[position]!, feature)) return true;
    if (!(flags & GROUP.slots)) return false;
    const kinds = this.slots.kindsAt(position);
    for (let index = 0; index < kinds.length; index++)
      if (isSet(this.program.entryOfSlot(kinds[index]!), feature)) return true;
    return false;
  }

  private followAll(group: number, position: number): readonly number[] {
    let reached: readonly number[] = NONE;
    if (this.soft[position] !== true && position < this.limit) {
      const rows = this.program.rowsAt(group, this.entries[position]!);
      if (rows.length === 1) return this.follow(rows[0]!, position);
      for (let index = 0; index < rows.length; index++) {
        const ends = this.follow(rows[index]!, position);
        if (ends.length > 0) reached = union(reached, ends);
      }
      return reached;
    }
    const { code } = this;
    for (let row = this.groups[group * GROUP_LENGTH]!; code[row] !== ELEMENT.end; row = endOfRow(code, row) + 1) {
      const ends = this.follow(row, position);
      if (ends.length > 0) reached = union(reached, ends);
    }
    return reached;
  }

  private endsOf(type: number, argument: number, position: number): readonly number[] {
    if (position >= this.limit) return NONE;
    if (type === ELEMENT.token) return isSet(this.entries[position]!, argument) ? only(position + 1) : NONE;
    const slot = this.program.linked.slots[argument];
    if (!slot) return NONE;
    let ends = NONE;
    for (const fill of this.slots.fills(slot.kind, position))
      if (fill.to <= this.limit && within(fill, slot.bound)) ends = union(ends, only(fill.to));
    return ends;
  }
}

// Pushed, not mapped: what `map` makes has another layout once its code is optimized, and all that reads both is slower from then on.

function entriesOf(words: readonly string[], program: PatternProgram): readonly TokenEntry[] {
  const entries: TokenEntry[] = [];
  for (let index = 0; index < words.length; index++) entries.push(program.entryOf(words[index]!));
  return entries;
}

function slotEntriesOf(kinds: readonly string[], program: PatternProgram): readonly TokenEntry[] {
  const entries: TokenEntry[] = [];
  for (let index = 0; index < kinds.length; index++) entries.push(program.entryOfSlot(kinds[index]!));
  return entries;
}

/** What WebAssembly says of what it cannot tell. */
const UNKNOWN = -2;
const MOST_KNOWN = 10_000;
/** Words that share a row of bits. */
const WORDS_IN_ROW = 256;
const NONE: readonly number[] = [];
const NO_MATCHES: readonly PatternMatch[] = [];
const NO_ENTRIES: readonly TokenEntry[] = [];
const NO_SLOTS: SlotReader = { fills: () => [], kindsAt: () => [], has: () => false };

function bordersOf({ words, count }: Tokens): readonly number[] | null {
  // What stands behind the first border is mostly told of what stands before it: "Latency | 2 s".
  const first = words.indexOf('[cell]', 1);
  if (first < 0 || words.indexOf('[cell]', first + 1) < 0) return null;
  const borders: number[] = [];
  for (let token = count - 1, next = count; token >= 0; token--) {
    if (words[token] === '[cell]' && token !== first) next = token;
    borders[token] = next;
  }
  return borders;
}

const ONES: (readonly number[])[] = [];

/** A row of one position; never changed, so one for each number is enough. */
function only(position: number): readonly number[] {
  return position < 1_000 ? (ONES[position] ??= [position]) : [position];
}

/**
 * A growing row with a larger number behind it. Most rows are of one number and take no memory of their own; one of two or more was made here, and grows.
 */
function append(row: readonly number[], larger: number): readonly number[] {
  if (row.length === 0) return only(larger);
  if (row.length === 1) return [row[0]!, larger];
  (row as number[]).push(larger);
  return row;
}

function isSet({ bits, bitsFrom }: FeatureBits, feature: number): boolean {
  return (bits[bitsFrom + (feature >> 5)]! & (1 << (feature & 31))) !== 0;
}

function endOfRow(code: ArrayLike<number>, row: number): number {
  let at = row;
  while (code[at] !== ELEMENT.end) at++;
  return at;
}

function longestEnd(ends: readonly number[]): number {
  return ends.length === 0 ? -1 : ends[ends.length - 1]!;
}

/** Two growing rows as one. */
function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  if (a.length === 1 && b.length === 1 && a[0] === b[0]) return a;
  const merged: number[] = [];
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const x = a[left]!;
    const y = b[right]!;
    merged.push(x < y ? x : y);
    if (x <= y) left++;
    if (y <= x) right++;
  }
  for (; left < a.length; left++) merged.push(a[left]!);
  for (; right < b.length; right++) merged.push(b[right]!);
  return merged;
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
