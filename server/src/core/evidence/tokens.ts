import { isHan, isSmallLetter } from '../answer/letters.js';
import type { Span } from '../answer/spans.js';

/** The signs that patterns can name; every other sign is passed over. */
export const SIGNS = [':', '->', '=', '<', '>', '<=', '>=', '+', '/', '?', '%', 'x', '[cell]'] as const;

/** A text cut into words and signs, with its sentences and clauses. All arrays are parallel to the tokens. */
export interface Tokens {
  readonly count: number;
  /** Lower-case words; signs as in `SIGNS`. */
  readonly words: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** True where a token is a sign that adjacency passes over ("/"). */
  readonly soft: readonly boolean[];
  /** The sentence that each token stands in. */
  readonly sentences: readonly number[];
  /** The clause that each token stands in: commas, semicolons, colons, brackets, dashes and arrows part clauses. */
  readonly clauses: readonly number[];
  /** True where only a comma parts a token from the one before it. */
  readonly afterComma: readonly boolean[];
  /** By sentence: its span in the text, its token range and whether it asks. */
  readonly sentenceList: readonly SentenceSpan[];
}

/** One sentence. */
export interface SentenceSpan extends Span {
  readonly from: number;
  readonly to: number;
  readonly isQuestion: boolean;
}

/**
 * Cuts a block's plain text into tokens in one pass. A Han character is a token of its own, since no blanks part words there. Any other word keeps inner
 * apostrophes, dots between letters or digits ("node.js", "3.5") and commas between digits ("10,000"); a hyphen parts words. A sentence ends at ".", "!" or "?" before a blank and a capital, a digit or the end, unless the
 * dot belongs to an abbreviation, at a table's cell border, and at a full-width stop.
 */
export function tokenize(text: string): Tokens {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const soft: boolean[] = [];
  const sentences: number[] = [];
  const clauses: number[] = [];
  const afterComma: boolean[] = [];
  const sentenceList: SentenceSpan[] = [];
  let clause = 0;
  let comma = false;
  let sentenceFrom = 0;
  let sentenceStart = -1;

  const push = (word: string, start: number, end: number, isSoft: boolean) => {
    if (sentenceStart < 0) sentenceStart = start;
    words.push(word);
    starts.push(start);
    ends.push(end);
    soft.push(isSoft);
    sentences.push(sentenceList.length);
    clauses.push(clause);
    afterComma.push(comma);
    comma = false;
  };
  // A "sentence" without an end (a pasted log, one long list of words) is cut, so that work within sentences stays bounded.
  const cutLongSentence = () => {
    if (words.length - sentenceFrom >= LONGEST_SENTENCE) endSentence(ends.at(-1) ?? 0, false);
  };
  const endSentence = (end: number, isQuestion: boolean) => {
    if (words.length === sentenceFrom) return;
    sentenceList.push({ start: sentenceStart, end, from: sentenceFrom, to: words.length, isQuestion });
    sentenceFrom = words.length;
    sentenceStart = -1;
    clause++;
  };

  const length = text.length;
  const lowered = text.toLowerCase();
  // A few capitals grow when lowered, and shift what follows, and a sigma asks what stands around it; then each word is lowered by itself.
  const isAligned = lowered.length === length && !text.includes('Σ');
  for (let at = 0; at < length;) {
    const code = text.charCodeAt(at);
    if (code === 32) {
      at++;
      continue;
    }
    if (isWordCode(code)) {
      const end = wordEnd(text, at);
      push(isAligned ? straight(lowered.slice(at, end)) : normalize(text.slice(at, end)), at, end, false);
      cutLongSentence();
      at = end;
      continue;
    }
    if (isHan(code)) {
      push(text[at] ?? '', at, at + 1, false);
      cutLongSentence();
      at++;
      continue;
    }
    const isWide = code >= FIRST_WIDE;
    const char = (isWide ? NARROW_SIGNS.get(text[at] ?? '') : undefined) ?? text[at] ?? '';
    switch (char) {
      case '.':
      case '!':
      case '?': {
        let end = at + 1;
        while (end < length && '.!?"”’)*_。！？」』）'.includes(text[end] ?? '')) end++;
        const ending = text.slice(at, end);
        const asks = ending.includes('?') || ending.includes('？');
        if (char === '?') push('?', at, at + 1, false);
        if (isWide || endsSentence(text, at, end, char, words)) endSentence(end, asks);
        at = end;
        break;
      }
      case '→':
      case '⇒':
      case '➜':
        push('->', at, at + 1, false);
        clause++;
        at++;
        break;
      case '-':
      case '=':
        if (text[at + 1] === '>') {
          push('->', at, at + 2, false);
          clause++;
          at += 2;
        } else if (char === '=') {
          push('=', at, at + 1, false);
          at++;
        } else {
          // A dash between blanks parts clauses; a hyphen parts words only.
          if (text[at - 1] === ' ' && (text[at + 1] === ' ' || text[at + 1] === '-')) clause++;
          at++;
        }
        break;
      case '<':
      case '>':
        if (text[at + 1] === '=') {
          push(`${char}=`, at, at + 2, false);
          at += 2;
        } else push(char, at, ++at, false);
        break;
      case '≤':
        push('<=', at, ++at, false);
        break;
      case '≥':
        push('>=', at, ++at, false);
        break;
      case '×':
      case '*':
        push('x', at, ++at, false);
        break;
      case ':':
        push(':', at, ++at, false);
        clause++;
        break;
      case '+':
      case '%':
        push(char, at, ++at, false);
        break;
      case '/':
        push(char, at, ++at, true);
        break;
      case '|':
        push('[cell]', at, ++at, false);
        clause++;
        break;
      case ',':
        comma = true;
        clause++;
        at++;
        break;
      case ';':
      case '(':
      case ')':
      case '[':
      case ']':
      case '—':
      case '–':
        // A dash between digits is a range, not a break.
        if (!((char === '–' || char === '—') && /\d/.test(text[at - 1] ?? '') && /[\d$]/.test(text[at + 1] ?? '')))
          clause++;
        at++;
        break;
      case THUMB: {
        const thumb = THUMBS.get(text.charCodeAt(at + 1));
        if (thumb !== undefined) push(thumb, at, at + 2, false);
        at += thumb === undefined ? 1 : 2;
        break;
      }
      default:
        at++;
    }
  }
  endSentence(length, false);
  return { count: words.length, words, starts, ends, soft, sentences, clauses, afterComma, sentenceList };
}

/** The first half of a thumb's sign, and what patterns call it by the second: people write 👍 and 👎 for the buttons of that name. */
const THUMB = '\ud83d';
const THUMBS: ReadonlyMap<number, string> = new Map([
  [0xdc4d, 'thumbsup'],
  [0xdc4e, 'thumbsdown'],
]);

/** A word as patterns know it: lower case, straight apostrophes. */
export function normalize(word: string): string {
  return straight(word.toLowerCase());
}

function straight(word: string): string {
  return word.includes('’') ? word.replace(/’/g, "'") : word;
}

/** The first of the signs of East Asian writing; what stands in `NARROW_SIGNS` begins here. */
const FIRST_WIDE = 0x3001;

/** Full-width signs, and the ASCII signs that they are read as. An enumeration comma parts no clauses, as it stands for "and". */
const NARROW_SIGNS: ReadonlyMap<string, string> = new Map([
  ['。', '.'],
  ['！', '!'],
  ['？', '?'],
  ['，', ','],
  ['；', ';'],
  ['：', ':'],
  ['（', '('],
  ['）', ')'],
  ['【', '['],
  ['】', ']'],
  ['％', '%'],
  ['＋', '+'],
  ['／', '/'],
  ['＝', '='],
  ['＜', '<'],
  ['＞', '>'],
  ['｜', '|'],
]);

/** In tokens. The longest gap of a pattern is 20 words, and no sentence that people write is near this. */
const LONGEST_SENTENCE = 300;

const ABBREVIATIONS = new Set([
  'e.g',
  'i.e',
  'eg',
  'ie',
  'vs',
  'approx',
  'dr',
  'mr',
  'ms',
  'no',
  'fig',
  'est',
  'min',
  'max',
  'avg',
  'incl',
  'resp',
  'cf',
]);

/** Abbreviations that are units as well. */
const UNITS = new Set(['ms', 'min']);

function endsSentence(text: string, at: number, end: number, char: string, words: readonly string[]): boolean {
  if (end >= text.length) return true;
  const after = text.charCodeAt(end);
  // Between Han characters, no blank follows.
  if (isHan(after)) return char !== '.';
  if (!isBlank(after)) return false;
  let next = end;
  while (next < text.length && isBlank(text.charCodeAt(next))) next++;
  if (next >= text.length) return true;
  if (char === '.') {
    const word = words.at(-1) ?? '';
    // Behind a number it is a unit, which takes no dot: "within 300 ms. Below that …". A capital after "etc." starts a sentence too.
    const isUnit = UNITS.has(word) && /^\d/.test(words.at(-2) ?? '');
    if (
      (ABBREVIATIONS.has(word) && !isUnit) ||
      (word.length === 1 && /[a-z]/.test(word) && /[A-Z]/.test(text[at - 1] ?? ''))
    )
      return false;
  }
  // What is quoted may ask while its sentence goes on: “Did it fit?” after each meal.
  if (char !== '.' && !/["”]/.test(text.slice(at, end))) return true;
  return !isSmallLetter(text, next);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 0xa0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** By ASCII character: 1 for letters, digits and the underline. Every character of a text is looked up here. */
const WORD_CODES = Uint8Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0));

function isWordCode(code: number): boolean {
  if (code < 128) return WORD_CODES[code] === 1;
  // Letters beyond ASCII; general punctuation, arrows and mathematics are signs, Han characters are words by themselves.
  return (
    code >= 0xc0 &&
    code !== 0xd7 &&
    code !== 0xf7 &&
    !(code >= 0x2000 && code <= 0x2bff) &&
    !(code >= 0x3000 && code <= 0x303f) &&
    !isHan(code) &&
    code < 0xd800
  );
}

function wordEnd(text: string, start: number): number {
  const { length } = text;
  let at = start + 1;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (isWordCode(code)) {
      at++;
      continue;
    }
    const before = text.charCodeAt(at - 1);
    const after = text.charCodeAt(at + 1);
    const isApostrophe = code === 39 || code === 0x2019;
    const isDot = code === 46 && isWordCode(before) && isWordCode(after);
    const isComma = code === 44 && isDigit(before) && isDigit(after);
    if ((isApostrophe && isWordCode(after)) || isDot || isComma) {
      at += 2;
      continue;
    }
    break;
  }
  return at;
}
