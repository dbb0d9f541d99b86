import type { LineIndex, Range, Span } from '../answer/spans.js';

/** The writer's words with as much around them as tells what is being said, on one line and without markdown's marks. */
export interface Quote {
  /** Where the words stand, as the protocol counts. */
  readonly range: Range;
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/** UTF-16 units shown before the words, of them, and after. */
const LONGEST = { before: 100, words: 220, after: 120 };
/** Lines looked at on either side for the rest of a sentence that is wrapped. */
const MOST_LINES = 4;

/** The quote of a span: its sentence, cut at words where it is long. */
export function quoteOf(text: string, lines: LineIndex, span: Span): Quote {
  const block = blockAround(text, lines, span);
  const sentence = sentenceIn(text, block, span);
  return {
    range: lines.toRange(span),
    before: cutFront(plain(text.slice(sentence.start, span.start).replace(FRONT_MARKS, '')), LONGEST.before),
    words: cutBack(plain(text.slice(span.start, span.end)), LONGEST.words),
    after: cutBack(plain(text.slice(span.end, sentence.end).replace(/\s*\|\s*$/, '')), LONGEST.after),
  };
}

/** The quotes of some spans: one for each sentence, at most `most`, in the order of the text. */
export function quotesOf(text: string, lines: LineIndex, spans: readonly Span[], most: number): Quote[] {
  const quotes: Quote[] = [];
  let last = -1;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const { start, end } = sentenceIn(text, blockAround(text, lines, span), span);
    if (start <= last) continue;
    last = Math.max(start, end - 1);
    quotes.push(quoteOf(text, lines, span));
    if (quotes.length === most) break;
  }
  return quotes;
}

/** A line that begins something of its own: a list item, a heading, a quotation, a table row, a fence. */
const BEGINS = /^[ \t]*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|>|\||```|~~~)/;

/** The lines around a span that belong to the same paragraph, item or row. */
function blockAround(text: string, lines: LineIndex, span: Span): Span {
  const lineAt = (line: number): string =>
    text.slice(lines.toOffset({ line, character: 0 }), lines.toOffset({ line, character: Number.MAX_SAFE_INTEGER }));
  let first = lines.toPosition(span.start).line;
  let last = lines.toPosition(span.end).line;
  const highest = Math.max(0, first - MOST_LINES);
  while (first > highest && !BEGINS.test(lineAt(first)) && lineAt(first - 1).trim() !== '') first--;
  const lowest = Math.min(lines.lineCount - 1, last + MOST_LINES);
  while (last < lowest && lineAt(last + 1).trim() !== '' && !BEGINS.test(lineAt(last + 1))) last++;
  return {
    start: lines.toOffset({ line: first, character: 0 }),
    end: lines.toOffset({ line: last, character: Number.MAX_SAFE_INTEGER }),
  };
}

/** Where a sentence ends: its mark, perhaps a closing bracket or quotation mark, and a blank. */
const SENTENCE_END = /[.!?][)\]"'”’*_]*(?=\s)/g;

function sentenceIn(text: string, block: Span, span: Span): Span {
  let { start, end } = block;
  for (const match of text.slice(block.start, span.start).matchAll(SENTENCE_END)) {
    start = block.start + match.index + match[0].length;
  }
  // The words may end with the sentence's own mark.
  const rest = text.slice(Math.max(span.start, span.end - 1), block.end);
  const after = [...rest.matchAll(SENTENCE_END)][0];
  if (after) end = Math.max(span.start, span.end - 1) + after.index + after[0].length;
  return { start: Math.min(start, span.start), end: Math.max(end, span.end) };
}

/** Marks of list items, headings, quotations and tables at the front of a line. */
const FRONT_MARKS = /^\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>|\|)\s+)+/;

/** Without marks of emphasis and code; table borders become dots; blanks are one space. */
function plain(raw: string): string {
  return raw
    .replace(/\*\*|__|`|~~/g, '')
    .replace(/\s*\|\s*/g, ' · ')
    .replace(/\s+/g, ' ');
}

function cutFront(words: string, most: number): string {
  if (words.length <= most) return words.trimStart();
  return `…${words.slice(-most).replace(/^\S*/, '')}`;
}

function cutBack(words: string, most: number): string {
  if (words.length <= most) return words.trimEnd();
  return `${words.slice(0, most).replace(/\s*\S*$/, '')}…`;
}
