import {
  nearestName,
  rulePageUrl,
  SEVERITIES,
  type Check,
  type Example,
  type Level,
  type Rubric,
} from '../core/index.js';
import { HELP } from './help.js';
import { readOptions } from './readOptions.js';
import { loadRubric } from './rubricFiles.js';
import { UsageError } from './usageError.js';

/**
 * Lists the rules, or tells about one.
 *
 * @returns the exit code: 2 if a rubric file could not be read or has an error, else 0.
 * @throws UsageError for an unknown rule.
 */
export function rules(args: readonly string[]): 0 | 2 {
  const options = readOptions(args, 'rules', { rubric: 'many' });
  if (options.has('help')) {
    process.stdout.write(HELP.rules);
    return 0;
  }
  const { rubric, problems, failed } = loadRubric(options.many('rubric'));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const asked = options.positionals;
  const text =
    asked.length === 0 ? listRules(rubric) : asked.map((id) => describeRule(find(id, rubric), rubric)).join('\n');
  process.stdout.write(text);
  return failed ? 2 : 0;
}

function find(id: string, rubric: Rubric): Check {
  const check = rubric.checks.find((each) => each.id === id || each.formerly.includes(id));
  if (check) return check;
  const nearest = nearestName(
    id,
    rubric.checks.map((each) => each.id),
  );
  const guess = nearest ? `; did you mean "${nearest}"?` : '.';
  throw new UsageError(`There is no rule "${id}"${guess} "design-answers rules" lists all.`);
}

function listRules({ checks }: Rubric): string {
  const sorted = [...checks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const idWidth = Math.max(0, ...sorted.map(({ id }) => id.length));
  const severityWidth = Math.max(0, ...sorted.map((check) => gravest(check).length));
  return sorted
    .map((check) => `${check.id.padEnd(idWidth)}  ${gravest(check).padEnd(severityWidth)}  ${check.title}\n`)
    .join('');
}

function describeRule(check: Check, rubric: Rubric): string {
  const severities = Object.entries(check.severity).map(([framework, level]) =>
    framework === '*' ? level : `${rubric.frameworks.find(({ id }) => id === framework)?.title ?? framework}: ${level}`,
  );
  const parts = [
    `${check.id}: ${check.title}`,
    `Severity: ${severities.join(', ')}`,
    `Why: ${check.why}`,
    `A strong answer: ${check.next}`,
    listOf('An interviewer would ask:', check.questions, '\n'),
    // An example may have several lines, so a blank one parts it from the next.
    listOf('Found in:', textsOf(check.examples.bad), '\n\n'),
    listOf('Not found in:', textsOf(check.examples.good), '\n\n'),
    ...(check.formerly.length > 0 ? [`Formerly: ${check.formerly.join(', ')}`] : []),
    `To turn it off in one answer, put this in its front matter: rules: { ${check.id}: off }`,
    rulePageUrl(check.id),
  ];
  return parts
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

/** Examples as they are printed; those of a timed round say so. */
function textsOf(examples: readonly Example[]): string[] {
  return examples.map(({ text, timing }) => {
    if (!timing) return text;
    const used = Object.entries(timing.usedSeconds).map(([id, seconds]) => `${id} ${seconds} s`);
    return `${timing.finished ? 'After' : 'During'} a round (${used.join(', ')}):\n${text}`;
  });
}

function listOf(title: string, items: readonly string[], between: string): string {
  if (items.length === 0) return '';
  return `${title}\n${items.map((item) => item.trimEnd().replace(/^(?=.)/gm, '  ')).join(between)}`;
}

/** The severity in a list: the gravest of a check that has several. */
function gravest(check: Check): Level {
  const levels = Object.values(check.severity);
  return SEVERITIES.find((severity) => levels.includes(severity)) ?? 'off';
}
