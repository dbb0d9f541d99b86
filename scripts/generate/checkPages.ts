import type { Check, Example, Rubric } from '../../server/src/core/rubric/types.js';
import { fence, table } from './markdown.js';

const NOTE = '<!-- Generated from rubrics/ by `npm run generate`. Edit the rubric file, not this page. -->\n';

/** The page that a finding links to, for each check, and the list of all: path to text. */
export function checkPages(rubric: Rubric): Map<string, string> {
  const checks = [...rubric.checks].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([
    ['docs/checks/README.md', index(checks, rubric)],
    ...checks.map((check): [string, string] => [`docs/checks/${check.id}.md`, page(check, rubric)]),
  ]);
}

/** The checks of a topic as a table, with links that start from a folder above `docs/checks/`. */
export function checkTable(checks: readonly Check[], rubric: Rubric, linkBase: string): string {
  return table(
    ['Rule', 'Finds', 'Severity'],
    checks.map((check) => [
      `[\`${check.id}\`](${linkBase}${check.id}.md)`,
      check.title,
      severitiesInShort(check, rubric),
    ]),
  );
}

function index(checks: readonly Check[], rubric: Rubric): string {
  const topics = [...new Set(checks.map((check) => topicOf(check)))];
  const parts = topics.map(
    (topic) =>
      `## ${topic}\n\n${checkTable(
        checks.filter((check) => topicOf(check) === topic),
        rubric,
        '',
      )}`,
  );
  return [
    NOTE,
    '# Checks\n',
    'Each page says what the check finds, why an interviewer cares, and what a strong answer does.\n',
    ...parts,
  ].join('\n');
}

function page(check: Check, rubric: Rubric): string {
  return [
    NOTE,
    `# ${check.title}\n`,
    `\`${check.id}\`\n`,
    // What the message names of the answer is not known here.
    `> ${check.message.replace(/\{[\w-]+\}/g, '…')}\n`,
    `## Why\n\n${check.why.trim()}\n`,
    `## What a strong answer does\n\n${check.next.trim()}\n`,
    ...(check.questions.length > 0
      ? [
          `## What an interviewer would ask\n\n${check.questions.map((question) => `- ${question.trim()}`).join('\n')}\n`,
        ]
      : []),
    ...examples(
      'Found',
      'The carets mark the words. Without carets, the finding sits on the section’s heading.',
      check.examples.bad,
    ),
    ...examples('Not found', '', check.examples.good),
    `## Where and how grave\n\n${where(check, rubric)}`,
    `## Turning it off\n\n${suppression(check.id)}`,
    ...(check.formerly.length > 0
      ? [`## Earlier names\n\n${check.formerly.map((id) => `\`${id}\``).join(', ')}, which keep working.\n`]
      : []),
    `[All checks](${'../'.repeat(check.id.split('/').length - 1)}README.md)\n`,
  ].join('\n');
}

function examples(title: string, about: string, all: readonly Example[]): string[] {
  if (all.length === 0) return [];
  const marked = all.some(({ text }) => /^\s*\^+/m.test(text));
  return [`## ${title}\n\n${about && marked ? `${about}\n\n` : ''}${all.map(example).join('\n')}`];
}

function example({ text, timing }: Example): string {
  if (!timing) return fence(text, 'md');
  const used = Object.entries(timing.usedSeconds).map(([id, seconds]) => `\`${id}\` ${clock(seconds)}`);
  const when = timing.finished ? 'After a round' : 'During a round';
  return `${when} with ${used.join(', ')}:\n\n${fence(text, 'md')}`;
}

/** 190 → "3:10". */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function where(check: Check, rubric: Rubric): string {
  return table(
    ['Framework', 'Section', 'Severity'],
    rubric.frameworks.map((framework) => {
      const section = framework.sections.find(({ id }) => id === check.owner[framework.id]);
      const level = check.severity[framework.id] ?? check.severity['*'] ?? 'off';
      return [framework.title, section?.title ?? 'the whole answer', level];
    }),
  );
}

function suppression(id: string): string {
  return [
    'For one line, in the answer:\n',
    fence(`<!-- design-answers-disable-next-line ${id} -->`, 'md'),
    'For a part of it, up to the second comment or the end:\n',
    fence(`<!-- design-answers-disable ${id} -->\n…\n<!-- design-answers-enable ${id} -->`, 'md'),
    'For the whole answer, in its front matter:\n',
    fence(`---\nrules:\n  ${id}: off\n---`, 'yaml'),
    'For all answers, in the settings:\n',
    fence(`"designAnswers.rules": { "${id}": "off" }`, 'json'),
  ].join('\n');
}

function severitiesInShort(check: Check, rubric: Rubric): string {
  const byFramework = rubric.frameworks.map(({ id, title }) => ({
    title,
    level: check.severity[id] ?? check.severity['*'] ?? 'off',
  }));
  const levels = new Set(byFramework.map(({ level }) => level));
  if (levels.size === 1) return [...levels].join('');
  return byFramework
    .filter(({ level }) => level !== 'off')
    .map(({ title, level }) => `${level} (${title})`)
    .join(', ');
}

function topicOf(check: Check): string {
  return check.id.split('/')[0] ?? '';
}
