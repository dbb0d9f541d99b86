import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PERIODS, periodFactors } from '../../server/src/core/calculations/periods.js';
import { toldOf } from '../support/calculations.js';

/** What sentences and lists state with no sign: what comes out is left alone, and the slip that each form is read for is told. */

const RUNS = 300;

const grouped = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** The verdicts of what is told of a text. */
const verdictsOf = (text: string) => toldOf(text).map(({ verdict }) => verdict);

/** All factors by which a figure for one period is another's: a wrong figure that is off by one of these may be right. */
const PERIOD_FACTORS = PERIODS.flatMap((from) => PERIODS.flatMap((to) => [...periodFactors(from, to)]));

const isNear = (one: number, other: number, share: number) => Math.abs(one / other - 1) <= share;

/** Two units of time, and how many of the first the second has in the usual count. */
const periods = fc.constantFrom<readonly [from: string, to: string, factor: number]>(
  ['an hour', 'a day', 24],
  ['a day', 'a month', 30],
  ['per day', 'per year', 365],
  ['a week', 'a year', 52],
  ['/month', '/year', 12],
  ['a month', 'a year', 12],
  ['a quarter', 'a year', 4],
);
const dollars = fc.integer({ min: 2, max: 9_999 });
const rate = (value: number, period: string) => `$${grouped(value)}${period.startsWith('/') ? '' : ' '}${period}`;

describe('money that is said once more for another period', () => {
  const said = fc.constantFrom(', so ', ', that is ', ', which is ', ', i.e. ', '; so ', ', so about ');
  const restated = fc.record({
    lead: fc.constantFrom('We pay ', 'Hosting costs ', 'The bill is '),
    amount: dollars,
    periods,
  });
  const write = (
    { lead, amount, periods: [from, to] }: { lead: string; amount: number; periods: readonly [string, string, number] },
    link: string,
    other: number,
  ) => `${lead}${rate(amount, from)}${link}${rate(other, to)}.`;

  test('is left alone where it comes out', () => {
    fc.assert(
      fc.property(restated, fc.oneof(said, fc.constant(', ')), (given, link) => {
        const text = write(given, link, given.amount * given.periods[2]);
        expect(verdictsOf(text), text).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('is wrong where the figure stays and where a zero is too many, as a word says that it follows', () => {
    fc.assert(
      fc.property(restated, said, fc.constantFrom(0, 10, 0.1), (given, link, slip) => {
        const right = given.amount * given.periods[2];
        const wrong = slip === 0 ? given.amount : right * slip;
        // "$11.20" for "$11.2".
        fc.pre(Number.isInteger(wrong));
        const text = write(given, link, wrong);
        expect(verdictsOf(text), text).toEqual(['fails']);
      }),
      { numRuns: RUNS },
    );
  });

  test('is doubted behind a comma alone, and a cheaper plan is none', () => {
    fc.assert(
      fc.property(restated, fc.constantFrom(0, 10), fc.integer({ min: 50, max: 99 }), (given, slip, off) => {
        const right = given.amount * given.periods[2];
        const wrong = write(given, ', ', slip === 0 ? given.amount : right * slip);
        expect(verdictsOf(wrong), wrong).toEqual(['unclear']);
        const plan = write(given, ', ', Math.round((right * off) / 100));
        expect(verdictsOf(plan), plan).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a time that is said once more in another unit', () => {
  const units = fc.constantFrom<readonly [from: string, to: string, factor: number]>(
    ['ms', 'seconds', 1000],
    ['seconds', 'minutes', 60],
    ['minutes', 'hours', 60],
    ['seconds', 'hours', 3600],
  );
  const link = fc.constantFrom(', about ', ', so ', ', i.e. ', ', so about ');
  const times = fc.record({ count: fc.integer({ min: 2, max: 400 }), units, link });

  test('is left alone where it comes out, and wrong where a zero is too many or too few', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(1, 10, 0.1), ({ count, units: [from, to, factor], link: between }, slip) => {
        const text = `The backlog takes ${grouped(count * factor)} ${from}${between}${grouped(count * slip)} ${to}.`;
        expect(verdictsOf(text), text).toEqual(slip === 1 ? [] : ['fails']);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('what shares leave', () => {
  const shares = fc
    .array(fc.integer({ min: 5, max: 45 }), { minLength: 1, maxLength: 2 })
    .filter((some) => some.reduce((sum, one) => sum + one, 0) <= 90);
  const write = (some: readonly number[], rest: number, lead: string) =>
    `${some.map((share, at) => `${share}% ${['go to the small model', 'come from the cache'][at]}`).join(', ')}, ${lead} ${rest}% go to a person.`;
  const lead = fc.constantFrom('the other', 'the remaining', 'and the other');

  test('is left alone where it is the whole, and doubted where it is not', () => {
    fc.assert(
      fc.property(shares, lead, fc.integer({ min: 1, max: 99 }), (some, words, other) => {
        const rest = 100 - some.reduce((sum, one) => sum + one, 0);
        const right = write(some, rest, words);
        expect(verdictsOf(right), right).toEqual([]);
        // What one of the shares alone leaves may be meant.
        fc.pre([rest, ...some.map((share) => 100 - share)].every((one) => one !== other));
        const wrong = write(some, other, words);
        expect(
          toldOf(wrong).map(({ verdict, slip, computed }) => [verdict, slip, computed]),
          wrong,
        ).toEqual([['unclear', 'share', rest]]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a part of a whole', () => {
  const whole = fc.integer({ min: 2, max: 90 }).map((value) => value * 1000);
  const write = fc.constantFrom(
    (share: number, all: number, part: number) =>
      `Of ${grouped(all)} chats a day, ${share}% are questions, that's ${grouped(part)} chats.`,
    (share: number, all: number, part: number) =>
      `We have ${grouped(all)} visitors, ${share}% open it, so ${grouped(part)} people.`,
    (share: number, all: number, part: number) =>
      `A rate of ${share}% on ${grouped(all)} messages means ${grouped(part)} messages.`,
  );

  test('is left alone where it comes out, and so is the rest', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 99 }), write, (all, share, form) => {
        const text = form(share, all, (all * share) / 100);
        expect(verdictsOf(text), text).toEqual([]);
        const rest = form(share, all, (all * (100 - share)) / 100);
        expect(verdictsOf(rest), rest).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('is told where it is another figure', () => {
    fc.assert(
      fc.property(
        whole,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 10, max: 9_000 }),
        write,
        (all, share, tens, form) => {
          const [part, wrong] = [(all * share) / 100, tens * 10];
          const ratios = [wrong / part, wrong / (all - part)];
          // A share and thousands may be rounded, both at once.
          const [least, most] = [-1, 1].map((way) => ((share + way * 0.55) * (all + way * 550)) / 100);
          fc.pre(wrong < least! || wrong > most!);
          // 49% taken for 0.49% is no slip of the pen.
          fc.pre(!isNear(wrong / part, 0.01, 0.06));
          fc.pre(wrong < all && ratios.every((ratio) => !isNear(ratio, 1, 0.12)));
          fc.pre(ratios.every((ratio) => PERIOD_FACTORS.every((factor) => !isNear(ratio, factor, 0.06))));
          const text = form(share, all, wrong);
          expect(toldOf(text).length, text).toBe(1);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('a quota', () => {
  const counts = fc
    .tuple(fc.integer({ min: 20, max: 5000 }), fc.integer({ min: 1, max: 99 }))
    .map(([all, percent]) => [Math.max(1, Math.round((all * percent) / 100)), all] as const)
    .filter(([part, all]) => part < all);
  const write = ([part, all]: readonly [number, number], percent: number) =>
    `${grouped(part)} of ${grouped(all)} answers pass, i.e. ${percent}%.`;

  test('is left alone where it is its share, and told where it is another', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 99 }), (given, other) => {
        const share = (100 * given[0]) / given[1];
        const rounded = Number(share.toFixed(1));
        if (rounded > 0 && rounded < 100) expect(verdictsOf(write(given, rounded)), write(given, rounded)).toEqual([]);
        // Those that did not pass may be meant.
        fc.pre([share, 100 - share].every((one) => Math.abs(one - other) > Math.max(1.1, one * 0.04)));
        const text = write(given, other);
        expect(
          toldOf(text).map(({ verdict, slip }) => [verdict, slip]),
          text,
        ).toEqual([['unclear', 'share']]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a list whose last line is the product of the others', () => {
  const line = fc.constantFrom(
    ['users', 'queries a day'],
    ['agents', 'tickets a week'],
    ['shops', 'orders per day'],
    ['clinics', 'notes a month'],
  ) as fc.Arbitrary<[string, string]>;
  const list = fc.record({ line, count: fc.integer({ min: 12, max: 9_000 }), each: fc.integer({ min: 2, max: 60 }) });
  const write = (
    { line: [who, what], count, each }: { line: [string, string]; count: number; each: number },
    total: number,
  ) => `- ${grouped(count)} ${who}\n- ${each} ${what}\n- total ${grouped(total)} ${what}`;

  test('is left alone where it comes out', () => {
    fc.assert(
      fc.property(list, (given) => {
        const text = write(given, given.count * given.each);
        expect(verdictsOf(text), text).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('is told where a zero is too many or too few', () => {
    fc.assert(
      fc.property(list, fc.constantFrom(10, 0.1), (given, slip) => {
        const wrong = given.count * given.each * slip;
        // 20 users with 2 each are 400 where each writes to each.
        fc.pre(Number.isInteger(wrong) && given.count !== given.each * 10);
        const text = write(given, wrong);
        expect(verdictsOf(text), text).toEqual(['unclear']);
      }),
      { numRuns: RUNS },
    );
  });
});
