import type { Framework, Rubric, SectionDefinition } from '../../server/src/core/rubric/types.js';
import { answerTemplate, sectionTemplate } from '../../server/src/core/templates.js';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** A file of snippets for each framework: the whole answer, and each of its sections. Path to text. */
export function snippets(rubric: Rubric): Map<string, string> {
  return new Map(
    rubric.frameworks.map((framework) => [
      snippetPath(framework),
      `${JSON.stringify(snippetsOf(framework), null, 2)}\n`,
    ]),
  );
}

/** Where a framework's snippets are. */
export function snippetPath(framework: Framework): string {
  return `snippets/${framework.id}.json`;
}

function snippetsOf(framework: Framework): Record<string, Snippet> {
  return {
    [`Answer: ${framework.title}`]: {
      prefix: framework.id,
      description: framework.description,
      body: linesOf(answerTemplate(framework, { frontMatter: true })),
    },
    ...Object.fromEntries(
      framework.sections.map((section) => [`${framework.title}: ${section.title}`, sectionSnippet(framework, section)]),
    ),
  };
}

function sectionSnippet(framework: Framework, section: SectionDefinition): Snippet {
  return {
    // "five-problem-framing": the framework's first word is enough to tell its sections from another's.
    prefix: `${framework.id.split('-')[0] ?? framework.id}-${section.id}`,
    description: section.purpose,
    body: linesOf(sectionTemplate(section)),
  };
}

function linesOf(template: string): string[] {
  return template.split('\n');
}
