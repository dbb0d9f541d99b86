import { isAt, joins, tokenAt, type Reading, type Token } from './tokens.js';
import { readNoun, singularOf } from './nouns.js';
import { COUNTABLE, CURRENCY_CODES, CURRENCY_SIGNS, DOLLAR_PREFIXES, ONES, SCALES, STOP_WORDS, TENS } from './words.js';

/** A number with its magnitude and, where it leads, its currency: what stands before a unit. */
export interface Amount {
  /** Index of the first token, a currency sign included. */
  readonly first: number;
  /** Index after the last token. */
  readonly next: number;
  readonly start: number;
  readonly end: number;
  /** The number as written, before its magnitude. */
  readonly mantissa: number;
  /** 1000 in "10k", 1 where no magnitude is written. */
  readonly scale: number;
  /** The letter that gave the magnitude ("B" may say a model's size), else empty. */
  readonly letter: string;
  readonly digits: number | undefined;
  readonly currency: string | undefined;
  readonly written: boolean;
  readonly form: Token['form'];
}

/** Numbers in words that are longer than this are not read on; so no run of number words costs more than its length. */
const LONGEST_WRITTEN = 12;

/** Reads an amount that starts at this token: "$1.2M", "USD 5", "10k", "3 billion", "twenty-five". */
export function readAmount(reading: Reading, index: number): Amount | undefined {
  const token = tokenAt(reading, index);
  if (token.type === 'number') return readDigits(reading, index, index, token.start, undefined);
  if (token.type === 'sign') {
    const currency = CURRENCY_SIGNS.get(token.lower);
    if (currency === undefined) return undefined;
    // "$~5" and "$ 5" are read as well.
    const number = isAt(reading, index + 1, '~') ? index + 2 : index + 1;
    if (tokenAt(reading, number).type !== 'number' || tokenAt(reading, number).gap > 1) return undefined;
    const prefix = prefixBefore(reading, index);
    const amount = readDigits(
      reading,
      number,
      prefix ? index - 1 : index,
      prefix?.start ?? token.start,
      prefix?.currency ?? currency,
    );
    return amount;
  }
  if (token.type !== 'word') return undefined;
  const code = CURRENCY_CODES.get(token.lower);
  if (code !== undefined) {
    const number = tokenAt(reading, index + 1);
    if (number.type !== 'number' || number.gap > 1) return undefined;
    return readDigits(reading, index + 1, index, token.start, code);
  }
  return readWritten(reading, index);
}

/** Whether a word can start a written number. */
function startsWritten(lower: string): boolean {
  return ONES.has(lower) || TENS.has(lower);
}

/** Multiplies without the noise of binary fractions: 7 × 0.001 is 0.007. */
export function times(value: number, factor: number): number {
  if (factor === 1) return value;
  // A quotient of whole numbers is rounded once, and so is right.
  if (factor < 1) return value / Math.round(1 / factor);
  const product = value * factor;
  return Number.isInteger(product) ? product : Number(product.toPrecision(14));
}

/** The unscaled and the scaled value in one. */
export function valueOf(amount: Amount): number {
  return times(amount.mantissa, amount.scale);
}

function prefixBefore(reading: Reading, index: number): { start: number; currency: string } | undefined {
  const sign = tokenAt(reading, index);
  const before = tokenAt(reading, index - 1);
  if (sign.lower !== '$' || index === 0 || before.type !== 'word') return undefined;
  const currency = DOLLAR_PREFIXES.get(before.lower);
  if (currency === undefined) return undefined;
  // "US$5", "USD $5"; but not "a $5 fee", nor "s $5".
  const letters = before.end - before.start;
  if (sign.gap > 1 || (sign.gap === 1 && letters < 3)) return undefined;
  return { start: before.start, currency };
}

function readDigits(
  reading: Reading,
  index: number,
  first: number,
  start: number,
  currency: string | undefined,
): Amount | undefined {
  const number = tokenAt(reading, index);
  let mantissa = number.value;
  let next = index + 1;
  if (isAndAHalf(reading, next)) {
    mantissa += 0.5;
    next += 3;
  }
  let scale = 1;
  let letter = '';
  let code = currency;
  const mark = tokenAt(reading, next);
  if (mark.type === 'word') {
    const byLetter = scaleOfLetter(reading, next, currency !== undefined);
    const byWord = byLetter === undefined && mark.gap < 3 ? SCALES.get(mark.lower) : undefined;
    if (byLetter !== undefined) {
      scale = byLetter;
      letter = reading.text.slice(mark.start, mark.end);
      next += 1;
    } else if (byWord !== undefined) {
      scale = byWord;
      next += 1;
      const second = tokenAt(reading, next);
      const more = second.type === 'word' ? SCALES.get(second.lower) : undefined;
      if (more !== undefined && second.gap < 3 && more > scale) {
        scale *= more;
        next += 1;
      }
    }
  } else if (mark.lower === '-' && mark.gap === 0) {
    // "a 3-billion-document index".
    const word = tokenAt(reading, next + 1);
    const byWord = word.gap === 0 && word.type === 'word' ? SCALES.get(word.lower) : undefined;
    if (byWord !== undefined) {
      scale = byWord;
      next += 2;
    }
  }
  if (code !== undefined) {
    // "$5 USD" says it twice, "$5 CAD" corrects the sign.
    const after = tokenAt(reading, next);
    const again = after.type === 'word' && after.gap < 2 ? CURRENCY_CODES.get(after.lower) : undefined;
    if (again !== undefined) {
      code = again;
      next += 1;
    }
  }
  const end = tokenAt(reading, next - 1).end;
  return {
    first,
    next,
    start,
    end,
    mantissa,
    scale,
    letter,
    digits: number.digits,
    currency: code,
    written: false,
    form: number.form,
  };
}

/** "two and a half". */
function isAndAHalf(reading: Reading, index: number): boolean {
  return isAt(reading, index, 'and') && isAt(reading, index + 1, 'a') && isAt(reading, index + 2, 'half');
}

/** The magnitude that a letter right after the digits stands for; with a currency also one word away ("$5 M"). */
function scaleOfLetter(reading: Reading, index: number, isMoney: boolean): number | undefined {
  const token = tokenAt(reading, index);
  const length = token.end - token.start;
  if (length > 2 || token.gap > 1) return undefined;
  const attached = token.gap === 0;
  const capital = length === 1 && reading.text.charCodeAt(token.start) < 97;
  switch (token.lower) {
    case 'k':
      return attached || isMoney || capital || isCounted(reading, index + 1) ? 1e3 : undefined;
    case 'm':
      if (isMoney) return 1e6;
      // A small "m" is minutes ("15m") unless something is counted ("5m users"); "2 M requests" are millions, and "2 M" may be anything.
      if (capital) return attached || isCounted(reading, index + 1) ? 1e6 : undefined;
      return attached && startsNoun(reading, index + 1) ? 1e6 : undefined;
    case 'mn':
      return attached || isMoney ? 1e6 : undefined;
    case 'mm':
      return isMoney ? 1e6 : undefined;
    case 'b':
      return attached || isMoney || (capital && isCounted(reading, index + 1)) ? 1e9 : undefined;
    case 'bn':
      return 1e9;
    case 't':
      return isMoney ? 1e12 : attached && capital && tokenAt(reading, index + 1).lower === 'tokens' ? 1e12 : undefined;
    default:
      return undefined;
  }
}

/** Whether what people count in systems follows, or a sign that multiplies: "10 k queries", "1.5 B tokens", "2 M × $0.50". */
function isCounted(reading: Reading, index: number): boolean {
  const token = tokenAt(reading, index);
  if (token.lower === '×') return true;
  if (token.type !== 'word' || token.gap === 0) return false;
  return token.lower === 'tokens' || COUNTABLE.has(singularOf(reading, token) ?? token.lower);
}

function startsNoun(reading: Reading, index: number): boolean {
  const token = tokenAt(reading, index);
  if (token.type !== 'word' || token.gap === 0 || STOP_WORDS.has(token.lower)) return false;
  return readNoun(reading, index, false) !== undefined || COUNTABLE.has(token.lower) || token.lower === 'tokens';
}

/** Reads "twenty-five", "three hundred and fifty", "two million", "a hundred", "two and a half". */
function readWritten(reading: Reading, first: number): Amount | undefined {
  let total = 0;
  let current = 0;
  let read = 0;
  let index = first;
  let next = first;
  while (index - first < LONGEST_WRITTEN) {
    const token = tokenAt(reading, index);
    if (token.type !== 'word') break;
    if (index > first && !(token.gap === 1 || token.gap === 2 || tokenAt(reading, index - 1).lower === '-')) break;
    const one = ONES.get(token.lower);
    const ten = one === undefined ? TENS.get(token.lower) : undefined;
    const scale = one === undefined && ten === undefined ? SCALES.get(token.lower) : undefined;
    if (one !== undefined) {
      const room = current % 100;
      if (!(room === 0 || (room >= 20 && room % 10 === 0 && one < 10))) break;
      if (read > 0 && current === 0 && total === 0) break;
      current += one;
    } else if (ten !== undefined) {
      if (current % 100 !== 0) break;
      current += ten;
    } else if (scale !== undefined && read > 0 && current > 0) {
      if (scale === 100 && current >= 100) break;
      if (scale < 1000) current *= scale;
      else {
        if (total > 0 && scale >= total) break;
        total += current * scale;
        current = 0;
      }
    } else if ((token.lower === 'a' || token.lower === 'an') && read === 0) {
      const after = tokenAt(reading, index + 1);
      if (after.gap !== 1 || !SCALES.has(after.lower)) break;
      current = 1;
    } else if (token.lower === 'and' && read > 0 && current >= 100 && current % 100 === 0) {
      const after = tokenAt(reading, index + 1);
      if (!startsWritten(after.lower)) break;
      index += 1;
      continue;
    } else break;
    read += 1;
    index += 1;
    next = index;
    const hyphen = tokenAt(reading, index);
    if (hyphen.lower === '-' && hyphen.gap === 0) {
      const after = tokenAt(reading, index + 1);
      const continues =
        after.gap === 0 &&
        (SCALES.has(after.lower) || (ONES.has(after.lower) && current % 100 >= 20 && current % 10 === 0));
      if (!continues) break;
      index += 1;
    }
  }
  if (read === 0) return undefined;
  let mantissa = total + current;
  if (isAndAHalf(reading, next) && joins(reading, next)) {
    mantissa += 0.5;
    next += 3;
  }
  return {
    first,
    next,
    start: tokenAt(reading, first).start,
    end: tokenAt(reading, next - 1).end,
    mantissa,
    scale: 1,
    letter: '',
    digits: undefined,
    currency: undefined,
    written: true,
    form: 'grouped',
  };
}
