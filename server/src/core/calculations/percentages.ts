import { readQuantities, type Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { goesOn } from './formulas.js';
import {
  endsIn,
  hasDecimalComma,
  readMarks,
  SENTENCE_END,
  sentenceStart,
  spoken,
  wordsIn,
  type CalculationWords,
  saidIn,
} from './gaps.js';
import { judge } from './judge.js';
import { isForSoMany } from './otherFigures.js';
import { chainOf, GROWTH, LOSS, operandAt, statedCalculation } from './stated.js';
import { perOf } from './figures.js';

/**
 * Finds what is told with a percentage: a part of a whole ("3% of 250,000 claims: 7,500 claims"), a change ("from 12 minutes to 9, a 25% cut"), and what is
 * left of one amount after another ("$49 a seat, $11 of it for the model: a margin of 78%"). A part is called wrong only by a power of ten, and only
 * where it follows at once; of what a change or a margin is a share is never sure. `known` are the places of results that were read already.
 */
export function findPercentages(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation[] {
  const found: Calculation[] = [];
  blocks.forEach((whole, index) => {
    if (whole.block.kind === 'row' || whole.quantities.length < 2 || !whole.quantities.some(isShare)) return;
    const read = withRises(whole, words);
    const { quantities } = read;
    for (let at = 0; at + 2 < quantities.length; at += 1) {
      const three = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!] as const;
      if (!three.some(isShare) || three.some(({ max }) => max !== undefined)) continue;
      if (hasDecimalComma(read.text, three[0].start, three[2].end)) continue;
      const calculation =
        readPart(read, index, at, known, words) ??
        readPartOfThese(read, index, at, words) ??
        readChange(read, index, at, words) ??
        readMargin(read, index, at, words);
      if (calculation !== undefined) found.push(calculation);
    }
  });
  return found;
}

/** A block in which a range behind "from" is what something was and what it became: "from $4,000 to $6,000". */
function withRises(read: ReadBlock, words: CalculationWords): ReadBlock {
  const isRise = ({ start, max }: Quantity) =>
    max !== undefined && isFrom(read.text.slice(Math.max(0, start - NEARBY), start), words);
  if (!read.quantities.some(isRise)) return read;
  return { ...read, quantities: read.quantities.flatMap((one) => (isRise(one) ? endsOf(read.text, one) : [one])) };
}

/** The two ends of a range; the range itself where it is not told in two figures. */
function endsOf(text: string, range: Quantity): readonly Quantity[] {
  const said = text.slice(range.start, range.end);
  const [first, second] = said.matchAll(/[$€£¥]?\d[\d,]*(?:\.\d+)?/g);
  const [later] = second ? readQuantities(said.slice(second.index)) : [];
  if (!first || !second || later === undefined || later.start !== 0) return [range];
  const { max: _max, ...from } = range;
  // Without the word or the sign between them.
  const length = said.slice(0, second.index).replace(/\s*(?:\p{L}+|[^\p{L}\d]+)\s*$/u, '').length;
  return [
    { ...from, end: range.start + length, digits: first[0].replace(/\D/g, '').length },
    { ...later, kind: range.kind, unit: range.unit, start: range.start + second.index, end: range.end },
  ];
}

/** How much of a sentence is looked at around its figures, in characters. */
const NEARBY = 60;
const MOST_WORDS = 6;
/** By what share a part is off before a word is worth it, and by how many hundredths a change or a margin is. */
const TALK = 0.06;
const POINTS = 2;

function isShare({ kind, value }: Quantity): boolean {
  return kind === 'percentage' && value !== 0;
}

/** "2% of 30,000 answers is 600", "80% of 500K queries (400K)", "3% of 250,000 claims are flagged: 7,500 claims". */
function readPart(
  read: ReadBlock,
  index: number,
  at: number,
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
): Calculation | undefined {
  const { text, quantities } = read;
  const [share, whole, part] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  const result = operandAt(read, part);
  if (!isShare(share) || isShare(whole) || isShare(part) || known.has(result.start)) return undefined;
  if (!words.parts.has(spoken(text.slice(share.end, whole.start)))) return undefined;
  if (part.unit !== '' && part.unit !== whole.unit) return undefined;
  const lead = leadTo(text, whole.end, part.start, words);
  if (lead === null) return undefined;
  const operands = [operandAt(read, share), operandAt(read, whole)];
  const judgment = judge(PRODUCT, operands, part, result.text);
  const statement = { form: 'told', block: index, formula: PRODUCT, operands, result } as const;
  if (judgment.verdict !== 'fails' || changesBefore(read, at, words)) return undefined;
  if (isForSoMany(read, at + 2, part.value / judgment.computed)) return undefined;
  const after = text.slice(part.end, part.end + NEARBY);
  const isClosed = lead === 'bracket' ? after.startsWith(')') : /^\s*(?:[.,;:!?)\n]|$)/.test(after);
  if (lead === 'bracket' && !isClosed) return undefined;
  const earlier = quantities[at - 1];
  const isOnly = earlier === undefined || SENTENCE_END.test(text.slice(earlier.end, share.start));
  if (judgment.slip === 'magnitude') {
    // "(20,000) after the filter": more words may say why.
    const isEnd = lead !== 'bracket' || /^\)\s*(?:[.,;:!?\n]|$)/.test(after);
    const isSure = lead !== 'words' && isClosed && isEnd && isOnly;
    return statedCalculation(statement, isSure ? judgment : { ...judgment, verdict: 'unclear' });
  }
  // What is left, and what is made of more figures.
  const rest = (1 - share.value / 100) * whole.value;
  const isOff = Math.abs(part.value / judgment.computed - 1) > TALK && Math.abs(part.value / rest - 1) > TALK;
  if (lead === 'words' || !isClosed || !isOnly || !isOff || goesOn(readMarks(text, part.end, text.length, words)))
    return undefined;
  return statedCalculation(statement, { ...judgment, verdict: 'unclear', slip: 'share' });
}

/** "80,000 requests a day, of which 20% (1,600) go on": a part in brackets that has a zero too many or too few. */
function readPartOfThese(read: ReadBlock, index: number, at: number, words: CalculationWords): Calculation | undefined {
  const { text, quantities } = read;
  const [whole, share, part] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  if (!isShare(share) || isShare(whole) || isShare(part) || whole.kind === 'number') return undefined;
  if (!words.ofThese.has(spoken(text.slice(whole.end, share.start).replace(/^[,;]/, '')))) return undefined;
  const isBracket = text.slice(share.end, part.start) === ' (' && text.charAt(part.end) === ')';
  if (!isBracket || (part.unit !== '' && part.unit !== whole.unit)) return undefined;
  const operands = [operandAt(read, share), operandAt(read, whole)];
  const result = operandAt(read, part);
  const judgment = judge(PRODUCT, operands, part, result.text);
  if (judgment.slip !== 'magnitude') return undefined;
  const statement = { form: 'told', block: index, formula: PRODUCT, operands, result } as const;
  return statedCalculation(statement, { ...judgment, verdict: 'unclear' });
}

/** What leads from a whole to its part: a bracket, a word for it at once, or more words and then a colon or such a word. */
function leadTo(
  text: string,
  start: number,
  end: number,
  words: CalculationWords,
): 'bracket' | 'said' | 'words' | null {
  if (end - start > NEARBY) return null;
  const gap = text.slice(start, end);
  if (/^\s*\($/.test(gap)) return 'bracket';
  if (/^[^.;!?\n(]*:\s*$/.test(gap)) return 'words';
  let said = 0;
  let plain = 0;
  for (const { kind } of readMarks(text, start, end, words)) {
    if (kind === 'said') said += 1;
    else if (kind === 'word') plain += 1;
    else if (kind !== 'comma') return null;
  }
  return said === 1 && plain === 0 ? 'said' : said === 1 && plain <= MOST_WORDS ? 'words' : null;
}

/** Whether words before a share say that it is another one than is written: "half of the 3%", "up 3% of". */
function changesBefore({ text, quantities }: ReadBlock, at: number, words: CalculationWords): boolean {
  const { start } = quantities[at]!;
  return wordsIn(text.slice(sentenceStart(text, start, NEARBY), start)).some((word) => words.changes.has(word));
}

/** "From 12 minutes to 9, a 25% cut", "falls 30%, from 10 min to 7 min": a share that none of the two figures gives. */
function readChange(read: ReadBlock, index: number, at: number, words: CalculationWords): Calculation | undefined {
  const { text, quantities } = read;
  const three = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  const isFirst = isShare(three[0]!);
  const share = isFirst ? three[0]! : three[2]!;
  const [from, later] = isFirst ? [three[1]!, three[2]!] : [three[0]!, three[1]!];
  const unit = unitIn(text, from);
  // "From 12 minutes to 9": of the same unit.
  const to = later.kind === 'number' && later.unit === '' ? { ...from, ...valueOf(later, unit) } : later;
  // "10% a month, from $40K to $125K": as often as there are months.
  if (!isShare(share) || share.per.length > 0 || !isChange(from, to) || !isAlone(read, at)) return undefined;
  if (!isFrom(text.slice(Math.max(0, from.start - NEARBY), from.start), words)) return undefined;
  if (!isTo(text.slice(from.end, to.start), words)) return undefined;
  if (!saysChange(text, share, isFirst ? from : to, words)) return undefined;
  const one = rangeOf(from, unit);
  const other = rangeOf(to, unitIn(text, to));
  const stated = Math.abs(share.value);
  const isGiven = (low: number, high: number) => stated >= low * 100 - POINTS && stated <= high * 100 + POINTS;
  const isDrop = to.value < from.value;
  const lost: readonly [number, number] = [1 - other.high / one.low, 1 - other.low / one.high];
  // "A saving of 33%", where 33% is what is left.
  const isLost = isDrop && !isGiven(...lost) && saysSaving(text, share, isFirst ? from : to, words);
  const ratios: readonly (readonly [number, number])[] = [
    [other.low / one.high, other.high / one.low],
    [one.low / other.high, one.high / other.low],
  ];
  for (const [at, [low, high]] of ratios.entries())
    if ((isGiven(low, high) && !(isLost && at === 0)) || isGiven(low - 1, high - 1) || isGiven(1 - high, 1 - low))
      return undefined;
  const operands = [operandAt(read, from), operandAt(read, later)];
  const computed = (100 * Math.abs(from.value - to.value)) / from.value;
  return doubtOf(index, isDrop ? LOSS : GROWTH, operands, operandAt(read, share), computed);
}

/**
 * Whether the words around a share say that it is by how much the figure beside it changed, and of nothing else: "up 20% from", "9 minutes, a 25% cut", but
 * not "while costs rise 20%" or "80% fewer errors".
 */
function saysChange(text: string, share: Quantity, figure: Quantity, words: CalculationWords): boolean {
  const isFirst = share.start < figure.start;
  const gap = isFirst ? text.slice(share.end, figure.start) : text.slice(figure.end, share.start);
  if (gap.length > NEARBY || /[:\n]/.test(gap)) return false;
  const between = saidIn(gap);
  const isLink = (word: string) => words.changeLinks.has(word) || words.articles.has(word) || words.roughs.has(word);
  if (!between.every((word) => isLink(word) || words.changes.has(word) || words.origins.has(word))) return false;
  if (between.some((word) => words.changes.has(word))) return true;
  if (/[+−-]$/.test(text.slice(0, share.start)) || /^[+−-]/.test(text.slice(share.start, share.end))) return true;
  if (isFirst) {
    const before = saidIn(text.slice(sentenceStart(text, share.start, NEARBY), share.start));
    if (before.some((word) => words.periods.has(word))) return false;
    return words.changes.has(before.findLast((word) => !isLink(word)) ?? '');
  }
  const [, change, next] = /^\s+([\p{L}'’]+)\s*([\p{L}'’]*)/u.exec(text.slice(share.end, share.end + NEARBY)) ?? [];
  return words.changes.has(change?.toLowerCase() ?? '') && (next === '' || isLink(next?.toLowerCase() ?? ''));
}

/** Whether a word beside a share says that it is what is gone, and nothing that it is what is left: "a saving of 33%", but not "cut to 33%" or "33% of it". */
function saysSaving(text: string, share: Quantity, figure: Quantity, words: CalculationWords): boolean {
  const isFirst = share.start < figure.start;
  const after = saidIn(text.slice(share.end, share.end + NEARBY / 2));
  if (words.parts.has(after[0] ?? '')) return false;
  const before = saidIn(text.slice(isFirst ? sentenceStart(text, share.start, NEARBY) : figure.end, share.start));
  if (words.targets.has(before.at(-1) ?? '')) return false;
  return [...before, after[0] ?? ''].some((word) => words.savings.has(word));
}

/** Whether the words before a figure say that it is what something was: "from about". */
function isFrom(before: string, words: CalculationWords): boolean {
  const said = spoken(before);
  const last = said.lastIndexOf(' ');
  return endsIn(words.roughs.has(said.slice(last + 1)) ? said.slice(0, Math.max(0, last)) : said, words.origins);
}

/** Whether the words between two figures say that the second is what the first becomes: "per case to", "to about". */
function isTo(between: string, words: CalculationWords): boolean {
  const said = spoken(between);
  if (said.length > NEARBY || /[^\p{L}\s→>-]/u.test(said)) return false;
  return endsIn(said, words.targets) || endsIn(said.slice(0, Math.max(0, said.lastIndexOf(' '))), words.targets);
}

/** A bare figure in another's unit. */
function valueOf({ start, end, value, digits }: Quantity, unit: number) {
  return { start, end, value: value * unit, ...(digits === undefined ? {} : { digits }) };
}

/** Whether two figures can be the same one before and after: neither a year nor a share, and of one kind. */
function isChange(from: Quantity, to: Quantity): boolean {
  if (from.kind === 'number' || from.kind === 'percentage' || from.value <= 0 || to.value <= 0) return false;
  if ([from, to].some(({ bound }) => bound === 'at-most' || bound === 'at-least')) return false;
  return to.kind === from.kind && to.unit === from.unit && isForTheSame(to, from);
}

function isForTheSame(to: Quantity, from: Quantity): boolean {
  return perOf(to) === perOf(from) || to.per.length === 0 || from.per.length === 0;
}

/** What a figure of one digit may have been before it was rounded. */
function rangeOf({ value, digits }: Quantity, unit: number): { readonly low: number; readonly high: number } {
  const half = digits === undefined || digits === 1 ? Math.min(0.5 * unit, value / 2) : 0;
  return { low: value - half, high: value + half };
}

/** What one of a figure's written number stands for: 60 for minutes. */
function unitIn(text: string, { start, end, value }: Quantity): number {
  const written = Number(/\d[\d,]*(?:\.\d+)?/.exec(text.slice(start, end))?.[0].replace(/,/g, ''));
  return written > 0 ? value / written : 1;
}

/** "At $49 a seat and $11 of model spend, the gross margin is 78%". */
function readMargin(read: ReadBlock, index: number, at: number, words: CalculationWords): Calculation | undefined {
  const { text, quantities } = read;
  const [price, cost, share] = [quantities[at]!, quantities[at + 1]!, quantities[at + 2]!];
  if (price.kind !== 'money' || cost.kind !== 'money' || !isShare(share) || price.unit !== cost.unit) return undefined;
  if (cost.value >= price.value || cost.value <= 0 || !isAlone(read, at)) return undefined;
  const said = text.slice(cost.end, share.end + NEARBY / 4);
  if (share.start - cost.end > NEARBY || !wordsIn(said).some((word) => words.margins.has(word))) return undefined;
  // "$0.30 of tokens and human checks": of more than is told.
  if (wordsIn(text.slice(cost.end, share.start)).some((word) => words.besides.has(word))) return undefined;
  // "$3 per million in, $15 per million out": prices for so many are no price of what is sold.
  if ([price, cost].some(({ per }) => per.some(({ amount }) => amount !== 1))) return undefined;
  const first = price.value;
  const second = cost.value;
  const given = [(first - second) / first, second / first, (first - second) / second, first / second];
  if (given.some((one) => Math.abs(100 * one - share.value) <= POINTS)) return undefined;
  const operands = [operandAt(read, price), operandAt(read, cost)];
  return doubtOf(index, LOSS, operands, operandAt(read, share), (100 * (first - second)) / first);
}

function doubtOf(
  block: number,
  formula: Formula,
  operands: readonly Operand[],
  result: Operand,
  computed: number,
): Calculation {
  const statement = { form: 'told', block, formula, operands, result } as const;
  return statedCalculation(statement, { computed, verdict: 'unclear', isRounding: false, slip: 'share' });
}

/** Whether three figures are all that their sentence has. */
function isAlone({ text, quantities }: ReadBlock, at: number): boolean {
  const earlier = quantities[at - 1];
  const later = quantities[at + 3];
  const inside = text.slice(quantities[at]!.end, quantities[at + 2]!.start);
  return (
    !SENTENCE_END.test(inside) &&
    (earlier === undefined || SENTENCE_END.test(text.slice(earlier.end, quantities[at]!.start))) &&
    (later === undefined || SENTENCE_END.test(text.slice(quantities[at + 2]!.end, later.start)))
  );
}

const PRODUCT = chainOf('×', 2);
