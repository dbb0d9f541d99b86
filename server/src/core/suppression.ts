import type { PlacedChunk } from './answer/readAnswer.js';
import type { Span } from './answer/spans.js';
import type { Finding, ReviewProblem } from './types.js';

/** A rule comment of the answer, with its span in the text. */
interface RuleComment extends Span {
  readonly verb: 'disable-next-line' | 'disable' | 'enable';
  /** Rule ids, or `topic/*`; empty for all. */
  readonly rules: readonly string[];
}

const COMMENT = /^design-answers-(disable-next-line|disable|enable)\b\s*([^]*)$/;

/** Reads the rule comments of an answer in the order of the text. */
export function readRuleComments(chunks: readonly PlacedChunk[]): RuleComment[] {
  return chunks.flatMap(({ offset, chunk }) =>
    chunk.comments.flatMap((comment): RuleComment[] => {
      const match = COMMENT.exec(comment.text);
      if (!match) return [];
      // What stands after " -- " is the writer's reason.
      const rules =
        (match[2] ?? '')
          .split(/\s--\s/)[0]
          ?.split(/[\s,]+/)
          .filter((rule) => rule !== '') ?? [];
      return [
        { verb: match[1] as RuleComment['verb'], rules, start: comment.start + offset, end: comment.end + offset },
      ];
    }),
  );
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
