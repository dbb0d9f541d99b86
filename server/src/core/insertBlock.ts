import { readOutline } from './answer/outline.js';
import type { TextEdit } from './types.js';

/**
 * How a block of markdown (with a line's end at its own end) is inserted at an offset: in place of a blank line, else behind the line of the offset, with
 * blank lines around it. It breaks nothing in two: in front matter, a table or a fence, it goes behind all of it.
 */
export function insertBlock(text: string, offset: number, block: string): TextEdit {
  const at = placeBehind(text, offset);
  const lineStart = startOfLine(text, at);
  const lineEnd = endOfLine(text, at);
  const isBlank = text.slice(lineStart, lineEnd).trim() === '';
  const start = isBlank ? lineStart : lineEnd;
  const before = text.slice(0, start);
  const after = text.slice(lineEnd);
  const gapBefore = before.trim() === '' || /(?:\r\n|\n)[ \t]*(?:\r\n|\n)$/.test(before) ? '' : isBlank ? '\n' : '\n\n';
  // What stands behind it keeps its distance of one blank line.
  const hasGapAfter = /^(?:\r\n|\n)[ \t]*(?:\r\n|\n|$)/.test(after) || after.trim() === '';
  const body = hasGapAfter ? block.replace(/\n$/, '') : block;
  return { start, end: lineEnd, newText: gapBefore + body };
}

/** The offset itself, or the end of the front matter, the fence or the table that it stands in. */
function placeBehind(text: string, offset: number): number {
  const { frontMatter, bodyStart } = readOutline(text);
  if (frontMatter && offset < bodyStart) return endOfLine(text, startOfLine(text, Math.max(0, bodyStart - 1)));
  let fence: string | null = null;
  for (let start = bodyStart; start <= text.length;) {
    const end = endOfLine(text, start);
    const next = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    const line = text.slice(start, end);
    const isPast = offset <= end;
    const [, marks = '', rest = ''] = FENCE.exec(line) ?? [];
    if (fence !== null) {
      if (marks.startsWith(fence) && rest.trim() === '') {
        if (isPast) return end;
        fence = null;
      }
    } else if (marks !== '' && !(marks.startsWith('`') && rest.includes('`'))) fence = marks;
    else if (isPast && !(TABLE_LINE.test(line) && TABLE_LINE.test(text.slice(next, endOfLine(text, next)))))
      return Math.max(offset, start);
    start = next;
  }
  return fence === null ? offset : text.length;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const TABLE_LINE = /^[ \t]*\|/;

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}
