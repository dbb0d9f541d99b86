import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseQuestion,
  isInterruptionDue,
  LEAST_GAP_MS,
  planInterruptions,
  sectionsToAskAbout,
} from '../../client/src/practice/interruptions.js';
import {
  advance,
  roundUsedMs,
  sectionUsedMs,
  startRound,
  type Round,
  type RoundEvent,
} from '../../client/src/timer/clock.js';
import type { QuestionToAsk } from '../../server/src/protocol.js';

const MINUTE = 60_000;
const FIVE_STEPS = [2, 5, 5, 5, 3];
const PDRIF = [8, 7, 8, 12, 10];

/** A round of sections a, b, c … with budgets in minutes. */
function begin(budgets: readonly number[], seed: number): Round {
  const sections = budgets.map((minutes, index) => {
    const id = String.fromCharCode(97 + index);
    return { id, title: id.toUpperCase(), budgetSeconds: minutes * 60, cautionSeconds: null };
  });
  const setup = { id: 'r', uri: 'file:///a.md', framework: 'x', sections, followsCursor: true, idleAfterMs: 0, seed };
  return startRound(setup, { monotonicMs: 0, wallMs: 0 });
}

/** What every section leaves open: three rules each, of two questions each. */
function openIn(sections: readonly string[]): QuestionToAsk[] {
  return [1, 2, 3].flatMap((number) =>
    sections.map((section) => ({
      rule: `${section}/rule-${number}`,
      section,
      questions: [`What of ${section}${number}?`, `And of ${section}${number}?`],
    })),
  );
}

interface Step {
  readonly seconds: number;
  readonly event: RoundEvent;
}

const steps = (sections: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 240 }),
      event: fc.oneof(
        { weight: 3, arbitrary: fc.constant<RoundEvent>({ type: 'activity' }) },
        {
          weight: 3,
          arbitrary: fc
            .integer({ min: 0, max: sections - 1 })
            .map((index): RoundEvent => ({ type: 'cursor', section: String.fromCharCode(97 + index) })),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom<RoundEvent>({ type: 'pause' }, { type: 'resume' }, { type: 'add-minute' }),
        },
        { weight: 1, arbitrary: fc.constant<RoundEvent>({ type: 'restore' }) },
      ),
    }),
    { maxLength: 40 },
  );

interface Asked {
  readonly usedMs: number;
  readonly sectionMs: number;
  readonly current: string;
  readonly reached: readonly string[];
  readonly rule: string;
  readonly section: string;
  readonly question: string;
}

/** Lives through a round second by second, with an interviewer who asks whenever a question is due. */
function live(budgets: readonly number[], seed: number, script: readonly Step[]): Asked[] {
  let round = begin(budgets, seed);
  let second = 0;
  const asked: Asked[] = [];
  for (const { seconds, event } of script) {
    for (let passed = 0; passed < seconds; passed++) {
      const now = { monotonicMs: ++second * 1000, wallMs: second * 1000 };
      round = advance(round, { type: 'tick' }, now);
      if (!isInterruptionDue(round)) continue;
      const choice = chooseQuestion(round, openIn(sectionsToAskAbout(round)));
      if (!choice) continue;
      asked.push({
        ...choice,
        usedMs: roundUsedMs(round),
        sectionMs: sectionUsedMs(round, round.current),
        current: round.current,
        reached: round.sections.filter(({ id }) => sectionUsedMs(round, id) > 0).map(({ id }) => id),
      });
      round = advance(round, { type: 'interrupt', interruption: { id: `q${asked.length}`, ...choice } }, now);
    }
    round = advance(round, event, { monotonicMs: second * 1000, wallMs: second * 1000 });
  }
  return asked;
}

describe('the plan of a round', () => {
  test('has two interruptions for twenty minutes and five for forty-five', () => {
    for (const seed of [0, 1, 7, 0xffffffff]) {
      expect(planInterruptions(seed, 20 * MINUTE)).toHaveLength(2);
      expect(planInterruptions(seed, 45 * MINUTE)).toHaveLength(5);
    }
  });

  test('has at most one for a short round, and none for one of two minutes', () => {
    expect(planInterruptions(3, 6 * MINUTE)).toHaveLength(1);
    expect(planInterruptions(3, 2 * MINUTE)).toHaveLength(0);
    expect(planInterruptions(3, 0)).toEqual([]);
  });

  test('follows from the seed, lies inside of the round and keeps its distances', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 180 }), (seed, minutes) => {
        const budget = minutes * MINUTE;
        const plan = planInterruptions(seed, budget);
        expect(plan).toEqual(planInterruptions(seed, budget));
        plan.forEach((time, index) => {
          expect(time).toBeGreaterThanOrEqual(budget * 0.12 - 1);
          expect(time).toBeLessThanOrEqual(budget * 0.9);
          if (index > 0) expect(time - (plan[index - 1] ?? 0)).toBeGreaterThanOrEqual(LEAST_GAP_MS - 1);
        });
      }),
    );
  });

  test('differs from seed to seed', () => {
    const plans = new Set(Array.from({ length: 50 }, (_, seed) => planInterruptions(seed, 20 * MINUTE).join()));
    expect(plans.size).toBe(50);
  });
});

describe('an interviewer', () => {
  test('asks about each round as planned when the writer goes through it in order', () => {
    for (let seed = 0; seed < 8; seed++) {
      for (const budgets of [FIVE_STEPS, PDRIF]) {
        const script = budgets.map((minutes, index): Step => ({
          seconds: minutes * 60,
          event: { type: 'cursor', section: String.fromCharCode(98 + index) },
        }));
        const total = budgets.reduce((sum, minutes) => sum + minutes, 0) * MINUTE;
        const asked = live(budgets, seed, script);
        const planned = planInterruptions(seed, total);
        expect(asked.length).toBeLessThanOrEqual(planned.length);
        expect(asked.length).toBeGreaterThanOrEqual(1);
        // Peace at a section's start delays a question, by 90 seconds at most.
        asked.forEach(({ usedMs }) =>
          expect(planned.some((time) => usedMs >= time && usedMs - time <= 90_000 + 1000)).toBe(true),
        );
      }
    }
  });

  test('keeps its manners whatever the writer does', () => {
    const rounds = fc.tuple(fc.constantFrom(FIVE_STEPS, PDRIF, [3, 3], [10], [1, 1, 1, 1, 20]), fc.nat(0xffffffff));
    fc.assert(
      fc.property(
        rounds.chain(([budgets, seed]) => fc.tuple(fc.constant({ budgets, seed }), steps(budgets.length))),
        ([{ budgets, seed }, script]) => {
          const asked = live(budgets, seed, script);
          expect(live(budgets, seed, script)).toEqual(asked);
          expect(new Set(asked.map(({ rule }) => rule)).size).toBe(asked.length);
          expect(new Set(asked.map(({ question }) => question)).size).toBe(asked.length);
          const total = budgets.reduce((sum, minutes) => sum + minutes, 0) * MINUTE;
          expect(asked.length).toBeLessThanOrEqual(planInterruptions(seed, total).length);
          asked.forEach((each, index) => {
            const budget = (budgets[each.current.charCodeAt(0) - 97] ?? 0) * MINUTE;
            expect(each.sectionMs).toBeGreaterThanOrEqual(Math.min(90_000, budget * 0.35));
            expect(each.reached).toContain(each.section);
            const before = asked[index - 1];
            if (before) expect(each.usedMs - before.usedMs).toBeGreaterThanOrEqual(LEAST_GAP_MS);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('waits while the round is paused, and asks nothing when it is over', () => {
    let round = begin([20], 1);
    let due = 0;
    for (let second = 1; second <= 1200 && due === 0; second++) {
      round = advance(round, { type: 'tick' }, { monotonicMs: second * 1000, wallMs: 0 });
      if (isInterruptionDue(round)) due = second;
    }
    expect(due).toBeGreaterThan(0);
    const now = { monotonicMs: due * 1000, wallMs: 0 };
    expect(isInterruptionDue(advance(round, { type: 'pause' }, now))).toBe(false);
    expect(isInterruptionDue(advance(round, { type: 'finish' }, now))).toBe(false);
  });

  test('asks the weightiest first, about the current section and the one before it', () => {
    let round = begin(FIVE_STEPS, 1);
    round = advance(round, { type: 'tick' }, { monotonicMs: 4000, wallMs: 0 });
    round = advance(round, { type: 'cursor', section: 'c' }, { monotonicMs: 4000, wallMs: 0 });
    expect(sectionsToAskAbout(round)).toEqual(['c', 'a']);
    expect(chooseQuestion(round, openIn(['c', 'a']))?.rule).toBe('c/rule-1');
    expect(chooseQuestion(round, openIn(['a']))?.rule).toBe('a/rule-1');
    expect(chooseQuestion(round, openIn(['b', 'd']))).toBeNull();
    expect(chooseQuestion(round, [])).toBeNull();
  });

  test('does not ask in the same words for another rule', () => {
    const round = begin(FIVE_STEPS, 1);
    const first = { rule: 'a/one', section: 'a', questions: ['What ships first?'] };
    const asked = advance(
      round,
      { type: 'interrupt', interruption: { id: 'q', rule: 'a/one', section: 'a', question: 'What ships first?' } },
      { monotonicMs: 0, wallMs: 0 },
    );
    expect(chooseQuestion(round, [first])?.question).toBe('What ships first?');
    expect(chooseQuestion(asked, [{ ...first, rule: 'a/two' }])).toBeNull();
  });
});
