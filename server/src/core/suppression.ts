import type { PlacedChunk } from './answer/readAnswer.js';
import type { Span } from './answer/spans.js';
import { nearestName } from './nearestName.js';
import type { Finding, ReviewProblem } from './types.js';

/** A rule comment of the answer, with its span in the text. */
interface RuleComment extends Span {
  readonly verb: 'disable-next-line' | 'disable' | 'enable';
  /** Rule ids, or `topic/*`; empty for all. */
  readonly rules: readonly string[];
}

const COMMENT = /^design-answers-([\w-]+)\s*([^]*)$/;
const VERBS: readonly string[] = ['disable-next-line', 'disable', 'enable'];
// "cost/no-numbers", "cost/*"
const RULE = /^[a-z][a-z-]*\/(?:\*|[a-z][a-z-]*)$/;

/**
 * Reads the rule comments of an answer in the order of the text. Rules stand first, parted by blanks or commas; what comes after them is the writer's reason. A comment
 * whose verb is misspelled, or that names something else than rules first, does nothing and is a problem.
 */
export function readRuleComments(chunks: readonly PlacedChunk[]): {
  comments: RuleComment[];
  problems: ReviewProblem[];
} {
  const comments: RuleComment[] = [];
  const problems: ReviewProblem[] = [];
  for (const { offset, chunk } of chunks) {
    for (const comment of chunk.comments) {
      const match = COMMENT.exec(comment.text);
      if (!match) continue;
      const span = { start: comment.start + offset, end: comment.end + offset };
      const verb = match[1] ?? '';
      if (!VERBS.includes(verb)) {
        const nearest = nearestName(verb, VERBS);
        problems.push({
          message: `There is no comment "design-answers-${verb}"${nearest ? `; did you mean "design-answers-${nearest}"?` : ''}`,
          span,
        });
        continue;
      }
      const words = (match[2] ?? '').split(/[\s,]+/).filter((word) => word !== '');
      const reason = words.findIndex((word) => !RULE.test(word.replace(/:$/, '')));
      const rules = (reason < 0 ? words : words.slice(0, reason)).map((word) => word.replace(/:$/, ''));
      if (rules.length === 0 && words.length > 0 && !/^(?:--|—|–|:)/.test(words[0] ?? '')) {
        problems.push({
          message: `"${words[0] ?? ''}" is no rule; a rule is written as topic/name, such as cost/no-numbers`,
          span,
        });
        continue;
      }
      comments.push({ verb: verb as RuleComment['verb'], rules, ...span });
    }
  }
  return { comments, problems };
}

/** The findings that no comment silences. */
export function withoutSuppressed(
  findings: readonly Finding[],
  comments: readonly RuleComment[],
  text: string,
): Finding[] {
  if (comments.length === 0) return [...findings];
  return findings.filter((finding) => {
    let silenced = false;
    for (const comment of comments) {
      if (!names(comment, finding.rule)) continue;
      if (comment.verb === 'disable-next-line') {
        const line = nextLine(text, comment.end);
        if (finding.start >= line.start && finding.start < Math.max(line.end, line.start + 1)) return false;
      } else if (comment.start < finding.start || isWhole(finding, comment)) silenced = comment.verb === 'disable';
    }
    return !silenced;
  });
}

/** Problems of comments that name rules nobody knows. */
export function commentProblems(
  comments: readonly RuleComment[],
  isKnown: (rule: string) => boolean,
  suggest: (rule: string) => string,
): ReviewProblem[] {
  return comments.flatMap((comment) =>
    comment.rules
      .filter((rule) => !rule.endsWith('/*') && !isKnown(rule))
      .map((rule) => ({
        message: `There is no rule "${rule}"${suggest(rule)}`,
        span: { start: comment.start, end: comment.end },
      })),
  );
}

function names(comment: RuleComment, rule: string): boolean {
  return (
    comment.rules.length === 0 ||
    comment.rules.some((name) => name === rule || (name.endsWith('/*') && rule.startsWith(name.slice(0, -1))))
  );
}

/** A finding about the whole answer sits on its first line; a comment anywhere that names its rule takes it back. */
function isWhole(finding: Finding, comment: RuleComment): boolean {
  return finding.section === null && comment.verb === 'disable' && comment.rules.length > 0;
}

/** The first line after an offset that holds anything. */
function nextLine(text: string, from: number): Span {
  let start = from;
  while (start < text.length && !/[\r\n]/.test(text[start] ?? '')) start++;
  while (start < text.length && /\s/.test(text[start] ?? '')) start++;
  while (start > from && !/[\r\n]/.test(text[start - 1] ?? '')) start--;
  let end = start;
  while (end < text.length && !/[\r\n]/.test(text[end] ?? '')) end++;
  return { start, end };
}
