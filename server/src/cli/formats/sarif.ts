import { rulePageUrl, type Finding, type LineIndex, type Severity, type Span } from '../../core/index.js';
import type { Results, ReviewedFile } from '../lint.js';
import { version } from '../version.js';

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** The findings as SARIF 2.1.0, with every rule that could have been found. */
export function writeSarif({ files, rubric, faults }: Results): string {
  const ruleIndex = new Map(rubric.checks.map((check, index) => [check.id, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Design Answers',
            version: version(),
            informationUri: 'https://github.com/design-answers/design-answers',
            rules: rubric.checks.map((check) => ({
              id: check.id,
              shortDescription: { text: check.title },
              fullDescription: { text: check.why },
              help: { text: check.next },
              helpUri: rulePageUrl(check.id),
              ...(check.formerly.length > 0 ? { deprecatedIds: check.formerly } : {}),
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap((file) => file.review.findings.map((finding) => result(file, finding, ruleIndex))),
        invocations: [
          {
            executionSuccessful: faults.length === 0,
            toolExecutionNotifications: [
              ...faults.map((text) => ({ level: 'error', message: { text } })),
              ...files.flatMap((file) =>
                file.review.problems.map(({ message, span }) => ({
                  level: 'warning',
                  message: { text: message },
                  locations: [{ physicalLocation: place(file, span ?? { start: 0, end: 0 }) }],
                })),
              ),
            ],
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(file: ReviewedFile, finding: Finding, ruleIndex: ReadonlyMap<string, number>): unknown {
  const index = ruleIndex.get(finding.rule);
  return {
    ruleId: finding.rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: place(file, finding) }],
    ...(finding.related.length > 0
      ? {
          relatedLocations: finding.related.map((related) => ({
            message: { text: related.message },
            physicalLocation: place(file, related),
          })),
        }
      : {}),
    ...(finding.fix
      ? {
          fixes: [
            {
              description: { text: finding.fix.title },
              artifactChanges: [
                {
                  artifactLocation: { uri: toUri(file.path) },
                  replacements: finding.fix.edits.map((edit) => ({
                    deletedRegion: region(file.lines, edit),
                    insertedContent: { text: edit.newText },
                  })),
                },
              ],
            },
          ],
        }
      : {}),
  };
}

function place(file: ReviewedFile, span: Span): unknown {
  return { artifactLocation: { uri: toUri(file.path) }, region: region(file.lines, span) };
}

function region(lines: LineIndex, span: Span): unknown {
  const { start, end } = lines.toRange(span);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A path as a URI reference: absolute ones as `file:`, relative ones relative. */
function toUri(path: string): string {
  if (path === '-') return 'stdin';
  const written = path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  if (written.startsWith('/')) return `file://${written}`;
  const drive = /^([A-Za-z])%3A\//.exec(written);
  return drive ? `file:///${drive[1]}:/${written.slice(drive[0].length)}` : written.replace(/^\.\//, '');
}
