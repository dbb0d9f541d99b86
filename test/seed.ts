import * as fc from 'fast-check';

const asked = process.env['PROPERTY_SEED'];

// The same cases at every run, so that a red run always comes from what was changed. `PROPERTY_SEED=random` looks
// at others, and a number at the ones that a failure has named.
if (asked !== 'random') {
  const seed = Number(asked ?? 1);
  if (!Number.isSafeInteger(seed)) throw new Error(`PROPERTY_SEED is a whole number or "random", not "${asked}"`);
  fc.configureGlobal({ seed });
}
