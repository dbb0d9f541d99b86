import assembled from 'design-answers:matcher';
import type { LinkedPatterns } from '../rubric/linkPatterns.js';
import { isNarrow } from '../rubric/numberRows.js';
import { BYTES, type PatternMemory } from '../rubric/patternMemory.js';
import type { WordRow } from '../rubric/wordRows.js';

/** What of the patterns' rows WebAssembly reads. */
const ROWS = [
  'firstNeed',
  'firstWithin',
  'needs',
  'needsFrom',
  'lateLevels',
  'groupOf',
  'rowOf',
  'code',
  'groups',
] as const satisfies readonly (keyof LinkedPatterns)[];

let module: WebAssembly.Module | null = null;

const MOST_TOKENS = 2_048;
const BITS_OF_TOKENS = MOST_TOKENS / 32 + 4;
const MOST_NODE_NUMBERS = 16_384;

/** What stands where in a text, in numbers. `matcher.wat` knows the first three, and is told the others. */
const enum TEXT {
  from,
  to,
  edge,
  /** By token: the address of its word, of the first of what fills slots there, and of the first of the slots that begin there. */
  words = 16,
  fills = words + MOST_TOKENS,
  slots = fills + MOST_TOKENS,
  /** A bit for each token. Those of the next sixty are read with each. */
  soft = slots + MOST_TOKENS,
  borders = soft + BITS_OF_TOKENS,
  nodes = borders + BITS_OF_TOKENS,
  length = nodes + MOST_NODE_NUMBERS,
}

/** What stands where in a word, in numbers: three rows of 16 bits a number, each from an address to an address, then its bits. `matcher.wat` knows these places. */
export const enum WORD {
  bits = 6,
}

/** Room for what is found in a sentence, in numbers: for a whole number of attempts. */
const OUTPUT = 393_216;
export const NUMBERS_OF_ATTEMPT = 3;
/** After so many tokens the count of them begins anew: it must fit in 32 bits. */
const MOST_COUNTED = 1_000_000_000;

/** The patterns of a rubric in WebAssembly: finds in a text where they are worth trying, and follows them. */
export class PatternAssembly {
  readonly numbers: Int32Array;
  /** The same memory, for bits. */
  readonly bits: Uint32Array;
  /** Up to here, memory holds what stays. */
  private readonly staying: number;
  private readonly nextAt: Int32Array;
  /** How many tokens of texts were counted. */
  private counted = 0;

  private constructor(
    private readonly memory: PatternMemory,
    private readonly featureCount: number,
    readonly code: Assembled,
    nextAt: number,
    private readonly texts: readonly number[],
    /** Where what is found is written. */
    readonly output: number,
  ) {
    this.numbers = memory.numbers;
    this.bits = new Uint32Array(memory.memory.buffer);
    this.nextAt = this.numbers.subarray(nextAt, nextAt + featureCount + 1).fill(-1);
    this.staying = memory.mark();
  }

  /** Null where there is no room, or rows need more than 16 bits a number, or the engine refuses it, as a browser that was told so does. */
  static of(linked: LinkedPatterns, memory: PatternMemory): PatternAssembly | null {
    if (!isNarrow(linked)) return null;
    const { featureCount } = linked;
    const nextAt = memory.take(featureCount + 1);
    // One for texts, and one for the labels that are read meanwhile.
    const texts = [memory.take(TEXT.length), memory.take(TEXT.length)];
    const output = memory.take(OUTPUT);
    const imports: Record<string, unknown> = {
      memory: memory.memory,
      nextAt: BYTES * nextAt,
      always: BYTES * (nextAt + featureCount),
      words: BYTES * TEXT.words,
      fills: BYTES * TEXT.fills,
      slots: BYTES * TEXT.slots,
      soft: BYTES * TEXT.soft,
      borders: BYTES * TEXT.borders,
      mostFound: OUTPUT / NUMBERS_OF_ATTEMPT,
    };
    for (const name of ROWS) imports[name] = memory.addressOf(linked[name]);
    if (Math.min(nextAt, ...texts, output) < 0 || ROWS.some((name) => imports[name] === -1)) return null;
    try {
      module ??= new WebAssembly.Module(assembled);
      const { exports } = new WebAssembly.Instance(module, { matcher: imports });
      return new PatternAssembly(memory, featureCount, exports as unknown as Assembled, nextAt, texts, output);
    } catch {
      return null;
    }
  }

  /** Keeps a word, or where a slot begins, with a bit for each feature that is asked for. Returns its place in `numbers`, or -1 where there is no room; what it had taken by then stays taken. */
  keep({ neededAtStart, starts, needed, asked }: WordRow): number {
    const { memory, numbers } = this;
    const place = memory.take(WORD.bits + (this.featureCount >> 5) + 1);
    const askedAt = memory.addressOf(asked);
    const rows = [neededAtStart, starts, needed];
    if (place < 0 || askedAt < 0) return -1;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      const address = memory.addressOf(row);
      if (address < 0) return -1;
      numbers[place + 2 * index] = address;
      numbers[place + 2 * index + 1] = address + row.byteLength;
    }
    this.code.setBits(askedAt, askedAt + asked.byteLength, BYTES * (place + WORD.bits));
    return place;
  }

  /** Forgets what was kept: the places that `keep` gave are good no more. */
  forget(): void {
    this.memory.forget(this.staying);
  }

  /** Begins a text of so many tokens, or a label while a text is gone through. Null where it has too many: then nothing is known of it here. */
  begin(tokens: number, isLabel: boolean): AssembledText | null {
    if (tokens > MOST_TOKENS) return null;
    if (this.counted > MOST_COUNTED) {
      this.nextAt.fill(-1);
      this.counted = 0;
    }
    const first = this.counted;
    this.counted += tokens;
    return new AssembledText(this, this.texts[isLabel ? 1 : 0]!, first, tokens);
  }
}

/** A text in the memory of WebAssembly. */
export class AssembledText {
  /** Of this text in bytes. */
  private readonly address: number;
  /** The first place at which no node stands yet. */
  private free: number;

  constructor(
    private readonly assembly: PatternAssembly,
    private readonly first: number,
    /** The first token's number in the count of all texts. */
    private readonly base: number,
    tokens: number,
  ) {
    const { numbers } = assembly;
    this.address = BYTES * first;
    this.free = first + TEXT.nodes;
    numbers.fill(0, first + TEXT.fills, first + TEXT.fills + tokens);
    numbers.fill(0, first + TEXT.slots, first + TEXT.slots + tokens);
    numbers.fill(0, first + TEXT.soft, first + TEXT.soft + (tokens >> 5) + 1);
    numbers.fill(0, first + TEXT.borders, first + TEXT.borders + (tokens >> 5) + 1);
  }

  /** Tells a token's word, by the place that `keep` gave. */
  setWord(token: number, place: number): void {
    this.assembly.numbers[this.first + TEXT.words + token] = BYTES * place;
  }

  /** Tells that a token is a sign that is passed over. */
  setSoft(token: number): void {
    this.assembly.numbers[this.first + TEXT.soft + (token >> 5)]! |= 1 << (token & 31);
  }

  /** Tells that a token is a border of cells that ends gaps. */
  setBorder(token: number): void {
    this.assembly.numbers[this.first + TEXT.borders + (token >> 5)]! |= 1 << (token & 31);
  }

  /** Tells that slots of a kind, kept at a place, begin at a token. Whether there is room for that. */
  addSlot(token: number, place: number): boolean {
    const { numbers } = this.assembly;
    const node = this.takeNode(2);
    if (node < 0) return false;
    const head = this.first + TEXT.slots + token;
    numbers[node] = BYTES * place;
    numbers[node + 1] = numbers[head]!;
    numbers[head] = BYTES * node;
    return true;
  }

  /** Tells that a slot, by its number, is filled by so many tokens from one on. Whether there is room for that. */
  addFill(token: number, slot: number, tokens: number): boolean {
    const { numbers } = this.assembly;
    const node = this.takeNode(3);
    if (node < 0) return false;
    const head = this.first + TEXT.fills + token;
    numbers[node] = slot;
    numbers[node + 1] = tokens;
    numbers[node + 2] = numbers[head]!;
    numbers[head] = BYTES * node;
    return true;
  }

  /** Goes to a sentence, given as a half open range of tokens, and as where its end may be told beside its end: before a question mark. */
  enter(from: number, to: number, edge: number): void {
    const { numbers } = this.assembly;
    numbers[this.first + TEXT.from] = from;
    numbers[this.first + TEXT.to] = to;
    numbers[this.first + TEXT.edge] = edge;
  }

  /**
   * Finds the attempts of the sentence. Returns how many there are, or -1 where there is no room for them: each takes three numbers of `assembly.numbers` from
   * `assembly.output` on, its pattern, its first token, and where it ends, or 0 where it has not been followed. They stand from the sentence's end to its start.
   */
  find(): number {
    const { output, code } = this.assembly;
    const end = code.find(this.address, this.base, BYTES * output);
    return end < 0 ? -1 : (end / BYTES - output) / NUMBERS_OF_ATTEMPT;
  }

  /** The last token that a row leads to from a token, -1 where it leads nowhere, or -2 where that cannot be told here. */
  follow(row: number, token: number): number {
    return this.assembly.code.follow(this.address, row, token);
  }

  private takeNode(length: number): number {
    const node = this.free;
    if (node + length > this.first + TEXT.length) return -1;
    this.free += length;
    return node;
  }
}

/** What matcher.wat exports; all but rows and tokens in bytes. */
interface Assembled {
  setBits(from: number, to: number, bits: number): void;
  find(text: number, base: number, output: number): number;
  follow(text: number, row: number, token: number): number;
}
