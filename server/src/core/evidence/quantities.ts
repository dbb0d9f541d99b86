import { readAmount, times, valueOf, type Amount } from './quantities/amounts.js';
import { readBoundAfter, readBoundBefore, type Bound, type BoundAfter } from './quantities/bounds.js';
import { isHyphenatedName, isName, isNamePlural, isScore, readChain } from './quantities/names.js';
import { readNoun } from './quantities/nouns.js';
import { readPers } from './quantities/pers.js';
import { isAt, joins, mayHoldStart, startWords, tokenAt, tokenize, type Reading } from './quantities/tokens.js';
import { readUnit, type Unit } from './quantities/units.js';
import { AFTER_SECOND, CURRENCY_CODES, CURRENCY_SIGNS, FOLDS, ONES, SCALES, TENS, UNITS } from './quantities/words.js';

/** What dimension a quantity has. A `number` has none; a `rate` is a count, tokens or bytes per unit of time. */
export type QuantityKind =
  'money' | 'tokens' | 'duration' | 'rate' | 'percentage' | 'count' | 'data-size' | 'multiplier' | 'number';

/** A denominator: "per 1K tokens" is `{ unit: 'token', amount: 1000 }`, "/month" is `{ unit: 'month', amount: 1 }`. */
export interface Per {
  /** The noun or the unit of time, singular, lower case. */
  readonly unit: string;
  readonly amount: number;
}

/** A quantity that a text states. */
export interface Quantity {
  readonly kind: QuantityKind;
  /**
   * UTF-16 offsets of the quantity with its unit, its denominators, and the signs that bound it (`<`, `~`, `+`); words
   * that bound it ("under") stand outside.
   */
  readonly start: number;
  readonly end: number;
  /**
   * In the base unit: a currency's major unit, seconds, tokens, bytes, percent (0–100); of rates and counts as stated. Of
   * a range, the lower end.
   */
  readonly value: number;
  /** The upper end of a range. */
  readonly max?: number;
  /** `USD`, `EUR` …, `s`, `token`, `byte`, `%`, `x`, the counted noun in the singular, or empty. */
  readonly unit: string;
  readonly bound?: Bound;
  readonly per: readonly Per[];
  /** Significant digits as written ("2.70" has 3, "10,000" has 5); of the lower end. Absent for numbers in words. */
  readonly digits?: number;
}

/**
 * Reads every quantity of a block's plain text, in order and without overlaps. Takes any string and never throws. Time
 * is linear in the text: each reader looks a bounded number of tokens ahead, or goes on after what it has read.
 */
export function readQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  if (!mayHoldStart(text, STARTS, isIdle)) return found;
  const reading = tokenize(text, STARTS);
  // What is read is never looked back into: `floor` is the first token that the next quantity may use.
  const state: State = { reading, floor: 0, nameEnd: -1 };
  let next = 0;
  for (const index of reading.starts) {
    if (index < next) continue;
    const step = readFrom(state, index);
    if (step === undefined) continue;
    next = step.next;
    if (step.quantities.length > 0) state.floor = next;
    for (const quantity of step.quantities) found.push(quantity);
  }
  return found;
}

interface State {
  readonly reading: Reading;
  floor: number;
  /** Where the last number ended that was part of a name: "GPT-4-32k" goes on after the "4". */
  nameEnd: number;
}

/** What was read from a token on, and the token to go on with. */
interface Step {
  readonly quantities: readonly Quantity[];
  readonly next: number;
}

const NOTHING: readonly Quantity[] = [];
const IDIOMS = new Set(['a', 'an', 'half', 'sub', 'subsecond', 'twice', 'once', 'thrice', ...FOLDS.keys()]);
const STARTS = startWords([...IDIOMS, ...ONES.keys(), ...TENS.keys(), ...CURRENCY_CODES.keys()]);

/** Whether nothing starts at a word before another one: most articles stand before no unit ("a refund"). */
function isIdle(word: string, next: string): boolean {
  if (word !== 'a' && word !== 'an') return false;
  return next !== 'half' && next !== 'couple' && !SCALES.has(next) && !UNITS.has(next);
}

function readFrom(state: State, index: number): Step | undefined {
  const token = tokenAt(state.reading, index);
  if (token.type === 'number') return readFromNumber(state, index);
  return token.type === 'word' && IDIOMS.has(token.lower) ? readIdiom(state, index) : readMeasured(state, index);
}

/** Passes over what only looks like a quantity; else reads on. */
function readFromNumber(state: State, index: number): Step | undefined {
  const { reading } = state;
  const token = tokenAt(reading, index);
  if (token.form === 'opaque') {
    state.nameEnd = token.end;
    return { quantities: NOTHING, next: index + 1 };
  }
  if (isHyphenatedName(reading, index, state.nameEnd)) {
    state.nameEnd = token.end;
    return { quantities: NOTHING, next: index + 1 };
  }
  const chain = readChain(reading, index);
  if (chain !== undefined) {
    if (chain.sign === '/' && chain.links === 1 && isScore(reading, index)) {
      const end = tokenAt(reading, chain.next - 1).end;
      const bound = readBoundBefore(reading, index, state.floor);
      const start = tokenAt(reading, bound?.first ?? index).start;
      const quantity = quantityOf('number', start, end, token.value, '', [], bound?.bound, token.digits, undefined);
      return { quantities: [quantity], next: chain.next };
    }
    state.nameEnd = tokenAt(reading, chain.next - 1).end;
    return { quantities: NOTHING, next: chain.next };
  }
  const step = readMeasured(state, index);
  if (step === undefined) {
    state.nameEnd = token.end;
    return { quantities: NOTHING, next: index + 1 };
  }
  return step;
}

/** An amount with all that belongs to it, its bound and its range's other end included. */
function readMeasured(state: State, index: number): Step | undefined {
  const { reading } = state;
  const first = readAmount(reading, index);
  if (first === undefined || first.form === 'opaque') return undefined;
  if (isNamePlural(reading, first)) return undefined;
  const inner = boundInside(reading, first);
  const firstUnit = unitAfter(reading, first, inner?.next ?? first.next);
  if (firstUnit === 'name') return undefined;
  const range = inner === undefined || firstUnit === undefined ? readRange(reading, first, firstUnit) : undefined;
  const unit = range?.unit ?? firstUnit;
  const amountsEnd = range?.second ?? first;
  if (unit === undefined || unit.kind === 'count') {
    if (first.written && unit === undefined) return undefined;
    if (isName(reading, first, range ? first.next : (inner?.next ?? first.next), unit !== undefined)) {
      // The range's other end is a name's part as well: "Steps 3–5".
      if (range !== undefined) state.nameEnd = range.second.end;
      return range === undefined ? undefined : { quantities: NOTHING, next: range.second.next };
    }
    if (
      range !== undefined &&
      unit === undefined &&
      isName(reading, { ...range.second, first: first.first }, range.second.next, false)
    ) {
      return { quantities: NOTHING, next: range.second.next };
    }
  }
  const start = startOf(state, first);
  const value = times(valueOf(range?.low ?? first), range?.lowFactor ?? unit?.factor ?? 1);
  if (range !== undefined && range.kind === 'apart') {
    const quantity = finish(state, start, first, unit, value, undefined, first.end, range.resume, inner, false);
    return { quantities: [quantity.quantity], next: range.resume };
  }
  const max = range === undefined ? undefined : times(valueOf(range.second), unit?.factor ?? 1);
  let end = unit?.end ?? amountsEnd.end;
  let next = unit?.next ?? amountsEnd.next;
  let total = value;
  if (unit?.kind === 'duration' && range === undefined) {
    const compound = readCompoundDuration(reading, next, unit.factor);
    if (compound !== undefined) {
      total = times(value + compound.value, 1);
      end = compound.end;
      next = compound.next;
    }
  }
  const done = finish(state, start, first, unit, total, max, end, next, inner, true);
  return { quantities: inheritPer(state, done), next: done.next };
}

interface Done {
  readonly quantity: Quantity;
  readonly next: number;
}

/** Puts the bound before, the bound after and the denominators to what was read. */
function finish(
  state: State,
  start: { index: number; start: number; negative: boolean },
  first: Amount,
  unit: Unit | undefined,
  value: number,
  max: number | undefined,
  end: number,
  next: number,
  inner: BoundAfter | undefined,
  open: boolean,
): Done {
  const { reading } = state;
  const before = readBoundBefore(reading, start.index, state.floor);
  let bound = before?.bound ?? (unit === undefined && inner?.end === undefined ? undefined : inner?.bound);
  const from =
    before === undefined || before.first === start.index ? start.start : tokenAt(reading, before.first).start;
  let kind: QuantityKind = unit?.kind ?? 'number';
  let last = inner?.end !== undefined && unit === undefined ? Math.max(end, inner.end) : end;
  let at = inner?.end !== undefined && unit === undefined ? Math.max(next, inner.next) : next;
  let per = unit?.per ?? [];
  if (open) {
    const signed = readBoundAfter(reading, at);
    if (signed?.end !== undefined) {
      bound ??= signed.bound;
      last = signed.end;
      at = signed.next;
    }
    const pers = readPers(reading, at, kind);
    if (pers !== undefined) {
      per = per.length === 0 ? pers.per : [...per, ...pers.per];
      last = pers.end;
      at = pers.next;
    }
    const after = bound === undefined ? readBoundAfter(reading, at) : undefined;
    if (after !== undefined) {
      bound = after.bound;
      at = after.next;
      if (after.end !== undefined) last = after.end;
    }
  }
  if (RATED.has(kind) && per.some((one) => TIMES.has(one.unit))) kind = 'rate';
  const quantity = quantityOf(
    kind,
    from,
    last,
    start.negative ? -value : value,
    unit?.unit ?? '',
    per,
    bound,
    first.digits,
    max,
  );
  return { quantity, next: at };
}

const RATED: ReadonlySet<QuantityKind> = new Set(['count', 'tokens', 'data-size', 'number']);
const TIMES = new Set(['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']);

function quantityOf(
  kind: QuantityKind,
  start: number,
  end: number,
  value: number,
  unit: string,
  per: readonly Per[],
  bound: Bound | undefined,
  digits: number | undefined,
  max: number | undefined,
): Quantity {
  const quantity: { -readonly [Key in keyof Quantity]: Quantity[Key] } = { kind, start, end, value, unit, per };
  if (max !== undefined) quantity.max = max;
  if (bound !== undefined) quantity.bound = bound;
  if (digits !== undefined) quantity.digits = digits;
  return quantity;
}

/** "$3/$15 per million tokens": the first price has the denominator of the second. */
function inheritPer(state: State, done: Done): readonly Quantity[] {
  const { reading } = state;
  const { quantity } = done;
  if (quantity.kind !== 'money' || quantity.per.length > 0) return [quantity];
  const slash = tokenAt(reading, done.next);
  const sign = tokenAt(reading, done.next + 1);
  if (slash.lower !== '/' || !CURRENCY_SIGNS.has(sign.lower) || sign.gap > 1) return [quantity];
  const second = readAmount(reading, done.next + 1);
  const pers = second && readPers(reading, second.next, 'money');
  return [pers === undefined ? quantity : { ...quantity, per: pers.per }];
}

/** A sign right before the number; a minus counts where nothing stands before it that it could join or subtract. */
function startOf(state: State, amount: Amount): { index: number; start: number; negative: boolean } {
  const { reading } = state;
  const index = amount.first;
  const sign = tokenAt(reading, index - 1);
  const isSign = index > state.floor && (sign.lower === '-' || sign.lower === '+') && tokenAt(reading, index).gap === 0;
  if (!isSign) return { index, start: amount.start, negative: false };
  const before = tokenAt(reading, index - 2);
  const opens = index === 1 || sign.gap > 0 || '([|=<>~'.includes(before.lower || ' ');
  if (!opens || index - 1 < state.floor) return { index, start: amount.start, negative: false };
  return { index: index - 1, start: sign.start, negative: sign.lower === '-' };
}

/** "100+ users", "50-plus users", "3 or more clicks": a bound between the number and its unit. */
function boundInside(reading: Reading, amount: Amount): BoundAfter | undefined {
  const after = readBoundAfter(reading, amount.next);
  if (after === undefined) {
    const plus = tokenAt(reading, amount.next);
    const isPlus = plus.lower === 'plus' && plus.gap === 1 && readNoun(reading, amount.next + 1, false) !== undefined;
    return isPlus ? { bound: 'at-least', next: amount.next + 1, end: undefined } : undefined;
  }
  if (after.end !== undefined) return after;
  const unit = readUnit(reading, after.next, amount);
  return unit === undefined || unit === 'name' ? undefined : after;
}

function unitAfter(reading: Reading, amount: Amount, next: number): Unit | 'name' | undefined {
  if (amount.currency === undefined) return readUnit(reading, next, amount);
  return { kind: 'money', unit: amount.currency, factor: 1, next: amount.next, end: amount.end, per: [] };
}

interface RangeRead {
  /** `apart`: the ends fall ("from 40 to 10 minutes"), so they are two quantities that share the unit. */
  readonly kind: 'range' | 'apart';
  readonly low: Amount;
  readonly lowFactor: number;
  readonly second: Amount;
  readonly unit: Unit | undefined;
  readonly resume: number;
}

/** "200–400 ms", "$5-10", "100 ms to 2 s", "between 5 and 10 users", "two or three seconds". */
function readRange(reading: Reading, first: Amount, firstUnit: Unit | undefined): RangeRead | undefined {
  if (first.form === 'opaque') return undefined;
  const from = firstUnit?.next ?? first.next;
  const link = readLink(reading, from, first);
  if (link === undefined) return undefined;
  const second = readAmount(reading, link.next);
  if (second === undefined || second.form === 'opaque' || isNamePlural(reading, second)) return undefined;
  const secondUnit = unitAfter(reading, second, second.next);
  if (secondUnit === 'name') return undefined;
  let unit = secondUnit;
  if (firstUnit !== undefined) {
    if (firstUnit.kind === 'money' && first.currency !== undefined && second.currency === undefined) {
      // "give $5 to 10 users" is no range; "$5-10 per user" is.
      if (secondUnit !== undefined && (secondUnit.kind !== 'money' || secondUnit.factor !== 1)) return undefined;
      unit = { ...firstUnit, next: secondUnit?.next ?? second.next, end: secondUnit?.end ?? second.end };
    } else if (secondUnit?.kind !== firstUnit.kind || secondUnit.unit !== firstUnit.unit) return undefined;
  } else if (link.word === 'or' && (unit === undefined || second.mantissa > first.mantissa * 3)) return undefined;
  else if (second.currency !== undefined) return undefined;
  // "5-10k" is five to ten thousand, "900–1.2k" is not.
  const shares =
    first.scale === 1 && second.scale > 1 && first.mantissa < second.mantissa && firstUnit?.kind !== 'count';
  const low: Amount = shares ? { ...first, scale: second.scale } : first;
  const lowFactor = firstUnit?.factor ?? unit?.factor ?? 1;
  const rises = valueOf(low) * lowFactor <= valueOf(second) * (unit?.factor ?? 1);
  if (rises) return { kind: 'range', low, lowFactor, second, unit, resume: link.next };
  if (firstUnit !== undefined || unit === undefined) return undefined;
  return { kind: 'apart', low, lowFactor, second, unit, resume: link.next };
}

function readLink(reading: Reading, index: number, first: Amount): { next: number; word: string } | undefined {
  const token = tokenAt(reading, index);
  const after = tokenAt(reading, index + 1);
  switch (token.lower) {
    case '-':
    case '–':
      // "200–400" and "200 – 400"; "5 -10" is a five and a minus ten.
      if (token.gap === after.gap && token.gap < 2) return { next: index + 1, word: '-' };
      if (token.lower === '-' && token.gap === 0 && after.lower === 'to' && tokenAt(reading, index + 2).lower === '-') {
        return { next: index + 3, word: 'to' };
      }
      return undefined;
    case '—':
      return token.gap === 0 && after.gap === 0 ? { next: index + 1, word: '-' } : undefined;
    case 'to':
      return joins(reading, index) ? { next: index + 1, word: 'to' } : undefined;
    case 'or':
      return joins(reading, index) ? { next: index + 1, word: 'or' } : undefined;
    case 'and':
      return first.first > 0 && isAt(reading, first.first - 1, 'between')
        ? { next: index + 1, word: 'and' }
        : undefined;
    default:
      return undefined;
  }
}

/** "30 s" after "2 min": smaller and smaller units, at most three. */
function readCompoundDuration(
  reading: Reading,
  first: number,
  factor: number,
): { value: number; next: number; end: number } | undefined {
  let found: { value: number; next: number; end: number } | undefined;
  let smallest = factor;
  for (let parts = 0; parts < 3; parts += 1) {
    const from = found?.next ?? first;
    const index = isAt(reading, from, 'and') ? from + 1 : from;
    const token = tokenAt(reading, index);
    if (token.type !== 'number' || token.gap > 1) break;
    const amount = readAmount(reading, index);
    const unit = amount && readUnit(reading, amount.next, amount);
    // "1h30": minutes go without saying.
    if (amount && unit === undefined && isMinutes(token, smallest)) {
      return { value: (found?.value ?? 0) + times(valueOf(amount), 60), next: amount.next, end: token.end };
    }
    if (!amount || unit === undefined || unit === 'name' || unit.kind !== 'duration' || unit.factor >= smallest) break;
    // "200 ms 5 us" has no such form: only what fits into the unit before is a part of it.
    if (valueOf(amount) * unit.factor >= smallest) break;
    found = { value: (found?.value ?? 0) + times(valueOf(amount), unit.factor), next: unit.next, end: unit.end };
    smallest = unit.factor;
  }
  return found;
}

/** Whether a number of two digits right behind hours is their minutes. */
function isMinutes({ gap, start, end, value }: ReturnType<typeof tokenAt>, factor: number): boolean {
  return factor === 3600 && gap === 0 && end - start === 2 && value < 60;
}

/** Quantities that start with a word which is no number: "half a second", "sub-second", "twice a week", "a hundred users". */
function readIdiom(state: State, index: number): Step | undefined {
  const { reading } = state;
  const token = tokenAt(reading, index);
  const { lower } = token;
  const fold = FOLDS.get(lower);
  if (fold !== undefined) return idiom(state, index, index + 1, 'multiplier', fold, 'x', []);
  if (lower === 'sub' || lower === 'subsecond') return readSub(state, index);
  if (lower === 'half') return readHalf(state, index, index);
  if (lower === 'twice' || lower === 'once' || lower === 'thrice') {
    const value = lower === 'once' ? 1 : lower === 'twice' ? 2 : 3;
    const pers = readPers(reading, index + 1, 'count');
    if (pers !== undefined && TIMES.has(pers.per[0]?.unit ?? ''))
      return idiom(state, index, pers.next, 'rate', value, 'time', pers.per);
    const after = tokenAt(reading, index + 1).lower;
    return lower !== 'once' && (after === 'as' || after === 'the')
      ? idiom(state, index, index + 1, 'multiplier', value, 'x', [])
      : undefined;
  }
  const after = tokenAt(reading, index + 1);
  if (after.gap === 0 || after.gap === 3) return undefined;
  if (after.lower === 'half') return readHalf(state, index, index + 1);
  if (SCALES.has(after.lower)) return readMeasured(state, index);
  if (after.lower === 'couple') return readCouple(state, index);
  return readOneUnit(state, index);
}

/** "within a second", "under a cent": one of a unit, where it is bounded; "a second" alone is mostly an ordinal number. */
function readOneUnit(state: State, index: number): Step | undefined {
  const { reading } = state;
  const token = tokenAt(reading, index + 1);
  const unit = UNITS.get(token.lower);
  if (unit === undefined || unit.only !== undefined || token.lower.length < 3) return undefined;
  if (unit.kind !== 'duration' && !(unit.kind === 'money' && unit.factor < 1)) return undefined;
  const bound = readBoundBefore(reading, index, state.floor);
  if (bound === undefined) return undefined;
  if (token.lower === 'second') {
    const after = tokenAt(reading, index + 2);
    if (after.type === 'word' && !AFTER_SECOND.has(after.lower)) return undefined;
  }
  const pers = readPers(reading, index + 2, unit.kind);
  return idiom(state, index, pers?.next ?? index + 2, unit.kind, unit.factor, unit.unit, pers?.per ?? []);
}

/** "half a second", "a half hour", "half-second", "half a cent", "half a million users". */
function readHalf(state: State, first: number, half: number): Step | undefined {
  const { reading } = state;
  const after = tokenAt(reading, half + 1);
  const joined = after.lower === '-' && after.gap === 0;
  const article = after.lower === 'a' || after.lower === 'an';
  const index = joined || article ? half + 2 : half + 1;
  const token = tokenAt(reading, index);
  if (token.type !== 'word' || token.gap === 3 || (joined ? token.gap !== 0 : token.gap === 0)) return undefined;
  const unit = UNITS.get(token.lower);
  if (unit !== undefined && unit.only === undefined && (unit.kind === 'duration' || unit.kind === 'money')) {
    const pers = readPers(reading, index + 1, unit.kind);
    return idiom(state, first, pers?.next ?? index + 1, unit.kind, times(0.5, unit.factor), unit.unit, pers?.per ?? []);
  }
  const scale = SCALES.get(token.lower);
  if (scale === undefined || !article) return undefined;
  const noun = readNoun(reading, index + 1, false);
  if (noun === undefined) return undefined;
  const pers = readPers(reading, noun.next, 'count');
  return idiom(state, first, pers?.next ?? noun.next, 'count', scale / 2, noun.unit, pers?.per ?? []);
}

/** "a couple of seconds": about two. */
function readCouple(state: State, index: number): Step | undefined {
  const { reading } = state;
  const at = isAt(reading, index + 2, 'of') ? index + 3 : index + 2;
  const token = tokenAt(reading, at);
  const unit = UNITS.get(token.lower);
  if (unit === undefined || unit.only !== undefined || unit.kind !== 'duration' || !joins(reading, at))
    return undefined;
  return idiom(state, index, at + 1, 'duration', 2 * unit.factor, 's', [], 'about');
}

/** "sub-second", "subsecond", "sub-200 ms", "sub-cent". */
function readSub(state: State, index: number): Step | undefined {
  const { reading } = state;
  const token = tokenAt(reading, index);
  if (token.lower === 'subsecond') return idiom(state, index, index + 1, 'duration', 1, 's', [], 'at-most');
  const hyphen = tokenAt(reading, index + 1).lower === '-' && tokenAt(reading, index + 1).gap === 0;
  const at = hyphen ? index + 2 : index + 1;
  const after = tokenAt(reading, at);
  if (hyphen ? after.gap !== 0 : after.gap !== 1) return undefined;
  const unit = after.type === 'word' ? UNITS.get(after.lower) : undefined;
  if (unit !== undefined && unit.only === undefined && (unit.kind === 'duration' || unit.kind === 'money')) {
    return idiom(state, index, at + 1, unit.kind, unit.factor, unit.unit, [], 'at-most');
  }
  if (after.type !== 'number' && !CURRENCY_SIGNS.has(after.lower)) return undefined;
  // The number is read by itself; its range then takes the word in, since "sub-200" is written as one.
  const step = readMeasured({ ...state, floor: at }, at);
  const [quantity] = step?.quantities ?? [];
  if (step === undefined || quantity === undefined) return undefined;
  return { quantities: [{ ...quantity, start: token.start, bound: 'at-most' }], next: step.next };
}

function idiom(
  state: State,
  index: number,
  next: number,
  kind: QuantityKind,
  value: number,
  unit: string,
  per: readonly Per[],
  fixed?: Bound,
): Step {
  const { reading } = state;
  const before = readBoundBefore(reading, index, state.floor);
  const start = tokenAt(reading, before?.first ?? index).start;
  const end = tokenAt(reading, next - 1).end;
  const rated = RATED.has(kind) && per.some((one) => TIMES.has(one.unit)) ? 'rate' : kind;
  const after = before === undefined && fixed === undefined ? readBoundAfter(reading, next) : undefined;
  const bound = before?.bound ?? fixed ?? after?.bound;
  return { quantities: [quantityOf(rated, start, end, value, unit, per, bound, undefined, undefined)], next };
}
