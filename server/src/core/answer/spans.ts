/** A half-open range of UTF-16 offsets in the text it belongs to. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A position as the editor protocol counts: 0-based line, UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A range of two protocol positions. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Whether two spans share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * Sorts a list, which it returns; of equal items the earlier stays first. Most lists of places stand in order or nearly so: what has only a few places to go is moved there, and where many
 * have far to go all of it is sorted.
 */
export function sortInPlace<T>(items: T[], compare: (a: T, b: T) => number): T[] {
  let left = items.length * MOVES;
  for (let index = 1; index < items.length; index++) {
    const item = items[index]!;
    let at = index;
    for (; at > 0 && compare(items[at - 1]!, item) > 0; at--) items[at] = items[at - 1]!;
    items[at] = item;
    left -= index - at;
    if (left < 0) return items.sort(compare);
  }
  return items;
}

/** For each item so many places in all, before sorting is cheaper. */
const MOVES = 8;

/** Converts between UTF-16 offsets of one text and protocol positions. Lines end at LF, CRLF or a lone CR. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === 13 && text.charCodeAt(offset + 1) === 10) continue;
      if (code === 10 || code === 13) this.starts.push(offset + 1);
    }
  }

  /** The number of lines; an empty text has one. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  toPosition(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (this.starts[low] ?? 0) };
  }

  /** The range of a span. */
  toRange(span: Span): Range {
    return { start: this.toPosition(span.start), end: this.toPosition(span.end) };
  }

  /** The offset of a position; positions past a line's or the text's end are moved back to it. */
  toOffset(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.starts[position.line];
    if (start === undefined) return this.text.length;
    const next = this.starts[position.line + 1] ?? this.text.length + 1;
    const end = next > this.text.length ? this.text.length : this.endBeforeBreak(next);
    return Math.max(start, Math.min(start + Math.max(0, position.character), end));
  }

  private endBeforeBreak(next: number): number {
    const hasCrLf = this.text.charCodeAt(next - 1) === 10 && this.text.charCodeAt(next - 2) === 13;
    return next - (hasCrLf ? 2 : 1);
  }
}
