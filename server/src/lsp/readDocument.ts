import { recognize, review, type Finding, type Recognition, type Review } from '../core/index.js';
import type { Memo, OpenDocument, ReadingContext, Shown } from './openDocument.js';

/** Characters beyond which a document is no answer: even a book is shorter, and the editor should not wait for it. */
const LONGEST_ANSWER = 2_000_000;

/** Whether a document is an answer, and of which framework: all that a document costs that is none. */
export function recognizeDocument(document: OpenDocument, context: ReadingContext): Recognition | null {
  return memoOf(document, context).recognition;
}

/** The review of a document's present text, made once for a text; null where it is no answer. */
export function reviewDocument(document: OpenDocument, context: ReadingContext): Review | null {
  const memo = memoOf(document, context);
  if (!memo.recognition) return null;
  return (memo.review ??= review(document.text, context.rubric, context.settings, {
    fileName: fileNameOf(document.uri),
    matchesFiles: context.matchesFiles,
    cache: document.cache,
  }));
}

/** What a review has to show: its findings, and the problems that have a place in the text. */
export function toShown(reviewed: Review): Shown[] {
  const problems = reviewed.problems.flatMap(({ message, span }): Shown[] =>
    span ? [{ ...span, rule: null, severity: 'warning', message, section: null, related: [] }] : [],
  );
  const findings = reviewed.findings.map(
    ({ start, end, rule, severity, message, section, related }): Shown => ({ start, end, rule, severity, message, section, related }),
  );
  return [...problems, ...findings];
}

/** What is shown, as findings again. */
export function toFindings(shown: readonly Shown[]): Finding[] {
  return shown.flatMap(({ rule, ...rest }) => (rule === null ? [] : [{ ...rest, rule }]));
}

function memoOf(document: OpenDocument, context: ReadingContext): Memo {
  const { rubric, settings, matchesFiles } = context;
  const { memo } = document;
  if (
    memo &&
    memo.version === document.version &&
    memo.rubric === rubric &&
    memo.settings === settings &&
    memo.matchesFiles === matchesFiles
  ) {
    return memo;
  }
  const canBeAnswer = document.languageId === 'markdown' && document.text.length <= LONGEST_ANSWER && !isBinary(document.text);
  const recognition = canBeAnswer
    ? recognize(document.text, fileNameOf(document.uri), rubric, settings, matchesFiles)
    : null;
  return (document.memo = { rubric, settings, matchesFiles, version: document.version, recognition });
}

/** Editors open binary files as text when told to; no text has NUL in it. */
function isBinary(text: string): boolean {
  return text.includes('\0');
}

function fileNameOf(uri: string): string {
  const name = uri.replace(/[?#].*$/, '').replace(/^.*[/:]/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
