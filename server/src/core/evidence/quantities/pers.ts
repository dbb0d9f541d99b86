import type { Per, QuantityKind } from '../quantities.js';
import { readAmount, valueOf } from './amounts.js';
import { readNoun, singularOf } from './nouns.js';
import { isCapitalized, joins, tokenAt, type Reading } from './tokens.js';
import {
  COUNTABLE,
  IRREGULAR_PLURALS,
  PERIODIC,
  SCALES,
  STOP_WORDS,
  TIME_UNITS,
  TOKEN_ADJECTIVES,
  UNITS,
} from './words.js';
import { readTokens } from './units.js';

/** The denominators after a quantity, and where they end. */
export interface Pers {
  readonly per: readonly Per[];
  readonly next: number;
  readonly end: number;
}

/** At most so many denominators follow each other: "$2.70/PM/month". */
const MOST_PERS = 3;

/** Reads the denominators that start at this token, for a quantity of the given kind; nothing where there are none. */
export function readPers(reading: Reading, first: number, kind: QuantityKind): Pers | undefined {
  let found: { per: Per[]; next: number; end: number } | undefined;
  while (found === undefined || found.per.length < MOST_PERS) {
    const one = readPer(reading, found?.next ?? first, kind);
    if (one === undefined) break;
    if (found === undefined) found = { per: [one.per], next: one.next, end: one.end };
    else {
      found.per.push(one.per);
      found.next = one.next;
      found.end = one.end;
    }
  }
  return found;
}

interface OnePer {
  readonly per: Per;
  readonly next: number;
  readonly end: number;
}

type Manner = 'slash' | 'per' | 'article' | 'every';

function readPer(reading: Reading, index: number, kind: QuantityKind): OnePer | undefined {
  const token = tokenAt(reading, index);
  if (token.type === 'sign') {
    if (token.lower === '/' && token.gap < 2) return readDenominator(reading, index + 1, kind, 'slash');
    if (token.lower === '-' && token.gap === 0 && tokenAt(reading, index + 1).lower === 'per') {
      return readDenominator(reading, index + 2, kind, 'per');
    }
    return undefined;
  }
  if (token.type !== 'word' || token.gap === 3) return undefined;
  switch (token.lower) {
    case 'per':
      return readDenominator(reading, index + 1, kind, 'per');
    case 'a':
    case 'an':
      return readDenominator(reading, index + 1, kind, 'article');
    case 'each':
    case 'every': {
      const one = readDenominator(reading, index + 1, kind, 'every');
      if (one !== undefined || token.lower === 'every' || kind !== 'money') return one;
      return { per: ITEM, next: index + 1, end: token.end };
    }
    case 'for': {
      const after = tokenAt(reading, index + 1).lower;
      return after === 'each' || after === 'every' ? readDenominator(reading, index + 2, kind, 'every') : undefined;
    }
    case 'apiece':
      return kind === 'money' ? { per: ITEM, next: index + 1, end: token.end } : undefined;
    default: {
      const unit = PERIODIC.get(token.lower);
      if (unit === undefined || token.gap === 0 || !PERIODIC_KINDS.has(kind)) return undefined;
      if (MONEY_ONLY.has(token.lower) && kind !== 'money') return undefined;
      return { per: { unit, amount: 1 }, next: index + 1, end: token.end };
    }
  }
}

/** Of other figures, these name what is counted. */
const MONEY_ONLY: ReadonlySet<string> = new Set(['annual', 'mrr', 'arr']);
const ITEM: Per = { unit: 'item', amount: 1 };
const PERIODIC_KINDS: ReadonlySet<QuantityKind> = new Set(['money', 'tokens', 'count', 'data-size', 'number']);

function readDenominator(reading: Reading, first: number, kind: QuantityKind, manner: Manner): OnePer | undefined {
  // "per-query cost".
  const hyphen = tokenAt(reading, first);
  const index = manner !== 'slash' && hyphen.lower === '-' && hyphen.gap === 0 ? first + 1 : first;
  const token = tokenAt(reading, index);
  if (token.gap > (manner === 'slash' ? 1 : 2)) return undefined;
  const number = readDenominatorNumber(reading, index, kind, manner);
  if (number !== undefined) return readCounted(reading, number, kind, manner);
  if (token.type !== 'word') return undefined;
  if (manner !== 'slash' && !joins(reading, index)) return undefined;
  return readSingle(reading, index, kind, manner);
}

interface DenominatorNumber {
  readonly value: number;
  readonly next: number;
  readonly end: number;
  /** Whether it is a usual size of a price list: 1K, 1M, a thousand, a million. */
  readonly round: boolean;
  /** Whether it stands right at the slash, as in "/1K"; "/ 500" divides. */
  readonly attached: boolean;
  /** Whether its magnitude is written: "1K", not "1000". */
  readonly scaled: boolean;
  /** "MTok" holds its noun. */
  readonly tokens?: true;
}

function readDenominatorNumber(
  reading: Reading,
  index: number,
  kind: QuantityKind,
  manner: Manner,
): DenominatorNumber | undefined {
  const token = tokenAt(reading, index);
  const attached = token.gap === 0;
  if (token.type === 'word') {
    const scale = SCALES.get(token.lower);
    if (scale !== undefined)
      return { value: scale, next: index + 1, end: token.end, round: scale >= 1000, attached: true, scaled: true };
    if (manner === 'slash' || manner === 'per') {
      if (token.lower === 'mtok' || token.lower === 'mtoks') {
        return { value: 1e6, next: index + 1, end: token.end, round: true, attached: true, scaled: true, tokens: true };
      }
      if (token.lower === 'ktok' || token.lower === 'ktoks') {
        return { value: 1e3, next: index + 1, end: token.end, round: true, attached: true, scaled: true, tokens: true };
      }
      if (kind === 'money' && (token.lower === 'k' || (token.lower === 'm' && isCapitalized(reading, token)))) {
        const value = token.lower === 'k' ? 1e3 : 1e6;
        return { value, next: index + 1, end: token.end, round: true, attached: true, scaled: true };
      }
    }
  }
  if (token.type === 'sign' || (manner === 'article' && token.type !== 'word')) return undefined;
  const amount = readAmount(reading, index);
  if (amount === undefined || amount.currency !== undefined || amount.form === 'opaque') return undefined;
  const value = valueOf(amount);
  if (value <= 0) return undefined;
  const round = amount.scale > 1 || value === 1e3 || value === 1e6 || value === 1e9;
  return {
    value,
    next: amount.next,
    end: amount.end,
    round,
    attached: attached || amount.scale > 1,
    scaled: amount.scale > 1,
  };
}

/** What follows "per 1,000": a noun in the plural, tokens, a unit of time, or nothing where a price list means tokens. */
function readCounted(
  reading: Reading,
  number: DenominatorNumber,
  kind: QuantityKind,
  manner: Manner,
): OnePer | undefined {
  const { value, round } = number;
  const bare: OnePer = { per: { unit: 'token', amount: value }, next: number.next, end: number.end };
  if (number.tokens) return bare;
  // "per 1K-token chunk".
  const hyphen = tokenAt(reading, number.next);
  const index = hyphen.lower === '-' && hyphen.gap === 0 ? number.next + 1 : number.next;
  const tokens = readTokens(reading, index);
  if (tokens) return { per: bare.per, next: tokens.next, end: tokens.end };
  const token = tokenAt(reading, index);
  if (token.type === 'word' && joins(reading, index)) {
    const time = TIME_UNITS.get(token.lower);
    if (time !== undefined) {
      // "200 ms/1 s" names two durations.
      if (kind === 'duration' || (token.gap === 0 && token.lower.length === 1 && kind === 'money')) return undefined;
      return { per: { unit: time, amount: value }, next: index + 1, end: token.end };
    }
    const noun = token.gap > 0 && !UNITS.has(token.lower) ? readNoun(reading, index, value === 1) : undefined;
    if (noun && !TOKEN_ADJECTIVES.has(token.lower)) {
      return { per: { unit: noun.unit, amount: value }, next: noun.next, end: noun.end };
    }
    if (token.gap === 0) return undefined;
  }
  if (!round || (manner === 'slash' && !number.attached) || manner === 'article') return undefined;
  // "$1,350/1000 = $1.35" divides.
  if (tokenAt(reading, number.next).lower === '=' && !number.scaled) return undefined;
  return kind === 'money' ? bare : undefined;
}

/** One thing as a denominator: "per active user", "/GPU-hour", "a month". */
function readSingle(reading: Reading, index: number, kind: QuantityKind, manner: Manner): OnePer | undefined {
  const token = tokenAt(reading, index);
  const lower = token.lower;
  const time = TIME_UNITS.get(lower);
  if (time !== undefined && (lower.length > 1 || manner === 'slash' || manner === 'per')) {
    return { per: { unit: time, amount: 1 }, next: index + 1, end: token.end };
  }
  if (lower === 'm' && manner === 'slash') {
    const unit = kind === 'money' ? 'month' : 'minute';
    return { per: { unit, amount: 1 }, next: index + 1, end: token.end };
  }
  const tokens = readTokens(reading, index);
  if (tokens && (tokens.next === index + 1 || manner !== 'slash')) {
    return { per: { unit: 'token', amount: 1 }, next: tokens.next, end: tokens.end };
  }
  const isKnown = COUNTABLE.has(lower);
  if (!isKnown && (STOP_WORDS.has(lower) || lower.length < 2)) return undefined;
  const compound = readCompound(reading, index, manner);
  if (compound) return compound;
  const head = headIndex(reading, index);
  const headToken = tokenAt(reading, head);
  if (head === index && !isKnown) {
    const takesAny =
      manner === 'per' || (manner === 'slash' && (kind === 'money' || kind === 'tokens') && token.gap === 0);
    if (!takesAny || singularOf(reading, token) !== undefined || !/^[\p{L}]+$/u.test(lower)) return undefined;
  }
  const unit = IRREGULAR_PLURALS.get(headToken.lower) ?? headToken.lower;
  return { per: { unit, amount: 1 }, next: head + 1, end: headToken.end };
}

const HOURED = new Set([
  'gpu',
  'cpu',
  'tpu',
  'vcpu',
  'node',
  'instance',
  'server',
  'machine',
  'engineer',
  'person',
  'compute',
]);

/** "GPU-hour", "GPU hour", "follow-up". */
function readCompound(reading: Reading, index: number, manner: Manner): OnePer | undefined {
  const first = tokenAt(reading, index);
  const second = tokenAt(reading, index + 1);
  if (second.lower === '-' && second.gap === 0 && (manner === 'per' || manner === 'slash')) {
    const third = tokenAt(reading, index + 2);
    if (third.type === 'word' && third.gap === 0 && third.lower !== 'per') {
      return { per: { unit: `${first.lower}-${third.lower}`, amount: 1 }, next: index + 3, end: third.end };
    }
  }
  const time = TIME_UNITS.get(second.lower);
  if (HOURED.has(first.lower) && time !== undefined && second.gap === 1) {
    return { per: { unit: `${first.lower}-${time}`, amount: 1 }, next: index + 2, end: second.end };
  }
  return undefined;
}

/** The head of "support ticket" or "monthly active user": the last known noun within two words of the first. */
function headIndex(reading: Reading, first: number): number {
  let head = first;
  for (let index = first + 1; index <= first + 2; index += 1) {
    const token = tokenAt(reading, index);
    if (token.type !== 'word' || token.gap !== 1) break;
    if (COUNTABLE.has(token.lower)) head = index;
    else if (STOP_WORDS.has(token.lower) || COUNTABLE.has(tokenAt(reading, first).lower)) break;
  }
  return head;
}
