import { isLetterOrDigit } from './letters.js';
import type { Span } from './spans.js';

/** A heading, or a lead-in that may serve as one, as it stands in the text. */
export interface OutlineEntry {
  readonly form: 'heading' | 'lead-in';
  /** 1–6; a lead-in has 7, deeper than every heading. */
  readonly depth: number;
  /** The words, with their inline markup. */
  readonly raw: string;
  /** Where the words stand. */
  readonly title: Span;
  /** Where the line or lines of the heading begin; for a lead-in, where its paragraph or item begins. */
  readonly start: number;
  /** Where the text after the heading begins; for a lead-in, directly after its separator. */
  readonly bodyStart: number;
}

/** The cheap reading of a text: its front matter and its headings, line by line, without a markdown parser. */
export interface Outline {
  /** The YAML between the fences, or null. `end` of the block is where the body begins. */
  readonly frontMatter: { readonly yaml: Span; readonly block: Span } | null;
  readonly bodyStart: number;
  readonly entries: readonly OutlineEntry[];
}

/**
 * Finds headings (ATX, setext) and lead-ins ("**Problem:** …", "Cost: …") outside fences, comments and block quotes. One pass over the
 * lines, in time linear in the text. An unclosed fence reaches to the end, as CommonMark has it.
 */
export function readOutline(text: string): Outline {
  const frontMatter = readFrontMatterBlock(text);
  const bodyStart = frontMatter ? frontMatter.block.end : text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const entries: OutlineEntry[] = [];
  let fence: { marker: string; length: number } | null = null;
  let inComment = false;
  let paragraph: Span | null = null;
  for (let start = bodyStart; start < text.length;) {
    const end = lineEnd(text, start);
    const next = afterBreak(text, end);
    const line = text.slice(start, end);
    const indent = leadingBlank(line);
    const first = line.charCodeAt(indent);
    if (fence) {
      if (closesFence(line, indent, fence)) fence = null;
    } else if (inComment) {
      if (line.includes('-->')) inComment = false;
    } else if (Number.isNaN(first)) {
      paragraph = null;
    } else {
      const opened = opensFence(line, indent);
      if (opened) {
        fence = opened;
        paragraph = null;
      } else if (line.startsWith('<!--', indent)) {
        inComment = !line.includes('-->');
        paragraph = null;
      } else if (first === HASH && indent <= 3 && ATX.test(line)) {
        entries.push(atxEntry(line, start, next));
        paragraph = null;
      } else if (paragraph && indent <= 3 && SETEXT.test(line)) {
        const raw = text.slice(paragraph.start, paragraph.end).trim();
        // The lead-in that the same line looked like is the heading itself.
        while (entries.length > 0 && (entries.at(-1)?.start ?? -1) >= paragraph.start) entries.pop();
        const depth = line.charCodeAt(indent) === EQUALS ? 1 : 2;
        entries.push({
          form: 'heading',
          depth,
          raw,
          title: trimmed(text, paragraph),
          start: paragraph.start,
          bodyStart: next,
        });
        paragraph = null;
      } else {
        const isItem = ITEM.exec(line);
        const isQuote = first === GREATER;
        if (!isQuote && (isItem || indent <= 3)) {
          const leadIn = readLeadIn(line, start, isItem ? isItem[0].length : indent);
          if (leadIn) entries.push(leadIn);
        }
        if (isItem || isQuote || (indent > 3 && !paragraph)) paragraph = null;
        else paragraph = paragraph ? { start: paragraph.start, end } : { start, end };
      }
    }
    start = next;
  }
  return { frontMatter, bodyStart, entries };
}

const HASH = 35;
const EQUALS = 61;
const GREATER = 62;
const ATX = /^ {0,3}#{1,6}(?:[ \t]|$)/;
const SETEXT = /^ {0,3}(?:=+|-{2,})[ \t]*$/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;

function readFrontMatterBlock(text: string): Outline['frontMatter'] {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(from, from + 40));
  if (!opening) return null;
  const start = from + opening[0].length;
  for (let line = start; line < text.length;) {
    const end = lineEnd(text, line);
    if (/^(?:---|\.\.\.)[ \t]*$/.test(text.slice(line, end))) {
      return { yaml: { start, end: line }, block: { start: from, end: afterBreak(text, end) } };
    }
    line = afterBreak(text, end);
  }
  return null;
}

function atxEntry(line: string, start: number, next: number): OutlineEntry {
  const marks = /^ {0,3}(#{1,6})[ \t]*/.exec(line);
  const from = marks?.[0].length ?? 0;
  const to =
    from +
    line
      .slice(from)
      .replace(/(?:^|[ \t])#+[ \t]*$/, '')
      .trimEnd().length;
  return {
    form: 'heading',
    depth: marks?.[1]?.length ?? 1,
    raw: line.slice(from, to),
    title: { start: start + from, end: start + to },
    start,
    bodyStart: next,
  };
}

/** A bold lead-in, with or without a colon, or a plain one with a colon, of at most 60 characters. */
function readLeadIn(line: string, start: number, from: number): OutlineEntry | null {
  const rest = line.slice(from, from + 90);
  const bold = /^(\*\*|__)([^*_]{1,60}?)\1([ \t]*(?:\([^)]{0,20}\))?[ \t]*[:.–—-]?)/u.exec(rest);
  if (bold) {
    const words = bold[2] ?? '';
    const titleStart = start + from + 2;
    const closed = /[:.]\s*$/.test(words) || /[:.–—-]$/.test(bold[3] ?? '') || rest.slice(bold[0].length).trim() === '';
    if (!closed) return null;
    const title = words.replace(/[\s:.]+$/, '');
    return leadIn(
      title + (bold[3] ?? '').replace(/[:.–—-]$/, ''),
      { start: titleStart, end: titleStart + title.length },
      start,
      start + from + bold[0].length,
    );
  }
  const plain = /^([^:*<>|`]{2,59}?)[ \t]*:(?=[ \t]|$)/.exec(rest);
  if (!plain || !isLetterOrDigit(rest, 0)) return null;
  const words = plain[1] ?? '';
  if (words.split(/\s+/).length > 7) return null;
  return leadIn(
    words,
    { start: start + from, end: start + from + words.length },
    start,
    start + from + plain[0].length,
  );
}

function leadIn(raw: string, title: Span, start: number, bodyStart: number): OutlineEntry {
  return { form: 'lead-in', depth: 7, raw, title, start, bodyStart };
}

function opensFence(line: string, indent: number): { marker: string; length: number } | null {
  let from = indent;
  const item = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=```|~~~)/.exec(line);
  if (item) from = item[0].length;
  const match = /^(`{3,}(?=[^`]*$)|~{3,})/.exec(line.slice(from));
  return match ? { marker: (match[1] ?? '`')[0] ?? '`', length: match[1]?.length ?? 3 } : null;
}

function closesFence(line: string, indent: number, fence: { marker: string; length: number }): boolean {
  const rest = line.slice(indent).trimEnd();
  return rest.length >= fence.length && [...rest].every((mark) => mark === fence.marker);
}

function leadingBlank(line: string): number {
  let index = 0;
  while (line.charCodeAt(index) === 32 || line.charCodeAt(index) === 9) index++;
  return index;
}

function lineEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) return index;
    index++;
  }
  return index;
}

function afterBreak(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

function trimmed(text: string, span: Span): Span {
  const words = text.slice(span.start, span.end);
  const start = span.start + (words.length - words.trimStart().length);
  return { start, end: start + words.trim().length };
}
