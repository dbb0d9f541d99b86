import type { Span } from './answer/spans.js';
import { readOutline } from './answer/outline.js';
import { completeFigures } from './completeFigures.js';
import { referenceIn } from './reference/reference.js';
import type { Framework, Rubric } from './rubric/types.js';
import type { Settings } from './settings.js';
import { answerTemplate, budgetText, plainText, sectionTemplate } from './templates.js';
import type { Review } from './types.js';

/** One entry of a completion list. */
export interface Completion {
  readonly label: string;
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** In VS Code's snippet syntax. */
  readonly snippet: string;
  /** What the snippet takes the place of. */
  readonly replace: Span;
  readonly filterText: string;
  readonly sortText: string;
  readonly kind: 'section' | 'answer' | 'front-matter' | 'figure';
  /** What a list shows beside the label, where the label alone does not tell several apart. */
  readonly beside?: string;
}

/**
 * What can be written at an offset: on a line that is blank or begins with #, the framework's sections (those that are missing first) and whole answers
 * where the text has no section yet; in the front matter, its fields, frameworks, rules and reference tables; in an answer's prose, reference figures.
 */
export function completeAt(
  text: string,
  rubric: Rubric,
  settings: Settings,
  offset: number,
  review: Review | null,
): Completion[] {
  const outline = readOutline(text);
  const line = lineSpan(text, offset);
  if (outline.frontMatter && offset > outline.frontMatter.block.start && offset <= outline.frontMatter.yaml.end) {
    return completeFrontMatter(text, rubric, line, offset, outline.frontMatter.yaml);
  }
  const typed = text.slice(line.start, offset);
  const rest = text.slice(offset, line.end);
  const marks = /^ {0,3}(#{0,6})[ \t]*([^#]*)$/.exec(typed);
  if (!marks || rest.trim() !== '' || (marks[1] === '' && (marks[2] ?? '').trim() !== '')) {
    if (!review?.framework || typed.trim() === '') return [];
    return completeFigures(referenceIn(text, rubric, settings.modelPrices), typed, offset);
  }
  const framework =
    review?.framework ??
    rubric.frameworks.find((candidate) => candidate.id === settings.defaultFramework) ??
    rubric.frameworks[0];
  if (!framework) return [];
  const replace = { start: line.start, end: line.end };
  const present = new Set(review?.sections.map((section) => section.id) ?? []);
  const level = marks[1] === '' ? 2 : Math.max(2, marks[1]?.length ?? 2);
  const completions = sectionCompletions(framework, present, replace, level, text);
  // A whole answer is offered where nothing of an answer stands yet.
  if (present.size === 0)
    completions.push(
      ...rubric.frameworks.map((candidate) =>
        answerCompletion(candidate, outline.frontMatter === null && text.slice(0, line.start).trim() === '', replace),
      ),
    );
  return completions;
}

function sectionCompletions(
  framework: Framework,
  present: ReadonlySet<string>,
  replace: Span,
  level: number,
  text: string,
): Completion[] {
  const before = text.slice(0, replace.start);
  const gap = before.trim() === '' || /(?:\r\n|\n)[ \t]*(?:\r\n|\n)$/.test(before) ? '' : '\n';
  return framework.sections.map((section, index) => ({
    label: `${'#'.repeat(level)} ${section.title}`,
    detail: `${framework.title} · ${budgetText(section.budgetSeconds)}${present.has(section.id) ? ' · already there' : ''}`,
    documentation: `${section.purpose}\n\n\`\`\`markdown\n${plainText(sectionTemplate(section, { level }))}\n\`\`\``,
    snippet: gap + sectionTemplate(section, { level }),
    replace,
    filterText: `${'#'.repeat(level)} ${section.title}`,
    sortText: `${present.has(section.id) ? '1' : '0'}${String(index).padStart(2, '0')}`,
    kind: 'section',
  }));
}

function answerCompletion(framework: Framework, frontMatter: boolean, replace: Span): Completion {
  const minutes = framework.sections.reduce((sum, section) => sum + section.budgetSeconds, 0);
  return {
    label: `# ${framework.title}: whole answer`,
    detail: `${framework.sections.length} sections · ${budgetText(minutes)}`,
    documentation: framework.description,
    snippet: answerTemplate(framework, { frontMatter }),
    replace,
    filterText: `# ${framework.title} whole answer`,
    sortText: `2${framework.id}`,
    kind: 'answer',
  };
}

const FIELDS: readonly [string, string, string][] = [
  ['framework', 'The framework that the answer follows', 'framework: ${1:five-step}'],
  ['question', 'The question that the answer is for', 'question: "${1:question}"'],
  ['budget', 'Minutes for the whole answer, or by section', 'budget: ${1:20}'],
  ['model-prices', 'The reference table to reckon with', 'model-prices: ${1:mistral}'],
  ['rules', 'Severity by rule, for this file', 'rules:\n  ${1:topic/rule}: ${2|off,hint,information,warning,error|}'],
];

function completeFrontMatter(text: string, rubric: Rubric, line: Span, offset: number, yaml: Span): Completion[] {
  const typed = text.slice(line.start, offset);
  const value = /^framework\s*:\s*([\w-]*)$/.exec(typed);
  if (value) {
    const replace = { start: offset - (value[1]?.length ?? 0), end: offset };
    return rubric.frameworks.map((framework) =>
      entry(framework.id, framework.title, framework.description, framework.id, replace),
    );
  }
  const table = /^model-prices\s*:\s*([\w-]*)$/.exec(typed);
  if (table) {
    const replace = { start: offset - (table[1]?.length ?? 0), end: offset };
    return rubric.reference
      .filter(({ models }) => models.length > 0)
      .map(({ id, title, source, date }) => entry(id, `${title}, ${date}`, source, id, replace));
  }
  const word = /^([ \t]*)([\w/-]*)$/.exec(typed);
  if (!word) return [];
  const replace = { start: offset - (word[2]?.length ?? 0), end: offset };
  if (word[1] !== '' && isInsideRules(text.slice(yaml.start, line.start))) {
    return rubric.checks.map((check) =>
      entry(check.id, check.title, check.why, `${check.id}: \${1|off,hint,information,warning,error|}`, replace),
    );
  }
  if (word[1] !== '') return [];
  const given = text.slice(yaml.start, yaml.end);
  return FIELDS.filter(([field]) => !new RegExp(`^${field}\\s*:`, 'm').test(given)).map(([field, detail, snippet]) =>
    entry(field, detail, '', snippet, replace),
  );
}

function isInsideRules(before: string): boolean {
  const fields = before.match(/^[\w-]+\s*:/gm);
  return /^rules\s*:/.test(fields?.at(-1) ?? '');
}

function entry(label: string, detail: string, documentation: string, snippet: string, replace: Span): Completion {
  return { label, detail, documentation, snippet, replace, filterText: label, sortText: label, kind: 'front-matter' };
}

function lineSpan(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(text[start - 1] ?? '')) start--;
  let end = offset;
  while (end < text.length && !/[\r\n]/.test(text[end] ?? '')) end++;
  return { start, end };
}
