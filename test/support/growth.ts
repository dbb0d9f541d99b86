/**
 * How many times as long `run` takes on `long` as on `short`. Whatever else the machine does only ever adds, and adds more to the longer run, so both are
 * taken in turns and the shortest of each counts; it ends as soon as that is below `allowed`, and says what it came to after `rounds` otherwise. What takes less than
 * 2 ms counts as 2 ms, below which a clock shows noise.
 */
export function growthOf<Input>(
  run: (input: Input) => unknown,
  { short, long, allowed, rounds = 12 }: { short: Input; long: Input; allowed: number; rounds?: number },
): number {
  run(short);
  let [shortest, longest] = [Infinity, Infinity];
  const growth = () => longest / Math.max(shortest, 2);
  for (let round = 0; round < rounds && !(growth() < allowed); round += 1) {
    for (let count = 0; count < 3; count += 1)
      shortest = Math.min(
        shortest,
        millisecondsOf(() => run(short)),
      );
    longest = Math.min(
      longest,
      millisecondsOf(() => run(long)),
    );
  }
  return growth();
}

/** The time one run takes, in ms. */
export function millisecondsOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
