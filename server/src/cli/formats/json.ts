import type { Fix, LineIndex, QuantityValue, Range, Severity } from '../../core/index.js';
import type { Results, ReviewedFile } from '../lint.js';

/** The report as programs read it. Stable: a field is added, never changed; docs/report.schema.json is its schema. */
export interface JsonReport {
  readonly version: 1;
  readonly answers: readonly JsonAnswer[];
}

/** One file of the report. A file that is no answer has no framework and nothing found. */
export interface JsonAnswer {
  readonly path: string;
  readonly framework: string | null;
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly range: Range;
    readonly words: number;
    readonly budgetSeconds: number;
    readonly speakingSeconds: number;
    readonly score: number | null;
  }[];
  readonly evidence: readonly {
    readonly kind: string;
    readonly section: string | null;
    readonly range: Range;
    readonly text: string;
    readonly value?: QuantityValue;
  }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly message: string;
    readonly section: string | null;
    readonly range: Range;
    readonly related?: readonly { readonly message: string; readonly range: Range }[];
    readonly fix?: {
      readonly title: string;
      readonly edits: readonly { readonly range: Range; readonly newText: string }[];
    };
  }[];
  readonly score: { readonly total: number; readonly band: string } | null;
  readonly problems: readonly { readonly message: string; readonly range: Range | null }[];
}

/** The results as JSON text. */
export function writeJson({ files }: Results): string {
  const report: JsonReport = { version: 1, answers: files.map(toJson) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function toJson({ path, lines, review }: ReviewedFile): JsonAnswer {
  return {
    path,
    framework: review.framework?.id ?? null,
    sections: review.sections.map((section) => ({
      id: section.id,
      title: section.title,
      range: lines.toRange(section),
      words: section.words,
      budgetSeconds: section.budgetSeconds,
      speakingSeconds: section.speakingSeconds,
      score: section.score,
    })),
    evidence: review.evidence.map((evidence) => ({
      kind: evidence.kind,
      section: evidence.section,
      range: lines.toRange(evidence),
      text: evidence.text,
      ...(evidence.value ? { value: evidence.value } : {}),
    })),
    findings: review.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      section: finding.section,
      range: lines.toRange(finding),
      ...(finding.related.length > 0
        ? { related: finding.related.map((place) => ({ message: place.message, range: lines.toRange(place) })) }
        : {}),
      ...(finding.fix ? { fix: toJsonFix(finding.fix, lines) } : {}),
    })),
    score: review.score && { total: review.score.total, band: review.score.band },
    problems: review.problems.map((problem) => ({
      message: problem.message,
      range: problem.span && lines.toRange(problem.span),
    })),
  };
}

function toJsonFix(fix: Fix, lines: LineIndex): NonNullable<JsonAnswer['findings'][number]['fix']> {
  return {
    title: fix.title,
    edits: fix.edits.map((edit) => ({ range: lines.toRange(edit), newText: edit.newText })),
  };
}
