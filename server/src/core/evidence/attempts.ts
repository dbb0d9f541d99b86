import assembled from 'design-answers:attempts';
import type { LinkedPatterns } from '../rubric/linkPatterns.js';
import type { WordRow } from '../rubric/wordRows.js';

/** What is known of a word, or of where a slot begins, with its place in the memory of an `AttemptFinder` (see `keep`). */
export interface KeptRow extends WordRow {
  readonly keptAt: number;
}

/** What stands in a sentence. */
export interface SentenceRows {
  /** Its tokens, half open. */
  readonly from: number;
  readonly to: number;
  /** By token: what is known of its word, and whether it is a sign that is passed over. */
  readonly entries: readonly KeptRow[];
  readonly soft: readonly boolean[];
  /** What is known of the slots that begin at a token: mostly none does. */
  slotsAt(token: number): readonly KeptRow[];
}

let isAssemblyWished = false;

/**
 * Has finders that are made from now on use WebAssembly, which pays in a run that ends before the engine has optimized its code: there it takes a tenth of a command's
 * instructions away. Optimized code is as fast.
 */
export function expectShortRun(): void {
  isAssemblyWished = true;
}

/**
 * Finds where patterns are worth trying: where what each cannot do without comes near enough behind a word that it can begin with. That is a hundred reads and
 * writes for every word, and hardly anything else, so that it is written in WebAssembly as well, for short runs. Where there is none, or no room in its memory, the
 * same is done here. One for a program, as a page has a hundred short texts, and new rows for each cost more than reading them.
 */
export class AttemptFinder {
  /** What was found last: each pattern, and its first token in the count of all texts, from the sentence's end to its start. Overwritten by the next sentence. */
  found: ArrayLike<number> = [];
  private readonly own: number[] = [];
  /** All memory, in numbers. */
  private readonly numbers: Int32Array;
  /** By feature: the next token that has it, or one before, in the count of all texts. Its last place is for the feature that every token has. */
  private readonly nextAt: Int32Array;
  private readonly assembled: Assembled | null;
  private readonly output: Int32Array;
  /** Where what is kept begins, and what is free behind it. */
  private readonly firstKept: number;
  private free: number;
  /** How many tokens of texts were counted. */
  private counted = 0;

  /** @param isAssembled whether WebAssembly is used where there is some. */
  constructor(
    private readonly linked: LinkedPatterns,
    isAssembled = isAssemblyWished,
  ) {
    const { featureCount, firstNeed, firstWithin, needs, needsFrom } = linked;
    const nextAt = new Int32Array(featureCount + 1).fill(-1);
    const tables = { nextAt, firstNeed, firstWithin, needs, needsFrom };
    const length = Object.values(tables).reduce((sum, row) => sum + row.length, FIRST_TABLE);
    const memory = isAssembled ? newMemory(length + ROOM) : null;
    this.numbers = memory ? new Int32Array(memory.buffer) : new Int32Array(0);
    this.output = this.numbers.subarray(OUTPUT, FIRST_TABLE);
    this.firstKept = length;
    this.free = length;
    this.nextAt = nextAt;
    this.assembled = null;
    if (!memory) return;
    const addresses: Record<string, number> = {};
    let at = FIRST_TABLE;
    for (const [name, row] of Object.entries(tables)) {
      this.numbers.set(row, at);
      addresses[name] = BYTES * at;
      at += row.length;
    }
    this.nextAt = this.numbers.subarray(FIRST_TABLE, FIRST_TABLE + nextAt.length);
    this.assembled = assemble({ memory, always: BYTES * (FIRST_TABLE + featureCount), ...addresses });
  }

  /** Counts the tokens of a text. Returns the number of its first one. */
  count(tokens: number): number {
    if (this.counted > MOST_TOKENS) {
      this.nextAt.fill(-1);
      this.counted = 0;
    }
    const first = this.counted;
    this.counted += tokens;
    return first;
  }

  /** Keeps a row. Returns its place in memory, in bytes, or -1 where there is no WebAssembly or no room: such a row's sentences are gone through without it. */
  keep({ neededAtStart, starts, needed }: WordRow): number {
    const { numbers, free } = this;
    const behind = free + 3 + neededAtStart.length + starts.length + needed.length;
    if (this.assembled === null || behind > numbers.length) return -1;
    numbers[free] = neededAtStart.length;
    numbers[free + 1] = starts.length;
    numbers[free + 2] = needed.length;
    numbers.set(neededAtStart, free + 3);
    numbers.set(starts, free + 3 + neededAtStart.length);
    numbers.set(needed, behind - needed.length);
    this.free = behind;
    return BYTES * free;
  }

  /** Forgets what was kept: the places that `keep` gave are good no more. */
  forget(): void {
    this.free = this.firstKept;
  }

  /** Finds the attempts of a sentence, `base` being the number of the text's first token. Returns how many numbers of `found` they are. */
  find(sentence: SentenceRows, base: number): number {
    const { numbers } = this;
    const { from, to, entries, soft } = sentence;
    // How many numbers can be found.
    let most = 0;
    let at = INPUT;
    let isKept = this.assembled !== null;
    for (let token = to - 1; token >= from && isKept; token--) {
      const slots = sentence.slotsAt(token);
      const { keptAt, starts } = entries[token]!;
      numbers[at] = 2 * (1 + slots.length) + (soft[token] === true ? 1 : 0);
      numbers[at + 1] = keptAt;
      at += 2;
      most += 2 * starts.length;
      isKept = keptAt >= 0 && at + slots.length + 2 <= OUTPUT;
      for (let index = 0; index < slots.length && isKept; index++) {
        const slot = slots[index]!;
        numbers[at++] = slot.keptAt;
        most += 2 * slot.starts.length;
        isKept = slot.keptAt >= 0;
      }
    }
    if (!isKept || most > this.output.length) return this.findPlainly(sentence, base);
    this.found = this.output;
    return this.assembled!.find(BYTES * INPUT, to - from, base + to - 1, BYTES * OUTPUT) / BYTES - OUTPUT;
  }

  private findPlainly({ from, to, entries, soft, slotsAt }: SentenceRows, base: number): number {
    const { own, nextAt } = this;
    own.length = 0;
    let slack = 0;
    for (let token = to - 1; token >= from; token--) {
      const word = entries[token]!;
      const slots = slotsAt(token);
      const place = base + token;
      if (soft[token] === true) slack++;
      nextAt[this.linked.featureCount] = place;
      note(word.neededAtStart, place, nextAt);
      for (let index = 0; index < slots.length; index++) note(slots[index]!.neededAtStart, place, nextAt);
      for (let index = slots.length - 1; index >= 0; index--) this.tryAll(slots[index]!.starts, place, slack);
      this.tryAll(word.starts, place, slack);
      note(word.needed, place, nextAt);
      for (let index = 0; index < slots.length; index++) note(slots[index]!.needed, place, nextAt);
    }
    this.found = own;
    return own.length;
  }

  private tryAll(starts: Int32Array, place: number, slack: number): void {
    const { needs, needsFrom, firstNeed, firstWithin } = this.linked;
    const { nextAt, own } = this;
    patterns: for (let index = starts.length - 1; index >= 0; index--) {
      const number = starts[index]!;
      // Most patterns want a second word that does not come soon enough after the first one in this sentence.
      const distance = nextAt[firstNeed[number]!]! - place;
      if (distance < 0 || distance > firstWithin[number]! + slack) continue;
      const last = needsFrom[number + 1]!;
      for (let need = needsFrom[number]! + 2; need < last; need += 2) {
        const further = nextAt[needs[need]!]! - place;
        if (further < 0 || further > needs[need + 1]! + slack) continue patterns;
      }
      own.push(number, place);
    }
  }
}

/** Notes that these features come next at a place. */
function note(features: Int32Array, place: number, nextAt: Int32Array): void {
  for (let index = features.length - 1; index >= 0; index--) nextAt[features[index]!] = place;
}

/** What attempts.wat exports; all in bytes but the count. */
interface Assembled {
  find(input: number, count: number, place: number, output: number): number;
}

let module: WebAssembly.Module | null = null;

/** Null where there is no WebAssembly, as in a browser that was told so. */
function assemble(imports: Readonly<Record<string, unknown>>): Assembled | null {
  try {
    module ??= new WebAssembly.Module(assembled);
    return new WebAssembly.Instance(module, { attempts: imports }).exports as unknown as Assembled;
  } catch {
    return null;
  }
}

/** Memory for so many numbers; null where there is none. */
function newMemory(numbers: number): WebAssembly.Memory | null {
  try {
    const pages = Math.ceil((BYTES * numbers) / PAGE);
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return null;
  }
}

/** Of one number. */
const BYTES = 4;
/** In bytes. */
const PAGE = 65_536;
/** Where what stands in a sentence is written, what is found in it, and what is there for good: in numbers. */
const INPUT = 0;
const OUTPUT = 4_096;
const FIRST_TABLE = 131_072;
/** Numbers for what is kept: the words of a hundred answers take a tenth. What nothing was written to takes no memory of the machine. */
const ROOM = 2_000_000;
/** After so many tokens the count of them begins anew: it must fit in 32 bits. */
const MOST_TOKENS = 1_000_000_000;
