import { styleText } from 'node:util';
import { byWeight, SEVERITIES, worstGap, type Rubric, type Severity } from '../../core/index.js';
import type { Results, ReviewedFile } from '../lint.js';

const COLORS = { error: 'red', warning: 'yellow', information: 'blue', hint: 'gray' } as const;
type Style = (typeof COLORS)[Severity] | 'bold' | 'dim' | 'underline' | 'green';

/**
 * The findings as a person reads them: by answer, the worst first, each with its place, and after the worst what a strong answer would
 * do about it.
 *
 * @param colors whether to color; by default on a terminal, unless NO_COLOR is set.
 */
export function writePretty(results: Results, colors: boolean = wantsColors()): string {
  const paint = (style: Style, text: string): string =>
    colors ? styleText(style, text, { validateStream: false }) : text;
  const blocks = results.files.map((file) => describeFile(file, results.rubric, paint));
  return `${[...blocks, summarize(results, paint)].join('\n')}\n`;
}

function describeFile(file: ReviewedFile, rubric: Rubric, paint: (style: Style, text: string) => string): string {
  const { review } = file;
  const name = paint('underline', file.path === '-' ? 'standard input' : file.path);
  const problems = review.problems
    .map(({ message, span }) => {
      const at = span && file.lines.toPosition(span.start);
      return `  ${at ? `${at.line + 1}:${at.character + 1}  ` : ''}${message}\n`;
    })
    .join('');
  if (!review.isAnswer)
    return `${name}  ${paint('dim', 'no answer: no framework in its front matter, name or headings')}\n${problems}`;

  const about = [review.framework?.title, review.score && `${review.score.total} of 100, ${review.score.band}`];
  const head = [name, paint('dim', about.filter((part) => part).join(' · '))].join('  ').trimEnd();
  const rows = byWeight(review).map((finding) => {
    const { line, character } = file.lines.toPosition(finding.start);
    return { finding, place: `${line + 1}:${character + 1}` };
  });
  const placeWidth = Math.max(0, ...rows.map((row) => row.place.length));
  const severityWidth = Math.max(0, ...rows.map((row) => row.finding.severity.length));
  const messageWidth = Math.min(72, Math.max(0, ...rows.map((row) => row.finding.message.length)));
  const lines = rows.map(({ finding, place }) => {
    const severity = paint(COLORS[finding.severity], finding.severity.padEnd(severityWidth));
    return `  ${place.padStart(placeWidth)}  ${severity}  ${finding.message.padEnd(messageWidth)}  ${paint('dim', finding.rule)}`;
  });
  const worst = worstGap(review);
  const next = rubric.checks.find((check) => check.id === worst?.finding.rule)?.next;
  if (worst && next) {
    const about = [worst.finding.rule, ...(worst.points > 0 ? [`${worst.points} points`] : [])];
    lines.push('', `  ${paint('bold', 'Start here:')} ${next} ${paint('dim', `(${about.join(', ')})`)}`);
  }
  if (lines.length === 0) lines.push(`  ${paint('green', 'Nothing to report.')}`);
  return `${head}\n${problems}${lines.join('\n')}\n`;
}

function summarize({ files, repaired }: Results, paint: (style: Style, text: string) => string): string {
  const answers = files.filter((file) => file.review.isAnswer);
  if (answers.length === 0) return 'No answers.';
  const findings = answers.flatMap((file) => file.review.findings);
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const told = counts.map(({ severity, count }) => paint(COLORS[severity], countOf(count, severity)));
  const repairs = repaired > 0 ? `; ${countOf(repaired, 'answer')} repaired` : '';
  return `${countOf(answers.length, 'answer')}: ${told.join(', ') || paint('green', 'nothing to report')}${repairs}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'information' ? '' : 's'}`;
}

function wantsColors(): boolean {
  if (process.env['NO_COLOR']) return false;
  if (process.env['FORCE_COLOR'] !== undefined) return process.env['FORCE_COLOR'] !== '0';
  return process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
}
