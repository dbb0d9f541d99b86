import type { HistoryRound } from '../protocol.js';

/** How a section went, over the rounds on its framework, the oldest first. */
export interface SectionTrend {
  readonly framework: string;
  readonly section: string;
  /** One for each round; null where the round has no score of it. */
  readonly scores: readonly (number | null)[];
  /** The mean of the last three known scores; null where none is known. */
  readonly recent: number | null;
  /** Used time against the budget over all rounds, 1 for exactly on it; null without a budget. */
  readonly timeRatio: number | null;
}

/** How a rule came out, over all rounds, the oldest first. */
export interface RuleTrend {
  readonly rule: string;
  /** One for each round; null where it had nothing to judge. */
  readonly states: readonly ('met' | 'part' | 'missing' | null)[];
  /** In how many rounds it was missing or met in part. */
  readonly open: number;
  /** In how many rounds it was judged. */
  readonly judged: number;
}

/** Scores that "recent" is the mean of: a bad day does not make a weak section. */
const RECENT = 3;

/** Sections by framework in the order in which the latest round has them, the framework that was practiced last first. */
export function trendBySection(rounds: readonly HistoryRound[]): SectionTrend[] {
  const frameworks = [...new Set(rounds.map((round) => round.framework).reverse())];
  return frameworks.flatMap((framework) => {
    const own = rounds.filter((round) => round.framework === framework);
    const ids = [...new Set([...own].reverse().flatMap((round) => round.sections.map(({ id }) => id)))];
    return ids.map((section): SectionTrend => {
      const found = own.map((round) => round.sections.find(({ id }) => id === section));
      const scores = found.map((each) => each?.score ?? null);
      const known = scores.filter((score) => score !== null).slice(-RECENT);
      const sum = (of: 'usedSeconds' | 'budgetSeconds'): number =>
        found.reduce((total, each) => total + (each?.[of] ?? 0), 0);
      return {
        framework,
        section,
        scores,
        recent: known.length > 0 ? known.reduce((total, score) => total + score, 0) / known.length : null,
        timeRatio: sum('budgetSeconds') > 0 ? sum('usedSeconds') / sum('budgetSeconds') : null,
      };
    });
  });
}

/** Rules that were ever open, those that are open most often first. */
export function trendByRule(rounds: readonly HistoryRound[]): RuleTrend[] {
  const rules = [...new Set(rounds.flatMap(({ checks }) => [...checks.missing, ...checks.part]))];
  return rules
    .map((rule): RuleTrend => {
      const states = rounds.map(({ checks }) =>
        checks.missing.includes(rule)
          ? 'missing'
          : checks.part.includes(rule)
            ? 'part'
            : checks.met.includes(rule)
              ? 'met'
              : null,
      );
      const judged = states.filter((state) => state !== null).length;
      return { rule, states, judged, open: states.filter((state) => state === 'missing' || state === 'part').length };
    })
    .sort((a, b) => b.open - a.open || b.open / b.judged - a.open / a.judged || (a.rule < b.rule ? -1 : 1));
}

/** The section with the lowest recent score, of the framework that was practiced last; null where no score is known. Of equal ones the first. */
export function weakestSection(rounds: readonly HistoryRound[]): SectionTrend | null {
  const latest = rounds.at(-1)?.framework;
  const known = trendBySection(rounds).filter((trend) => trend.framework === latest && trend.recent !== null);
  return known.reduce<SectionTrend | null>(
    (weakest, trend) => (weakest === null || (trend.recent ?? 0) < (weakest.recent ?? 0) ? trend : weakest),
    null,
  );
}
