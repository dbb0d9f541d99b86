import { isHan } from '../../answer/letters.js';

/** A word, number or sign of the text. */
export interface Token {
  readonly type: 'word' | 'number' | 'sign' | 'end';
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** The word in lower case, or the sign in its normal form: `≤` is `<=`, a true minus is `-`. Empty for numbers. */
  readonly lower: string;
  /** White space before: none, within a line, one line break, or a break that no phrase spans (blank line, column). */
  readonly gap: 0 | 1 | 2 | 3;
  /** Of a number, else 0. */
  readonly value: number;
  /** Significant digits of a number as written: 3 in `2.70`, 2 in `0.015`, 5 in `10,000`. */
  readonly digits: number;
  /** `plain`: digits only; `opaque`: no number to reckon with, such as `1.91.1`. Words are `plain`. */
  readonly form: 'plain' | 'grouped' | 'decimal' | 'opaque';
}

/** A text with its tokens; what every reader of the quantity grammar works on. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Indexes of the tokens at which a quantity may start, ascending. */
  readonly starts: readonly number[];
}

/** Words at which a quantity may start, by their first letter and length; most words are passed over by these alone. */
export interface StartWords {
  has(lower: string): boolean;
  mayHold(firstCode: number, length: number): boolean;
}

/** Prepares a set of lower-case words for `tokenize`. */
export function startWords(words: Iterable<string>): StartWords {
  const set = new Set(words);
  const shapes = new Uint32Array(128);
  for (const word of set) shapes[word.charCodeAt(0)] = (shapes[word.charCodeAt(0)] ?? 0) | (1 << word.length);
  return {
    has: (lower) => set.has(lower),
    mayHold: (firstCode, length) => length < 31 && ((shapes[firstCode | 32] ?? 0) & (1 << length)) !== 0,
  };
}

/**
 * Whether a quantity may start somewhere in a text: at a figure, a currency or one of some words. It is told without any tokens, as prose mostly has none.
 * `isIdle` says of such a word whether nothing starts there because of the word behind it.
 */
export function mayHoldStart(
  text: string,
  words: StartWords,
  isIdle: (word: string, next: string) => boolean,
): boolean {
  let before = '';
  for (let index = 0; index < text.length;) {
    const code = text.charCodeAt(index);
    if (isDigit(code) || isCurrency(code) || fractionOf(code) !== 0) return true;
    if (!isWordCode(code)) {
      index += 1;
      continue;
    }
    const end = wordEnd(text, index);
    const isStart = words.mayHold(code, end - index);
    if (isStart || before !== '') {
      const lower = text.slice(index, end).toLowerCase();
      if (before !== '' && !isIdle(before, lower)) return true;
      before = isStart && words.has(lower) ? lower : '';
    }
    index = end;
  }
  return before !== '' && !isIdle(before, '');
}

/** Cuts a text into tokens in one pass. Mathematics between dollar signs yields one sign, `$math`. */
export function tokenize(text: string, words: StartWords): Reading {
  const tokens: Token[] = [];
  const starts: number[] = [];
  const length = text.length;
  const lowered = text.toLowerCase();
  // A few capitals grow when lowered, and shift what follows; then each word is lowered by itself.
  const sameLength = lowered.length === length;
  let index = 0;
  while (index < length) {
    const gapStart = index;
    let code = text.charCodeAt(index);
    while (isSpace(code)) code = text.charCodeAt(++index);
    if (index >= length) break;
    const gap =
      index === gapStart
        ? 0
        : index === gapStart + 1 && text.charCodeAt(gapStart) === 32
          ? 1
          : gapBetween(text, gapStart, index);
    let token: Token;
    if (isWordCode(code)) {
      const isClock = gap === 0 && isDigit(text.charCodeAt(index + 1)) && CLOCK_LETTERS.has(text.charAt(index));
      // "1h30m" is two numbers with their units, while "3a7f" is one name.
      const end = isClock && tokens.at(-1)?.type === 'number' ? index + 1 : wordEnd(text, index);
      // An endless word is no word of ours.
      const lower =
        end - index > 40 ? '' : sameLength ? lowered.slice(index, end) : text.slice(index, end).toLowerCase();
      token = { type: 'word', start: index, end, lower, gap, value: 0, digits: 0, form: 'plain' };
      if (words.mayHold(code, end - index) && words.has(lower)) starts.push(tokens.length);
    } else if (isDigit(code) || startsDecimal(text, index) || fractionOf(code) !== 0) {
      token = readNumber(text, index, gap);
      starts.push(tokens.length);
    } else {
      const end = code === DOLLAR ? mathEnd(text, index) : index;
      token = end > index ? signToken('$math', index, end, gap) : readSign(text, code, index, gap);
      if (isCurrency(code) && end === index) starts.push(tokens.length);
    }
    tokens.push(token);
    index = token.end;
  }
  return { text, tokens, starts };
}

const END: Token = { type: 'end', start: 0, end: 0, lower: '', gap: 3, value: 0, digits: 0, form: 'plain' };

/** The token at an index; one of type `end` outside the text. */
export function tokenAt(reading: Reading, index: number): Token {
  return reading.tokens[index] ?? END;
}

/** Whether a token can belong to the same phrase as the token before it. */
export function joins(reading: Reading, index: number): boolean {
  const token = tokenAt(reading, index);
  if (token.gap < 2) return token.type !== 'end';
  if (token.gap === 3) return false;
  // Lines that are no wrapped sentence ("Queries: 10,000" above "Tokens: 500") start with a capital or a label.
  const next = tokenAt(reading, index + 1);
  if (next.lower === ':' || next.lower === '=') return false;
  return !isCapitalized(reading, token) || isAcronym(reading, token);
}

/** Whether a word starts with a capital letter. */
export function isCapitalized(reading: Reading, token: Token): boolean {
  const code = reading.text.charCodeAt(token.start);
  return code >= 65 && code <= 90;
}

/** Whether a word has two capitals at its start ("PMs", "GPU"). */
export function isAcronym(reading: Reading, token: Token): boolean {
  const second = reading.text.charCodeAt(token.start + 1);
  return token.end - token.start > 1 && isCapitalized(reading, token) && second >= 65 && second <= 90;
}

/** Whether a token is this sign or word, with nothing but a space or a line's wrap before it. */
export function isAt(reading: Reading, index: number, lower: string): boolean {
  const token = tokenAt(reading, index);
  return token.lower === lower && token.gap < 3;
}

const DOLLAR = 36;

/** Classes of the ASCII characters: most text is decided by one look into this table. */
const SPACE = 1;
const DIGIT = 2;
const LETTER = 4;
const UNDERSCORE = 8;
const CLASSES = new Uint8Array(128);
CLASSES.fill(DIGIT, 48, 58);
CLASSES.fill(LETTER, 65, 91);
CLASSES.fill(LETTER, 97, 123);
CLASSES.fill(SPACE, 9, 14);
CLASSES[32] = SPACE;
CLASSES[95] = UNDERSCORE;

/** The class of an ASCII character; 0 for other signs, for other characters, and past the text's end. */
function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] as number) : 0;
}
const CLOCK_LETTERS = new Set(['h', 'm', 'd']);

function signToken(lower: string, start: number, end: number, gap: Token['gap']): Token {
  return { type: 'sign', start, end, lower, gap, value: 0, digits: 0, form: 'plain' };
}

function isCurrency(code: number): boolean {
  return code === DOLLAR || (code >= 0xa3 && code <= 0xa5) || code === 0x20ac || code === 0x20b9 || code === 0xff04;
}

function isSpace(code: number): boolean {
  if (code < 0xa0) return classOf(code) === SPACE;
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function gapBetween(text: string, start: number, end: number): 1 | 2 | 3 {
  let breaks = 0;
  let tab = false;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) breaks += 1;
    else if (code === 9) tab = true;
  }
  if (breaks > 0) return breaks === 1 ? 2 : 3;
  return tab || end - start > 2 ? 3 : 1;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  if (code < 0x80) return classOf(code) === LETTER;
  if (code < 0xc0) return code === 0xb5 || code === 0xaa || code === 0xba;
  if (code === 0xd7 || code === 0xf7) return false;
  // Punctuation, currency signs, arrows, mathematics and pictures; surrogates are mostly pictures.
  if (code >= 0x2000 && code <= 0x2bff) return false;
  if (code >= 0x3000 && code <= 0x303f) return false;
  return !(code >= 0xd800 && code <= 0xf8ff) && code < 0xfe00;
}

function isWordCode(code: number): boolean {
  return code < 0x80 ? (classOf(code) & (LETTER | UNDERSCORE)) !== 0 : isLetter(code);
}

/** A word runs over letters, digits and underscores, an apostrophe between letters, and a version ("v1.2.3"); or else over Han characters. */
function wordEnd(text: string, start: number): number {
  let index = start + 1;
  if (isHan(text.charCodeAt(start))) {
    while (isHan(text.charCodeAt(index))) index += 1;
    return index;
  }
  for (;;) {
    const code = text.charCodeAt(index);
    if ((classOf(code) & (LETTER | DIGIT | UNDERSCORE)) !== 0) index += 1;
    else if (code === 32) return index;
    else if ((isWordCode(code) || isDigit(code)) && !isHan(code)) index += 1;
    else if (
      (code === 39 || code === 0x2019) &&
      isLetter(text.charCodeAt(index - 1)) &&
      isLetter(text.charCodeAt(index + 1))
    )
      index += 2;
    else if (code === 46 && isDigit(text.charCodeAt(index - 1)) && isDigit(text.charCodeAt(index + 1))) index += 2;
    else return index;
  }
}

function startsDecimal(text: string, index: number): boolean {
  if (text.charCodeAt(index) !== 46 || !isDigit(text.charCodeAt(index + 1))) return false;
  const before = index === 0 ? 32 : text.charCodeAt(index - 1);
  return isSpace(before) || before === DOLLAR || '<>~≤≥≈(=€£'.includes(String.fromCharCode(before));
}

function fractionOf(code: number): number {
  return code === 0xbd ? 0.5 : code === 0xbc ? 0.25 : code === 0xbe ? 0.75 : 0;
}

function readNumber(text: string, start: number, gap: Token['gap']): Token {
  let index = start;
  while (isDigit(text.charCodeAt(index))) index += 1;
  let form: Token['form'] = 'plain';
  const grouped = index - start > 0 && index - start <= 3 ? groupsEnd(text, index) : index;
  if (grouped > index) {
    index = grouped;
    form = 'grouped';
  }
  if (text.charCodeAt(index) === 46 && isDigit(text.charCodeAt(index + 1))) {
    form = 'decimal';
    index += 2;
    while (isDigit(text.charCodeAt(index))) index += 1;
    while (text.charCodeAt(index) === 46 && isDigit(text.charCodeAt(index + 1))) {
      form = 'opaque';
      index += 2;
      while (isDigit(text.charCodeAt(index))) index += 1;
    }
  }
  if (index - start > 30) form = 'opaque';
  if (form === 'opaque') return numberToken(start, index, gap, 0, 0, form);
  const written = text.slice(start, index);
  const bare = form === 'plain' ? written : written.replace(/[^\d.]/g, '');
  let value = bare === '' ? 0 : Number(bare);
  const digits = Math.max(1, bare.replace('.', '').replace(/^0+/, '').length);
  const fraction = fractionOf(text.charCodeAt(index));
  if (fraction !== 0 && form !== 'decimal') {
    index += 1;
    return numberToken(start, index, gap, value + fraction, digits + 1, 'decimal');
  }
  const exponent = readExponent(text, index);
  if (exponent !== undefined) {
    value = exponent.power ? Math.pow(value, exponent.value) : value * Math.pow(10, exponent.value);
    if (!Number.isFinite(value)) return numberToken(start, exponent.end, gap, 0, 0, 'opaque');
    return numberToken(start, exponent.end, gap, value, digits, 'grouped');
  }
  return numberToken(start, index, gap, value, digits, form);
}

function numberToken(
  start: number,
  end: number,
  gap: Token['gap'],
  value: number,
  digits: number,
  form: Token['form'],
): Token {
  return { type: 'number', start, end, lower: '', gap, value, digits, form };
}

/** Groups of three after a comma, underscore or narrow space, and Indian groups ("2,00,000"). */
function groupsEnd(text: string, start: number): number {
  const separator = text.charCodeAt(start);
  if (separator !== 44 && separator !== 95 && separator !== 0x202f && separator !== 0x2009 && separator !== 0xa0) {
    return start;
  }
  let index = start;
  if (separator === 44) {
    while (text.charCodeAt(index) === 44 && digitsFrom(text, index + 1) === 2 && text.charCodeAt(index + 3) === 44)
      index += 3;
    if (index > start) return digitsFrom(text, index + 1) === 3 ? index + 4 : start;
  }
  while (text.charCodeAt(index) === separator && digitsFrom(text, index + 1) === 3) index += 4;
  return index;
}

/** How many digits stand from here on, counted up to four. */
function digitsFrom(text: string, start: number): number {
  let count = 0;
  while (count < 4 && isDigit(text.charCodeAt(start + count))) count += 1;
  return count;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `e6`, `^6` or `⁶` after the digits. */
function readExponent(text: string, start: number): { value: number; end: number; power: boolean } | undefined {
  const code = text.charCodeAt(start);
  if (code === 94 || code === 101 || code === 69) {
    const power = code === 94;
    const sign = text.charCodeAt(start + 1);
    const from = sign === 45 || (sign === 43 && !power) ? start + 2 : start + 1;
    const count = digitsFrom(text, from);
    const after = text.charCodeAt(from + count);
    if (count === 0 || count > 3 || isWordCode(after)) return undefined;
    const value = Number(text.slice(from, from + count));
    return { value: sign === 45 ? -value : value, end: from + count, power };
  }
  const isSuperscript = code === 0xb2 || code === 0xb3 || code === 0xb9 || (code >= 0x2070 && code <= 0x2079);
  if (!isSuperscript) return undefined;
  let value = 0;
  let index = start;
  for (; index < start + 3; index += 1) {
    const digit = SUPERSCRIPTS.indexOf(text.charAt(index));
    if (digit < 0 || index >= text.length) break;
    value = value * 10 + digit;
  }
  return { value, end: index, power: true };
}

const PAIRS = new Set(['<=', '>=', '->', '=>', '<-', '--', '==', '~=', '<<', '>>', '$$']);
const NORMAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '≤': '<=',
    '⩽': '<=',
    '≥': '>=',
    '⩾': '>=',
    '≈': '~',
    '≃': '~',
    '≅': '~',
    '∼': '~',
    '～': '~',
    '~=': '~',
    '→': '->',
    '⇒': '->',
    '=>': '->',
    '‐': '-',
    '‑': '-',
    '−': '-',
    '‒': '–',
    '--': '–',
    '⁄': '/',
    '∕': '/',
    '＄': '$',
    '﹪': '%',
    '％': '%',
    '×': '×',
    '✕': '×',
    '⨯': '×',
  }),
);

function readSign(text: string, code: number, start: number, gap: Token['gap']): Token {
  // Only these six open a longer sign; full stops, commas and brackets are most of a text's signs.
  const opens = code === DOLLAR || code === 45 || (code >= 60 && code <= 62) || code === 126;
  if (!opens && code < 128) return signToken(text.charAt(start), start, start + 1, gap);
  const two = opens ? text.slice(start, start + 2) : '';
  if (opens && PAIRS.has(two)) {
    // "-->" and "==>" are arrows as well.
    const arrow = (two === '--' || two === '==') && text.charCodeAt(start + 2) === 62;
    return signToken(arrow ? '->' : (NORMAL.get(two) ?? two), start, start + (arrow ? 3 : 2), gap);
  }
  const one = text.charAt(start);
  return signToken(NORMAL.get(one) ?? one, start, start + 1, gap);
}

/**
 * The end of mathematics that opens with the dollar sign at `start`, or `start` where money is meant. As in pandoc, no
 * space stands inside the signs and no digit after the closing one. What starts with a digit is mathematics only
 * without words, so that "$5 in (US$)" stays money. Each stretch between two signs is read once, so the whole text is
 * read in linear time.
 */
function mathEnd(text: string, start: number): number {
  const double = text.charCodeAt(start + 1) === DOLLAR;
  const open = double ? start + 2 : start + 1;
  const close = text.indexOf(double ? '$$' : '$', open);
  if (close <= open || close - open > (double ? 2000 : 200)) return start;
  const content = text.slice(open, close);
  if (double) return /[\\^_={}+]/.test(content) || !/[a-z]{4}/i.test(content) ? close + 2 : start;
  if (isSpace(text.charCodeAt(open)) || isSpace(text.charCodeAt(close - 1))) return start;
  const after = text.charCodeAt(close + 1);
  if (isDigit(after) || (after === 46 && isDigit(text.charCodeAt(close + 2))) || content.includes('\n\n')) return start;
  if (/^[\d.,]/.test(content) && (/(?<!\\)\b[a-z]{2,}/i.test(content) || /[/|–-]$/.test(content))) return start;
  if (/[|]/.test(content)) return start;
  return close + 1;
}
