import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { wordsIn, type CalculationWords } from './gaps.js';
import { secondsOf } from './periods.js';

/**
 * Calculations, of which nothing is said where they do not come out beside a unit that the quantities do not have ("25 bps × $40M", "10 Gb × 2 = 2.5 GB/s"), or where
 * days of work are counted in hours ("2 weeks = 80 hours"). `blocks` are those that the calculations name.
 */
export function withoutUnknownUnits(
  found: readonly Calculation[],
  blocks: readonly ReadBlock[],
  words: CalculationWords,
): readonly Calculation[] {
  return found.map((calculation) => {
    if (calculation.verdict === 'holds' || calculation.verdict === 'open') return calculation;
    const text = blocks[calculation.block]?.text ?? '';
    const isOther =
      hasUnknownUnit(text, words) ||
      isInAgentDays(calculation) ||
      isShareOfOther(calculation) ||
      isInBinary(calculation) ||
      isWorkTime(calculation, text, words);
    if (!isOther) return calculation;
    const { slip: _slip, ...rest } = calculation;
    return { ...rest, verdict: 'unclear' as const, isRounding: false };
  });
}

function hasUnknownUnit(text: string, words: CalculationWords): boolean {
  if (OTHER_NOTATIONS.some((notation) => notation.test(text))) return true;
  for (const [unit] of text.matchAll(/(?<=\d\s?|\/|\bper\s)\p{L}+/gu)) {
    if (BITS.test(unit) || words.otherUnits.has(unit.toLowerCase())) return true;
  }
  return false;
}

/** A small "b" behind a capital: bits, of which a byte has eight. */
const BITS = /^[KMGTP]b(?:ps)?$/;
/** What formulas do not read. */
const OTHER_NOTATIONS = [
  // "30m × 128": millions, or a unit of its own; behind a currency's sign it is millions.
  /(?<![$€£¥\d.,])\d[\d.,]*m(?=\s*[×x*÷/])/,
  // "100 k × $0.01", "1.64e6 s".
  /\d k(?!\p{L})/u,
  /\de[+-]?\d+\s?\p{L}/iu,
  // "(1 + 0.1)²", "√(9 × 16)", "log₂(1,024)".
  /\)\s?(?:[²³¹⁰⁴-⁹^]|\*\*)/,
  /[√∛]|\p{L}[₀-₉]*\(\d/u,
  // "($500) + $200": less than nothing, in brackets.
  /(?:^|[=+−-])\s*\([$€£¥]?\d[\d.,]*\)/m,
];

/** Whether times come to "200 agent days", a unit of two things. */
function isInAgentDays({ operands, result }: Calculation): boolean {
  if (result?.quantity.kind !== 'count' || longest(result.text) === 0) return false;
  return operands.some(({ quantity }) => quantity.kind === 'duration');
}

/** Whether what is no division comes to a share: "600 fraud + 400 good = 60% precision", of something that is not told. */
function isShareOfOther({ operands, formula, result }: Calculation): boolean {
  if (result?.quantity.kind !== 'percentage' || operands.some(({ quantity }) => quantity.kind === 'percentage'))
    return false;
  return formula.operator === '+' || formula.operator === '×';
}

/** Whether a thousand may be 1,024, as beside a power of two: "128K / 512 = 256 chunks". */
function isInBinary({ operands, result, computed }: Calculation): boolean {
  if (result === null || Math.abs(computed / result.quantity.value - 1) > BINARY) return false;
  const figures = [...operands, result].filter(({ quantity: { kind } }) => kind !== 'money');
  const isPower = (value: number) => value >= 256 && Number.isInteger(Math.log2(value));
  return figures.some(({ quantity }) => isPower(quantity.value)) && figures.some(({ text }) => /\dk/i.test(text));
}

/** By how much a million or a thousand of twos is more than one of tens, at most. */
const BINARY = 0.1;

/** Whether a result is off by as much as time at work is shorter than time by the clock, where either can be meant. */
function isWorkTime({ operands, result, computed }: Calculation, text: string, words: CalculationWords): boolean {
  if (result === null) return false;
  const ratio = computed / result.quantity.value;
  const isShorter = [ratio, 1 / ratio].some((one) => one >= LEAST_SHORTER && one <= MOST_SHORTER);
  if (!isShorter) return false;
  const figures = [...operands, result];
  if (figures.some((figure) => /^24(?!\d)/.test(figure.text))) return false;
  if (wordsIn(text).some((word) => words.workTimes.has(word))) return figures.some(isTimed);
  return figures.some(isLong) && figures.some(isShort);
}

/** From 22 of 30 days, to 35 of a week's 168 hours and a little less. */
const LEAST_SHORTER = 1.3;
const MOST_SHORTER = 7;

function isTimed({ quantity: { kind, per }, text }: Operand): boolean {
  return kind === 'duration' || per.some(({ unit }) => secondsOf(unit) !== undefined) || longest(text) > 0;
}

/** A stretch of days or more. */
function isLong({ quantity: { per }, text }: Operand): boolean {
  return per.length === 0 && longest(text) >= DAY;
}

/** A stretch of hours or less, or so many in one. */
function isShort({ quantity: { kind, per }, text }: Operand): boolean {
  return (kind === 'duration' && longest(text) < DAY) || per.some(({ unit }) => (secondsOf(unit) ?? DAY) < DAY);
}

const DAY = 86_400;

/** The seconds of the longest unit of time among some words; 0 without any. */
function longest(text: string): number {
  return Math.max(0, ...wordsIn(text).map((word) => secondsOf(word.replace(/s$/, '')) ?? 0));
}
