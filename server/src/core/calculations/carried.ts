import { isSameList } from '../answer/blockGroups.js';
import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { isOneValue, writtenNumber } from './figures.js';
import {
  hasDecimalComma,
  readMarks,
  restOfClause,
  saidIn,
  sentenceStart,
  spoken,
  wordsIn,
  type CalculationWords,
} from './gaps.js';
import { goesOn } from './formulas.js';
import { judge } from './judge.js';
import { isSoMany } from './otherFigures.js';
import { isPeriod, secondsOf } from './periods.js';
import { chainOf, FIRST, INVERSE, operandAt, QUOTIENT, statedCalculation } from './stated.js';

/**
 * Finds results that a sentence or a line draws from the figure right before it and one that was told earlier: "So a ticket costs 4 cents. We close 9,000 a week, so that
 * is $3,600 a week", "- 1 billion pages a month", "- 100 KB a page", "- → 10 TB a month". Nothing links the earlier figure but its unit, so that only what the units
 * leave no choice about is read, and only a zero too many or too few is doubted, where no other figures give the result. `known` are the places of results
 * that were read already, `right` the calculations that were found.
 */
export function findCarried(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  right: readonly Calculation[],
  words: CalculationWords,
): Calculation[] {
  const explained = new Set(
    right.flatMap(({ verdict, operands }) => (verdict === 'holds' ? operands.map(({ start }) => start) : [])),
  );
  const found: Calculation[] = [];
  blocks.forEach((read, index) => {
    const { block, quantities } = read;
    if (block.kind === 'row' || quantities.length === 0) return;
    let before: readonly Placed[] | undefined;
    quantities.forEach((result, at) => {
      if (!mayBeResult(result)) return;
      before ??= figuresAbove(blocks, index);
      // It takes two figures, or one for another time.
      if (before.length + at < (result.kind === 'rate' ? 1 : 2) || !leadsOn(read, at, words)) return;
      const total = operandAt(read, result);
      if (known.has(total.start)) return;
      const own = quantities.slice(Math.max(0, at - MOST_FIGURES), at).map((quantity) => ({ read, quantity }));
      const figures = [...before, ...own].slice(-MOST_FIGURES);
      const carried = carriedTo(figures, read, index, at, total, explained, words);
      if (carried !== undefined) found.push(carried);
    });
  });
  return found;
}

/** A figure with the block that holds it. */
interface Placed {
  readonly read: ReadBlock;
  readonly quantity: Quantity;
}

/** So many figures before a result may go into it. */
const MOST_FIGURES = 6;
/** How far the words go that lead on to a result, in characters. */
const CLOSE = 60;
const MOST_WORDS = 4;
/** So many figures behind a result are looked at. */
const MOST_BEHIND = 4;
/** By so many zeros a result is off. */
const ZEROS = [10, 0.1, 100, 0.01, 1000, 0.001];

function mayBeResult(result: Quantity): boolean {
  const { kind, per, value } = result;
  if (!isOneValue(result) || value <= 0) return false;
  if (kind === 'number') return per.length > 0;
  return (
    kind !== 'percentage' && kind !== 'multiplier' && !per.some(({ unit, amount }) => isPeriod(unit) && amount !== 1)
  );
}

/** Whether the words before a figure say that it follows from those before it. */
function leadsOn({ block, text, quantities }: ReadBlock, at: number, words: CalculationWords): boolean {
  const { start } = quantities[at]!;
  const from = quantities[at - 1]?.end ?? 0;
  if (start - from > CLOSE) return false;
  // "At a million a day?": what is answered.
  const between = text.slice(from, start);
  if (between.includes('?') && /^[^.;!?]*\?\s+(?:\p{Lu}\p{L}+:\s*)?$/u.test(between)) return true;
  // The first figure of a line needs a sign; that of a paragraph is drawn from nothing.
  if (at === 0 && block.kind !== 'item' && block.kind !== 'fence') return false;
  let said = 0;
  let plain = 0;
  let breaks = 0;
  for (const mark of readMarks(text, from, start, words)) {
    const word = text.slice(mark.start, mark.end).toLowerCase();
    if (mark.kind === 'said' || mark.kind === '→' || mark.kind === '=' || mark.kind === '≈') said += 1;
    else if (mark.kind === 'word') plain += words.outcomes.has(word) || words.conclusions.has(word) ? 0 : 1;
    else if (mark.kind === 'break' && /^[.;]$/.test(word)) breaks += 1;
    else if (mark.kind !== 'comma' && mark.kind !== 'line') return false;
    // What is said before a sentence ends is not said of what follows, and the next one may have a subject of its own.
    if (mark.kind === 'break') said = plain = 0;
  }
  return said > 0 && plain <= (breaks > 0 ? 0 : MOST_WORDS) && breaks < 2;
}

/** The figures of the lines above a line of a list or a fence. */
function figuresAbove(blocks: readonly ReadBlock[], index: number): Placed[] {
  const found: Placed[] = [];
  const { block } = blocks[index]!;
  for (let at = index - 1; at >= 0 && found.length < MOST_FIGURES; at -= 1) {
    const read = blocks[at]!;
    if (!isSameList(read.block, block)) break;
    found.unshift(...read.quantities.map((quantity) => ({ read, quantity })));
  }
  return found;
}

/** What a result is made of. */
interface Reading {
  readonly formula: Formula;
  readonly operands: readonly Operand[];
  readonly first: number;
}

function carriedTo(
  figures: readonly Placed[],
  read: ReadBlock,
  index: number,
  at: number,
  total: Operand,
  explained: ReadonlySet<number>,
  words: CalculationWords,
): Calculation | undefined {
  const last = figures.length - 1;
  if (last < 0) return undefined;
  const result = counted(total, figures[last]!.quantity);
  const readings = readingsOf(figures, total, words);
  if (readings.length === 0) return undefined;
  let slip: { reading: Reading; computed: number } | undefined;
  for (const reading of readings) {
    const judgment = judge(reading.formula, reading.operands, result, total.text);
    if (judgment.verdict === 'holds') return undefined;
    const isOff = ZEROS.some(
      (zeros) =>
        judge(reading.formula, reading.operands, { ...result, value: result.value / zeros }, total.text).verdict ===
        'holds',
    );
    // Of two readings, the nearer figures are meant.
    if (isOff) slip ??= { reading, computed: judgment.computed };
  }
  if (slip === undefined) return undefined;
  const { reading, computed } = slip;
  const ratio = result.value / computed;
  const behind = read.quantities.slice(at + 1, at + 1 + MOST_BEHIND);
  const used = new Set(reading.operands.map(({ quantity }) => quantity));
  // "$0.50 per 1K pages; 300 pages by hand cost $150": another price.
  if (reading.operands.some(({ quantity: { per } }) => per.some(({ amount }) => amount > 1))) return undefined;
  const others = [...figures.map(({ quantity }) => quantity), ...behind].filter((one) => !used.has(one));
  if (others.some((one) => isSoMany(one, ratio) || isSoMany(one, 1 / ratio))) return undefined;
  if (isOfMore(read, result.end, words)) return undefined;
  if (holdsMore(figures, reading, read, total, explained)) return undefined;
  if (comesOfAny(figures, result) || isAside(figures.slice(reading.first), read, at, words)) return undefined;
  return statedCalculation(
    { form: 'told', block: index, formula: reading.formula, operands: reading.operands, result: total },
    { computed, verdict: 'unclear', isRounding: false, slip: 'magnitude' },
  );
}

/** The products and quotients of the figure right before a result and an earlier one that come to its unit; or what it is itself in another unit of time. */
function readingsOf(figures: readonly Placed[], total: Operand, words: CalculationWords): Reading[] {
  const at = figures.length - 1;
  const right = figures[at]!;
  if (!isSpan(right.quantity) || hasComma(right)) return [];
  const result = counted(total, right.quantity);
  const own = unitsOf(result, words);
  const behind = unitsOf(right.quantity, words);
  if (own === undefined || behind === undefined) return [];
  const readings: Reading[] = [];
  const second = operandAt(right.read, right.quantity);
  if (isSameThing(right.quantity, result) && isFixed([right.quantity], result))
    readings.push({ formula: FIRST, operands: [second], first: at });
  for (let first = at - 1; first >= 0; first -= 1) {
    const left = figures[first]!;
    if (!isSpan(left.quantity) || hasComma(left)) continue;
    const units = unitsOf(left.quantity, words);
    if (units === undefined || !isFixed([left.quantity, right.quantity], result)) continue;
    const operands = [operandAt(left.read, left.quantity), second];
    const add = (formula: Formula) => readings.push({ formula, operands, first });
    if (comesTo(units, behind, 1, own) || isScaled(left.quantity, right.quantity, result)) add(chainOf('×', 2));
    else if (isCapacity(left, right.quantity, result))
      add(left.quantity.value > right.quantity.value ? QUOTIENT : INVERSE);
    else if (comesTo(units, behind, -1, own)) add(QUOTIENT);
    else if (comesTo(behind, units, -1, own)) add(INVERSE);
  }
  return readings;
}

/** "$8 per thousand" is read as one of tokens; behind "1,800 images an hour" it is one of images. */
function counted({ quantity, text }: Operand, { unit }: Quantity): Quantity {
  const isUnsaid = ({ unit: of, amount }: Quantity['per'][number]) => of === 'token' && amount > 1 && !TOKEN.test(text);
  if (unit === '' || !quantity.per.some(isUnsaid)) return quantity;
  return { ...quantity, per: quantity.per.map((one) => (isUnsaid(one) ? { ...one, unit } : one)) };
}

const TOKEN = /tok|\dM\b|\/\s?[MK]/i;

/** A figure; "over 30 days" are no more than thirty. */
function isSpan(quantity: Quantity): boolean {
  const { kind, bound, max } = quantity;
  return isOneValue(quantity) || (kind === 'duration' && bound === 'at-least' && max === undefined);
}

function hasComma({ read, quantity }: Placed): boolean {
  return hasDecimalComma(read.text, quantity.start, quantity.end);
}

/** A volume for a day and the same for a second. */
function isSameThing(left: Quantity, right: Quantity): boolean {
  const [one, ...more] = left.per;
  const [other, ...others] = right.per;
  return (
    one !== undefined &&
    other !== undefined &&
    more.length + others.length === 0 &&
    left.kind === 'rate' &&
    right.kind === 'rate' &&
    isPeriod(one.unit) &&
    isPeriod(other.unit) &&
    one.unit !== other.unit &&
    (left.unit === right.unit || right.unit === '')
  );
}

/** Whether times convert in one way only: months and weeks stand on both sides, or the result names no period. */
function isFixed(parts: readonly Quantity[], result: Quantity): boolean {
  const long = (quantities: readonly Quantity[]) =>
    quantities.flatMap(({ per }) =>
      per.map(({ unit }) => unit).filter((unit) => isPeriod(unit) && (secondsOf(unit) ?? Infinity) > DAY),
    );
  const own = long([result]);
  return own.join() === long(parts).join() || (own.length === 0 && !result.per.some(({ unit }) => isPeriod(unit)));
}

/** "A reviewer gets through 180 cases. With 1,800 cases a day, we need 10 reviewers": so many of those who have so many. */
function isCapacity({ read: { text }, quantity: left }: Placed, right: Quantity, result: Quantity): boolean {
  const isCount = ({ kind, unit }: Quantity) => (kind === 'count' || kind === 'rate') && unit !== '';
  return (
    isCount(left) &&
    isCount(right) &&
    left.unit === right.unit &&
    result.kind === 'count' &&
    result.unit !== left.unit &&
    result.per.length === 0 &&
    wordsIn(text.slice(sentenceStart(text, left.start, 2 * CLOSE), left.start)).includes(result.unit)
  );
}

const DAY = 86_400;

/** "4 cents" and "9,000 a week" make "$3,600 a week": so much for each of whatever is counted. */
function isScaled(left: Quantity, right: Quantity, result: Quantity): boolean {
  const isSize =
    left.kind === 'money' || left.kind === 'data-size' || left.kind === 'tokens' || left.kind === 'duration';
  if (!isSize || left.per.some(({ unit, amount }) => amount !== 1 || isPeriod(unit))) return false;
  if (right.kind !== 'count' && right.kind !== 'rate') return false;
  const periods = ({ per }: Quantity) => per.filter(({ unit }) => isPeriod(unit)).map(({ unit }) => unit);
  const owners = right.per.filter(({ unit }) => !isPeriod(unit));
  if (owners.length > 0 || right.unit === left.unit || left.unit !== result.unit) return false;
  if (left.per.length > 0 && left.per[0]!.unit !== right.unit && left.per[0]!.unit !== 'item') return false;
  if (result.per.some(({ unit }) => !isPeriod(unit))) return false;
  const [of, to] = [periods(right), periods(result)];
  return to.length === 0 || of.join() === to.join();
}

/** Stands for whatever is counted: "40 a minute", "$8 per thousand". */
const ANYTHING = '';
const COUNTED: ReadonlySet<Quantity['kind']> = new Set(['count', 'tokens', 'data-size', 'rate']);

type Units = ReadonlyMap<string, number>;

/** Nouns, `$` and `t` for time, with how often each is a factor; undefined where a unit is not understood. */
function unitsOf({ kind, unit, per }: Quantity, words: CalculationWords): Units | undefined {
  const units = new Map<string, number>();
  const add = (noun: string, power: number) => {
    const name = words.requests.has(noun) ? 'request' : noun;
    units.set(name, (units.get(name) ?? 0) + power);
  };
  if (kind === 'money') add('$', 1);
  else if (kind === 'duration') add('t', 1);
  else if (COUNTED.has(kind)) add(unit === '' ? ANYTHING : unit, 1);
  else return undefined;
  for (const one of per) {
    if (isPeriod(one.unit)) add('t', -1);
    else if (one.unit === 'item' || /-/.test(one.unit)) return undefined;
    else add(/^[kmgtp]i?b$/.test(one.unit) ? 'byte' : one.unit, -1);
  }
  return units;
}

/** Whether the units of a product, or of a quotient, are those of its result, and some cancel. */
function comesTo(left: Units, right: Units, power: 1 | -1, total: Units): boolean {
  const over = new Map(left);
  for (const [unit, one] of right) over.set(unit, (over.get(unit) ?? 0) + power * one);
  const shared = [...left.keys()].some((unit) => right.has(unit));
  for (const [unit, one] of total) over.set(unit, (over.get(unit) ?? 0) - one);
  const any = over.get(ANYTHING) ?? 0;
  over.delete(ANYTHING);
  const rest = [...over.values()].filter((one) => one !== 0);
  return (shared || power < 0) && (any === 0 ? rest.length === 0 : rest.length === 1 && rest[0] === -any);
}

/** Whether words behind a result say whose it is, or what goes into it: "cost $200 with the large model"; not "14 a second on average". */
function isOfMore({ text }: ReadBlock, end: number, words: CalculationWords): boolean {
  const behind = restOfClause(text, end, CLOSE);
  if (words.totals.has(spoken(behind))) return false;
  if (goesOn(readMarks(text, end, end + behind.length, words))) return true;
  const said = saidIn(behind);
  const isEmpty = (word: string) => words.averages.has(word) || words.onAverage.has(word) || words.periods.has(word);
  return said.length > 1 && !said.every(isEmpty);
}

/**
 * Whether a sentence holds more than what is multiplied: a count that no sum explains ("with 8 reviewers, at 3¢ per answer and 50,000 answers a day"), or a name that
 * a figure may belong to.
 */
function holdsMore(
  figures: readonly Placed[],
  { first, operands }: Reading,
  read: ReadBlock,
  total: Operand,
  explained: ReadonlySet<number>,
): boolean {
  const left = figures[first]!;
  const from = sentenceStart(left.read.text, left.quantity.start, 2 * CLOSE);
  const others = figures.slice(0, -1).filter(({ read: line, quantity }, at) => {
    if (at === first || line !== left.read || quantity.start < from || !MORE.has(quantity.kind)) return false;
    const { start } = operandAt(line, quantity);
    return (
      !explained.has(start) && !operands.some((one) => one.quantity.unit === quantity.unit && quantity.unit !== '')
    );
  });
  const own = writtenNumber(left.read.text.slice(left.quantity.start, left.quantity.end));
  const product = figures
    .slice(0, first)
    .filter(({ read: line, quantity }) => line === left.read && quantity.start >= from)
    .reduce((all, { read: line, quantity }) => all * writtenNumber(line.text.slice(quantity.start, quantity.end)), 1);
  if (others.length > 0 && Math.abs(product / own - 1) > CLOSELY) return true;
  if (left.read !== read) return false;
  const between = read.text.slice(left.quantity.end, total.quantity.start);
  // "10,000 queries cost $200 on Large".
  if (/\p{Lu}/u.test(restOfClause(read.text, total.quantity.end, CLOSE))) return true;
  return !/[.;!?\n]\s/.test(between) && /\p{Lu}/u.test(between.replace(/\d\S*/g, ''));
}

/** Figures by which something may be multiplied. */
const MORE: ReadonlySet<Quantity['kind']> = new Set(['count', 'number', 'multiplier', 'percentage', 'rate']);

/** Whether any two or three of the figures before a result give it as they are. */
function comesOfAny(figures: readonly Placed[], { value }: Quantity): boolean {
  const all = figures.map(({ read, quantity }) => {
    const { kind, per, start, end } = quantity;
    const own =
      kind === 'duration'
        ? writtenNumber(read.text.slice(start, end))
        : quantity.value / (kind === 'percentage' ? 100 : 1);
    return { ...quantity, value: per.reduce((left, { amount }) => left / amount, own) };
  });
  const isIt = (one: number) => Math.abs(one / value - 1) < CLOSELY;
  return all.some((first) =>
    all.some((second) => {
      if (first === second) return false;
      const isSame = first.kind === second.kind && first.unit === second.unit;
      const pairs = [first.value * second.value, first.value / second.value];
      if (isSame) pairs.push(first.value + second.value, first.value - second.value);
      return (
        pairs.some(isIt) ||
        all.some(
          (third) =>
            third !== first &&
            third !== second &&
            pairs.some((one) => isIt(one * third.value) || isIt(one / third.value)),
        )
      );
    }),
  );
}

const CLOSELY = 0.011;

/** Whether words behind the first operand, around the second or around the result say that not all of it counts, or more: shares, savings, peaks. */
function isAside(figures: readonly Placed[], read: ReadBlock, at: number, words: CalculationWords): boolean {
  const result = read.quantities[at]!;
  const isOther = (word: string) =>
    words.shares.has(word) || words.reductions.has(word) || words.peaks.has(word) || words.rejections.has(word);
  const [first, last] = [figures[0]!, figures.at(-1)!];
  const { start, end } = last.quantity;
  const from = last.read.text.slice(sentenceStart(last.read.text, start, CLOSE), start);
  const said = [
    restOfClause(first.read.text, first.quantity.end, CLOSE),
    from.slice(from.search(/[^\d]*$/)),
    last.read === read ? read.text.slice(end, result.start) : last.read.text.slice(end, end + CLOSE),
    last.read === read ? '' : read.text.slice(0, result.start),
    restOfClause(read.text, result.end, CLOSE),
  ];
  return said.some((part) => part.includes('%') || saidIn(part).some(isOther));
}
