import { rulePageUrl, type Finding, type Severity } from '../../core/index.js';
import type { Results, ReviewedFile } from '../lint.js';

const COMMANDS: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** The findings as GitHub's workflow commands, which it shows beside the changed lines; nothing for a clean run. */
export function writeGithub({ files }: Results): string {
  const lines = files.flatMap((file) => [
    ...file.review.findings.map((finding) => annotation(file, finding)),
    ...file.review.problems.map(({ message, span }) => {
      const line = span ? `,line=${file.lines.toPosition(span.start).line + 1}` : '';
      return `::warning file=${property(file.path)}${line}::${data(message)}`;
    }),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ path, lines }: ReviewedFile, finding: Finding): string {
  const { start, end } = lines.toRange(finding);
  const properties = {
    file: path.replaceAll('\\', '/'),
    line: start.line + 1,
    endLine: end.line + 1,
    // GitHub refuses columns in an annotation of several lines.
    ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
    title: finding.rule,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  const message = `${finding.message} (${rulePageUrl(finding.rule)})`;
  return `::${COMMANDS[finding.severity]} ${written.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
