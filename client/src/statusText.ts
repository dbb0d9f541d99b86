import type { AnswerState, ProblemCounts } from '../../server/src/protocol.js';
import type { ServerStatus } from './api.js';

/** What the status item shows of the active document. */
export interface StatusView {
  readonly server: ServerStatus;
  /** Null until the server has said something about the document. */
  readonly answer: AnswerState | null;
}

/** What the item says, before it becomes an item. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly isBusy: boolean;
  readonly severity: 'information' | 'warning' | 'error';
  readonly command: { readonly title: string; readonly command: string } | null;
}

/** Puts the state of the server and of the active document into words. */
export function describeStatus({ server, answer }: StatusView): StatusText {
  const plain = { isBusy: false, severity: 'information' } as const;
  if (server === 'starting')
    return { ...plain, text: 'Design Answers', detail: 'starting', isBusy: true, command: OUTPUT };
  if (server !== 'running') {
    return {
      ...plain,
      text: '$(error) Design Answers',
      detail: 'the language server is stopped',
      severity: 'error',
      command: RESTART,
    };
  }
  // Before the server has said something, and for documents that it is not given.
  if (!answer) return { ...plain, text: 'Design Answers', detail: 'ready', command: OUTPUT };
  if (!answer.isAnswer) {
    return {
      ...plain,
      text: 'No design answer',
      detail: 'this file is left alone',
      command: { title: 'New Answer', command: 'designAnswers.newAnswer' },
    };
  }
  const text = `$(checklist) ${answer.framework?.title ?? 'Unknown framework'}`;
  if (answer.isQuiet) {
    return {
      ...plain,
      text,
      detail: 'findings are held back until the round ends',
      command: { title: 'Show Now', command: 'designAnswers.showFindings' },
    };
  }
  if (!answer.isReviewed) {
    return {
      ...plain,
      text,
      detail: 'not reviewed yet',
      command: { title: 'Review', command: 'designAnswers.review' },
    };
  }
  return { ...plain, text, detail: describeCounts(answer.counts), command: OUTPUT };
}

const RESTART = { title: 'Restart', command: 'designAnswers.restart' };
const OUTPUT = { title: 'Show Output', command: 'designAnswers.showOutput' };

/** "2 warnings, 1 hint", the gravest first. */
function describeCounts(counts: ProblemCounts): string {
  const parts = (
    [
      ['error', 'errors'],
      ['warning', 'warnings'],
      ['information', 'suggestions'],
      ['hint', 'hints'],
    ] as const
  ).flatMap(([severity, plural]) => {
    const count = counts[severity];
    return count === 0 ? [] : [`${count} ${count === 1 ? plural.slice(0, -1) : plural}`];
  });
  return parts.length === 0 ? 'nothing found' : parts.join(', ');
}
