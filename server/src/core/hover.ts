import type { Span } from './answer/spans.js';
import type { Calculation } from './calculations/findCalculations.js';
import { conversionsAt, describeConversions } from './conversions.js';
import { rulePageUrl } from './pages.js';
import { checkOf } from './review.js';
import type { Rubric } from './rubric/types.js';
import { budgetText } from './templates.js';
import type { Finding, Review, ReviewedSection } from './types.js';

/** What to show at a place of an answer. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/**
 * What a person wants to know at an offset: of a finding, why it matters and what a strong answer does; of a section's heading, what the section is for, its
 * budget and how long it is so far; of an amount, what it is per query, day, month and year. Null elsewhere.
 */
export function hoverAt(text: string, review: Review, rubric: Rubric, offset: number): Hover | null {
  void text;
  const findings = review.findings.filter((finding) => holds(finding, offset));
  const section = review.sections.find((candidate) => holds(candidate.heading, offset));
  const parts = findings.flatMap((finding) => describeFinding(finding, rubric) ?? []);
  if (section) parts.push(describeSection(section));
  const calculation = review.calculations.find(({ result }) => result !== null && holds(result, offset));
  // A figure that is wrong is nothing in other terms.
  const conversions = calculation?.verdict === 'fails' ? null : conversionsAt(review, offset);
  if (conversions) parts.unshift(describeConversions(conversions));
  // What the editor says above, with the finding, is not said again.
  const isTold = findings.some(
    ({ start, end }) => start === calculation?.result?.start && end === calculation.result.end,
  );
  if (calculation && !(calculation.verdict === 'fails' && isTold)) parts.unshift(describeCalculation(calculation));
  if (parts.length === 0) return null;
  const smallest = [
    ...findings.map((finding) => ({ start: finding.start, end: finding.end })),
    ...(section ? [section.heading] : []),
    ...(calculation?.result ? [calculation.result] : []),
    ...(conversions ? [conversions.span] : []),
  ].sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  return smallest ? { span: { start: smallest.start, end: smallest.end }, markdown: parts.join('\n\n---\n\n') } : null;
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** What the operands come to, where a reader can be told for certain. */
function describeCalculation({ told, verdict, result }: Calculation): string {
  const note = verdict === 'fails' ? ` — not ${result?.text ?? ''}` : verdict === 'unclear' ? ' — as written' : '';
  return `**${told.replace(/([\\*_$`[\]<])/g, '\\$1')}**${note.replace(/\$/g, '\\$')}`;
}

/** The message itself is shown by the editor; here stand the reason, the way out and the interviewer's question. */
function describeFinding(finding: Finding, rubric: Rubric): string | null {
  const check = checkOf(rubric, finding.rule);
  if (!check) return null;
  const question = check.questions[0];
  const lines = [`**Why it matters** — ${check.why}`, `**What a strong answer does** — ${check.next}`];
  if (question) lines.push(`> ${question}`);
  lines.push(`[${check.id}](${rulePageUrl(check.id)})`);
  return lines.join('\n\n');
}

function describeSection(section: ReviewedSection): string {
  const spoken = section.speakingSeconds;
  const length = section.words === 0 ? 'Nothing of your own yet' : `${section.words} words, ${duration(spoken)} spoken`;
  return `**${section.definition.title}** · budget ${budgetText(section.budgetSeconds)}\n\n${section.definition.purpose}\n\n${length}`;
}

/** 45 → "45 s", 100 → "1 min 40 s". */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}
