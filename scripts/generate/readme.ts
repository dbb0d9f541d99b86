import type { Rubric } from '../../server/src/core/rubric/types.js';
import { checkTable } from './checkPages.js';
import { settingsTable } from './settingsPage.js';

/**
 * The README with its generated parts renewed. A part stands between `<!-- generated: name -->` and `<!-- end -->`.
 *
 * @throws an error if a part's marks are missing.
 */
export function readme(text: string, rubric: Rubric): string {
  const checks = [...rubric.checks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const parts = {
    frameworks: rubric.frameworks
      .map((framework) => `- **${framework.title}** (\`${framework.id}\`): ${framework.description}\n`)
      .join(''),
    checks: checkTable(checks, rubric, 'docs/checks/'),
    settings: settingsTable(),
  };
  return Object.entries(parts).reduce((now, [name, part]) => replacePart(now, name, part), text);
}

function replacePart(text: string, name: string, part: string): string {
  const begin = `<!-- generated: ${name} -->\n`;
  const start = text.indexOf(begin);
  const end = text.indexOf('<!-- end -->', start);
  if (start < 0 || end < 0) throw new Error(`README.md has no part between "${begin.trim()}" and "<!-- end -->".`);
  return `${text.slice(0, start + begin.length)}\n${part}\n${text.slice(end)}`;
}
