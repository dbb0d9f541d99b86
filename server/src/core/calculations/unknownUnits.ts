import { sourceAt } from '../answer/blocks.js';
import { hasOnlyCommonSigns } from '../answer/letters.js';
import type { Span } from '../answer/spans.js';
import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { getOr } from '../getOr.js';
import { wordsIn, type CalculationWords } from './gaps.js';
import { secondsOf } from './periods.js';
import { isDoubted, takenBack } from './stated.js';
import { judgeUnitTimes } from './unitTimes.js';

/**
 * Calculations, of which nothing is said where they do not come out and may be of what quantities do not have: units ("25 bps × $40M", "10 Gb × 2 = 2.5 GB/s"),
 * notations (powers, roots, "100 k", losses in brackets), thousands of twos, days counted by hours of work ("2 weeks = 80 hours"), agent days, numbered steps, and shares
 * of what is not told. A unit or notation counts in the calculation's own statement, and in others that hold one of its figures. `blocks` are those that
 * the calculations name.
 */
export function withoutUnknownUnits(
  found: readonly Calculation[],
  blocks: readonly ReadBlock[],
  words: CalculationWords,
): readonly Calculation[] {
  // Once for each block, however many calculations it holds.
  const odd = new Map<number, OddStatements | null>();
  const atWork = new Map<number, boolean>();
  return found.map((calculation) => {
    if (!isDoubted(calculation)) return calculation;
    const { block } = calculation;
    const read = blocks[block];
    const isOther =
      (read !== undefined &&
        touchesUnknownUnit(
          calculation,
          read,
          getOr(odd, block, () => oddStatements(read, words)),
        )) ||
      isInAgentDays(calculation) ||
      isOfNumbered(calculation) ||
      isShareOfOther(calculation) ||
      isInBinary(calculation) ||
      isWorkTime(calculation, () => getOr(atWork, block, () => saysWorkTime(read?.text ?? '', words)));
    return isOther ? takenBack(calculation) : calculation;
  });
}

/** The statements of a block that hold a unit or notation that is not read, and the figures in them. */
interface OddStatements {
  readonly spans: readonly Span[];
  readonly figures: ReadonlySet<string>;
}

/** Those of a block; null where all of its text is read. */
function oddStatements({ text, sentences, quantities }: ReadBlock, words: CalculationWords): OddStatements | null {
  if (!hasUnknownUnit(text, unreadIn(quantities, 0), words)) return null;
  const spans: Span[] = [];
  const figures = new Set<string>();
  sentences.forEach((_, index) => {
    // With the signs before its first word.
    const start = sentences[index - 1]?.end ?? 0;
    const end = sentences[index + 1]?.start ?? text.length;
    const sentence = text.slice(start, end);
    if (!hasUnknownUnit(sentence, unreadIn(quantities, start), words)) return;
    spans.push({ start, end });
    for (const figure of sentence.match(FIGURES) ?? []) figures.add(digitsOf(figure));
  });
  return { spans, figures };
}

/** Tells of a place of a stretch that begins at `offset` whether it is part of no quantity; these stand in the order of the text. */
function unreadIn(quantities: readonly Span[], offset: number): (at: number) => boolean {
  return (at) => {
    let low = 0;
    let high = quantities.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (quantities[middle]!.end <= offset + at) low = middle + 1;
      else high = middle;
    }
    return (quantities[low]?.start ?? Infinity) > offset + at;
  };
}

/** Whether such a unit or notation stands in a calculation's statement, or in another one that holds one of its figures. */
function touchesUnknownUnit(
  calculation: Calculation,
  { block, sentences }: ReadBlock,
  odd: OddStatements | null,
): boolean {
  if (odd === null) return false;
  const figures = calculation.result === null ? calculation.operands : [...calculation.operands, calculation.result];
  const own = figures.filter(({ start, quantity }) => sourceAt(block.map, quantity.start) === start);
  // A sum of other lines is a statement of them all, and what is told in words goes on with what was told before.
  if (sentences.length < 2 || own.length < figures.length || calculation.form !== 'formula') return true;
  const from = Math.min(...own.map(({ quantity }) => quantity.start));
  const to = Math.max(...own.map(({ quantity }) => quantity.end));
  const isOwn = odd.spans.some(({ start, end }) => start < to && from < end);
  return isOwn || figures.some(({ text: figure }) => odd.figures.has(digitsOf(figure)));
}

const FIGURES = /\d[\d.,]*/g;

/** The digits of a figure, without those behind its point that say nothing: "5.60" and "5.6 kW" are one. */
function digitsOf(figure: string): string {
  const [digits = ''] = figure.match(FIGURES) ?? [];
  return String(Number(digits.replace(/,/g, '').replace(/\.$/, '')));
}

/** `isUnread` says whether a place of the text is part of no quantity. */
function hasUnknownUnit(text: string, isUnread: (at: number) => boolean, words: CalculationWords): boolean {
  const { units, others } = notationsIn(text);
  if (others.some((notation) => notation.test(text))) return true;
  for (const { 0: unit, 1: before, index } of text.matchAll(units)) {
    if (before !== undefined && !words.denominators.has(before.toLowerCase())) continue;
    if (BITS.test(unit)) return true;
    const word = unit.toLowerCase();
    if (words.otherUnits.has(word)) return true;
    if (words.spacedMagnitudes.has(word) && SPACED.test(text.slice(Math.max(0, index - 2), index)) && isUnread(index))
      return true;
  }
  return false;
}

/** A figure and a blank. */
const SPACED = /\d $/;
/** A small "b" behind a capital: bits, of which a byte has eight. */
const BITS = /^[KMGTP]b(?:ps)?$/;
interface Notations {
  /** A word behind a figure, a slash, or another word. */
  readonly units: RegExp;
  /** What formulas do not read. */
  readonly others: readonly RegExp[];
}

/** The notations by the letters that a text has: those of all scripts are compiled where one of them stands in it (see `letters.ts`). */
function notationsIn(text: string): Notations {
  return hasOnlyCommonSigns(text) ? (fromAToZ ??= notationsOf('[A-Za-z]')) : (ofAnyScript ??= notationsOf('\\p{L}'));
}

let fromAToZ: Notations | null = null;
let ofAnyScript: Notations | null = null;

function notationsOf(letter: string): Notations {
  const own = (notation: string, flags = ''): RegExp => new RegExp(notation, `u${flags}`);
  return {
    units: own(String.raw`(?<=(?:\d|\/|(?<!${letter})(${letter}+)\s)\s?)${letter}+`, 'g'),
    others: [
      // "30m × 128": millions, or a unit of its own; behind a currency's sign it is millions.
      /(?<![$€£¥\d.,])\d[\d.,]*m(?=\s*[×x*÷/])/,
      // "1.64e6 s".
      own(String.raw`\de[+-]?\d+\s?${letter}`, 'i'),
      // "(1 + 0.1)²", "√(9 × 16)", "log₂(1,024)".
      /\)\s?(?:[²³¹⁰⁴-⁹^]|\*\*)/,
      own(String.raw`[√∛]|${letter}[₀-₉]*\(\d`),
      // "($500) + $200": less than nothing, in brackets.
      /(?:^|[=+−-])\s*\([$€£¥]?\d[\d.,]*\)/m,
      // "1.2 CPU-s", "3 GPU-min": times of several at once, in short.
      own(String.raw`\d\s?${letter}+-(?:s|secs?|min)(?!${letter})`),
      // "1.2 USDbn": a magnitude behind a currency's code.
      own(String.raw`\d\s?[A-Z]{3}(?:bn|mn|[bkm])(?!${letter})`),
    ],
  };
}

/** Whether times come to "200 agent days", a unit of two things. */
function isInAgentDays(calculation: Calculation): boolean {
  const { operands, formula, result } = calculation;
  if (result === null || judgeUnitTimes(formula, operands, result) !== null) return false;
  if (result.quantity.kind !== 'count' || longest(result.text) === 0) return false;
  return operands.some(({ quantity }) => quantity.kind === 'duration');
}

/** Whether what is added up are numbers of steps or lines: "step 3 = 40 ms, step 4 = 60 ms, 3 + 4 = 100 ms". */
function isOfNumbered({ operands, formula, result }: Calculation): boolean {
  if (result === null || result.quantity.kind === 'number' || result.quantity.kind === 'count') return false;
  const isNumber = ({ text }: Operand) => /^\d{1,2}$/.test(text) && Number(text) <= MOST_STEPS;
  return formula.operator === '+' && operands.every(isNumber);
}

const MOST_STEPS = 12;

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
  return (
    figures.some(({ quantity }) => isPower(quantity.value)) && figures.some(({ text }) => /\d\s?[kmg]/i.test(text))
  );
}

/** By how much a million or a thousand of twos is more than one of tens, at most. */
const BINARY = 0.1;

/** Whether a text names time at work. */
function saysWorkTime(text: string, words: CalculationWords): boolean {
  return wordsIn(text).some((word) => words.workTimes.has(word));
}

/** Whether a result is off by as much as time at work is shorter than time by the clock, where either can be meant. */
function isWorkTime({ operands, result, computed }: Calculation, isAtWork: () => boolean): boolean {
  if (result === null) return false;
  const ratio = computed / result.quantity.value;
  const isShorter = [ratio, 1 / ratio].some((one) => one >= LEAST_SHORTER && one <= MOST_SHORTER);
  if (!isShorter) return false;
  const figures = [...operands, result];
  if (figures.some((figure) => /^24(?!\d)/.test(figure.text))) return false;
  if (isAtWork()) return figures.some(isTimed);
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
