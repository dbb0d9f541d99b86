import type { PhrasingContent, Root, RootContent } from 'mdast';
import { isSaidUnder } from './quotes.js';

/**
 * Reads markdown as answers are mostly written: paragraphs, lists, tables, fences, bold, emphasis and code, each in its plainest form. Returns the same
 * tree that the full parser gives (positions as offsets, and only where `blocks.ts` asks for them), or null wherever the plain reading could differ: what is
 * unusual is left to the full parser, which takes ten times as long.
 *
 * The rules are CommonMark's and GFM's, narrowed; that both readers agree is a property test.
 */
export function readPlainMarkdown(source: string): Root | null {
  if (UNUSUAL.test(source)) return null;
  const reader = new PlainReader(source);
  return reader.read();
}

/**
 * What a text may not have anywhere: tabs and other line ends, breaks by a backslash, definitions of references, HTML, automatic links and entities. An
 * angle bracket or an ampersand that stands alone is text, and so is a reference that nothing defines.
 */
const UNUSUAL = /[\t\0\u2028\u2029\v\f]|\r(?!\n)|\\\r?\n|^ {0,3}\[[^\]\n]*\]:|<[A-Za-z/!?]|&#?\w+;/m;

/** One line without its end. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Blanks at its start. */
  readonly indent: number;
}

interface PlainItem {
  readonly type: 'listItem';
  readonly children: PlainBlock[];
  readonly position: { readonly start: Point; readonly end: Point };
}
interface PlainList {
  readonly type: 'list';
  readonly children: PlainItem[];
}
type PlainBlock = RootContent | PlainList;

/** An item of a list that following lines can still belong to. */
interface OpenItem {
  readonly item: PlainItem;
  readonly list: PlainList;
  /** The bullet, or the sign after the number: items with another one begin another list. */
  readonly sign: string;
  /** The column at which its content stands. */
  readonly content: number;
}

/** A reading that the full parser must do. */
class Unusual extends Error {}
const UNUSUAL_READING = new Unusual('for the full parser');

class PlainReader {
  private readonly lines: Line[] = [];
  private readonly children: PlainBlock[] = [];
  private at = 0;

  constructor(private readonly source: string) {}

  read(): Root | null {
    this.cutLines();
    try {
      while (this.at < this.lines.length) this.readBlock();
    } catch (error) {
      if (error === UNUSUAL_READING) return null;
      throw error;
    }
    return { type: 'root', children: this.children as RootContent[] };
  }

  private cutLines(): void {
    const { source } = this;
    for (let start = 0; start < source.length;) {
      const feed = source.indexOf('\n', start);
      const next = feed < 0 ? source.length : feed + 1;
      let end = feed < 0 ? source.length : feed;
      if (end > start && source.charCodeAt(end - 1) === 13) end--;
      let text = start;
      while (text < end && source.charCodeAt(text) === 32) text++;
      this.lines.push({ start, end, indent: text - start });
      start = next;
    }
  }

  private readBlock(): void {
    const line = this.lines[this.at]!;
    if (isBlank(line)) {
      this.at++;
      return;
    }
    if (line.indent > 0) throw UNUSUAL_READING;
    const text = this.source.slice(line.start, line.end);
    const fence = FENCE.exec(text);
    if (fence) this.readFence(fence, line);
    else if (BREAK.test(text)) {
      this.children.push({ type: 'thematicBreak' });
      this.at++;
    } else if (text.startsWith('>')) this.readQuote();
    else if (ITEM.test(text)) this.readList();
    else if (this.isTable()) this.readTable();
    else {
      this.checkStart(text);
      this.children.push({ type: 'paragraph', children: this.readParagraph(line.start, false) });
    }
  }

  private readFence(fence: RegExpExecArray, first: Line): void {
    const marks = fence[1]!;
    const lang = fence[2] ?? '';
    for (let at = this.at + 1; at < this.lines.length; at++) {
      const line = this.lines[at]!;
      const text = this.source.slice(line.start + line.indent, this.endOfWords(line.end));
      if (line.indent < 4 && text.length >= marks.length && text === marks[0]!.repeat(text.length)) {
        this.children.push({
          type: 'code',
          ...(lang === '' ? {} : { lang }),
          value: '',
          position: positionOf(first.start, line.end),
        });
        this.at = at + 1;
        return;
      }
    }
    throw UNUSUAL_READING;
  }

  /** A quote that the candidate has no turn in is read over, as `blocks.ts` would. */
  private readQuote(): void {
    let above = this.at - 1;
    while (above >= 0 && isBlank(this.lines[above]!)) above--;
    for (; above >= 0 && !isBlank(this.lines[above]!); above--) {
      const { start, end } = this.lines[above]!;
      if (isSaidUnder(this.source.slice(start, end))) throw UNUSUAL_READING;
    }
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at]!;
      if (isBlank(line)) break;
      const text = this.source.slice(line.start, line.end);
      if (!text.startsWith('>') || TURN.test(text)) throw UNUSUAL_READING;
    }
    this.children.push({ type: 'blockquote', children: [] });
  }

  /** Whether a table begins here: a line with bars above a line of dashes. */
  private isTable(): boolean {
    const next = this.lines[this.at + 1];
    return next !== undefined && isDashes(this.source.slice(next.start, next.end));
  }

  private readTable(): void {
    const head = this.cells(this.lines[this.at]!);
    const dashes = this.cells(this.lines[this.at + 1]!);
    const isBorder = dashes.every(({ text, textEnd }) => /^:?-+:?$/.test(this.source.slice(text, textEnd)));
    if (head.length !== dashes.length || head.length < 2 || !isBorder) throw UNUSUAL_READING;
    const rows = [this.row(head, this.lines[this.at]!)];
    for (this.at += 2; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at]!;
      if (isBlank(line)) break;
      const cells = this.cells(line);
      if (cells.length !== head.length) throw UNUSUAL_READING;
      rows.push(this.row(cells, line));
    }
    this.children.push({ type: 'table', children: rows } as unknown as RootContent);
  }

  private row(cells: readonly CellSpan[], line: Line): object {
    return {
      type: 'tableRow',
      children: cells.map((cell) => ({
        type: 'tableCell',
        children: this.readInline(cell.text, cell.textEnd),
        position: positionOf(cell.start, cell.end),
      })),
      position: positionOf(line.start, this.endOfWords(line.end)),
    };
  }

  /** The cells of a table's line; a bar at either end is no border between two. */
  private cells(line: Line): CellSpan[] {
    const { source } = this;
    const text = source.slice(line.start, line.end);
    // An escaped bar, and one at one end only, are read in ways of their own.
    if (
      line.indent > 0 ||
      !text.startsWith('|') ||
      this.source[this.endOfWords(line.end) - 1] !== '|' ||
      text.includes('\\')
    )
      throw UNUSUAL_READING;
    const last = this.endOfWords(line.end) - 1;
    if (last === line.start) throw UNUSUAL_READING;
    const cells: CellSpan[] = [];
    for (let start = line.start; start < last;) {
      const bar = source.indexOf('|', start + 1);
      let from = start + 1;
      let to = bar;
      while (from < to && source.charCodeAt(from) === 32) from++;
      while (to > from && source.charCodeAt(to - 1) === 32) to--;
      cells.push({ start, end: bar === last ? bar + 1 : bar, text: from, textEnd: to });
      start = bar;
    }
    return cells;
  }

  private readList(): void {
    let open: OpenItem[] = [];
    let afterBlank = false;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at]!;
      if (isBlank(line)) {
        afterBlank = true;
        this.at++;
        continue;
      }
      const text = this.source.slice(line.start, line.end);
      const item = ITEM.exec(text);
      const around = open.findLastIndex((outer) => outer.content <= line.indent);
      const column = around < 0 ? 0 : open[around]!.content;
      if (line.indent - column > 3) throw UNUSUAL_READING;
      if (SPACED_BREAK.test(text)) throw UNUSUAL_READING;
      if (!item) {
        // The list ends before a line that stands at the margin after a blank one.
        if (around < 0) break;
        this.checkStart(text.slice(line.indent));
        open = open.slice(0, around + 1);
        open[around]!.item.children.push({
          type: 'paragraph',
          children: this.readParagraph(line.start + line.indent, true),
        });
        afterBlank = false;
        continue;
      }
      const marker = item[2]!;
      const gap = item[3]!.length;
      const body = line.indent + marker.length + gap;
      const content = text.slice(body);
      if (gap > 4) throw UNUSUAL_READING;
      this.checkStart(content);
      const sign = marker.slice(-1);
      const sibling = open[around + 1];
      // A number other than one right below a paragraph may belong to it.
      const goesOn = sibling?.sign === sign;
      if (!goesOn && !afterBlank && open.length > 0 && marker.length > 1 && !/^1[.)]$/.test(marker))
        throw UNUSUAL_READING;
      let list = goesOn ? sibling!.list : null;
      if (!list) {
        list = { type: 'list', children: [] };
        (around < 0 ? this.children : open[around]!.item.children).push(list);
      }
      const position = positionOf(line.start + line.indent, line.end);
      const child: PlainItem = { type: 'listItem', children: [], position };
      list.children.push(child);
      open = [...open.slice(0, around + 1), { item: child, list, sign, content: body }];
      child.children.push({ type: 'paragraph', children: this.readParagraph(line.start + body, true) });
      afterBlank = false;
    }
  }

  /** Refuses the text of an item that could be another block. */
  private checkStart(text: string): void {
    if (text === '' || OTHER_BLOCK.test(text) || ITEM.test(text)) throw UNUSUAL_READING;
  }

  /** Reads the lines of a paragraph, the first of them from an offset, and goes to the line after it. */
  private readParagraph(start: number, inList: boolean): PhrasingContent[] {
    let last = this.lines[this.at]!;
    for (this.at++; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at]!;
      if (isBlank(line)) break;
      const text = this.source.slice(line.start + line.indent, line.end);
      if (ITEM.test(text)) {
        // A number other than one cannot end a paragraph, unless it is the next item of a list: `readList` looks at that.
        if (/^\d/.test(text) && !/^1[.)]/.test(text) && !inList) throw UNUSUAL_READING;
        break;
      }
      if (OTHER_BLOCK.test(text) || isDashes(text)) throw UNUSUAL_READING;
      last = line;
    }
    return this.readInline(start, this.endOfWords(last.end));
  }

  /** A line's end without its last blanks. */
  private endOfWords(end: number): number {
    let at = end;
    while (at > 0 && this.source.charCodeAt(at - 1) === 32) at--;
    return at;
  }

  /** Reads the words between two offsets, which hold no blank at either end. */
  private readInline(start: number, end: number): PhrasingContent[] {
    return readInline(this.source, start, end, false);
  }
}

interface CellSpan {
  /** With its left bar, and the last one with its right bar too. */
  readonly start: number;
  readonly end: number;
  readonly text: number;
  readonly textEnd: number;
}

const FENCE = /^(`{3,}|~{3,}) *([\w+#-]*) *$/;
const BREAK = /^(?:-{3,}|\*{3,}|_{3,}) *$/;
/** A line of a quote that may be a callout, a turn of a transcript or what a candidate says. */
const TURN = /^[>\s*_`]*(?:\[!|(?:candidate|me|i|you|interviewee|answer|a)[\s*_`]*:)|\b(?:i|we)\b/i;
/** 1: blanks, 2: the bullet or number with its sign, 3: blanks after it. */
const ITEM = /^( *)([-*+]|\d{1,9}[.)])( +)(?=[^ ])/;
/** What begins no paragraph. A bullet or number with nothing behind it is an empty item. */
const OTHER_BLOCK = /^(?:#{1,6}(?: |$)|>|`{3}|~{3}|=+ *$|(?:[-*+]|\d{1,9}[.)]) *$|([-*_])(?: *\1){2,} *$)/;
const SPACED_BREAK = /^ *([-*_])(?: *\1){2,} *$/;

/** The line under a table's head, or what could be one, or the underline of a heading. */
function isDashes(text: string): boolean {
  return /^[ |:-]+$/.test(text) && text.includes('-');
}

function isBlank(line: Line): boolean {
  return line.start + line.indent === line.end;
}

function positionOf(start: number, end: number): { start: Point; end: Point } {
  return { start: { line: 0, column: 0, offset: start }, end: { line: 0, column: 0, offset: end } };
}

interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Words with bold, emphasis and code, none inside another of its own kind. */
function readInline(source: string, start: number, end: number, inside: boolean): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let value = '';
  let from = start;
  let copied = start;
  let lineStart = end;
  const addText = (to: number): void => {
    value += source.slice(copied, to);
    // A text that ends with its line ends there, before the blanks of the next one.
    if (value !== '') nodes.push({ type: 'text', value, position: positionOf(from, to === copied ? lineStart : to) });
    value = '';
  };
  const goOn = (at: number): void => {
    from = at;
    copied = at;
  };
  for (let at = start; at < end;) {
    const code = source.charCodeAt(at);
    switch (code) {
      case 10:
      case 13: {
        // A line's last blanks and the next one's first are no text; two of the former break the line.
        let lineEnd = at;
        while (lineEnd > copied && source.charCodeAt(lineEnd - 1) === 32) lineEnd--;
        const next = lineAfter(source, at, end);
        if (at - lineEnd > 1) {
          addText(lineEnd);
          nodes.push({ type: 'break', position: positionOf(lineEnd, next) });
          goOn(next);
          at = next;
          break;
        }
        value += source.slice(copied, lineEnd);
        // A text that begins with the line's end begins there, after the blanks that are dropped.
        if (value === '') from = at;
        value += code === 13 ? '\r\n' : '\n';
        copied = next;
        lineStart = at + (code === 13 ? 2 : 1);
        at = next;
        break;
      }
      case 92: {
        const next = source.charCodeAt(at + 1);
        if (at + 1 < end && isAsciiPunctuation(next)) {
          value += source.slice(copied, at);
          copied = at + 1;
          at += 2;
        } else at++;
        break;
      }
      case 96: {
        let run = at;
        while (source.charCodeAt(run) === 96) run++;
        const marks = source.slice(at, run);
        const close = closingMarks(source, run, end, marks);
        const inner = source.slice(run, close);
        if (close < 0 || inner.includes('\n')) throw UNUSUAL_READING;
        addText(at);
        nodes.push({
          type: 'inlineCode',
          value: isPadded(inner) ? inner.slice(1, -1) : inner,
          position: positionOf(at, close + marks.length),
        });
        at = close + marks.length;
        goOn(at);
        break;
      }
      case 126: {
        // "~300 ms" opens what only a tilde behind a word could close.
        const before = at === start ? 32 : source.charCodeAt(at - 1);
        const canCloseHere = !isBlankCode(before) && !(isPunctuation(before) && isPlain(source.charCodeAt(at + 1)));
        if (canCloseHere) throw UNUSUAL_READING;
        at++;
        break;
      }
      case 91: {
        const link = linkAt(source, at, end);
        if (!link) {
          at++;
          break;
        }
        const isImage = at > start && source.charCodeAt(at - 1) === 33;
        if (isImage) throw UNUSUAL_READING;
        addText(at);
        nodes.push({ type: 'link', url: '', children: readInline(source, at + 1, link.textEnd, true) });
        at = link.end;
        goOn(at);
        break;
      }
      case 42:
      case 95: {
        let run = at;
        while (run < end && source.charCodeAt(run) === code) run++;
        const before = at === start ? 32 : source.charCodeAt(at - 1);
        const after = run >= end ? 32 : source.charCodeAt(run);
        if ((isBlankCode(before) && isBlankCode(after)) || (code === 95 && isPlain(before) && isPlain(after))) {
          at = run;
          break;
        }
        // An opening mark: nothing of a word before it, the first letter of one after it. Inside other marks, who closes whom is the parser's to say.
        const opens = isBlankCode(before)
          ? isPlain(after) || isPunctuation(after)
          : isPunctuation(before) && before !== 92 && isPlain(after);
        if (inside || run - at > 2 || !opens) throw UNUSUAL_READING;
        const close = closingEmphasis(source, run, end, code, run - at);
        addText(at);
        nodes.push({
          type: run - at === 2 ? 'strong' : 'emphasis',
          children: readInline(source, run, close, true),
        } as PhrasingContent);
        at = close + (run - at);
        goOn(at);
        break;
      }
      default:
        at++;
    }
  }
  addText(end);
  return nodes;
}

/** Where the line after a line's end begins, its first blanks left out. */
function lineAfter(source: string, at: number, end: number): number {
  let next = at + (source.charCodeAt(at) === 13 ? 2 : 1);
  while (next < end && source.charCodeAt(next) === 32) next++;
  return next;
}

const LINK_TARGET = /\]\([^\s()<>\\[\]]*\)/y;

/** A link at an opening bracket, or null where the bracket is text: what it holds is on one line and has no brackets, marks or escapes. */
function linkAt(source: string, start: number, end: number): { textEnd: number; end: number } | null {
  let at = start + 1;
  let isPlainText = true;
  for (; at < end && source.charCodeAt(at) !== 93; at++) {
    const code = source.charCodeAt(at);
    if (code === 91) return null;
    if (code === 10 || code === 42 || code === 95 || code === 92 || code === 96 || code === 126) isPlainText = false;
  }
  if (at >= end || source.charCodeAt(at + 1) !== 40) {
    // Marks inside brackets that are no link open and close as they do elsewhere.
    return null;
  }
  LINK_TARGET.lastIndex = at;
  const target = LINK_TARGET.exec(source);
  if (!target || !isPlainText || at + target[0].length > end) throw UNUSUAL_READING;
  return { textEnd: at, end: at + target[0].length };
}

/** Where the run of back quotes begins that closes one, or -1. */
function closingMarks(source: string, from: number, end: number, marks: string): number {
  for (let at = source.indexOf(marks, from); at >= 0 && at < end; at = source.indexOf(marks, at + 1)) {
    const isLonger = source.charCodeAt(at + marks.length) === 96 || source.charCodeAt(at - 1) === 96;
    if (!isLonger) return at + marks.length <= end ? at : -1;
  }
  return -1;
}

function isPadded(code: string): boolean {
  return code.length > 1 && code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
}

/** Where the marks begin that close bold or emphasis. Any other mark before them is refused. */
function closingEmphasis(source: string, from: number, end: number, mark: number, length: number): number {
  for (let at = from; at < end; at++) {
    const code = source.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 96) {
      let run = at;
      while (source.charCodeAt(run) === 96) run++;
      const close = closingMarks(source, run, end, source.slice(at, run));
      if (close < 0) throw UNUSUAL_READING;
      at = close + (run - at) - 1;
    } else if (code === 91) {
      const link = linkAt(source, at, end);
      if (link) at = link.end - 1;
    } else if (code === 42 || code === 95) {
      let run = at;
      while (run < end && source.charCodeAt(run) === code) run++;
      const before = source.charCodeAt(at - 1);
      const after = run >= end ? 32 : source.charCodeAt(run);
      if (code === 95 && isPlain(before) && isPlain(after)) {
        at = run - 1;
        continue;
      }
      if (isBlankCode(before) && isBlankCode(after)) {
        at = run - 1;
        continue;
      }
      const closes = code === mark && run - at === length && canClose(before, after, code);
      if (!closes) throw UNUSUAL_READING;
      return at;
    }
  }
  throw UNUSUAL_READING;
}

function canClose(before: number, after: number, mark: number): boolean {
  if (isPlain(after)) return false;
  const isParted = isBlankCode(after) || isPunctuation(after);
  // An underline closes nothing inside a word, and what is neither a known letter nor a known sign may be either.
  if (isPlain(before)) return isParted || mark === 42;
  return isPunctuation(before) && isParted;
}

function isBlankCode(code: number): boolean {
  return code === 32 || code === 10 || code === 13;
}

/** Letters and digits of ASCII, and letters of Latin scripts: what is no blank and no punctuation whatever table is asked. */
function isPlain(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)
  );
}

function isAsciiPunctuation(code: number): boolean {
  return (
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126)
  );
}

/** ASCII's, and the dashes, quotation marks and dots of books. */
function isPunctuation(code: number): boolean {
  return isAsciiPunctuation(code) || (code >= 0x2010 && code <= 0x2027);
}
