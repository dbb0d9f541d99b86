/** A place that a fixture marks. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** What stands after the carets, such as a rule id; empty where nothing does. */
  readonly note: string;
}

/**
 * Takes caret lines out of a fixture: each marks the nearest line of text above it (`   ^^^^ note`), and `^file note` the whole answer (start and end
 * −1). `<|>` marks the cursor and is taken out too.
 */
export function readCarets(fixture: string): { text: string; marks: Mark[]; cursor: number | null } {
  const marks: Mark[] = [];
  const kept: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const line of fixture.split('\n')) {
    const whole = /^\s*\^file\b\s*(.*)$/.exec(line);
    if (whole) {
      marks.push({ start: -1, end: -1, note: whole[1] ?? '' });
      continue;
    }
    const carets = /^(\s*)(\^+)(?:\s+(.*))?$/.exec(line);
    if (carets && kept.length > 0) {
      const start = (starts.at(-1) ?? 0) + (carets[1]?.length ?? 0);
      marks.push({ start, end: start + (carets[2]?.length ?? 0), note: (carets[3] ?? '').trim() });
      continue;
    }
    starts.push(length);
    kept.push(line);
    length += line.length + 1;
  }
  const text = kept.join('\n');
  const cursor = text.indexOf('<|>');
  return { text: cursor < 0 ? text : text.replace('<|>', ''), marks, cursor: cursor < 0 ? null : cursor };
}
