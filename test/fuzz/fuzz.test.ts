import * as fc from 'fast-check';
import { test } from 'vitest';
import { builtInRubric } from '../../server/src/core/index.js';
import { documents, mutations } from './documents.js';
import { checkDocument, checkEdits, checkRubricFile, startingTexts } from './invariants.js';

// The same few at every run, so that a failure is never luck; `npm run fuzz` looks further.
const FEW = { seed: 1, numRuns: 25 } as const;
const rubric = builtInRubric();
const texts = startingTexts(rubric);

test('no text breaks a review', () => {
  fc.assert(
    fc.property(documents(texts), (text) => checkDocument(text, rubric)),
    FEW,
  );
});

test('an edit gives what a whole reading gives', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), mutations(6), (base, changes) => checkEdits(base, changes, rubric)),
    FEW,
  );
});

const OWN = `frameworks:
  pdrif: { sections: [{ id: problem, budget: 5 min }] }
checks:
  ours/no-money: { detector: absent, options: { evidence: [money] }, owner: { pdrif: problem }, message: No money, why: Why, next: Next }
evidence:
  ours: { title: Ours, is: Ours, patterns: ["(fall~ back|revert~) to ..3 {money}", "[list] a?"], words: { list: [one, two] } }
severity: { cost/no-numbers: hint }
`;

test('no rubric file breaks anything', () => {
  fc.assert(
    fc.property(documents([OWN]), (text) => checkRubricFile(text, '.design-answers/ours.yaml', texts[1] ?? '', rubric)),
    FEW,
  );
});
