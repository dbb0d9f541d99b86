import { readOutline } from './answer/outline.js';
import type { Span } from './answer/spans.js';
import { kindList } from './checks/options.js';
import { checkOf } from './review.js';
import type { Check, Rubric, Severity } from './rubric/types.js';
import type { Evidence, Finding, Review, ReviewedSection } from './types.js';

/** What an interviewer could ask about a section that leaves something open. */
export interface OpenQuestion {
  readonly rule: string;
  readonly severity: Severity;
  /** The section that leaves it open. */
  readonly section: string;
  /** The rule's questions in the interviewer's voice; at least one. */
  readonly questions: readonly string[];
}

/** A question that was asked in a round. */
export interface AskedQuestion {
  readonly rule: string;
  readonly section: string;
  readonly question: string;
}

/** What the text says to a question that was asked. */
export interface QuestionOutcome {
  /** Whether what was missing is there now. */
  readonly isAnswered: boolean;
  /** The writer's words that answer it, where they stand under the question; null where the answer lies elsewhere, or is none. */
  readonly words: Span | null;
}

/** Where an answer to a question is written, as a snippet whose last stop is the place for the answer. */
export interface AnswerPlace {
  /** UTF-16 offset in the text. */
  readonly offset: number;
  readonly snippet: string;
}

/**
 * What some sections leave open, the weightiest first, then in the order of the sections as they are given. Only what is missing or wrong in the words
 * is asked about, never the answer's form; and nothing whose evidence stands anywhere in the answer, since an interviewer who heard it would not ask again.
 */
export function openQuestions(review: Review, rubric: Rubric, sections: readonly string[]): OpenQuestion[] {
  const asked = new Set<string>();
  const present = new Set(review.evidence.map((item) => item.kind));
  return review.findings
    .flatMap((finding): OpenQuestion[] => {
      const check = checkOf(rubric, finding.rule);
      const section = check && sectionOf(finding, check, review);
      if (!check || section === null || !sections.includes(section) || asked.has(check.id)) return [];
      if (OF_FORM.has(check.detector) || check.questions.length === 0) return [];
      if (check.detector === 'absent' && answeringKinds(check).some((kind) => present.has(kind))) return [];
      asked.add(check.id);
      return [{ rule: check.id, severity: finding.severity, section, questions: check.questions }];
    })
    .map((question, index) => ({ question, index }))
    .sort(
      (a, b) =>
        WEIGHT[a.question.severity] - WEIGHT[b.question.severity] ||
        sections.indexOf(a.question.section) - sections.indexOf(b.question.section) ||
        a.index - b.index,
    )
    .map(({ question }) => question);
}

/**
 * Whether each question is answered in a text as it is now: its rule finds nothing any more in a section that still says something, or evidence that would answer it
 * stands under the question itself.
 */
export function judgeQuestions(
  text: string,
  review: Review,
  rubric: Rubric,
  asked: readonly AskedQuestion[],
): QuestionOutcome[] {
  return asked.map((question) => {
    const check = checkOf(rubric, question.rule);
    if (!check) return { isAnswered: false, words: null };
    const kinds = answeringKinds(check);
    const block = blockOf(text, review, question);
    const words = block && wordsIn(review.evidence, kinds, block);
    if (words) return { isAnswered: true, words };
    const isFilled = review.sections.some((section) => section.id === question.section && section.words > 0);
    const isOpen = review.findings.some(
      (finding) => finding.rule === check.id && sectionOf(finding, check, review) === question.section,
    );
    return { isAnswered: isFilled && !isOpen, words: null };
  });
}

/**
 * Where a question is answered: a block quote with its words, which are the interviewer's and no evidence, and a place below it, at the end of the section that it is
 * about; at the end of the text where that section is gone. Null where nothing can be written: behind a code fence or comment that is still open.
 */
export function answerPlace(
  text: string,
  review: Review,
  { section, question }: Pick<AskedQuestion, 'section' | 'question'>,
): AnswerPlace | null {
  const found = review.sections.filter((candidate) => candidate.id === section).at(-1);
  const offset = (found ? text.slice(0, found.end) : text).trimEnd().length;
  if (isInside(text.slice(0, offset))) return null;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const breaks = text.slice(offset).match(/^\s*/)?.[0] ?? '';
  const isLast = offset + breaks.length === text.length;
  const missing = (isLast ? 1 : 2) - (breaks.match(/\r\n|\r|\n/g)?.length ?? 0);
  const before = offset === 0 ? '' : eol + eol;
  const quoted = quoteOf(question).replace(/[\\$}]/g, '\\$&');
  return { offset, snippet: `${before}${quoted}${eol}${eol}$0${eol.repeat(Math.max(0, missing))}` };
}

/**
 * The detectors whose findings are about the form of an answer (order, proportion, time, what is unfinished) and not about what it says. Evidence that comes late is
 * there, so nobody asks for it.
 */
const OF_FORM: ReadonlySet<string> = new Set([
  ...['missing-section', 'section-order', 'duplicate-section', 'unfilled-placeholder'],
  ...['unsupported-language', 'framework-unclear'],
  ...['late', 'opening', 'incomplete', 'share', 'speaking-time', 'time-spent', 'time-neglected'],
]);

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** Where a finding belongs: the section that it stands in, else the one that owns its rule. */
function sectionOf(finding: Finding, check: Check, review: Review): string | null {
  return finding.section ?? (review.framework && check.owner[review.framework.id]) ?? null;
}

/** The kinds of evidence whose presence answers a check. */
function answeringKinds(check: Check): readonly string[] {
  if (check.detector === 'absent') return kindList(check.options['evidence']);
  if (check.detector === 'unpaired') return kindList(check.options['with']);
  return [];
}

/** The question as it is written into the text. */
function quoteOf(question: string): string {
  return `> ${question.replace(/\s+/g, ' ').trim()}`;
}

/** The text below a question, up to the next quote or heading, inside its section. */
function blockOf(text: string, review: Review, { question, section }: AskedQuestion): Span | null {
  const quote = quoteOf(question);
  const holder = review.sections.find(
    (candidate) => candidate.id === section && text.slice(candidate.start, candidate.end).includes(quote),
  );
  const within: Pick<ReviewedSection, 'start' | 'end'> = holder ?? { start: 0, end: text.length };
  const at = text.indexOf(quote, within.start);
  if (at < 0) return null;
  const start = at + quote.length;
  const rest = text.slice(start, within.end);
  const next = /(?:\r\n|\r|\n) {0,3}(?:>|#{1,6}[ \t])/.exec(rest);
  return { start, end: next ? start + next.index : within.end };
}

function wordsIn(evidence: readonly Evidence[], kinds: readonly string[], block: Span): Span | null {
  const found = evidence.find(
    (item) => kinds.includes(item.kind) && block.start <= item.start && item.end <= block.end,
  );
  return found ? { start: found.start, end: found.end } : null;
}

/** Whether a text ends inside of something that takes no markdown: a heading at its end would not be one. */
function isInside(text: string): boolean {
  return readOutline(`${text}\n\n# x\n`).entries.at(-1)?.start !== text.length + 2;
}
