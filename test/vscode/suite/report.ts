/**
 * How a suite inside an editor tells the process outside what happened: one console line for every test. The console is the
 * only way out that the web worker, the Node extension host and desktop VS Code have in common.
 */

/** How one test ended. */
export interface TestOutcome {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  milliseconds: number;
  /** Why it failed, or why it was skipped. */
  reason?: string;
}

/** The console line by which a suite asks the process outside to reload its window. */
export const RELOAD_MARK = '[design-answers-reload]';

const MARK = '[design-answers-test]';

/** The console line that carries an outcome. */
export function reportLine(outcome: TestOutcome): string {
  return `${MARK} ${JSON.stringify(outcome)}`;
}

/** Reads a console line; undefined when it carries no outcome. */
export function readReportLine(line: string): TestOutcome | undefined {
  const start = line.indexOf(MARK);
  if (start < 0) return undefined;
  const text = line.slice(start + MARK.length);
  try {
    // What comes after the object is decoration of the console that passed the line on.
    return JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)) as TestOutcome;
  } catch {
    return undefined;
  }
}
