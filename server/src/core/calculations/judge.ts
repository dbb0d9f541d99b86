import type { Quantity } from '../evidence/quantities.js';
import type { Formula, Operand, Slip } from './calculation.js';
import { isPeriod, PERIODS, periodFactors, secondsOf } from './periods.js';

/** What a formula comes to, and how a stated result stands to it. */
export interface Judgment {
  /** In the result's base unit; of the reading that is most likely. */
  readonly computed: number;
  readonly verdict: 'holds' | 'fails' | 'unclear';
  readonly slip?: Slip;
  readonly isRounding: boolean;
}

/**
 * Holds a stated result against its formula. Every sensible reading of the units is tried: a month of 30 days or of the days that people work,
 * a denominator that applies or was left out, a result rounded to its last digit that is no zero. Only where none fits does the result fail.
 */
export function judge(formula: Formula, operands: readonly Operand[], result: Quantity, resultText: string): Judgment {
  const value = evaluate(formula, operands);
  const readings = readingsOf(value, result, resultText);
  const usual = usualReading(value, readings, result);
  const computed = value.exact * usual;
  const isLoose = value.isLoose || result.bound === 'about';
  let best: Fit = 'off';
  for (const [index, factor] of readings.usual.entries()) {
    const found = fit(value, factor, result, resultText, isLoose, index > 0);
    if (found === 'fits') return { computed: value.exact * factor, verdict: 'holds', isRounding: false };
    if (found === 'rounding') best = 'rounding';
  }
  if (isRoundedUp(formula, value, readings.usual, result, resultText))
    return { computed, verdict: 'holds', isRounding: false };
  if (isOtherCalendar(formula, value, result, computed)) return { computed, verdict: 'unclear', isRounding: false };
  if (best === 'rounding') return { computed, verdict: 'unclear', isRounding: !value.isUnclear };
  const cannotTell =
    value.isUnclear ||
    !Number.isFinite(computed) ||
    value.isRange ||
    result.max !== undefined ||
    value.isBounded ||
    result.bound === 'at-most' ||
    result.bound === 'at-least' ||
    !sameCurrency(value, result) ||
    value.money > 1 ||
    readings.isUnclear ||
    isPriceOfOther(value) ||
    isAmbiguous(resultText) ||
    (hasDottedThousands(operands, resultText) && isThousands(result.value / computed)) ||
    countsInScaleOf(resultText, result.value / computed, operands) ||
    swallowsDivision(result, resultText) ||
    computed === 0 ||
    isFarther(result.value / computed, NO_ONES) ||
    isPower(formula, operands, result) ||
    // "3 × 99.9% = 99.7%": of three in a row.
    (result.kind === 'percentage' && value.hasPercent && computed > WHOLE && result.value <= WHOLE);
  if (cannotTell) return { computed, verdict: 'unclear', isRounding: false };
  const slip = slipOf(result.value / computed, value, result, operands);
  // "5% × $100 + 3% × $200 = $289": what is left of them.
  const isPart = formula.operator === '+' && value.hasPercent && Math.abs(weightOf(formula, operands) - 1) > WHOLLY;
  if (isPart && slip !== 'magnitude' && slip !== 'percent') return { computed, verdict: 'unclear', isRounding: false };
  // "200M subscribers × 10% = $360M": a price that goes without saying.
  if (result.kind === 'money' && value.moneyOperands === 0 && operands.some(isNamed))
    return { computed, verdict: 'unclear', isRounding: false, ...(slip === 'magnitude' ? { slip } : {}) };
  // "= ~$20,000 a day" for $2,000: by a zero, and by no eight hours that go without saying.
  const isZeroOff = slip === 'magnitude' && isPowerOfTen(result.value / computed);
  for (const factor of readings.possible) {
    if (fit(value, factor, result, resultText, isZeroOff ? value.isLoose : isLoose, true) === 'off') continue;
    // Of what may be meant so, only what is mostly a mistake is worth a word.
    const isLikely =
      (slip === 'period' && !isYearOfMonths(value, result, result.value / computed)) ||
      (slip === 'denominator' && (value.factors > 1 || value.priced.some((noun) => value.counted.includes(noun))));
    return { computed, verdict: 'unclear', isRounding: false, ...(isLikely ? { slip } : {}) };
  }
  // "1M emails × $0.10 = $100": a price for a thousand that does not say so.
  if (
    mayBeBulkPrice(value, operands) &&
    BULK_PRICES.some((factor) => fit(value, factor, result, resultText, isLoose, true) !== 'off')
  )
    return { computed, verdict: 'unclear', isRounding: false, slip: 'bulk-price' };
  // So far off, it is more likely that a unit was not understood.
  const verdict = isFarther(result.value / computed, FARTHEST_OFF) ? 'unclear' : 'fails';
  return { computed, verdict, isRounding: false, ...(slip === undefined ? {} : { slip }) };
}

const WHOLE = 100;

/** The shares by which the terms of a sum are weighted, added up. */
function weightOf(formula: Formula, operands: readonly Operand[]): number {
  if (formula.operator === 'operand') {
    const quantity = operands[formula.operand]?.quantity;
    return quantity?.kind === 'percentage' ? quantity.value / 100 : 1;
  }
  const [left, right] = [weightOf(formula.left, operands), weightOf(formula.right, operands)];
  return formula.operator === '+' ? left + right : left * right;
}

/** How far shares that make a whole are from one, where they are rounded. */
const WHOLLY = 0.011;

/** "$3,000/month = $36,500/year": a figure said once more for a year of days, or of months of four weeks. */
function isOtherCalendar(
  { operator }: Formula,
  { periods }: Value,
  { value, per }: Quantity,
  computed: number,
): boolean {
  if (operator !== 'operand' || periods.length !== 1) return false;
  if (!per.some(({ unit }) => isPeriod(unit) && unit !== periods[0])) return false;
  return [1, 13 / 12].some((years) => Math.abs(value / computed / years - 1) < CALENDAR_ROUGH);
}

const CALENDAR_ROUGH = 0.02;

/** "3 layers × 3 attempts each = 27 calls": each of which is tried again by each. */
function isPower({ operator }: Formula, operands: readonly Operand[], { kind, value }: Quantity): boolean {
  const [first, second] = operands.map(({ quantity }) => quantity);
  if (operator !== '×' || operands.length !== 2 || first === undefined || second === undefined || kind === 'money')
    return false;
  return [first.value ** second.value, second.value ** first.value].includes(value);
}

/** "$10/seat × 12 seats = $1,440 a year": a price is one by the month where it does not say so. */
function isYearOfMonths({ periods, moneyOperands }: Value, { per }: Quantity, ratio: number): boolean {
  return (
    periods.length === 0 &&
    moneyOperands === 1 &&
    per.some(({ unit }) => unit === 'year') &&
    Math.abs(ratio / 12 - 1) < 0.02
  );
}

/** Whether a figure is one of things that have a name. */
function isNamed({ quantity: { kind, unit } }: Operand): boolean {
  return unit !== '' && kind !== 'percentage' && kind !== 'multiplier';
}

/** A price for a thousand, or a million, that does not say so. */
const BULK_PRICES = [1e-3, 1e-6];

/** Whether a product has a price for nothing that is named, and many things. */
function mayBeBulkPrice(value: Value, operands: readonly Operand[]): boolean {
  return (
    value.moneyOperands === 1 &&
    value.money === 1 &&
    !value.isSum &&
    operands.every(({ quantity: { kind, per } }) => kind !== 'money' || per.length === 0) &&
    operands.some(({ quantity: { kind, value: count } }) => kind !== 'money' && count >= 1000)
  );
}

/** By how much a wrong result is off at most, and from where on a word about it would be one about what was not understood. */
const FARTHEST_OFF = 1e4;
const NO_ONES = 1e6;

function isFarther(ratio: number, most: number): boolean {
  const size = Math.abs(ratio);
  return !(size <= most * 1.02 && size >= 1 / (most * 1.02));
}

/** The factor that a reader would take: the first, or where a bare price may be for any number of units the one nearest to what is stated. */
function usualReading(value: Value, readings: Readings, result: Quantity): number {
  const first = readings.usual[0] ?? 1;
  if (!isBarePrice(value) || value.exact === 0 || result.value === 0) return first;
  const distance = (factor: number) => Math.abs(Math.log10(Math.abs((value.exact * factor) / result.value)));
  return [1, ...BULKS]
    .map((bulk) => first / bulk)
    .reduce((best, one) => (distance(one) < distance(best) - 1e-9 ? one : best));
}

/** Thousands to trillions, of which a bare price may be for one. */
const BULKS = [1e3, 1e6, 1e9, 1e12];

/** "3,000 GB × $0.023": a price that does not say for how much. */
function isBarePrice({ hasSize, hasBulkPrice, moneyOperands }: Value): boolean {
  return hasSize && moneyOperands > 0 && !hasBulkPrice;
}

/**
 * Whether a result is what its formula comes to, rounded up to whole things: "116 / 50 = 3 GPUs", or one more to spare. Nobody buys a part of a server,
 * and nobody starts a part of a working day.
 */
function isRoundedUp(
  formula: Formula,
  value: Value,
  factors: readonly number[],
  result: Quantity,
  resultText: string,
): boolean {
  const isThings = result.kind === 'count' || (result.kind === 'number' && result.unit === '');
  if ((!isThings && result.kind !== 'duration') || result.max !== undefined) return false;
  // "7 documents a minute × 45 s = 6 workers" divides as well.
  if (!divides(formula) && !(result.kind === 'count' && HANDS.test(resultText))) return false;
  const unit = result.kind === 'duration' ? unitOf(result, resultText) : 1;
  const stated = result.value / unit;
  if (Math.abs(stated - Math.round(stated)) > 1e-9) return false;
  return factors.some((factor) => {
    const up = Math.ceil((value.exact * factor) / unit - 1e-9);
    return up === Math.round(stated) || (result.kind === 'count' && up + 1 === Math.round(stated));
  });
}

/** What work is shared out to. */
const HANDS =
  /\b(?:worker|server|gpu|node|pod|instance|machine|replica|shard|thread|process|box|agent|annotator|reviewer|engineer|clerk|cpu|core|container|vm)(?:e?s)?\b/i;

function divides(formula: Formula): boolean {
  return (
    formula.operator !== 'operand' && (formula.operator === '÷' || divides(formula.left) || divides(formula.right))
  );
}

/** "20.000 photos × 60 ms": in half of the world a point parts the thousands, and nobody writes three decimals that end in a zero. */
function hasDottedThousands(operands: readonly Operand[], resultText: string): boolean {
  return DOTTED_THOUSANDS.test(resultText) || operands.some(({ text }) => DOTTED_THOUSANDS.test(text));
}

/** Whether two figures are a thousand, or a thousand thousands, apart. */
function isThousands(ratio: number): boolean {
  const power = Math.log10(Math.abs(ratio)) / 3;
  return Math.round(power) !== 0 && Math.abs(power - Math.round(power)) < NEARLY;
}

/** In powers of a thousand: by a fifth. */
const NEARLY = 0.027;
const DOTTED_THOUSANDS = /(?<![\d.,])[1-9]\d{0,2}\.\d{2}0(?![\d.])/;

/** "2.9 + 1.3 + 5.3 = 9.5k": small figures counted in what the result is counted in. */
function countsInScaleOf(resultText: string, ratio: number, operands: readonly Operand[]): boolean {
  const scale = SCALES.get(/\d\s?(k|m|mn|b|bn|thousand|million|billion)\b/i.exec(resultText)?.[1]?.toLowerCase() ?? '');
  return (
    scale !== undefined &&
    Math.abs(ratio / scale - 1) < WHOLLY &&
    operands.every(
      ({ text, quantity }) => Math.abs(quantity.value) < 1000 && !/\d\s?(?:k|m|mn|b|bn|tho|mil|bil)/i.test(text),
    )
  );
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['thousand', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['million', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['billion', 1e9],
]);

/** "200,000 / 43,200 s", read as a figure per so many seconds: a calculation of its own. */
export function swallowsDivision({ per }: Quantity, text: string): boolean {
  return /[/÷]\s*\d/.test(text) && per.some((one) => one.amount !== 1 && isPeriod(one.unit));
}

/** What an open calculation comes to: in a currency, seconds, bytes, or of nothing in particular. */
export interface OpenValue {
  readonly value: number;
  readonly dimension: 'money' | 'time' | 'size' | 'number';
  readonly isUnclear: boolean;
}

/** The value of a formula in base units, for a calculation with no stated result. Hours at a price an hour cancel each other; what is left of time is unclear. */
export function valueOfFormula(formula: Formula, operands: readonly Operand[]): OpenValue {
  const { exact, isUnclear, isRange, durations, unitSeconds, money, hasSize, ...value } = evaluate(formula, operands);
  const periods = [...value.periods];
  const inverse = [...value.inversePeriods];
  let factor = 1;
  let left = durations;
  let seconds = unitSeconds;
  while (left > 0 && periods.length > 0) {
    const period = secondsOf(periods.pop() ?? '') ?? 1;
    factor /= period;
    seconds /= period;
    left -= 1;
  }
  // "300 tokens ÷ 60 tokens a second" is a time, and so is "500 tokens × 20 ms".
  const isQuotient = left === 0 && inverse.length === 1 && periods.length === 0 && value.sharers.length === 0;
  if (isQuotient) factor *= secondsOf(inverse[0] ?? '') ?? 1;
  const isTime = money === 0 && (isQuotient || (left === 1 && inverse.length === 0 && periods.length === 0));
  // "$2.50 × 730 h": a price for one of those hours.
  const isByTheHour = money === 1 && left === 1 && periods.length === 0 && inverse.length === 0;
  if (isByTheHour) factor /= seconds;
  const isTold = isTime || isByTheHour || (left === 0 && inverse.length === 0);
  return {
    value: exact * factor,
    dimension: money === 1 ? 'money' : isTime ? 'time' : hasSize && money === 0 ? 'size' : 'number',
    isUnclear: isUnclear || isRange || !isTold || !Number.isFinite(exact * factor),
  };
}

/** A value with all that the comparison needs to know of its units. */
interface Value {
  readonly exact: number;
  /** What the operands' own rounding allows. */
  readonly low: number;
  readonly high: number;
  readonly isLoose: boolean;
  readonly isRange: boolean;
  readonly isBounded: boolean;
  /** Where units do not go together. */
  readonly isUnclear: boolean;
  /** How often money is a factor: 1 for an amount, 0 for a count, -1 for a count for each dollar. */
  readonly money: number;
  readonly currency: string | undefined;
  /** Denominators of time, and durations (in seconds, multiplied in): each with whether it divides. */
  readonly periods: readonly string[];
  readonly inversePeriods: readonly string[];
  readonly durations: number;
  readonly longest: number;
  /** What figures that are no money are for one of: "50 docs a minute per worker". */
  readonly sharers: readonly string[];
  /** The units in seconds of durations that are so many a day or the like: "1,200 hours a day". */
  readonly timed: readonly number[];
  /** The seconds of the units in which durations are written, multiplied. */
  readonly unitSeconds: number;
  readonly hasTokens: boolean;
  /** How many operands are no money. */
  readonly factors: number;
  /** The amounts of other denominators above one: "per 1K". */
  readonly amounts: readonly number[];
  readonly nouns: string;
  readonly hasPercent: boolean;
  /** By percentage, the factor to what is left of the whole: 99.9% for the 0.1% that fail. */
  readonly rests: readonly number[];
  readonly noun: string;
  readonly hasSize: boolean;
  /** What money is for one of: "per query"; and what is counted, an empty noun for a bare number. */
  readonly priced: readonly string[];
  readonly counted: readonly string[];
  /** A bare number that may be counted in thousands or millions. */
  readonly hasSmallNumber: boolean;
  readonly hasNumber: boolean;
  /** A number of nothing, which may be a conversion that is written out. */
  readonly hasPlainNumber: boolean;
  /** An operand that looks like a third or a sixth, rounded. */
  readonly hasThird: boolean;
  readonly isSum: boolean;
  readonly kind: Quantity['kind'];
  /** How many operands are money, and whether one of them says for how many bytes, tokens or the like it is. */
  readonly moneyOperands: number;
  readonly hasBulkPrice: boolean;
  /** Characters, which are priced by the thousand or million as tokens are. */
  readonly hasCharacters: boolean;
  /** The bare numbers, of which one may convert a unit: 8 bits, 24 hours. */
  readonly plain: readonly number[];
}

function evaluate(formula: Formula, operands: readonly Operand[]): Value {
  if (formula.operator === 'operand') {
    const operand = operands[formula.operand];
    return operand === undefined ? NOTHING : valueOf(operand);
  }
  const left = evaluate(formula.left, operands);
  const right = evaluate(formula.right, operands);
  return formula.operator === '+' || formula.operator === '-'
    ? sum(left, right, formula.operator === '-')
    : product(left, right, formula.operator === '÷');
}

const NOTHING: Value = {
  exact: 0,
  low: 0,
  high: 0,
  isLoose: false,
  isRange: false,
  isBounded: false,
  isUnclear: true,
  money: 0,
  currency: undefined,
  periods: [],
  inversePeriods: [],
  durations: 0,
  longest: 0,
  sharers: [],
  timed: [],
  unitSeconds: 1,
  hasTokens: false,
  factors: 0,
  amounts: [],
  nouns: '',
  hasPercent: false,
  rests: [],
  noun: '',
  hasSize: false,
  priced: [],
  counted: [],
  hasSmallNumber: false,
  hasNumber: false,
  hasPlainNumber: false,
  hasThird: false,
  isSum: false,
  kind: 'number',
  moneyOperands: 0,
  hasBulkPrice: false,
  hasCharacters: false,
  plain: [],
};

function valueOf({ quantity, text }: Operand): Value {
  const { kind, per, bound } = quantity;
  let divisor = kind === 'percentage' ? 100 : 1;
  const periods: string[] = [];
  const amounts: number[] = [];
  const nouns: string[] = [];
  let longest = 0;
  for (const one of per) {
    const hour = /-(second|minute|hour|day|week|month|year)$/.exec(one.unit)?.[1];
    if (isPeriod(one.unit) || hour !== undefined) {
      periods.push(hour ?? one.unit);
      divisor *= one.amount;
    } else {
      nouns.push(one.unit);
      divisor *= one.amount * (BYTES.get(one.unit) ?? 1);
      if (one.amount !== 1) amounts.push(one.amount);
    }
  }
  const exact = quantity.value / divisor;
  const top = (quantity.max ?? quantity.value) / divisor;
  const spread = roundingOf(quantity, text) / divisor;
  const isDuration = kind === 'duration';
  if (isDuration) longest = Math.abs(exact);
  return {
    exact,
    low: exact - spread,
    high: top + spread,
    isLoose: bound === 'about',
    isRange: quantity.max !== undefined,
    isBounded: bound === 'at-most' || bound === 'at-least',
    // "4.2/5": a score, which is no number to reckon with.
    isUnclear: (kind === 'number' && text.includes('/')) || isAmbiguous(text) || swallowsDivision(quantity, text),
    money: kind === 'money' ? 1 : 0,
    currency: kind === 'money' ? quantity.unit : undefined,
    periods,
    inversePeriods: [],
    durations: isDuration ? 1 : 0,
    longest,
    sharers: kind === 'money' ? [] : nouns,
    timed: isDuration && periods.length > 0 ? [unitOf(quantity, text)] : [],
    unitSeconds: isDuration ? unitOf(quantity, text) : 1,
    hasTokens: kind === 'tokens' || quantity.unit === 'token',
    factors: kind === 'money' ? 0 : 1,
    amounts,
    nouns: nouns.join('/'),
    hasPercent: kind === 'percentage',
    rests: kind === 'percentage' && exact > 0 && exact < 1 ? [(1 - exact) / exact] : [],
    noun: kind === 'count' ? quantity.unit : '',
    hasSize: kind === 'data-size' || quantity.unit === 'byte' || nouns.some((noun) => BYTES.has(noun)),
    priced:
      kind === 'money'
        ? nouns.filter((noun) => !ANY_NOUNS.has(noun)).map((noun) => (BYTES.has(noun) ? 'byte' : noun))
        : [],
    counted:
      kind === 'count' || kind === 'rate' || kind === 'tokens' || kind === 'data-size'
        ? [quantity.unit]
        : kind === 'number' || kind === 'multiplier'
          ? ['']
          : [],
    hasSmallNumber: kind === 'number' && (Math.abs(exact) < 100 || !Number.isInteger(exact)),
    hasNumber: kind === 'number' || kind === 'multiplier' || kind === 'count',
    hasPlainNumber: kind === 'number' || kind === 'multiplier',
    hasThird: THIRDS.test(text),
    isSum: true,
    kind,
    moneyOperands: kind === 'money' ? 1 : 0,
    hasBulkPrice: kind === 'money' && nouns.some((noun) => !ANY_NOUNS.has(noun)),
    hasCharacters: CHARACTERS.has(quantity.unit),
    plain: kind === 'number' && quantity.max === undefined ? [exact] : [],
  };
}

const CHARACTERS = new Set(['character', 'char']);

/** 33%, 0.67, 16.7%, 83%: thirds and sixths as they are written. */
const THIRDS =
  /(?:^|[^\d.])(?:33|66|67|17|83)(?:\.\d+)?\s?(?:%|percent)|(?:^|[^\d])0?\.(?:33|66|67|17|83|333|666|667|166|167|833)(?!\d)/;

/** What one byte's multiples are called in denominators: "$0.02 per GB". */
const BYTES: ReadonlyMap<string, number> = new Map([
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['pb', 1e15],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['tib', 1024 ** 4],
]);

/** "each": whatever is counted. */
const ANY_NOUNS = new Set(['item']);

/** Whether a price is for one of something that is not counted: "1M vectors at $0.10 per GB". */
function isPriceOfOther({ isSum, priced, counted }: Value): boolean {
  if (isSum || priced.length === 0 || counted.length === 0 || counted.includes('')) return false;
  return priced.some((noun) => !counted.includes(noun));
}

/** "req/m" is a minute's or a month's; and a figure with words in another script says more than was read. */
function isAmbiguous(text: string): boolean {
  return /\/ ?m$|[\u0370-\u1fff\u2e80-\ud7ff]/.test(text);
}

/** Whole figures with so many significant digits are mostly results themselves. */
const DERIVED_DIGITS = 4;

/** By how much an operand may differ from the figure that the writer rounded, in its base unit. */
function roundingOf(quantity: Quantity, text: string): number {
  // A price list is exact; so is a number of things that is written out.
  if (quantity.kind === 'money' && quantity.per.some((one) => one.amount >= 1000)) return 0;
  const match = /(\d[\d,]*)(\.\d+)?/.exec(text);
  if (match === null) return 0;
  const decimals = (match[2] ?? '').length - 1;
  const written = Number(`${(match[1] ?? '').replace(/,/g, '')}${match[2] ?? ''}`);
  if (written === 0) return 0;
  const unit = Math.abs(quantity.value) / written;
  if (decimals > 0) return (0.5 * unit) / Math.pow(10, decimals);
  // "1,157 a second" is what a division left.
  if (unit < 1000 && quantity.kind !== 'duration' && significant(written) >= DERIVED_DIGITS) return 0.5 * unit;
  // "12k" may be 12,345; "10k" is what it says.
  const isScaled =
    unit >= 1000 && quantity.kind !== 'duration' && quantity.kind !== 'data-size' && significant(written) > 1;
  return isScaled || quantity.kind === 'percentage' ? 0.5 * unit : 0;
}

function sum(left: Value, right: Value, isMinus: boolean): Value {
  const together = fitTogether(left, right);
  const main = left.kind === 'number' && right.kind !== 'number' ? right : left;
  return {
    ...main,
    exact: isMinus ? left.exact - right.exact : left.exact + right.exact,
    low: isMinus ? left.low - right.high : left.low + right.low,
    high: isMinus ? left.high - right.low : left.high + right.high,
    isLoose: left.isLoose || right.isLoose,
    isRange: left.isRange || right.isRange,
    isBounded: left.isBounded || right.isBounded,
    // Percentages add up, or compound, or are of different wholes; shares of prices make an average.
    isUnclear: left.isUnclear || right.isUnclear || !together || (left.hasPercent && !isWeighted(left, right)),
    longest: Math.max(left.longest, right.longest),
    rests: [],
    hasSmallNumber: left.hasSmallNumber || right.hasSmallNumber,
    hasPlainNumber: left.hasPlainNumber || right.hasPlainNumber,
    hasThird: left.hasThird || right.hasThird,
    isSum: left.isSum && right.isSum,
    ...shared(left, right),
  };
}

/** "70% × $0.002 + 30% × $0.02", "60% × 200 ms + 40% × 900 ms": both are shares of an amount or a time. */
function isWeighted(...parts: readonly Value[]): boolean {
  return parts.every(({ hasPercent, money, durations }) => hasPercent && money + durations === 1);
}

/** Whether two values can be added: the same kind, currency, periods and denominators, or a bare number beside money. */
function fitTogether(left: Value, right: Value): boolean {
  if (left.money !== right.money) {
    // "$0.05 + 0.01 + 0.03".
    const bare = left.money === 0 ? left : right;
    return bare.kind === 'number' && bare.isSum && Math.max(left.amounts.length, right.amounts.length) === 0;
  }
  if (left.currency !== right.currency) return false;
  if (left.durations !== right.durations || left.hasPercent !== right.hasPercent || left.hasSize !== right.hasSize)
    return false;
  // "2 + 2 retries = 6 calls": who knows what is added to what.
  if ((left.kind === 'count' || right.kind === 'count') && left.noun !== right.noun) return false;
  if (left.inversePeriods.length + right.inversePeriods.length > 0) return false;
  // Prices per tokens are for different tokens; what so many tokens cost is an amount like any other.
  const areCosts = !left.isSum && !right.isSum && left.money === 1;
  if (!areCosts && left.amounts.length + right.amounts.length > 0) return false;
  const samePeriods =
    left.periods.join() === right.periods.join() || left.periods.length === 0 || right.periods.length === 0;
  const sameNouns = left.nouns === right.nouns || left.nouns === '' || right.nouns === '';
  return samePeriods && sameNouns;
}

function product(left: Value, right: Value, divides: boolean): Value {
  const ends = divides
    ? [left.low / right.low, left.low / right.high, left.high / right.low, left.high / right.high]
    : [left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high];
  const sign = divides ? -1 : 1;
  const main = left.kind === 'money' || right.kind !== 'money' ? left : right;
  const { moneyOperands, hasBulkPrice, hasCharacters, plain } = shared(left, right);
  return {
    exact: divides ? left.exact / right.exact : left.exact * right.exact,
    low: Math.min(...ends),
    high: Math.max(...ends),
    isLoose: left.isLoose || right.isLoose,
    isRange: left.isRange || right.isRange,
    isBounded: left.isBounded || right.isBounded,
    isUnclear: left.isUnclear || right.isUnclear || (divides && right.exact === 0),
    money: left.money + sign * right.money,
    currency:
      left.currency !== undefined && right.currency !== undefined && left.currency !== right.currency
        ? MIXED
        : (left.currency ?? right.currency),
    periods: [...left.periods, ...(divides ? right.inversePeriods : right.periods)],
    inversePeriods: [...left.inversePeriods, ...(divides ? right.periods : right.inversePeriods)],
    durations: left.durations + sign * right.durations,
    longest: Math.max(left.longest, right.longest),
    sharers: [...left.sharers, ...right.sharers],
    timed: [...left.timed, ...right.timed],
    unitSeconds: divides ? left.unitSeconds / right.unitSeconds : left.unitSeconds * right.unitSeconds,
    hasTokens: left.hasTokens || right.hasTokens,
    factors: left.factors + right.factors,
    amounts: divides ? left.amounts : [...left.amounts, ...right.amounts],
    nouns: '',
    priced: [...left.priced, ...right.priced],
    counted: [...left.counted, ...right.counted],
    hasPercent: left.hasPercent || right.hasPercent,
    rests: [...left.rests, ...right.rests],
    noun: '',
    hasSize: left.hasSize || right.hasSize,
    hasSmallNumber: left.hasSmallNumber || right.hasSmallNumber,
    hasNumber: left.hasNumber || right.hasNumber,
    hasPlainNumber: left.hasPlainNumber || right.hasPlainNumber,
    hasThird: left.hasThird || right.hasThird,
    isSum: false,
    kind: main.kind === 'percentage' ? 'number' : main.kind,
    moneyOperands,
    hasBulkPrice,
    hasCharacters,
    plain,
  };
}

/** What a value has if one of its operands has it. */
function shared(left: Value, right: Value): Pick<Value, 'moneyOperands' | 'hasBulkPrice' | 'hasCharacters' | 'plain'> {
  return {
    moneyOperands: left.moneyOperands + right.moneyOperands,
    hasBulkPrice: left.hasBulkPrice || right.hasBulkPrice,
    hasCharacters: left.hasCharacters || right.hasCharacters,
    plain: [...left.plain, ...right.plain],
  };
}

const MIXED = '?';

function sameCurrency(value: Value, result: Quantity): boolean {
  if (value.currency === MIXED) return false;
  return result.kind !== 'money' || value.money === 0 || value.currency === result.unit;
}

/** Factors between a formula's value and the stated figure: those that a reader takes for granted, and those that a writer may have meant. */
interface Readings {
  readonly usual: readonly number[];
  readonly possible: readonly number[];
  readonly isUnclear: boolean;
}

function readingsOf(value: Value, result: Quantity, resultText: string): Readings {
  const time = timeReadings(value, result, resultText);
  let usual = time.usual;
  let possible = time.possible;
  const also = (factors: readonly number[]) => {
    usual = [...usual, ...usual.flatMap((one) => factors.map((factor) => one * factor))];
    possible = [...possible, ...possible.flatMap((one) => factors.map((factor) => one * factor))];
  };
  const maybe = (factors: readonly number[]) => {
    possible = [...possible, ...[...usual, ...possible].flatMap((one) => factors.map((factor) => one * factor))];
  };
  for (const one of result.per) {
    if (isPeriod(one.unit) || one.amount === 1) continue;
    usual = usual.flatMap((factor) => [factor * one.amount, factor]);
    possible = possible.flatMap((factor) => [factor * one.amount, factor]);
  }
  const isPercent = result.kind === 'percentage';
  if (isPercent) {
    usual = usual.map((factor) => factor * 100);
    possible = possible.map((factor) => factor * 100);
  }
  // What is left of the whole, and nothing more unusual than that: two odd readings together would explain anything.
  const rests = usual.flatMap((one) => value.rests.map((rest) => one * rest));
  // Shares of an amount are no hundred times as much.
  const isShareOfMoney = value.hasPercent && value.money === 1 && result.kind === 'money';
  if ((value.hasPercent && !isShareOfMoney) || isPercent) also([0.01, 100]);
  possible = [...possible, ...rests];
  if (value.hasSize || result.kind === 'data-size' || result.unit === 'byte') {
    also([1.024, 1.024 ** 2, 1.024 ** 3, 1 / 1.024, 1 / 1.024 ** 2, 1 / 1.024 ** 3]);
    if (!value.hasSize) also([1e3, 1e6, 1e9, 1e12, 0.125]);
    // "3,000 GB × $0.023": a price for one of whatever bytes are counted in.
    if (isBarePrice(value)) usual = [...usual, ...usual.flatMap((one) => BULKS.map((bulk) => one / bulk))];
    // "1 Gbps / 8 = 125 MB/s": bits become bytes by the division that is written out.
    if (value.plain.includes(8)) also([8, 0.125]);
    // "1M × 768 = 3 GB": of numbers that take four bytes each, or two.
    if (!value.hasSize && value.money === 0) also([2, 4, 8]);
  }
  const amount = value.amounts.reduce((all, one) => all * one, 1);
  if (amount !== 1) {
    // "$3/M + $15/M = $18"; "225 × $3/M", where the 225 are millions.
    if (value.isSum) also([amount]);
    else if (
      value.hasSmallNumber ||
      value.kind !== 'money' ||
      (value.factors === 1 && !value.hasTokens && value.hasNumber)
    )
      maybe([amount, amount * amount]);
  }
  // "2M tokens × $3": a price whose denominator goes without saying.
  else if ((value.hasTokens || value.hasCharacters) && value.money > 0 && !value.hasBulkPrice) also([1e-3, 1e-6]);
  // "$100 / $3 = 33M tokens".
  if (
    (result.kind === 'tokens' || result.unit === 'token' || CHARACTERS.has(result.unit)) &&
    value.moneyOperands > 0 &&
    !value.hasTokens &&
    !value.hasBulkPrice
  )
    also([1e3, 1e6]);
  // "28 hours / 8 = 3.5 days", "7 days × 24 = 168 hours": the conversion is written out.
  if (result.kind === 'duration' && value.durations === 1 && value.plain.some((one) => CONVERSIONS.has(one)))
    usual = [...usual, unitOf(result, resultText) / value.unitSeconds];
  // "86,400 × 100 = 10M": a day of 100,000 seconds, for short.
  if (value.plain.includes(DAY)) maybe([ROUND_DAY / DAY, DAY / ROUND_DAY]);
  // "150 - 55 + 75 = €170k": of thousands, as the result says.
  if (value.isSum && value.money === 0 && result.kind === 'money')
    usual = [...usual, ...usual.map((one) => one * unitOf(result, resultText))];
  if (result.kind === 'money' && value.money === 0) maybe([0.01, 0.001, 1e-6]);
  if (result.kind !== 'money' && value.money > 0) maybe([100, 1000, 1e6]);
  return { usual, possible, isUnclear: time.isUnclear || usual.length > 400 };
}

/** By what people convert a time into another unit. */
const CONVERSIONS = new Set([
  5, 7, 8, 10, 12, 20, 21, 22, 24, 30, 31, 40, 52, 60, 160, 168, 365, 720, 730, 1000, 1440, 3600, 86_400, 100_000,
]);

/** By how much months, quarters and years are longer or shorter than they are taken for. */
const CALENDAR = [12 / (365 / 30), 365 / 12 / 30, 92 / 90, 31 / 30, 28 / 30, 360 / 365];
/** The same, and the share of the days on which people work. */
const MORE_OR_LESS = [...CALENDAR, 5 / 7, 0.7, 22 / 30, 20 / 30];
/** What share of a week, month or year the days are that stand for all of it: 5 of 7, 20 of 30, 31 of 30. */
const LEAST_OF_WHOLE = 0.66;
const MOST_OF_WHOLE = 1.04;
const DAY = 86_400;
const ROUND_DAY = 100_000;
const HOUR = 3600;

function timeReadings(value: Value, result: Quantity, resultText: string): Readings {
  const left = [...value.periods];
  const inverse = [...value.inversePeriods];
  // "per second" over "per second".
  for (let index = inverse.length - 1; index >= 0; index -= 1) {
    const same = left.indexOf(inverse[index] ?? '');
    if (same >= 0) {
      left.splice(same, 1);
      inverse.splice(index, 1);
    }
  }
  const resultIsTime = result.kind === 'duration';
  let durations = value.durations;
  let factor = 1;
  let isLong = value.longest >= 6 * 86_400;
  // "300 tokens ÷ 60 tokens a second = 5 s".
  if (durations === 0 && resultIsTime && inverse.length === 1 && left.length === 0 && result.per.length === 0) {
    const usual = [secondsOf(inverse[0]!) ?? 1];
    return { usual, possible: [], isUnclear: !isOfOneNoun(value.counted) || value.sharers.length > 0 };
  }
  // "1,200 hours a day × $25": a price for one of those hours.
  const hours =
    value.money === 1 && durations === 1 && value.timed.length === 1
      ? periodReadings(left, periodsOf(result), [1 / value.timed[0]!], 1 / value.timed[0]!, value)
      : undefined;
  let unitSeconds = value.unitSeconds;
  while (durations > 0 && left.length > 0 && !(resultIsTime && durations === 1)) {
    const unit = left.pop() ?? 'day';
    factor /= secondsOf(unit) ?? 1;
    unitSeconds /= secondsOf(unit) ?? 1;
    isLong ||= unit === 'week' || unit === 'month' || unit === 'quarter' || unit === 'year';
    durations -= 1;
  }
  while (durations < 0 && inverse.length > 0) {
    factor *= secondsOf(inverse.pop() ?? 'day') ?? 1;
    durations += 1;
    isLong = true;
  }
  const right = periodsOf(result);
  if (durations === -1 && right.length === 1) {
    // "2,400 calls ÷ 8 h ÷ 60 = 5 calls a minute": the conversion is written out.
    if (value.plain.some((one) => CONVERSIONS.has(one))) {
      const usual = [factor * (secondsOf(right[0]!) ?? 1), factor / value.unitSeconds];
      return { usual, possible: [], isUnclear: true };
    }
    factor *= secondsOf(right.pop() ?? 'second') ?? 1;
    durations = 0;
    isLong = true;
  }
  const base = isLong ? [factor, ...MORE_OR_LESS.map((one) => one * factor)] : [factor];
  if (durations === 1 && resultIsTime && inverse.length === 0) {
    if (left.length === 0 && right.length === 0) return { usual: base, possible: [], isUnclear: false };
    // "2 minutes × 300 jobs a day = 10 hours": of a day, which the result need not say. Or 300 a day come in so many days.
    const inPeriods = periodReadings(left, right, base, factor, value);
    const consumed = left.map((unit) => 1 / (secondsOf(unit) ?? 1));
    const units = PERIODS.map((unit) => secondsOf(unit) ?? 1);
    return {
      ...inPeriods,
      possible: [...inPeriods.possible, ...consumed.flatMap((one) => units.map((unit) => one * unit * factor))],
    };
  }
  if (durations !== 0 || resultIsTime) {
    // A duration whose unit stands for itself: "$2 × 24 hours", "500 × 20 = 10 s".
    const written = resultIsTime ? unitOf(result, resultText) : unitSeconds;
    // Nobody means a second or a minute without a word where weeks or years are told.
    const others = PERIODS.map((unit) => secondsOf(unit) ?? 1).filter((unit) => written <= DAY || unit >= HOUR);
    // "24 hours × 30 days": whoever writes the days out does not mean one month by them.
    const isWrittenOut = (unit: number) =>
      value.longest >= LEAST_OF_WHOLE * unit && value.longest <= MOST_OF_WHOLE * unit;
    const units = [written, ...others.filter((unit) => unit !== written && (resultIsTime || !isWrittenOut(unit)))];
    const factors = durations > 0 && !resultIsTime ? units.map((unit) => 1 / unit) : units;
    return {
      usual: factors.flatMap((one, index) => {
        const unit = units[index]!;
        const lengths = !isLong ? [] : unit > DAY ? CALENDAR : MORE_OR_LESS;
        return [one * factor, ...lengths.map((more) => more * one * factor)];
      }),
      possible: [],
      isUnclear: Math.abs(durations) > 1 || inverse.length > 0,
    };
  }
  if (inverse.length > 0) return { usual: base, possible: anyPeriod(inverse), isUnclear: true };
  const readings = periodReadings(left, right, base, factor, value);
  return hours === undefined
    ? readings
    : {
        usual: [...hours.usual, ...readings.usual],
        possible: hours.possible,
        isUnclear: hours.isUnclear,
      };
}

function periodsOf({ per }: Quantity): string[] {
  return per
    .map((one) => /-(second|minute|hour|day|week|month|year)$/.exec(one.unit)?.[1] ?? one.unit)
    .filter((unit) => isPeriod(unit));
}

/** Whether figures count the same thing, as far as they say. */
function isOfOneNoun(counted: readonly string[]): boolean {
  return new Set(counted.filter((noun) => noun !== '')).size <= 1;
}

/** How a value per some periods stands to a result per others. */
function periodReadings(
  of: readonly string[],
  to: readonly string[],
  base: readonly number[],
  factor: number,
  value: Value,
): Readings {
  const left = [...of];
  const right = [...to];
  // What is on both sides needs no conversion.
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const same = right.indexOf(left[index] ?? '');
    if (same < 0) continue;
    left.splice(index, 1);
    right.splice(same, 1);
  }
  if (left.length === 0 && right.length === 0) return { usual: base, possible: [], isUnclear: false };
  if (left.length === 1 && right.length === 1) {
    const factors = periodFactors(left[0] ?? '', right[0] ?? '').map((one) => one * factor);
    if (!value.hasNumber || value.isSum) return { usual: factors, possible: [], isUnclear: factors.length === 0 };
    // "10k a day × 30 = 300k a month": the conversion is written out. How many hours of a day ten people or machines work, nobody knows.
    return {
      usual: value.hasPlainNumber ? [...base, ...factors] : [...factors, ...base],
      possible: [],
      isUnclear: factors.length === 0 || (left[0] === 'hour' && !value.hasPlainNumber),
    };
  }
  if (left.length === 1 && right.length === 0)
    return { usual: base, possible: unsaidResult(left[0]!).map((one) => one * factor), isUnclear: false };
  if (left.length === 0 && right.length === 1)
    return { usual: base, possible: unsaidPeriod(right[0]!).map((one) => one * factor), isUnclear: false };
  return { usual: base, possible: [], isUnclear: true };
}

function anyPeriod(units: readonly string[]): number[] {
  return units.flatMap((unit) => PERIODS.flatMap((other) => (other === unit ? [] : periodFactors(unit, other))));
}

/** By what operands per a period may stand to a result that names none: it may be of any other period, but nobody means an hour of a working day without a word. */
function unsaidResult(unit: string): number[] {
  return PERIODS.flatMap((other) => {
    if (other === unit) return [];
    const factors = periodFactors(unit, other);
    return unit === 'day' && other === 'hour' ? factors.slice(0, 1) : factors;
  });
}

/**
 * By what operands that name no period may stand to a result that does: they may be of any other period. Nobody has left out that a day has ten or twelve
 * hours, which would explain a zero too many.
 */
function unsaidPeriod(unit: string): number[] {
  const isOdd = (factor: number) => [10, 12, 1 / 10, 1 / 12].some((hours) => Math.abs(factor / hours - 1) < 1e-9);
  const longer = PERIODS.indexOf(unit);
  return PERIODS.flatMap((other, index) => {
    if (other === unit) return [];
    const isPart = unit === 'day' && index < longer;
    const factors = [...(isPart ? [] : periodFactors(unit, other)), ...periodFactors(other, unit)];
    return unit === 'day' || unit === 'hour' ? factors.filter((factor) => !isOdd(factor)) : factors;
  });
}

type Fit = 'fits' | 'rounding' | 'off';

/** Beyond this share an operand's own rounding is no matter of course. */
const COMMON_ROUNDING = 0.01;
const ROUNDER = 0.025;
/** How far 0.33 and 0.17 are from a third and a sixth, and then some. */
const THIRD = 0.021;
/** Significant digits from which on a result is exact, unless it is said to be rough. */
const TELLING_DIGITS = 3;
/** How far a result that is said to be rough may be off. */
const ROUGH = 0.1;

function fit(value: Value, factor: number, result: Quantity, text: string, isLoose: boolean, isExact: boolean): Fit {
  const stated = result.value;
  const computed = value.exact * factor;
  const low = Math.min(value.low * factor, value.high * factor);
  const high = Math.max(value.low * factor, value.high * factor);
  if (value.isRange || result.max !== undefined) {
    const top = result.max ?? stated;
    const within = (one: number) => one >= low * (1 - ROUNDER) && one <= high * (1 + ROUNDER);
    return within(stated) && within(top) ? 'fits' : 'off';
  }
  if (result.bound === 'at-most' && computed <= stated * (1 + 1e-9) && computed > stated * 0.5) return 'fits';
  if (result.bound === 'at-least' && computed >= stated * (1 - 1e-9) && computed < stated * 2) return 'fits';
  const difference = Math.abs(computed - stated);
  const size = Math.max(Math.abs(computed), Math.abs(stated));
  if (difference <= size * 1e-9) return 'fits';
  const { unit, rounded } = precisionOf(result, text);
  if (difference <= 0.5 * unit * (1 + 1e-9)) return 'fits';
  // Cut off rather than rounded.
  if (difference < 0.999 * unit && difference <= 0.02 * size) return 'fits';
  const half = 0.5 * rounded;
  const roundsTo = computed >= stated - half - size * 1e-9 && computed < stated + half - size * 1e-9;
  if (roundsTo && (isLoose || difference <= 0.05 * size)) return 'fits';
  if (isLoose && difference <= ROUGH * size) return 'fits';
  // An unusual reading of the units and the rounding of operands together would explain too much.
  if (!isExact && stated + 0.5 * unit > low && stated - 0.5 * unit < high) {
    // "33% of 10,000 = 3,333": a third, and no 33 hundredths.
    if (value.hasThird && difference <= THIRD * size) return 'fits';
    // A result of three digits or more says what it means; one of fewer may stand for what the operands were before they were rounded.
    if (significant(stated) >= TELLING_DIGITS) return 'rounding';
    const isRounder = significant(stated) < significant(computed);
    return difference <= (isRounder ? ROUNDER : COMMON_ROUNDING) * size ? 'fits' : 'rounding';
  }
  return 'off';
}

/** The last place of a result as written, and the place of its last digit that is no zero; both in base units. */
function precisionOf(result: Quantity, text: string): { unit: number; rounded: number } {
  const match = /(\d[\d,_\u202f\u2009\u00a0]*)?(\.\d+)?/.exec(text.slice(Math.max(0, text.search(/\.?\d/))));
  const whole = (match?.[1] ?? '').replace(/[^\d]/g, '');
  const fraction = (match?.[2] ?? '').slice(1);
  const written = Number(`${whole === '' ? '0' : whole}.${fraction === '' ? '0' : fraction}`);
  if (written === 0 || !Number.isFinite(written)) return { unit: 0, rounded: 0 };
  const factor = Math.abs(result.value) / written;
  const unit = factor * Math.pow(10, -fraction.length);
  const digits = `${whole}${fraction}`;
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  return { unit, rounded: unit * Math.pow(10, zeros) };
}

function significant(value: number): number {
  return Number(Math.abs(value).toPrecision(8)).toExponential().replace(/e.*$/, '').replace('.', '').length;
}

/** Whether a factor is one between two units of time. */
export function periodSlip(ratio: number): boolean {
  const near = (factor: number) => Math.abs(ratio / factor - 1) < 0.02 || Math.abs(ratio * factor - 1) < 0.02;
  return [7, 12, 20, 21, 22, 24, 28, 30, 31, 52, 60, 250, 365, 3600].some(near);
}

/** Which mistake a factor between the stated and the right figure shows, if any. */
function slipOf(ratio: number, value: Value, result: Quantity, operands: readonly Operand[]): Slip | undefined {
  const near = (factor: number) => Math.abs(ratio / factor - 1) < 0.02 || Math.abs(ratio * factor - 1) < 0.02;
  for (const amount of value.amounts) if (near(amount) || (amount >= 1000 && near(1000))) return 'denominator';
  if (value.hasPercent && near(100)) return 'percent';
  const isCents = operands.some((operand) => isInCents(operand));
  if (result.kind === 'money' && isCents && near(100)) return 'cents';
  for (let power = 1; power <= 9; power += 1) if (near(Math.pow(10, power))) return 'magnitude';
  const periods = [...value.periods, ...result.per.map((one) => one.unit).filter((unit) => isPeriod(unit))];
  if (periods.length > 0 || value.durations !== 0) {
    for (const factor of [30, 7, 12, 24, 60, 365, 3600, 52, 4.345]) if (near(factor)) return 'period';
  }
  for (const { quantity } of operands) {
    if (quantity.value > 1 && quantity.kind !== 'money' && Math.abs(ratio * quantity.value - 1) < 0.02)
      return 'missing-operand';
  }
  return undefined;
}

function isPowerOfTen(ratio: number): boolean {
  const power = Math.log10(ratio);
  return Math.abs(power - Math.round(power)) < 1e-9;
}

/** How much one of the written number is, in base units: 0.001 for milliseconds. */
export function unitOf(quantity: Quantity, text: string): number {
  const written = Number(/\d[\d,]*(?:\.\d+)?|\.\d+/.exec(text)?.[0]?.replace(/,/g, '') ?? '0');
  return written > 0 && quantity.value > 0 ? quantity.value / written : 1;
}

/** "3 cents", "5¢": a hundredth of the figure that is written. */
function isInCents({ quantity, text }: Operand): boolean {
  return quantity.kind === 'money' && Math.abs(unitOf(quantity, text) - 0.01) < 1e-9;
}
