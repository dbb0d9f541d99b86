import type { Nodes, Parents, PhrasingContent } from 'mdast';
import type { Root } from 'mdast';
import { parseMarkdown } from './fullParser.js';
import { endsInLetterOrDigit, hasLetterOrDigit, isCapital, isHan, isLetterOrDigit, singleSpaced } from './letters.js';
import { isHint } from './placeholders.js';
import { readPlainMarkdown } from './plainMarkdown.js';
import { ANOTHER, CANDIDATE, DECIDES, isSaidUnder } from './quotes.js';
import type { Span } from './spans.js';

/**
 * What a label names: a lead-in of the block itself, of a list, a heading, a table's column or a row. An `outer` one stands above an item that this block is a part of: it tells what the
 * block is about, but the block is not one more of what it lists.
 */
export interface Label {
  readonly text: string;
  readonly source: 'own' | 'list' | 'heading' | 'column' | 'row' | 'outer';
}

/** A table cell inside its row's text. */
export interface Cell extends Span {
  readonly label: string;
}

/** A stretch of the writer's running text: a paragraph, a list item's first paragraph, a table row, a line of a fence. */
export interface Block {
  readonly kind: 'paragraph' | 'item' | 'row' | 'fence' | 'diagram';
  /** The text without its markup. A wrapped line keeps its line break. Cells of a row are parted by " | ". */
  readonly text: string;
  /** Pairs of (offset in `text`, offset in the source), growing: between two of them both advance alike. */
  readonly map: readonly number[];
  /** Where the source of this block ends. */
  readonly sourceEnd: number;
  /** Ids of the list items around it, the outermost first. */
  readonly items: readonly number[];
  /** An id of the paragraph or row that it belongs to; blocks cut from one paragraph share it. */
  readonly paragraph: number;
  /** What stands above it and gives it meaning, the nearest first. */
  readonly labels: readonly Label[];
  /** How much of `text` is its own label, separator included (0: none). */
  readonly ownLabel: number;
  readonly cells: readonly Cell[];
  /** Code spans inside `text`: what looks like a placeholder there is code. */
  readonly code: readonly Span[];
  /** Set where a plus sign stands before it: a bullet, or the sign of a sum that goes on from the line above. */
  readonly isPlus?: true;
}

/** A comment that the review reads, such as `design-answers-disable`. */
export interface Comment extends Span {
  readonly text: string;
}

/** What one stretch of markdown holds. */
export interface Blocks {
  readonly blocks: readonly Block[];
  readonly comments: readonly Comment[];
  /** HTML that is no comment, such as an unfilled `<who uses it>`. */
  readonly tags: readonly Span[];
}

/**
 * Parses markdown and flattens it to blocks. Offsets in the result count from the start of `markdown`. Left out, as no statements of the
 * writer's: block quotes (but not callouts and what a candidate says; `isSpoken` has them all said by the candidate, see `isMostlyQuoted`), code in a programming language, struck-out text,
 * link targets, lines of links alone, images and HTML.
 */
export function readBlocks(markdown: string, headings: readonly string[] = [], isSpoken = false): Blocks {
  // The quick reader reads over quotes.
  const hasSaid = (isSpoken || headings.some(isSaidUnder)) && markdown.includes('>');
  const quick = hasSaid ? null : readPlainMarkdown(markdown);
  return flatten(markdown, headings, quick ?? parseMarkdown(markdown), isSpoken);
}

/** The same by the full parser alone, for any markdown: what `readBlocks` must agree with. */
export function readBlocksFully(markdown: string, headings: readonly string[] = []): Blocks {
  return flatten(markdown, headings, parseMarkdown(markdown), false);
}

/**
 * Whether more of a text stands in block quotes than outside them: then it is a spoken answer that was written down, and its quotes are what the candidate
 * says. A coach's remarks never come near, nor does the question above an answer that has only begun: it is shorter than `LEAST_SPOKEN`.
 */
export function isMostlyQuoted(text: string): boolean {
  if (!text.includes('\n>')) return false;
  let quoted = 0;
  let rest = 0;
  for (const [line] of text.matchAll(/\S[^\n]*/g)) {
    if (line.startsWith('>')) quoted += line.length;
    else rest += line.length;
  }
  return quoted > rest && quoted >= LEAST_SPOKEN;
}

/** In UTF-16 units: two minutes of speech have about 1,500. */
const LEAST_SPOKEN = 1_000;

function flatten(markdown: string, headings: readonly string[], root: Root, isSpoken: boolean): Blocks {
  const reader = new BlockReader(markdown, headings, isSpoken);
  reader.readChildren(root, { items: [], labels: [] });
  return { blocks: reader.blocks, comments: reader.comments, tags: reader.tags };
}

interface Place {
  readonly items: readonly number[];
  readonly labels: readonly Label[];
}

/** Languages of a fence whose text is the writer's own. */
const TEXT_FENCES = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'md', 'markdown', 'none']);

/** How deep lists and quotes may be nested. */
const DEEPEST = 60;

class BlockReader {
  readonly blocks: Block[] = [];
  readonly comments: Comment[] = [];
  readonly tags: Span[] = [];
  private nextItem = 0;
  private depth = 0;
  private nextParagraph = 0;

  constructor(
    private readonly source: string,
    private readonly headings: readonly string[],
    private readonly isSpoken: boolean,
  ) {}

  readChildren(parent: Parents, place: Place): void {
    // Deeper than any outline that people write; what lies below is not read rather than the stack used up.
    if (place.items.length > DEEPEST || this.depth > DEEPEST) return;
    this.depth++;
    this.readChildrenHere(parent, place);
    this.depth--;
  }

  private readChildrenHere(parent: Parents, place: Place): void {
    let headingLabels: readonly Label[] = this.headings.map((text) => ({ text, source: 'heading' }));
    let leadIn: Label | null = null;
    let above: Nodes | null = null;
    for (const child of parent.children) {
      const before: Nodes | null = above;
      above = child;
      const labels: readonly Label[] = leadIn
        ? [leadIn, ...place.labels, ...headingLabels]
        : [...place.labels, ...headingLabels];
      const here: Place =
        parent.type === 'root'
          ? { items: place.items, labels }
          : { items: place.items, labels: leadIn ? [leadIn, ...place.labels] : place.labels };
      switch (child.type) {
        case 'paragraph':
          leadIn = this.readParagraph(child, here, 'paragraph');
          break;
        case 'list': {
          const title: Label | null =
            leadIn === null && before?.type === 'paragraph' ? titleOf(this.plain(before)) : null;
          for (const item of child.children)
            this.readItem(item, title ? { items: here.items, labels: [title, ...here.labels] } : here);
          leadIn = null;
          break;
        }
        case 'table':
          this.readTable(child, here);
          leadIn = null;
          break;
        case 'heading':
          // A heading inside a list or quote, or one that the outline passed over: it labels what follows.
          headingLabels = [{ text: this.plain(child), source: 'heading' }, ...headingLabels.slice(-1)];
          leadIn = null;
          break;
        case 'code':
          this.readFence(child, here);
          leadIn = null;
          break;
        case 'blockquote':
          this.readQuote(child, here);
          leadIn = null;
          break;
        case 'html':
          this.readHtmlBlock(child, here);
          break;
        default:
          break;
      }
    }
  }

  private readItem(item: Extract<Nodes, { type: 'listItem' }>, place: Place): void {
    const id = this.nextItem++;
    const items = [...place.items, id];
    let label: Label | null = null;
    item.children.forEach((child, index) => {
      if (child.type === 'paragraph') {
        const ended = this.readParagraph(
          child,
          { items, labels: index === 0 ? place.labels : label ? [label, ...place.labels] : place.labels },
          index === 0 ? 'item' : 'paragraph',
          index === 0 && this.source.charAt(item.position?.start.offset ?? -1) === '+',
          item.children.length === 1,
        );
        if (index === 0) label = ended ?? this.shortItemLabel(child);
      } else {
        const labels: readonly Label[] = label
          ? [label, ...place.labels]
          : place.labels.map((outer) => ({ text: outer.text, source: 'outer' }));
        this.readChildren({ type: 'root', children: [child] } as unknown as Parents, { items, labels });
      }
    });
  }

  /** A short item with a list below it names what the list holds, colon or not. */
  private shortItemLabel(paragraph: Extract<Nodes, { type: 'paragraph' }>): Label | null {
    const text = this.plain(paragraph);
    return text.split(/\s+/).length <= 6 && !/[.!?]$/.test(text) ? { text, source: 'list' } : null;
  }

  /** Reads a paragraph, cut where a line begins with a label of its own. Returns the label that it gives to a list after it. */
  private readParagraph(
    node: Extract<Nodes, { type: 'paragraph' }>,
    place: Place,
    kind: 'paragraph' | 'item',
    isPlus = false,
    isAlone = false,
  ): Label | null {
    if (isNavigation(node.children)) return null;
    const pieces = new TextPieces(this.source);
    this.collect(node.children, pieces);
    const paragraph = this.nextParagraph++;
    const text = pieces.text;
    if (text.trim() === '') return null;
    const bold = new Map(pieces.boldRuns.map((run) => [run.start, run]));
    const signed = signedLines(text);
    const cuts = labelCuts(text, bold, signed);
    let last: Label | null = null;
    let labels = place.labels;
    for (let index = 0; index < cuts.length; index++) {
      const from = cuts[index] ?? 0;
      const to = cuts[index + 1] ?? text.length;
      const part = text.slice(from, to);
      const isSigned = signed.has(from);
      if (isSigned && last !== null) labels = [last, ...place.labels];
      const length = ownLabelLength(part, bold, from, kind === 'item' || isSigned);
      // "- **p95 under 200 ms**": an item that is bold from end to end, with nothing below it, labels nothing.
      const own = isAlone && length > 0 && length === part.length && cuts.length === 1 && isUnended(part) ? 0 : length;
      const ownText = own > 0 ? labelText(part.slice(0, own)) : null;
      this.blocks.push({
        kind: isSigned ? 'item' : index === 0 ? kind : 'paragraph',
        text: part,
        map: sliceMap(pieces.map, from, to),
        sourceEnd: sourceAt(pieces.map, to),
        items: isSigned ? [...place.items, this.nextItem++] : place.items,
        paragraph,
        labels: ownText ? [{ text: ownText, source: 'own' }, ...labels] : labels,
        ownLabel: own,
        cells: [],
        code: spansWithin(pieces.codeRuns, from, to),
        ...(isPlus && index === 0 ? { isPlus } : {}),
      });
      last = isSigned ? null : leadInOf(part, ownText, own);
      if (last === null && !isSigned && signed.has(to)) last = titleOf(part.trim());
    }
    return last;
  }

  private readTable(table: Extract<Nodes, { type: 'table' }>, place: Place): void {
    const [head, ...rows] = table.children;
    const columns = (head?.children ?? []).map((cell) => this.plain(cell));
    for (const row of rows) {
      const pieces = new TextPieces(this.source);
      const cells: Cell[] = [];
      row.children.forEach((cell, index) => {
        if (index > 0) pieces.addPlain(' | ', cell.position?.start.offset ?? 0);
        const start = pieces.text.length;
        this.collect(cell.children, pieces);
        cells.push({ start, end: pieces.text.length, label: columns[index] ?? '' });
      });
      if (pieces.text.replace(/[|\s]/g, '') === '') continue;
      const first = cells[0];
      const rowLabel = first ? pieces.text.slice(first.start, first.end).trim() : '';
      this.blocks.push({
        kind: 'row',
        text: pieces.text,
        map: pieces.map,
        sourceEnd: row.position?.end.offset ?? 0,
        items: place.items,
        paragraph: this.nextParagraph++,
        labels: rowLabel && cells.length > 1 ? [{ text: rowLabel, source: 'row' }, ...place.labels] : place.labels,
        ownLabel: 0,
        cells,
        code: pieces.codeRuns,
      });
    }
  }

  private readFence(node: Extract<Nodes, { type: 'code' }>, place: Place): void {
    const language = (node.lang ?? '').toLowerCase();
    const isDiagram = language === 'mermaid';
    if (!isDiagram && !TEXT_FENCES.has(language)) return;
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? this.source.length;
    const raw = this.source.slice(start, end);
    // The first line opens the fence; indented code has none.
    const fenced = /^\s*(?:`{3,}|~{3,})/.test(raw);
    const paragraph = this.nextParagraph++;
    const lines = [...raw.matchAll(/[^\r\n]+/g)];
    lines.forEach((match, index) => {
      const line = match[0];
      const at = start + match.index;
      if (fenced && index === 0) return;
      if (fenced && /^\s*(?:`{3,}|~{3,})\s*$/.test(line)) return;
      for (const span of isDiagram ? diagramLabels(line) : [trimSpan(line)]) {
        const text = line.slice(span.start, span.end);
        if (text === '') continue;
        const own = isDiagram ? 0 : ownLabelLength(text, NO_BOLD, 0, false);
        const label: readonly Label[] = own > 0 ? [{ text: labelText(text.slice(0, own)), source: 'own' }] : [];
        this.blocks.push({
          kind: isDiagram ? 'diagram' : 'fence',
          text,
          map: [0, at + span.start],
          sourceEnd: at + span.end,
          items: place.items,
          paragraph,
          labels: [...label, ...place.labels],
          ownLabel: own,
          cells: [],
          code: [],
        });
      }
    });
  }

  /** Quotes are the interviewer's, but for callouts ("> [!NOTE]"), the candidate's turns of a transcript, and what is said aloud by who decides. */
  private readQuote(node: Extract<Nodes, { type: 'blockquote' }>, place: Place): void {
    const opening = node.children[0];
    const text = opening?.type === 'paragraph' ? this.plain(opening) : '';
    if (/^\[!\w+\]/.test(text)) {
      this.readChildren(node, place);
      return;
    }
    // In a transcript, what follows the candidate's turn is the candidate's until another one speaks.
    const said: typeof node.children = [];
    const isSaid =
      this.isSpoken ||
      place.labels.some(({ text, source }, index) => (index === 0 || source === 'heading') && isSaidUnder(text));
    let isCandidates = isSaid && !place.labels.some(({ text }) => ANOTHER.test(`${text}:`));
    for (const child of node.children) {
      const turn = child.type === 'paragraph' ? this.plain(child) : '';
      if (ANOTHER.test(turn)) isCandidates = false;
      else if (CANDIDATE.test(turn) || DECIDES.test(turn)) isCandidates = true;
      if (isCandidates) said.push(child);
    }
    if (said.length > 0) this.readChildren({ ...node, children: said }, place);
  }

  /** Records comments and hints of an HTML node. Returns the places of what is neither comment nor tag. */
  private readHtml(node: Extract<Nodes, { type: 'html' }>): Span[] {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start + node.value.length;
    const source = this.source.slice(start, end);
    const between: Span[] = [];
    let at = 0;
    // One HTML node can hold several comments and tags, and text between them.
    for (const match of source.matchAll(/<!--([\s\S]*?)(?:-->|$)|<\/?([A-Za-z][\w-]*)([^<>\n]*)>/g)) {
      if (match.index > at) between.push({ start: start + at, end: start + match.index });
      at = match.index + match[0].length;
      const span = { start: start + match.index, end: start + at };
      if (match[1] !== undefined) this.comments.push({ ...span, text: match[1].trim() });
      else if (isHint(match[2] ?? '', match[3] ?? '')) this.tags.push(span);
    }
    if (at < source.length) between.push({ start: start + at, end });
    return between;
  }

  /** Text inside an HTML block ("<details>…") is the writer's too. */
  private readHtmlBlock(node: Extract<Nodes, { type: 'html' }>, place: Place): void {
    const paragraph = this.nextParagraph++;
    for (const span of this.readHtml(node)) {
      const raw = this.source.slice(span.start, span.end);
      const words = trimSpan(raw);
      if (words.end <= words.start) continue;
      this.blocks.push({
        kind: 'paragraph',
        text: raw.slice(words.start, words.end),
        map: [0, span.start + words.start],
        sourceEnd: span.start + words.end,
        items: place.items,
        paragraph,
        labels: place.labels,
        ownLabel: 0,
        cells: [],
        code: [],
      });
    }
  }

  private collect(nodes: readonly PhrasingContent[], pieces: TextPieces): void {
    for (const node of nodes) {
      switch (node.type) {
        case 'text':
          pieces.addAligned(node.value, node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
          break;
        case 'inlineCode': {
          const end = node.position?.end.offset ?? 0;
          const start = node.position?.start.offset ?? 0;
          const inside = this.source.slice(start, end).indexOf(node.value);
          pieces.codeRuns.push({ start: pieces.text.length, end: pieces.text.length + node.value.length });
          pieces.addPlain(node.value, start + Math.max(0, inside));
          break;
        }
        case 'strong': {
          const from = pieces.text.length;
          this.collect(node.children, pieces);
          pieces.boldRuns.push({ start: from, end: pieces.text.length });
          break;
        }
        case 'break':
          pieces.addPlain('\n', node.position?.start.offset ?? 0);
          break;
        case 'html':
          this.readHtml(node);
          break;
        case 'emphasis':
        case 'link':
        case 'linkReference':
          this.collect(node.children, pieces);
          break;
        default:
          break;
      }
    }
  }

  /** A node's words on one line. */
  private plain(node: Parents): string {
    const pieces = new TextPieces(this.source);
    const inline = (parent: Parents): void => {
      for (const child of parent.children) {
        if (
          'children' in child &&
          child.type !== 'strong' &&
          child.type !== 'emphasis' &&
          child.type !== 'link' &&
          child.type !== 'linkReference' &&
          child.type !== 'delete'
        )
          inline(child);
        else this.collect([child as PhrasingContent], pieces);
      }
    };
    const tags = this.tags.length;
    const comments = this.comments.length;
    inline(node);
    // Reading a node's words for a label must not record its HTML a second time.
    this.tags.length = tags;
    this.comments.length = comments;
    return singleSpaced(pieces.text).trim();
  }
}

/** A question without what stands in brackets at its end: "Why not off the shelf (two suites, a spreadsheet)?" asks why not off the shelf. */
function withoutAside(question: string): string {
  return question.replace(/\s*[(（][^()（）]{0,200}[)）](?=[?？]$)/, '');
}

/** "functional", or a short question, alone on the line above a list, names what the list holds. */
function titleOf(text: string): Label | null {
  const asked = withoutAside(text);
  if (text.endsWith('?') && asked.split(/\s+/).length <= MOST_ASKED_WORDS) return { text: asked, source: 'list' };
  const dash = / [-–—]$/.exec(text)?.[0] ?? '';
  const words = text.slice(0, text.length - dash.length);
  if (!words.endsWith(')') && !endsInLetterOrDigit(words)) return null;
  const most = dash === '' ? MOST_TITLE_WORDS : LONGEST_TITLE;
  return words.split(/\s+/).length <= most ? { text: words, source: 'list' } : null;
}

/** The title of a list that a dash ends, as a colon would. */
const LONGEST_TITLE = 14;

/** The title of a list has at most so many words. */
const MOST_TITLE_WORDS = 4;

/** So has a question above it. */
const MOST_ASKED_WORDS = 9;

/** Longer texts of a link, in words, are sentences. */
const LONGEST_LINK = 8;

/** Whether nothing but short links stands there, with signs between them: the titles of other pages ("← Previous · Index"), no statement. */
function isNavigation(nodes: readonly PhrasingContent[]): boolean {
  let links = 0;
  const isOfLinks = (node: PhrasingContent): boolean => {
    switch (node.type) {
      case 'link':
      case 'linkReference':
        links++;
        return wordsIn(node) <= LONGEST_LINK;
      case 'text':
        return !hasLetterOrDigit(node.value);
      case 'emphasis':
      case 'strong':
        return node.children.every(isOfLinks);
      case 'break':
        return true;
      default:
        return false;
    }
  };
  return nodes.every(isOfLinks) && links > 0;
}

function wordsIn(node: PhrasingContent): number {
  if (node.type === 'text') return node.value.split(/\s+/).filter((word) => word !== '').length;
  return 'children' in node ? node.children.reduce((sum, child) => sum + wordsIn(child), 0) : 0;
}

/** Grows a block's text together with its map to the source. */
class TextPieces {
  text = '';
  readonly map: number[] = [];
  readonly boldRuns: Span[] = [];
  readonly codeRuns: Span[] = [];

  constructor(private readonly source: string) {}

  addPlain(value: string, sourceStart: number): void {
    if (value === '') return;
    this.map.push(this.text.length, sourceStart);
    this.text += value;
  }

  /**
   * Adds a text node. Its value differs from its source where characters are escaped, where an entity stands, and at the start of wrapped
   * lines, whose indentation and quote marks are gone; the map gets a new pair at each such place.
   */
  addAligned(value: string, start: number, end: number): void {
    if (end - start === value.length) {
      this.addPlain(value, start);
      return;
    }
    let at = start;
    let from = 0;
    this.map.push(this.text.length, at);
    const sync = (index: number) => this.map.push(this.text.length + index, at);
    for (let index = 0; index < value.length;) {
      const wanted = value[index];
      const found = this.source[at];
      if (found === wanted) {
        at++;
        index++;
        if (wanted === '\n' || wanted === '\r') {
          let skipped = at;
          while (skipped < end && /[ \t>]/.test(this.source[skipped] ?? '') && this.source[skipped] !== value[index])
            skipped++;
          if (skipped !== at) {
            at = skipped;
            sync(index);
          }
        }
        from = index;
      } else if (found === '\\' || ((found === ' ' || found === '\t') && from <= index)) {
        // An escape, or blanks that a wrapped line's end lost.
        at++;
        sync(index);
      } else if (found === '&') {
        const entity = /^&[#\w]{1,31};/.exec(this.source.slice(at, at + 34));
        const length = value.codePointAt(index)! > 0xffff ? 2 : 1;
        at += entity ? entity[0].length : 1;
        index += length;
        sync(index);
      } else if (found === '\r' && wanted === '\n') {
        at++;
        sync(index);
      } else {
        if (at >= end) break;
        at++;
        sync(index);
      }
    }
    this.text += value;
  }
}

/** The source offset of an offset in a block's text. */
export function sourceAt(map: readonly number[], offset: number): number {
  let low = 0;
  let high = map.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map[middle * 2] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return (map[low * 2 + 1] ?? 0) + (offset - (map[low * 2] ?? 0));
}

/**
 * The source span of a span in a block's text. Its end is the source of its last character plus one, so that markup after the last word
 * stays outside.
 */
export function sourceSpan(block: Block, span: Span): Span {
  const start = sourceAt(block.map, span.start);
  const end = span.end > span.start ? sourceAt(block.map, span.end - 1) + 1 : start;
  return { start, end: Math.max(start, Math.min(end, Math.max(block.sourceEnd, start))) };
}

function sliceMap(map: readonly number[], from: number, to: number): number[] {
  const sliced: number[] = [0, map.length > 0 ? sourceAt(map, from) : 0];
  for (let index = pairAfter(map, from); index < map.length && (map[index] ?? 0) < to; index += 2) {
    sliced.push((map[index] ?? 0) - from, map[index + 1] ?? 0);
  }
  return sliced;
}

/** The index of the first pair of a map whose text offset is greater. */
export function pairAfter(map: readonly number[], offset: number): number {
  let low = 0;
  let high = map.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((map[middle * 2] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

/** The spans inside a stretch of a text, of sorted ones, counted from its start. */
function spansWithin(spans: readonly Span[], from: number, to: number): Span[] {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const inside: Span[] = [];
  for (let index = low; index < spans.length; index++) {
    const span = spans[index];
    if (!span || span.end > to) break;
    inside.push({ start: span.start - from, end: span.end - from });
  }
  return inside;
}

/**
 * The starts of the lines that a sign of a list begins ("✅ Search", "• Filters"), where there are at least two: a list that was pasted from elsewhere is
 * one, though markdown knows no such sign.
 */
function signedLines(text: string): ReadonlySet<number> {
  if (!text.includes('\n')) return NO_LINES;
  const starts = signLength(text, 0) > 0 ? [0] : [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    if (signLength(text, at + 1) > 0) starts.push(at + 1);
  return starts.length > 1 ? new Set(starts) : NO_LINES;
}

const NO_LINES: ReadonlySet<number> = new Set();

/** How long a sign before a label or a line is, with the blanks behind it ("☑ Needs: …"); 0 where there is none. */
function signLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  // Nothing in ASCII is one, and no dash or quote: that spares most texts the expression, which takes long to compile.
  if (!(code > LAST_OF_ASCII) || (code >= FIRST_DASH && code <= LAST_QUOTE)) return 0;
  const sign = /(?:[•▪◦‣●○■□▸►✓✔✗✘☐☑☒]|\p{Extended_Pictographic})\uFE0F?[ \u00A0]+(?=\S)/uy;
  sign.lastIndex = at;
  return sign.exec(text)?.[0].length ?? 0;
}

const LAST_OF_ASCII = 0x7f;
const FIRST_DASH = 0x2010;
const LAST_QUOTE = 0x201f;

/** Where a paragraph is cut: at its start, at each line of a list, and at each line that begins with a bold run and a separator, or a short plain label. */
function labelCuts(text: string, bold: ReadonlyMap<number, Span>, signed: ReadonlySet<number>): number[] {
  const cuts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const start = at + 1;
    const run = bold.get(start);
    const isBold = run !== undefined && run.end - run.start <= 60;
    if (
      signed.has(start) ||
      (isBold && ownLabelLength(text.slice(start, start + 90), bold, start, false) > 0) ||
      isPlainLabel(text.slice(start, start + 60))
    )
      cuts.push(start);
  }
  return cuts;
}

/** A capital, up to four short words, a colon and more: "Cost per query: $0.02". */
function isPlainLabel(text: string): boolean {
  if (isHan(text.charCodeAt(0))) return HAN_LABEL.test(text);
  const words = FEW_WORDS.exec(text)?.[1];
  if (words === undefined || !isCapital(words, 0)) return false;
  for (let at = 1; at < words.length; at++)
    if (!isLetterOrDigit(words, at) && !SIGNS_OF_LABELS.includes(words.charAt(at))) return false;
  return true;
}

/** As many characters as four Chinese words have, a colon and more: "每次查询的成本：0.02 元". */
const HAN_LABEL = /^[^\s:：，、。；！？]{2,9}[:：]\s*\S/;
const FEW_WORDS = /^([^\s:]+(?: [^\s:]+){0,3}):\s+\S/;
const SIGNS_OF_LABELS = " '’/&-";
// The same as the label of a whole block, where up to seven words may stand; the first begins with a letter or digit.
// Next to a Han character, no blank follows the colon, and a full-width one has its own.
const BLOCK_LABEL = /^["“]?[^\s:：，。；！？]+(?:[ \t]+[^\s:：，。；！？]+){0,6}?(?::(?=\s|$|[\u3400-\u9fff])|：)/;
const QUOTES = '"“';
const ITEM_LABEL = /^[^\s:→]+(?:[ \t]+[^\s:→–—]+){0,6}?[ \t]*(?:→|->|=>|—|–)(?=\s)/;

/** What follows the bold words of a label. */
const AFTER_BOLD = /^\s*(?:[(（][^)）\n]{0,40}[)）])?\s*(?:(?::|\.|—|–|-|→|->|=>)(?=\s|$)|：|:(?=[\u3400-\u9fff]))/u;

/** In words: a list item that is bold from end to end, and longer, is a statement. */
const LONGEST_BOLD_NAME = 3;

/** A sentence of six words and more, with its full stop. */
const LONG_SENTENCE = /^\S+(?:\s+\S+){5,}[.!]$/;

const NO_BOLD: ReadonlyMap<number, Span> = new Map();

/** How many characters of a block's start are its own label, the separator included. */
function ownLabelLength(text: string, bold: ReadonlyMap<number, Span>, from: number, isItem: boolean): number {
  const sign = signLength(text, 0);
  if (sign > 0) {
    const length = ownLabelLength(text.slice(sign), bold, from + sign, isItem);
    return length > 0 ? sign + length : 0;
  }
  const run = bold.get(from) ?? bold.get(from + 1);
  if (run && run.end - run.start <= 80) {
    const end = run.end - from;
    const inside = text.slice(0, end).trimEnd();
    const after = AFTER_BOLD.exec(text.slice(end));
    const isWhole = text.slice(end).trim() === '';
    // "- **Every low-confidence draft goes to a nurse**" is said in bold; a few words in bold name what stands below them.
    const isStatement = isItem && isWhole && inside.split(/\s+/).length > LONGEST_BOLD_NAME;
    if (isStatement && !/[:：]$/.test(inside)) return 0;
    // So is "**The users are nurses on the night shift.**"
    if (isWhole && LONG_SENTENCE.test(inside)) return 0;
    if (/[:.?：。？]["”]?$/.test(inside)) return end;
    if (after) return end + after[0].length;
    if (isWhole) return end;
    // "**User** views the page": a subject in bold, no label.
    return 0;
  }
  const head = text.slice(0, 100);
  const plain = BLOCK_LABEL.exec(head);
  if (plain && plain[0].length <= 70 && isLetterOrDigit(head, QUOTES.includes(head.charAt(0)) ? 1 : 0))
    return plain[0].length;
  if (isItem && (QUOTES.includes(head.charAt(0)) || isLetterOrDigit(head, 0))) {
    const item = ITEM_LABEL.exec(head);
    if (item && item[0].length <= 70) return item[0].length;
  }
  return 0;
}

/** Whether words say all that they say: no colon announces more. */
function isUnended(text: string): boolean {
  return !/[:：]\s*$/.test(text);
}

function labelText(raw: string): string {
  let end = raw.length;
  while (end > 0 && LABEL_ENDS.test(raw[end - 1]!)) end--;
  const label = singleSpaced(raw.slice(0, end));
  return label.slice(signLength(label, 0)).trim();
}

const LABEL_ENDS = /[\s:.：。→–—>=-]/;

/** The label that a paragraph gives to a list, table or fence after it: its closing sentence if it ends in a colon, or its whole label. */
function leadInOf(text: string, ownText: string | null, own: number): Label | null {
  const trimmedText = text.trim();
  if (ownText !== null && text.slice(own).trim() === '') return { text: ownText, source: 'list' };
  if (!/[:：]$/.test(trimmedText)) return null;
  const sentence =
    trimmedText
      .slice(0, -1)
      .split(/(?<=[.!?])\s+|(?<=[。！？；])/)
      .at(-1) ?? '';
  if (sentence.split(/\s+/).length > 14) return null;
  return { text: singleSpaced(sentence), source: 'list' };
}

function trimSpan(line: string): Span {
  const start = line.length - line.trimStart().length;
  return { start, end: line.trimEnd().length };
}

/** The words in a mermaid line's node and edge labels: `A[…]`, `B(…)`, `C{…}`, `-->|…|`, `: …`, `"…"`. */
function diagramLabels(line: string): Span[] {
  const spans: Span[] = [];
  for (const match of line.matchAll(
    /\[\[?\(?"?([^[\]"]{2,120})"?\)?\]?\]|\(\(?\[?"?([^()[\]"]{2,120})"?\]?\)?\)|\{\{?"?([^{}"]{2,120})"?\}?\}|\|"?([^|"]{2,120})"?\||--\s+([^->|[\]]{2,60}?)\s+--|->>?[+-]?\s*\w+\s*:\s*(.{2,120})$/g,
  )) {
    const words = match.slice(1).find((group) => group !== undefined);
    if (words === undefined) continue;
    const inside = match[0].indexOf(words);
    const span = trimSpan(words);
    spans.push({ start: match.index + inside + span.start, end: match.index + inside + span.end });
  }
  return spans;
}
