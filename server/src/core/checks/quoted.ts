import { cutAtWord } from '../quote.js';
import type { PlacedEvidence } from './detectors.js';
import { sentenceOf, type Readable } from './sentenceOf.js';

/** A clause up to this many UTF-16 units is quoted whole. */
const WHOLE_CLAUSE = 60;
/** How many UTF-16 units a quote may grow to when it goes on to the end of its clause. */
const LONGEST_CLAUSE = 72;

/** What parts the cells of a table and the boxes of a drawing. */
const CELL_EDGE = /[|│┃║┆┊]/;
/** Where a clause ends: before a mark with a blank or nothing behind it, a bracket, a dash, an arrow. */
const CLAUSE_END = /[,;:.!?](?=\s|["'”’)\]*_]|$)|\s+[–—-]{1,3}\s|[—(]|\s*(?:->|=>|[→⇒➔➜⟶])|[\r\n]\s*[\r\n]/;
/** No more of a line than this many UTF-16 units is looked at. */
const LONGEST_LOOK = 400;
/** What stands at the end of words that lead on: marks, and words that need another one behind them. */
const END_MARKS = /[\s.,;:&+/(–—→⇒➔➜⟶=>-]+$/;
const END_WORDS =
  /(?:^|\s)(?:a|an|the|and|or|for|to|of|in|on|at|by|with|from|as|via|is|are|that|which|so|because|who|than)$/i;

/**
 * A piece of evidence as a person would quote it: its clause where that is short, else its own words and what follows up to the end of their clause. What
 * a pattern matched may begin behind a bracket or stop before the noun ("LLM gateway for"). One line without marks of emphasis and code; never less than a word.
 */
export function quoted(input: Readable, item: PlacedEvidence): string {
  const { text } = input;
  const sentence = sentenceOf(input, item);
  const before = text.slice(Math.max(Math.min(sentence.start, item.start), item.start - LONGEST_LOOK), item.start);
  const after = text.slice(item.end, Math.min(Math.max(sentence.end, item.end), item.end + LONGEST_LOOK));
  const cellStart = item.start - before.length + endOfLast(before, CELL_EDGE);
  const cellEnd = item.end + startOfFirst(after, CELL_EDGE);
  if (cellEnd - cellStart <= LONGEST_LOOK) {
    const whole = tidy(text.slice(cellStart, cellEnd));
    if (whole.length <= WHOLE_CLAUSE && !CELL_EDGE.test(whole)) return whole;
  }
  const own = text.slice(item.start, Math.min(item.end, item.start + LONGEST_LOOK));
  // Words from two boxes of a drawing are none that anybody wrote side by side: those of the longer one are quoted.
  if (CELL_EDGE.test(own)) return tidy(longest(own.split(CELL_EDGE)));
  const start = opensBefore(text, cellStart, item);
  const rest = text.slice(item.end, cellEnd);
  const clause = text.slice(start, item.end + startOfFirst(rest, CLAUSE_END));
  const wide = tidy(clause);
  if (wide.length <= LONGEST_CLAUSE) return wide;
  const narrow = tidy(text.slice(start, item.end));
  if (narrow.length >= WHOLE_CLAUSE) return narrow;
  return `${tidy(cutAtWord(wide, WHOLE_CLAUSE))}…`;
}

/** A piece of evidence by its own words alone, for a message that speaks of a thing that the answer names; without what leads on at their end. */
export function named({ text }: PlacedEvidence): string {
  return text.length > LONGEST_LOOK ? text : tidy(text);
}

/** Where a quote has to begin so that a bracket which ends in it also begins in it: at the word before that bracket. */
function opensBefore(text: string, from: number, { start, end }: PlacedEvidence): number {
  let open = 0;
  for (const sign of text.slice(start, end)) {
    if (sign === '(') open++;
    else if (sign === ')' && --open < 0) {
      const before = text.slice(from, start);
      const bracket = before.lastIndexOf('(');
      if (bracket < 0) return start;
      return from + (/[\w.&/-]+\s*$/.exec(before.slice(0, bracket))?.index ?? bracket);
    }
  }
  return start;
}

/** On one line, without what only joins it to its neighbors, and without a bracket that has no partner. */
function tidy(words: string): string {
  let line = words
    .replace(/\*\*|__|~~|`/g, '')
    .replace(/\s+/g, ' ')
    // An arrow of a drawing is as long as its boxes are apart.
    .replace(/ ?-{2,}> ?/g, ' → ')
    .replace(/^[\s,;:.)\]→⇒➔➜⟶>=+–—*-]+|\s+\*+$/g, '')
    .trim();
  if (count(line, ')') > count(line, '(')) line = line.replace(/\)(?=[^)]*$)/, '');
  if (count(line, '(') > count(line, ')')) line = line.replace(/\s*\([^()]*$/, '') || line.replace('(', '');
  let ended = line;
  for (;;) {
    const shorter = ended.replace(END_MARKS, '').replace(END_WORDS, '');
    if (shorter === ended) return ended || line;
    ended = shorter;
  }
}

function count(line: string, sign: string): number {
  return line.split(sign).length - 1;
}

function endOfLast(words: string, sign: RegExp): number {
  for (let at = words.length - 1; at >= 0; at--) if (sign.test(words.charAt(at))) return at + 1;
  return 0;
}

function startOfFirst(words: string, sign: RegExp): number {
  return sign.exec(words)?.index ?? words.length;
}

function longest(parts: readonly string[]): string {
  return parts.reduce((best, part) => (part.trim().length > best.trim().length ? part : best), '');
}
