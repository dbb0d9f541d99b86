import { setFlagsFromString } from 'node:v8';

/**
 * Sets the engine up for a run over a few files, which ends before optimized code has paid for being made: making it took a third of the time. Regular expressions
 * are run as they are read for longer, too, and not gone over for steps that could be one: most are asked for a dozen times. And the room for new objects grows
 * to all that it may be at once, and what is old is not collected little by little: nearly all that such a run makes is still there when it ends. New objects are collected by
 * one thread, in long runs as well: with others it takes four times as long, as they wait for a core that the rest of the run is on.
 */
export function expectFewFiles(): void {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--regexp-tier-up-ticks=50');
  setFlagsFromString('--no-regexp-peephole-optimization');
  setFlagsFromString('--semi-space-growth-factor=16');
  setFlagsFromString('--no-incremental-marking');
  setFlagsFromString('--no-parallel-scavenge');
}

/**
 * Sets the engine up for a run that lasts: mostly as it is without flags. Optimized code is made later, and with less of other functions copied into it: making it was a
 * sixth of the processor's time over two hundred files, once in each thread, and what it saved did not pay for that.
 */
export function expectManyFiles(): void {
  setFlagsFromString('--opt');
  setFlagsFromString('--interrupt-budget=400000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
  setFlagsFromString('--regexp-tier-up-ticks=1');
  setFlagsFromString('--regexp-peephole-optimization');
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--incremental-marking');
}
