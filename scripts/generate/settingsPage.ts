import type { Rubric } from '../../server/src/core/rubric/types.js';
import { SETTINGS } from '../../server/src/core/settings.js';
import { fence, table } from './markdown.js';

/** The settings as a table, for the README. */
export function settingsTable(): string {
  return table(
    ['Setting', 'Default', 'What it does'],
    SETTINGS.map(({ key, description, schema }) => [
      `\`designAnswers.${key}\``,
      `\`${JSON.stringify(schema['default'])}\``,
      description,
    ]),
  );
}

/** The page of the settings. */
export function settingsPage(rubric: Rubric): string {
  const parts = SETTINGS.map(({ key, description, schema }) => {
    const values = valuesOf(schema);
    return [
      `## \`designAnswers.${key}\`\n`,
      `${description}\n`,
      ...(values.length > 0
        ? [`${values.map(([value, meaning]) => `- \`${value}\`${meaning && `: ${meaning}`}`).join('\n')}\n`]
        : []),
      `Default:\n`,
      fence(`"designAnswers.${key}": ${JSON.stringify(schema['default'])}`, 'json'),
    ].join('\n');
  });
  return [
    '<!-- Generated from server/src/core/settings.ts by `npm run generate`. Edit that table, not this page. -->\n',
    '# Settings\n',
    ...parts,
    '## In an answer itself\n',
    'An answer’s front matter goes before the settings:\n',
    fence(
      [
        '---',
        `framework: ${rubric.frameworks[0]?.id ?? 'five-step'}`,
        'question: An assistant for support agents.',
        'budget: 20',
        `model-prices: ${rubric.reference.find((table) => table.models.length > 0)?.id ?? 'mistral'}`,
        'rules:',
        '  cost/no-numbers: information',
        '---',
      ].join('\n'),
      'yaml',
    ),
  ].join('\n');
}

function valuesOf(schema: Readonly<Record<string, unknown>>): [string, string][] {
  const values = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const meanings = Array.isArray(schema['enumDescriptions']) ? schema['enumDescriptions'] : [];
  return values.map((value, index) => [String(value), String(meanings[index] ?? '')]);
}
