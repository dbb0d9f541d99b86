import { DiagnosticSeverity, type Connection } from 'vscode-languageserver';
import {
  builtInRubric,
  extendRubric,
  LineIndex,
  type Rubric,
  type RubricProblem,
  type RubricSource,
} from '../core/index.js';

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
      const named = sources.map((source, index) => ({
        ...source,
        address: toAddress(source.path),
        name: nameFor(source.path, index),
      }));
      const extended = extendRubric(
        builtInRubric(),
        named.map(({ name, text }) => ({ path: name, text })),
      );
      rubric = extended.rubric;
      const shown = new Set<string>();
      for (const { address, name, path, text } of named) {
        const problems = extended.problems.filter((problem) => problem.path === name);
        if (problems.length === 0) continue;
        for (const problem of problems) connection.console.warn(`${path}: ${problem.message}`);
        if (address === null) continue;
        shown.add(address);
        publish(connection, address, text, problems);
      }
      for (const address of withProblems) {
        if (!shown.has(address)) void connection.sendDiagnostics({ uri: address, diagnostics: [] });
      }
      withProblems = shown;
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

/**
 * The name of a rubric file for the engine, which reads from its last folders what a file holds: the path inside `.design-answers/`, so
 * that the folders above it say nothing. The number keeps files of several workspace folders apart.
 */
function nameFor(path: string, index: number): string {
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A path that only looks encoded.
  }
  const own = decoded.lastIndexOf('/.design-answers/');
  return `${index}/${own < 0 ? decoded : decoded.slice(own + '/.design-answers/'.length)}`;
}

/** The address of a rubric file that was named by its address or by an absolute path; null where there is none to show it at. */
function toAddress(path: string): string | null {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  if (path.startsWith('/')) return `file://${path.split('/').map(encodeURIComponent).join('/')}`;
  return /^[a-z]:[\\/]/i.test(path) ? `file:///${path.split(/[\\/]/).map(encodeURIComponent).join('/')}` : null;
}
