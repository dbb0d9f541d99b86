import type { NumberRow } from './numberRows.js';

let isExpected = false;

/** Has patterns that are made ready from now on be followed by WebAssembly, which pays in a run that ends before the engine has optimized its code; optimized code is as fast. */
export function expectShortRun(): void {
  isExpected = true;
}

/** The memory that WebAssembly and the rest share. It does not grow: rows of numbers in it stay what they are. */
export class PatternMemory {
  readonly numbers: Int32Array;
  /** How much of it is taken, in numbers. What lies behind is 0. */
  private taken = 0;

  constructor(readonly memory: WebAssembly.Memory) {
    this.numbers = new Int32Array(memory.buffer);
  }

  /** Takes room for so many numbers. Returns the place of the first one in `numbers`, or -1 where there is not enough. */
  take(count: number): number {
    const first = this.taken;
    if (first + count > this.numbers.length) return -1;
    this.taken += count;
    return first;
  }

  /** How much is taken: what `forget` goes back to. */
  mark(): number {
    return this.taken;
  }

  /** Gives back all that was taken since then. */
  forget(mark: number): void {
    this.numbers.fill(0, mark, this.taken);
    this.taken = mark;
  }

  /** The address of a row: where it stands, or that of a copy. -1 where there is no room for one. */
  addressOf(row: NumberRow): number {
    if (row.buffer === this.memory.buffer) return row.byteOffset;
    const first = this.take(Math.ceil(row.byteLength / BYTES));
    if (first < 0) return -1;
    if (row instanceof Int32Array) this.numbers.set(row, first);
    else new Uint16Array(this.memory.buffer, BYTES * first, row.length).set(row);
    return BYTES * first;
  }
}

/** New memory, where the run is a short one, there is WebAssembly, and numbers have the order of bytes that it knows; else null. */
export function newPatternMemory(isWished = isExpected): PatternMemory | null {
  if (!isWished || new Uint8Array(Int32Array.of(1).buffer)[0] !== 1) return null;
  try {
    const pages = NUMBERS / (PAGE / BYTES);
    return new PatternMemory(new WebAssembly.Memory({ initial: pages, maximum: pages }));
  } catch {
    return null;
  }
}

/** Of one number. */
export const BYTES = 4;
/** In bytes. */
const PAGE = 65_536;
/**
 * Room for the built-in rubric and three thousand words; what nothing is written to takes no memory of the machine. From twice as much on, the engine takes the memory for a reason to collect
 * objects.
 */
const NUMBERS = 4 * 1024 * 1024;
