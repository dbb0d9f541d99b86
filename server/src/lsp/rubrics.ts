import { DiagnosticSeverity, type Connection } from 'vscode-languageserver';
import { builtInRubric, extendRubric, LineIndex, type Rubric, type RubricProblem, type RubricSource } from '../core/index.js';

/** The rubric in force: the built-in one with the user's own files over it. */
export interface Rubrics {
  current(): Rubric;
  /** Takes all of the user's files as they are now, and shows their problems in them. */
  replace(sources: readonly RubricSource[]): void;
}

/** Keeps one connection's rubric. The server reads no disk: the client sends the files' texts. */
export function createRubrics(connection: Connection): Rubrics {
  let rubric: Rubric | null = null;
  let withProblems = new Set<string>();
  return {
    current() {
      return (rubric ??= builtInRubric());
    },
    replace(sources) {
      const extended = extendRubric(builtInRubric(), sources);
      rubric = extended.rubric;
      const byAddress = new Map<string, RubricProblem[]>();
      for (const problem of extended.problems) {
        const address = toAddress(problem.path);
        if (address === null) connection.console.warn(`${problem.path}: ${problem.message}`);
        else byAddress.set(address, [...(byAddress.get(address) ?? []), problem]);
      }
      for (const address of withProblems) {
        if (!byAddress.has(address)) void connection.sendDiagnostics({ uri: address, diagnostics: [] });
      }
      for (const [address, problems] of byAddress) {
        const text = sources.find((source) => toAddress(source.path) === address)?.text ?? '';
        publish(connection, address, text, problems);
      }
      withProblems = new Set(byAddress.keys());
    },
  };
}

/**
 * Pushed to pulling clients too: rubric files are no documents that they pull for, and nobody pushes for the documents that they
 * do pull for.
 */
function publish(connection: Connection, uri: string, text: string, problems: readonly RubricProblem[]): void {
  const lines = new LineIndex(text);
  void connection.sendDiagnostics({
    uri,
    diagnostics: problems.map((problem) => ({
      range: lines.toRange(problem),
      severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      source: 'Design Answers',
      message: problem.message,
    })),
  });
}

/** The address of a rubric file that was named by its address or by an absolute path; null where there is none to show it at. */
function toAddress(path: string): string | null {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  if (path.startsWith('/')) return `file://${path.split('/').map(encodeURIComponent).join('/')}`;
  return /^[a-z]:[\\/]/i.test(path) ? `file:///${path.split(/[\\/]/).map(encodeURIComponent).join('/')}` : null;
}
