/** A section's place in a text: UTF-16 offsets, the end not included. */
export interface TrackedSection {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** One edit: what stood from `offset` on over `length` units became `text`. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** The section that an offset is in, or null between sections. Where one ends and the next begins, the next. */
export function sectionAt(sections: readonly TrackedSection[], offset: number): string | null {
  return sections.findLast(({ start, end }) => start <= offset && offset <= end)?.id ?? null;
}

/**
 * Carries sections through an edit, so that nobody has to be asked at every keystroke. What is typed at a section's end belongs to it; what is typed before
 * its heading does not.
 */
export function moveSections(sections: readonly TrackedSection[], change: TextChange): TrackedSection[] {
  const changeEnd = change.offset + change.length;
  const shift = change.text.length - change.length;
  const moveEnd = (end: number): number =>
    end < change.offset ? end : end >= changeEnd ? end + shift : change.offset + change.text.length;
  // A heading whose first part was replaced begins where the replacement ends.
  const moveStart = (start: number): number =>
    start < change.offset ? start : start >= changeEnd ? start + shift : change.offset + change.text.length;
  return sections.map(({ id, start, end }) => {
    const moved = moveStart(start);
    return { id, start: moved, end: Math.max(moved, moveEnd(end)) };
  });
}

/**
 * Whether an edit can change where sections are or what they may take: it makes or removes a line, or it is on a line that may be a heading, a lead-in or
 * front matter.
 *
 * @param line the line that the edit is on, as it is now.
 */
export function mayMoveSections(change: TextChange, line: string, isRemovingLines: boolean): boolean {
  if (isRemovingLines || /[\r\n]/.test(change.text)) return true;
  return (
    /^\s{0,3}(?:#|\*\*|__|[-*+]\s+\*\*|={2,}|-{2,}|[\w-]+\s*:|\d{1,2}[.)])/.test(line) || /^[^:]{1,60}:/.test(line)
  );
}
