import { builtInRubric } from '../../server/src/core/index.js';

/** An answer in five steps without its last section, with two placeholders left in. */
export const ANSWER = `# Notes after sales calls

## Problem framing

Sales reps lose an hour a day to writing up their calls, and TBD.

## Core interaction design

The rep opens a call. The model receives its transcript and returns a summary, which the rep corrects.

## Data and feedback loops

Each correction is stored and goes into the evaluation set.

## Cost and latency architecture

A small model writes the summary. Its price is TODO.
`;

/** What {@link ANSWER} gives with {@link only} these two rules. */
export const TWO_RULES = only('structure/missing-section', 'structure/unfilled-placeholder');

/** The findings of {@link ANSWER} by {@link TWO_RULES}, as `rule: words`. */
export const FINDINGS = [
  'structure/missing-section: Notes after sales calls',
  'structure/unfilled-placeholder: TBD',
  'structure/unfilled-placeholder: TODO',
];

/** A document with headings that is no answer. */
export const README = `# Tools

## Requirements

Node 20.

## Data

In \`data/\`. TODO: more.
`;

/** Settings under which only these rules run. */
export function only(...rules: string[]): { rules: Record<string, 'off'> } {
  const others = builtInRubric().checks.filter(({ id }) => !rules.includes(id));
  return { rules: Object.fromEntries(others.map(({ id }) => [id, 'off'])) };
}
