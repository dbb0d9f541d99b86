/**
 * Looks for texts that break the engine, and prints the smallest it can find.
 *
 *   npm run fuzz -- [--seconds 60] [--seed N]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { builtInRubric } from '../../server/src/core/index.js';
import { documents, mutations } from './documents.js';
import { checkDocument, checkEdits, checkRubricFile, startingTexts } from './invariants.js';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
if (!(seconds > 0) || !Number.isInteger(seed))
  throw new Error('--seconds is a number above zero, --seed a whole number.');

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(folder, name), 'utf8'));

const rubric = builtInRubric();
const answers = filesIn('examples', '.md');
const texts = startingTexts(rubric, answers);

const properties = {
  'documents: nothing throws, every range is inside the text': fc.property(documents(texts), (text) =>
    checkDocument(text, rubric),
  ),
  'edits: with a cache, the same as a whole reading': fc.property(
    fc.constantFrom(...texts),
    mutations(10),
    (base, changes) => checkEdits(base, changes, rubric),
  ),
  'rubric files: nothing throws, every problem has its place': fc.property(
    documents(filesIn('rubrics', '.yaml')),
    fc.constantFrom('checks/ours/own', 'evidence/own', 'frameworks/own', 'language/own', 'questions/own', 'own'),
    (text, name) => checkRubricFile(text, `.design-answers/${name}.yaml`, answers[0] ?? '', rubric),
  ),
};

let failed = 0;
for (const [name, property] of Object.entries(properties)) {
  const milliseconds = (seconds * 1000) / Object.keys(properties).length;
  const result = await fc.check(property as fc.IRawProperty<unknown[]>, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: milliseconds,
    markInterruptAsFailure: false,
  });
  // A run that was interrupted by the clock has failed nothing.
  const broken = result.failed && !(result.interrupted && result.counterexample === null);
  console.log(
    `${broken ? '✗' : '✓'} ${name}: ${result.numRuns} in ${Math.round(milliseconds / 1000)} s (seed ${seed})`,
  );
  if (!broken) continue;
  failed++;
  console.log(`  ${result.errorInstance instanceof Error ? result.errorInstance.stack : String(result.errorInstance)}`);
  console.log(`  The smallest that breaks it: ${JSON.stringify(result.counterexample)}`);
}
process.exitCode = failed > 0 ? 1 : 0;
