import type { Amount } from './amounts.js';
import { valueOf } from './amounts.js';
import { isAcronym, isCapitalized, tokenAt, type Reading, type Token } from './tokens.js';
import { HTTP_CODES, HTTP_WORDS, LABELS, MONTHS, NUMBERED_NAMES, TIME_LABELS, YEAR_WORDS } from './words.js';

/** Whether the number at this token is joined by a hyphen to the word or number before it: "GPT-4", "K-5", "top-5". */
export function isHyphenatedName(reading: Reading, index: number, nameEnd: number): boolean {
  const token = tokenAt(reading, index);
  const hyphen = tokenAt(reading, index - 1);
  if (index < 2 || hyphen.lower !== '-' || hyphen.gap !== 0 || token.gap !== 0) return false;
  const before = tokenAt(reading, index - 2);
  if (before.type === 'number') return before.end === nameEnd;
  if (before.type !== 'word') return false;
  // "sub-200 ms" bounds; "5 ms-10 ms" never comes here, since the range is read from its start.
  return before.lower !== 'sub';
}

/**
 * The index after a chain of bare numbers that is no quantity: dates (2026-01-05, 1/5), times and ratios (10:30, 1:1),
 * fractions and shifts (24/7), telephone numbers, grids (8x7). Nothing where the number stands by itself or in a range.
 */
export function readChain(reading: Reading, index: number): { next: number; links: number; sign: string } | undefined {
  const sign = tokenAt(reading, index + 1);
  if (sign.gap !== 0 || !CHAIN_SIGNS.has(sign.lower)) return undefined;
  let next = index + 1;
  let links = 0;
  for (;;) {
    const link = tokenAt(reading, next);
    const number = tokenAt(reading, next + 1);
    if (link.lower !== sign.lower || link.gap !== 0 || number.type !== 'number' || number.gap !== 0) break;
    links += 1;
    next += 2;
  }
  if (links === 0 || ((sign.lower === '-' || sign.lower === '–') && links < 2)) return undefined;
  return { next, links, sign: sign.lower };
}

const CHAIN_SIGNS = new Set(['-', '–', '/', ':', '.']);

/** "4.2/5", "9/10": a score out of a full one, and no date. */
export function isScore(reading: Reading, index: number): boolean {
  const token = tokenAt(reading, index);
  const full = tokenAt(reading, index + 2).value;
  if (token.value > full || tokenAt(reading, index + 1).lower !== '/') return false;
  if (token.form === 'decimal') return full === 5 || full === 10 || full === 100;
  const before = tokenAt(reading, index - 1).lower;
  return (full === 5 || full === 10 || full === 100) && before !== 'on' && before !== 'by' && before !== 'until';
}

/**
 * Whether a bare number, or one with only a noun after it, names something: a date, a step, a version, an HTTP answer.
 * `next` is the index after the amount, `counts` says that a noun follows.
 */
export function isName(reading: Reading, amount: Amount, next: number, counts: boolean): boolean {
  const before = tokenAt(reading, amount.first - 1);
  const number = tokenAt(reading, amount.first);
  const after = tokenAt(reading, next);
  const value = valueOf(amount);
  const isInteger = amount.form === 'plain' && amount.scale === 1 && !amount.written;
  if (!counts && isPartOfWord(reading, next)) return true;
  if (before.type === 'sign' && amount.first > 0 && isNamedBySign(reading, amount, before, number, after, counts))
    return true;
  if (isLabelled(reading, amount, before, number, counts)) return true;
  if (isInteger && isDateOrTime(reading, amount, value, before, after, counts)) return true;
  if (isInteger && HTTP_CODES.has(value) && isHttp(reading, amount, before, after)) return true;
  if (isInteger && !counts && isItemNumber(reading, amount, before, after)) return true;
  return false;
}

/** "3D", "5th", "10km", "3-way": letters run on without a space. */
function isPartOfWord(reading: Reading, next: number): boolean {
  const token = tokenAt(reading, next);
  if (token.gap !== 0) return false;
  if (token.type === 'word') return true;
  if (token.lower === '°' || token.lower === '′' || token.lower === '″' || token.lower === '"') return true;
  const after = tokenAt(reading, next + 1);
  if (token.lower === '-')
    return after.gap === 0 && after.type === 'word' && after.lower !== 'to' && after.lower !== 'per';
  // "8×7B", "1024×768"; "20×100×$0.02" and "5×3 = 15" multiply.
  return token.lower === '×' && after.gap === 0 && after.type === 'number' && !reckonsOn(reading, next + 2);
}

/** Whether a product goes on or its result follows. */
function reckonsOn(reading: Reading, index: number): boolean {
  const { lower } = tokenAt(reading, index);
  return lower === '×' || lower === '=' || lower === '~';
}

function isNamedBySign(
  reading: Reading,
  amount: Amount,
  sign: Token,
  number: Token,
  after: Token,
  counts: boolean,
): boolean {
  const twoBefore = tokenAt(reading, amount.first - 2);
  switch (sign.lower) {
    case '#':
    case '@':
    case '§':
    case '№':
    case '^':
      return number.gap === 0;
    case '×':
      return number.gap === 0 && after.lower !== '×' && after.lower !== '=' && after.lower !== '~';
    case '.':
    case ':':
      // "file.5", "localhost:8080"; but "latency:5".
      // "fig. 3", "No. 5".
      if (sign.gap === 0 && number.gap === 1 && ABBREVIATIONS.has(twoBefore.lower)) return !counts;
      if (number.gap !== 0 || sign.gap !== 0 || counts) return false;
      return sign.lower === '.' || (twoBefore.type === 'word' && amount.form === 'plain' && valueOf(amount) > 999);
    case '/':
      // A path: "/2024/05", "docs/5"; a sum is spaced or has a number before it.
      return number.gap === 0 && sign.gap === 0 && !counts && twoBefore.type !== 'number' && amount.first > 1;
    case '{':
      return twoBefore.lower === '$' && sign.gap === 0;
    case '[':
      return after.lower === ']' && !counts;
    case '(':
      return after.lower === ')' && !counts && amount.form === 'plain' && valueOf(amount) <= 30 && !amount.written;
    case '=':
      // "k=5", "top_k = 5" set a parameter; "20% of 10k = 2k" does not.
      return (
        !counts &&
        ((twoBefore.lower === 'k' && (twoBefore.gap > 0 || tokenAt(reading, amount.first - 3).type !== 'number')) ||
          twoBefore.lower.endsWith('_k'))
      );
    default:
      return false;
  }
}

function isLabelled(reading: Reading, amount: Amount, before: Token, number: Token, counts: boolean): boolean {
  if (before.type !== 'word' || number.gap > 1 || amount.first === 0) return false;
  const lower = before.lower;
  const value = valueOf(amount);
  if (lower === 'top') return true;
  if (NUMBERED_NAMES.has(lower) && amount.scale === 1) {
    const hasCapital = reading.text.slice(before.start, before.end) !== lower;
    return hasCapital || (!counts && PLAIN_NAMES.has(lower));
  }
  if (LABELS.has(lower) && amount.form !== 'grouped' && amount.scale === 1) {
    const twoBefore = tokenAt(reading, amount.first - 2).lower;
    const isDenominator = DENOMINATORS.has(twoBefore);
    if (TIME_LABELS.has(lower)) return !isDenominator && !amount.written && value <= 400;
    // "per page 500 words" and "the page 500 users see" count; "page 12" names.
    if (!counts) return !isDenominator;
    return isCapitalized(reading, before) || STRONG_LABELS.has(lower);
  }
  if (amount.written || counts || amount.form === 'grouped' || amount.scale !== 1) return false;
  // A name inside a sentence with a small number after it: "Sonnet 4", "Series 7".
  const isInside = before.gap === 1 && tokenAt(reading, amount.first - 2).lower !== '.';
  return (
    isInside &&
    amount.first > 1 &&
    isCapitalized(reading, before) &&
    !isAcronym(reading, before) &&
    before.end - before.start > 1 &&
    value >= 1 &&
    value < 100 &&
    !(tokenAt(reading, amount.first - 2).type === 'sign')
  );
}

const ABBREVIATIONS = new Set(['fig', 'no', 'nr', 'p', 'pp', 'sec', 'ch', 'vol', 'eq', 'art']);

/** Names that are also written without a capital, and are no ordinary word. */
const PLAIN_NAMES = new Set(['gpt', 'claude', 'llama', 'gemini', 'python', 'java', 'bert', 'usb', 'oauth', 'tls']);
const DENOMINATORS = new Set(['per', 'a', 'an', 'each', 'every', '/', 'this', 'last', 'next', 'that']);
const STRONG_LABELS = new Set([
  'step',
  'steps',
  'section',
  'sections',
  'phase',
  'phases',
  'tier',
  'stage',
  'http',
  'version',
  'fig',
  'figure',
  'chapter',
  'v',
]);

function isDateOrTime(
  reading: Reading,
  amount: Amount,
  value: number,
  before: Token,
  after: Token,
  counts: boolean,
): boolean {
  if (value >= 1900 && value < 2100) {
    if (!counts) return true;
    if (value >= 1990 && value < 2040 && value !== 2000 && (YEAR_WORDS.has(before.lower) || isMonth(reading, before)))
      return true;
  }
  if (value > 31) return false;
  if (isMonth(reading, after) && after.gap === 1) return true;
  if (isMonth(reading, before) && amount.first > 0) return true;
  if (before.lower === '.' && before.gap === 0 && isMonth(reading, tokenAt(reading, amount.first - 2))) return true;
  if (value <= 12 && after.type === 'word' && after.gap < 2) {
    if (after.lower === 'am' || after.lower === 'pm') return true;
    if (after.lower.startsWith("o'c") || after.lower.startsWith('o’c')) return true;
    const dotted = tokenAt(reading, amount.next + 2);
    if ((after.lower === 'a' || after.lower === 'p') && dotted.lower === 'm' && dotted.gap === 0) return true;
  }
  return false;
}

function isMonth(reading: Reading, token: Token): boolean {
  return token.type === 'word' && isCapitalized(reading, token) && MONTHS.has(token.lower);
}

function isHttp(reading: Reading, amount: Amount, before: Token, after: Token): boolean {
  if (before.lower === 'http' || before.lower === 'https' || before.lower === 'status' || before.lower === 'code')
    return true;
  if (!HTTP_WORDS.has(after.lower) || after.gap > 1) return false;
  // "500 errors a day" is a count.
  const next = tokenAt(reading, amount.next + 1).lower;
  return next !== 'per' && next !== 'a' && next !== '/';
}

/** "1." or "(1)" that opens a line or a cell, and the first cell of a table's row. */
function isItemNumber(reading: Reading, amount: Amount, before: Token, after: Token): boolean {
  const number = tokenAt(reading, amount.first);
  // "2) second": a bracket that closes none.
  if (after.lower === ')' && after.gap === 0 && !isBracketed(reading, amount.first)) return true;
  const opens = amount.first === 0 || number.gap >= 2 || before.lower === '|';
  if (!opens || valueOf(amount) > 99) return false;
  if ((after.lower === '.' || after.lower === ')') && after.gap === 0) {
    return amount.first === 0 || number.gap >= 2 || before.lower === '|'
      ? tokenAt(reading, amount.next + 1).gap > 0
      : false;
  }
  return after.lower === '|' && (amount.first === 0 || number.gap >= 2);
}

/** Whether a bracket opens within the dozen tokens before. */
function isBracketed(reading: Reading, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 12); at -= 1) {
    const { lower } = tokenAt(reading, at);
    if (lower === '(') return true;
    if (lower === ')') return false;
  }
  return index > 12;
}

/** "429s", "1990s": a plural of a name, not seconds. */
export function isNamePlural(reading: Reading, amount: Amount): boolean {
  const after = tokenAt(reading, amount.next);
  if (after.lower !== 's' || after.gap !== 0 || amount.form !== 'plain' || amount.scale !== 1) return false;
  const value = valueOf(amount);
  if (value >= 1800 && value < 2100 && value % 10 === 0) return true;
  return HTTP_CODES.has(value) && value > 400 && value !== 410 && value !== 408;
}
