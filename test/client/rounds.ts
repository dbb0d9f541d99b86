import fc from 'fast-check';
import type { HistoryRound } from '../../server/src/protocol.js';

/** A finished round with what a test does not care about filled in. */
export function round(id: string, changes: Partial<HistoryRound> = {}): HistoryRound {
  return {
    version: 1,
    id,
    startedAt: '2026-03-01T10:00:00.000Z',
    finishedAt: '2026-03-01T10:20:00.000Z',
    framework: 'five-step',
    title: 'Contracts',
    uri: 'file:///work/contracts.answer.md',
    score: { total: 68, band: 'borderline' },
    sections: [
      { id: 'problem-framing', budgetSeconds: 120, usedSeconds: 95, words: 78, score: 65 },
      { id: 'cost-latency', budgetSeconds: 300, usedSeconds: 412, words: 40, score: 30 },
    ],
    checks: { met: ['problem/no-user'], part: ['cost/no-unit-cost'], missing: ['cost/no-numbers'] },
    interruptions: [],
    ...changes,
  };
}

/** Rounds as they may come, with texts of every sort in them. */
export const anyRound: fc.Arbitrary<HistoryRound> = fc
  .record({
    id: fc.uuid(),
    // Words with whatever JSON, lines and other programs might stumble over.
    title: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\nb', '\u2028', '"', '{"version":1}')),
    minute: fc.integer({ min: 10, max: 59 }),
    score: fc.option(fc.integer({ min: 0, max: 100 })),
    used: fc.integer({ min: 0, max: 4000 }),
  })
  .map(({ id, title, minute, score, used }) =>
    round(id, {
      title,
      finishedAt: `2026-03-01T10:${minute}:00.000Z`,
      score: score === null ? null : { total: score, band: 'solid' },
      sections: [{ id: 'problem', budgetSeconds: 480, usedSeconds: used, words: used, score }],
    }),
  );
