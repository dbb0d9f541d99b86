import { normalize, SIGNS } from '../evidence/tokens.js';
import { isHan } from '../answer/letters.js';
import type { Span } from '../answer/spans.js';
import type { PatternTables, PhraseNode, PhraseRow } from './patternTables.js';
import type { Pattern, SlotBound } from './types.js';

/** What a phrase may refer to. */
export interface PhraseContext {
  readonly tables: PatternTables;
  /** A word list's phrases by name, or undefined where there is no such list. */
  list(name: string): readonly string[] | undefined;
  /** Whether a slot's kind is known. */
  isKind(kind: string): boolean;
  /** A Han character in all its forms, the given one included. */
  formsOf(character: string): readonly string[];
}

/** A mistake in a phrase, at its place in it. */
export class PhraseError extends Error {
  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

/** The longest gap that a pattern may ask for, in words. */
export const LONGEST_GAP = 20;
/** How many elements a pattern may have, its lists counted once. It bounds the time that one start of a match can take. */
const MOST_ELEMENTS = 250;
/** How deep brackets may be nested. */
const DEEPEST = 12;

/**
 * Compiles one phrase (the language is in docs/rubric-language.md) into the tables of its context. Throws a `PhraseError` with the place in `source` of what is wrong.
 * The phrases of a label, and of what it `has`, are tried at every place, so that a first gap is a part of their match.
 */
export function compilePhrase(source: string, context: PhraseContext, isOfLabel = false): Pattern {
  const reader = new PhraseReader(source, context, isOfLabel);
  const pattern = reader.readRow(false);
  if (pattern.length === 0) throw new PhraseError('The phrase is empty', { start: 0, end: source.length });
  if (reader.elements > MOST_ELEMENTS) {
    throw new PhraseError(`The phrase has more than ${MOST_ELEMENTS} elements`, { start: 0, end: source.length });
  }
  if (pattern.every((node) => node[0] === 'g' || node[0] === 'o' || node[0] === '^' || node[0] === '$')) {
    throw new PhraseError('The phrase needs at least one word or slot that must be there', {
      start: 0,
      end: source.length,
    });
  }
  return context.tables.add(pattern);
}

const SIGN_ELEMENTS = new Set<string>(SIGNS);
/** What of a word a text has as tokens: each Han character by itself, and what stands between them. */
const PIECES = /[\u3400-\u9fff]|[^\u3400-\u9fff]+/g;
const SLOT = /\{([a-z][a-z-]*)(?:(<=|>=|<|>|=)(\d+(?:\.\d+)?))?\}/y;
const LIST = /\[([a-z][a-z-]*)\]/y;

class PhraseReader {
  private at = 0;
  private depth = 0;
  elements = 0;

  constructor(
    private readonly source: string,
    private readonly context: PhraseContext,
    private readonly isOfLabel: boolean,
  ) {}

  readRow(inGroup: boolean): PhraseNode[] {
    const row: PhraseNode[] = [];
    for (;;) {
      while (this.source[this.at] === ' ') this.at++;
      const char = this.source[this.at];
      if (char === undefined) {
        if (inGroup) this.fail('A bracket is not closed', this.source.length - 1, this.source.length);
        return this.fromStart(row);
      }
      if (char === ')' || (char === '|' && inGroup)) {
        if (!inGroup) this.fail('A bracket closes that was not opened', this.at, this.at + 1);
        return this.fromStart(row);
      }
      row.push(...this.readElement());
      this.elements++;
    }
  }

  /** A gap behind a sentence's start is no part of a match: what comes after it begins the match, and stands no further than that from the start. */
  private fromStart(row: PhraseNode[]): PhraseNode[] {
    const [first, second] = row;
    if (this.isOfLabel || first?.[0] !== '^' || second?.[0] !== 'g') return row;
    return [['^', second[1]], ...row.slice(2)];
  }

  private readElement(): PhraseNode[] {
    const start = this.at;
    const char = this.source[start] ?? '';
    if (char === '(') return this.optional([this.readGroup()]);
    if (char === '^') return this.take(1, ['^', 0]);
    if (char === '$') return this.take(1, ['$']);
    if (this.source.startsWith('..', start)) return this.readGap();
    if (char === '{') return this.optional([this.readSlot()]);
    if (char === '[') return this.optional([this.readList()]);
    for (const length of [2, 1]) {
      const sign = this.source.slice(start, start + length);
      if (SIGN_ELEMENTS.has(sign) && sign.length === length && !/\w/.test(sign)) {
        this.at += length;
        return this.optional([this.wordNode([sign])], sign === '?');
      }
    }
    // A word with its ending mark and "?": letters, digits, inner dots, apostrophes and underscores. Here, since most runs read no phrase (see `letters.ts`).
    const atWord = /[\p{L}\p{N}_][\p{L}\p{N}_'’.,-]*/uy;
    atWord.lastIndex = start;
    const word = atWord.exec(this.source)?.[0];
    if (word === undefined) this.fail(`"${char}" is no part of a phrase`, start, start + 1);
    this.at += word!.length;
    return this.optional(this.readWord(word!));
  }

  private readWord(raw: string): PhraseNode[] {
    // A written hyphen parts words as it does in a text.
    const parts = raw.split('-').flatMap((part) => normalize(part.replace(/[.,]+$/, '')).match(PIECES) ?? []);
    const last = parts.pop() ?? '';
    const nodes: PhraseNode[] = parts.map((part) => this.wordNode(this.formsOf(part)));
    const mark = this.source[this.at];
    if (mark === '~') {
      if (isHan(last.charCodeAt(0))) this.fail('A Han character has no inflections', this.at - 1, this.at + 1);
      this.at++;
      nodes.push(this.wordNode([`${last}~`]));
    } else if (mark === '*') {
      this.at++;
      if (last.length < 2) this.fail('A prefix needs at least two letters', this.at - 1 - last.length, this.at);
      nodes.push(['p', last]);
    } else nodes.push(this.wordNode(this.formsOf(last)));
    return nodes;
  }

  private readGroup(): PhraseNode {
    const start = this.at++;
    if (++this.depth > DEEPEST) this.fail(`Brackets are nested deeper than ${DEEPEST}`, start, start + 1);
    const alternatives: PhraseRow[] = [];
    for (;;) {
      const row = this.readRow(true);
      if (row.length === 0) this.fail('An alternative is empty', start, this.at + 1);
      alternatives.push(row);
      const char = this.source[this.at++];
      if (char === ')') break;
    }
    this.depth--;
    return this.alternatives(alternatives);
  }

  private readGap(): PhraseNode[] {
    const start = this.at;
    const match = /^\.\.(\d*)/.exec(this.source.slice(start));
    this.at += match?.[0].length ?? 2;
    const most = match?.[1] ? Number(match[1]) : 3;
    if (most > LONGEST_GAP || most < 1) this.fail(`A gap holds 1 to ${LONGEST_GAP} words`, start, this.at);
    return [['g', most]];
  }

  private readSlot(): PhraseNode {
    SLOT.lastIndex = this.at;
    const match = SLOT.exec(this.source);
    if (!match) this.fail('A slot is a kind in braces, such as {duration} or {duration<=60}', this.at, this.at + 1);
    const kind = match![1] ?? '';
    if (!this.context.isKind(kind))
      this.fail(`There is no evidence kind "${kind}"`, this.at + 1, this.at + 1 + kind.length);
    this.at += match![0].length;
    if (match![2] === undefined) return ['s', kind];
    const bound: SlotBound = [match![2] as SlotBound[0], Number(match![3])];
    return ['s', kind, bound];
  }

  private readList(): PhraseNode {
    LIST.lastIndex = this.at;
    if (this.source.startsWith('[cell]', this.at)) {
      this.at += '[cell]'.length;
      return this.wordNode(['[cell]']);
    }
    const match = LIST.exec(this.source);
    if (!match) this.fail('A list is a name in square brackets', this.at, this.at + 1);
    const name = match![1] ?? '';
    const phrases = this.context.list(name);
    if (!phrases) this.fail(`There is no word list "${name}"`, this.at + 1, this.at + 1 + name.length);
    this.at += match![0].length;
    return this.alternatives(
      phrases!.map((phrase) => {
        const inner = new PhraseReader(phrase, { ...this.context, list: () => undefined }, this.isOfLabel);
        const row = inner.readRow(false);
        if (row.length === 0) this.fail(`The word list "${name}" holds an empty phrase`, this.at, this.at);
        return row;
      }),
    );
  }

  /** Alternatives of one word each become one set. */
  private alternatives(rows: readonly PhraseRow[]): PhraseNode {
    const words: string[] = [];
    const others: PhraseRow[] = [];
    for (const row of rows) {
      const only = row.length === 1 ? row[0] : undefined;
      if (only?.[0] === 'w') words.push(...this.context.tables.wordsOf(only[1]));
      else others.push(row);
    }
    const merged: PhraseRow[] = words.length > 0 ? [[this.wordNode(words)], ...others] : others;
    const single = merged.length === 1 && merged[0]?.length === 1 ? merged[0][0] : undefined;
    return single ?? ['a', this.context.tables.groupOf(merged)];
  }

  private optional(nodes: PhraseNode[], isSign = false): PhraseNode[] {
    if (this.source[this.at] !== '?' || isSign) return nodes;
    this.at++;
    return [['o', nodes]];
  }

  private take(length: number, node: PhraseNode): PhraseNode[] {
    this.at += length;
    return [node];
  }

  private wordNode(words: readonly string[]): PhraseNode {
    return ['w', this.context.tables.setOf(words)];
  }

  private formsOf(piece: string): readonly string[] {
    return isHan(piece.charCodeAt(0)) ? this.context.formsOf(piece) : [piece];
  }

  private fail(message: string, start: number, end: number): never {
    throw new PhraseError(message, { start: Math.max(0, start), end: Math.max(start + 1, end) });
  }
}
