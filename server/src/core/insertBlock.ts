import type { TextEdit } from './types.js';

/**
 * How a block of markdown (with a line's end at its own end) is inserted at an offset: in place of a blank line, else behind the line of the offset, with
 * blank lines around it.
 */
export function insertBlock(text: string, offset: number, block: string): TextEdit {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const restOfLine = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  const lineEnd = offset + restOfLine.length;
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
