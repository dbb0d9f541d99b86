/** An answer in five steps that names nothing an interviewer would ask for, and stops before the last section. */
export const answerWithoutFailureModes = `# Contract review copilot

## Problem framing

Lawyers in small firms read fifty contracts a week and miss clauses when they are tired.

## Core interaction design

The lawyer drops a contract in. The model receives the clauses and returns the risky ones, each with its reason.

## Data and feedback loops

Every accepted and every rejected clause is stored and goes into the evaluation set each month.

## Cost and latency architecture

We will use a large model because it is the best.
`;

/** The section that {@link answerWithoutFailureModes} lacks. */
export const failureModesSection = `
## Constraints and failure modes

- Contract longer than the context window: split it at headings and retrieve the ten best parts.
`;

/** A document with headings that sections of an answer may have too. It is none. */
export const readme = `# Contract tools

## Requirements

Node 20.

## Data

Sample contracts are in \`data/\`.

## Installation

Run \`npm install\`.
`;

/** A document with nothing of an answer. */
export const shoppingList = `# Shopping

- Bread
- Two lemons
`;
