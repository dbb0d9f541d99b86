import type { Per, QuantityKind } from '../quantities.js';
import { valueOf, type Amount } from './amounts.js';
import { readNoun, singularOf } from './nouns.js';
import { joins, tokenAt, type Reading, type Token } from './tokens.js';
import {
  AFTER_TIMES,
  COUNTABLE,
  CURRENCY_CODES,
  CURRENCY_SIGNS,
  HYPHEN_NOUNS,
  MODEL_WORDS,
  PARAMETER_WORDS,
  TIME_ADJECTIVES,
  TOKEN_ADJECTIVES,
  UNITS,
  type KnownUnit,
} from './words.js';

/** What an amount is an amount of. */
export interface Unit {
  readonly kind: QuantityKind;
  readonly unit: string;
  readonly factor: number;
  /** Index after its last token. */
  readonly next: number;
  readonly end: number;
  readonly per: readonly Per[];
}

/** The unit after an amount, `name` where the number is part of a name ("7B", "3-way"), or nothing. */
export function readUnit(reading: Reading, index: number, amount: Amount): Unit | 'name' | undefined {
  const token = tokenAt(reading, index);
  if (token.type === 'sign') {
    return token.lower === '-' && token.gap === 0
      ? readHyphenated(reading, index + 1, amount)
      : readSignUnit(reading, index, amount);
  }
  if (token.type !== 'word' || !joins(reading, index)) return isSizeLetter(amount) ? 'name' : undefined;
  const known = UNITS.get(token.lower);
  if (known && fits(reading, index, token, known)) return unitOf(known, index + 1, token.end);
  return readWordUnit(reading, index, token, amount);
}

/** Reads "tokens" after up to three words such as "input" and "output". */
export function readTokens(reading: Reading, first: number): { next: number; end: number } | undefined {
  let index = first;
  for (let words = 0; words <= 4; words += 1) {
    const token = tokenAt(reading, index);
    if (UNITS.get(token.lower)?.kind === 'tokens' && joins(reading, index)) return { next: index + 1, end: token.end };
    const links =
      words > 0 && (token.lower === '/' || token.lower === 'and' || token.lower === '+' || token.lower === '-');
    if (token.gap === 3 || !(links || TOKEN_ADJECTIVES.has(token.lower))) return undefined;
    index += 1;
  }
  return undefined;
}

function unitOf(known: KnownUnit, next: number, end: number): Unit {
  const per = known.per === undefined ? NO_PER : [{ unit: known.per, amount: 1 }];
  return { kind: known.kind, unit: known.unit, factor: known.factor, next, end, per };
}

const NO_PER: readonly Per[] = [];

/** A letter "B" alone after a number is a model's size. */
function isSizeLetter(amount: Amount): boolean {
  return (amount.letter === 'B' || amount.letter === 'b') && amount.currency === undefined;
}

function fits(reading: Reading, index: number, token: Token, known: KnownUnit): boolean {
  if (known.only !== undefined) {
    if (token.gap > (known.only === 'attached' ? 0 : 1)) return false;
    if (known.kind === 'multiplier') return !isFactor(reading, index + 1);
    if (reading.text.charCodeAt(token.start) < 97) return false;
    // "5 s" but not "5 h e l p"; and no apostrophe after it.
    return true;
  }
  // "three quarters of the users" are no nine months.
  if (token.lower === 'quarter' || token.lower === 'quarters') return tokenAt(reading, index + 1).lower !== 'of';
  if (token.lower === 'pp') return reading.text.charCodeAt(token.start) >= 97;
  return true;
}

/** Whether a number or price follows, so that the sign before it multiplies. */
function isFactor(reading: Reading, index: number): boolean {
  const token = tokenAt(reading, index);
  if (token.gap > 1) return false;
  if (token.type === 'number' || CURRENCY_SIGNS.has(token.lower) || token.lower === '(') return true;
  // "3 × US$5".
  const sign = tokenAt(reading, index + 1);
  return token.type === 'word' && sign.gap === 0 && CURRENCY_SIGNS.has(sign.lower);
}

function readSignUnit(reading: Reading, index: number, amount: Amount): Unit | 'name' | undefined {
  const token = tokenAt(reading, index);
  const sign = token.lower;
  if (token.gap < 2) {
    if (sign === '%') {
      const points = tokenAt(reading, index + 1);
      const isPoints = points.lower === 'points' && points.gap === 1;
      return {
        kind: 'percentage',
        unit: '%',
        factor: 1,
        next: index + (isPoints ? 2 : 1),
        end: isPoints ? points.end : token.end,
        per: NO_PER,
      };
    }
    if (sign === '¢') return { kind: 'money', unit: 'USD', factor: 0.01, next: index + 1, end: token.end, per: NO_PER };
    if (sign === '×') {
      if (token.gap === 0 && !isFactor(reading, index + 1)) {
        return { kind: 'multiplier', unit: 'x', factor: 1, next: index + 1, end: token.end, per: NO_PER };
      }
    } else if (!amount.written) {
      const currency = CURRENCY_SIGNS.get(sign);
      const after = tokenAt(reading, index + 1);
      const leadsOn = after.type === 'number' && after.gap < 2;
      // "300 $ a month", but not "5 $x$": a dollar sign that stands away from its figure must not open a formula.
      const opensFormula = sign === '$' && token.gap === 1 && after.gap === 0 && after.type === 'word';
      if (currency !== undefined && !leadsOn && !opensFormula) {
        return { kind: 'money', unit: currency, factor: 1, next: index + 1, end: token.end, per: NO_PER };
      }
    }
  }
  return isSizeLetter(amount) ? 'name' : undefined;
}

function readHyphenated(reading: Reading, index: number, amount: Amount): Unit | 'name' | undefined {
  const token = tokenAt(reading, index);
  if (token.type !== 'word' || token.gap !== 0) return isSizeLetter(amount) ? 'name' : undefined;
  const lower = token.lower;
  if (lower === 'to' || lower === 'per' || lower === 'or' || lower === 'and') return undefined;
  const known = UNITS.get(lower);
  // "a 5-s timeout" is rare, "2-x" is not ours; letters after a hyphen are names.
  if (known && known.only === undefined) return unitOf(known, index + 1, token.end);
  const singular = HYPHEN_NOUNS.has(lower) ? lower : singularOf(reading, token);
  if (singular !== undefined && HYPHEN_NOUNS.has(singular)) {
    return { kind: 'count', unit: singular, factor: 1, next: index + 1, end: token.end, per: NO_PER };
  }
  return 'name';
}

function readWordUnit(reading: Reading, index: number, token: Token, amount: Amount): Unit | 'name' | undefined {
  const lower = token.lower;
  const after = tokenAt(reading, index + 1);
  if (lower === 'per' && after.lower === 'cent' && after.gap === 1) {
    return { kind: 'percentage', unit: '%', factor: 1, next: index + 2, end: after.end, per: NO_PER };
  }
  if (lower === 'percentage' && (after.lower === 'points' || after.lower === 'point')) {
    return { kind: 'percentage', unit: '%', factor: 1, next: index + 2, end: after.end, per: NO_PER };
  }
  if (lower === 'basis' && (after.lower === 'points' || after.lower === 'point')) {
    return { kind: 'percentage', unit: '%', factor: 0.01, next: index + 2, end: after.end, per: NO_PER };
  }
  const currency = CURRENCY_CODES.get(lower);
  if (currency !== undefined && (reading.text.charCodeAt(token.start) < 97 || lower === 'usd' || lower === 'eur')) {
    return { kind: 'money', unit: currency, factor: 1, next: index + 1, end: token.end, per: NO_PER };
  }
  if (token.gap === 0) return 'name';
  if (PARAMETER_WORDS.has(lower)) return 'name';
  if (FRACTIONS.has(lower)) return undefined;
  if (lower === 'times') {
    // "20 times 100" multiplies.
    if (isFactor(reading, index + 1)) return undefined;
    if (AFTER_TIMES.has(after.lower) && after.gap < 3) {
      return { kind: 'multiplier', unit: 'x', factor: 1, next: index + 1, end: token.end, per: NO_PER };
    }
    return { kind: 'count', unit: 'time', factor: 1, next: index + 1, end: token.end, per: NO_PER };
  }
  if (TIME_ADJECTIVES.has(lower)) {
    const second = TIME_ADJECTIVES.has(after.lower);
    const time = tokenAt(reading, index + (second ? 2 : 1));
    const known = UNITS.get(time.lower);
    if (known?.kind === 'duration' && known.only === undefined && time.gap > 0 && time.gap < 3) {
      return unitOf(known, index + (second ? 3 : 2), time.end);
    }
  }
  if (TOKEN_ADJECTIVES.has(lower)) {
    const tokens = readTokens(reading, index);
    if (tokens) return { kind: 'tokens', unit: 'token', factor: 1, next: tokens.next, end: tokens.end, per: NO_PER };
  }
  // A window is said in tokens: "128K context window". The words stay outside, as they are no unit.
  if ((lower === 'context' || lower === 'window') && !amount.written && valueOf(amount) >= 1000) {
    return { kind: 'tokens', unit: 'token', factor: 1, next: index, end: amount.end, per: NO_PER };
  }
  if (amount.letter.toLowerCase() === 'k' && amount.mantissa <= 8 && RESOLUTION.has(lower)) return 'name';
  const noun = readNoun(reading, index, amount.mantissa * amount.scale <= 1);
  if (isSizeLetter(amount) && (noun === undefined || MODEL_WORDS.has(lower) || MODEL_WORDS.has(noun.unit)))
    return 'name';
  if (amount.scale >= 1e6 && (MODEL_WORDS.has(lower) || noun?.unit === 'parameter')) return 'name';
  if (noun === undefined) return undefined;
  // "below 0.7 routes to a human": parts of a thing are counted of known things only ("0.5 FTEs").
  if (valueOf(amount) < 1 && !COUNTABLE.has(noun.unit)) return undefined;
  const per = noun.per === undefined ? NO_PER : [{ unit: noun.per, amount: 1 }];
  return { kind: 'count', unit: noun.unit, factor: 1, next: noun.next, end: noun.end, per };
}

/** "Three quarters of the users" is a share, and nothing that is counted. */
const FRACTIONS = new Set(['quarter', 'quarters', 'thirds', 'fifths', 'tenths']);

const RESOLUTION = new Set([
  'video',
  'videos',
  'resolution',
  'display',
  'displays',
  'stream',
  'streams',
  'footage',
  'tv',
]);
