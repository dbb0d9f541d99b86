import type { RelatedPlace, Span } from '../core/index.js';

/** One edit of a text, in offsets of the text before it. */
export interface Edit extends Span {
  readonly newText: string;
}

/** What a span that is shown to the user carries along when the text around it changes. */
interface Movable extends Span {
  readonly related: readonly RelatedPlace[];
}

/**
 * Carries findings through an edit, so that they stay on their words while the writer types and no review runs. One whose own words
 * were changed is dropped: it speaks of words that are gone. Typing directly before or behind a finding's words leaves it.
 * Returns the same list if nothing moved.
 */
export function moveThrough<T extends Movable>(items: readonly T[], edit: Edit): readonly T[] {
  let hasMoved = false;
  const moved: T[] = [];
  for (const item of items) {
    const span = moveSpan(item, edit);
    const related = moveRelated(item.related, edit);
    if (span === item && related === item.related) moved.push(item);
    else {
      hasMoved = true;
      if (span) moved.push({ ...item, start: span.start, end: span.end, related });
    }
  }
  return hasMoved ? moved : items;
}

/**
 * Cuts off what an edit leaves as it was, at both ends. Editors may replace a whole line or the whole document where a word
 * changed; cut down, such an edit touches only the findings on that word.
 */
export function trimEdit(before: string, edit: Edit): Edit {
  const longest = Math.min(edit.end - edit.start, edit.newText.length);
  let head = 0;
  while (head < longest && before.charCodeAt(edit.start + head) === edit.newText.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < longest - head &&
    before.charCodeAt(edit.end - 1 - tail) === edit.newText.charCodeAt(edit.newText.length - 1 - tail)
  ) {
    tail++;
  }
  if (head === 0 && tail === 0) return edit;
  return {
    start: edit.start + head,
    end: edit.end - tail,
    newText: edit.newText.slice(head, edit.newText.length - tail),
  };
}

/** The span after the edit: itself where nothing moved, null where its own words were changed. */
function moveSpan(span: Span, edit: Edit): Span | null {
  if (edit.end <= span.start) {
    const shift = edit.newText.length - (edit.end - edit.start);
    return shift === 0 ? span : { start: span.start + shift, end: span.end + shift };
  }
  return edit.start >= span.end ? span : null;
}

function moveRelated(places: readonly RelatedPlace[], edit: Edit): readonly RelatedPlace[] {
  if (places.length === 0) return places;
  let hasMoved = false;
  const moved = places.flatMap((place) => {
    const span = moveSpan(place, edit);
    if (span === place) return [place];
    hasMoved = true;
    return span ? [{ ...place, start: span.start, end: span.end }] : [];
  });
  return hasMoved ? moved : places;
}
