import { groupAround } from '../answer/blockGroups.js';
import { sourceSpan, type Block } from '../answer/blocks.js';
import { hasOnlyCommonSigns } from '../answer/letters.js';
import type { PlacedChunk } from '../answer/readAnswer.js';
import { overlaps, type Span } from '../answer/spans.js';
import type { Calculation, Formula } from '../calculations/findCalculations.js';
import { wordsIn } from '../calculations/gaps.js';
import { isPartSum } from '../calculations/totals.js';
import { evidenceAt, evidenceOfKinds } from './evidenceIndex.js';
import type { DetectorInput, OptionType, PlacedEvidence } from './detectors.js';
import { sentencesIn } from './sentenceOf.js';

/** What stands beside a sum and goes into it although its signs do not show it. */
export interface Qualification {
  /** The first words that stand in the sum's sentence, the one before it, its lead-in, or its row's or line's label; null where there are none. */
  readonly words: string | null;
  /** Whether those words are no more than a sign of the sum itself: "$12,000 less 15%". */
  readonly isSign: boolean;
  /** Whether the figures of those words, or of the label, make the stated result right. */
  readonly isExplained: boolean;
  /** Whether such words stand in a row's or a line's label. */
  readonly isLabel: boolean;
  /** Whether words beside the sum say that its result is less or more than its figures come to, as tax and discounts do, and it may be by so much. */
  readonly isAdjusted: boolean;
}

/** What tells a qualifier. */
export interface QualifierWords {
  /** The kinds of evidence that qualify a sum beside them. */
  readonly kinds: readonly string[];
  /** The kinds that make a result less or more than its figures come to. */
  readonly adjustments: readonly string[];
  /** Words of a lead-in that is only a label; what stands under it is qualified. */
  readonly leadIns: ReadonlySet<string>;
  /** Words beside a sum by which a part of it takes no time or money. */
  readonly leftOut: ReadonlySet<string>;
  readonly factors: FactorWords;
}

/** By word, the figures that it stands for: `{ twice: 2, half: 0.5 }`. */
export type FactorWords = ReadonlyMap<string, number>;

/**
 * Reads what qualifies a sum. Figures that the sum already reckons with qualify nothing.
 */
export function qualify(
  input: DetectorInput,
  placed: PlacedChunk,
  calculation: Calculation,
  { kinds, adjustments, leadIns, leftOut, factors }: QualifierWords,
): Qualification {
  const { offset, chunk } = placed;
  const scope = scopeOf(chunk.blocks, calculation);
  const own = [...calculation.operands, ...(calculation.result ? [headOf(calculation.result)] : [])];
  const isOpen = (span: Span) => !own.some((one) => overlaps(one, span));
  const isBeside = (item: PlacedEvidence) => isOpen({ start: item.start - offset, end: item.end - offset });
  const words = evidenceUnder(input, scope.spans, offset).filter(
    (item) => (kinds.includes(item.kind) || adjustments.includes(item.kind)) && isBeside(item),
  );
  const near = evidenceUnder(input, scope.around, offset);
  const heading = scope.headings.find((text) =>
    text
      .toLowerCase()
      .split(hasOnlyCommonSigns(text) ? /[^A-Za-z\d]+/ : /[^\p{L}\d]+/u)
      .some((word) => leadIns.has(word)),
  );
  const isInLabel = (item: PlacedEvidence) =>
    scope.labels.some((label) => overlaps(label, { start: item.start - offset, end: item.end - offset }));
  const read = (span: Span) => blanked(input.text.slice(offset + span.start, offset + span.end), span, own);
  const said = [...words.map(({ text }) => text), ...scope.headings].flatMap((text) => figuresIn(text, factors));
  const lines = scope.labels.map((label) => ({ label, figures: figuresIn(digitsOf(read(label)), factors) }));
  // What a line's label says is said of that line, where several are summed.
  const ownLines = lines.length > 2 ? [] : lines;
  const isExplained =
    calculation.result !== null &&
    (isRight(calculation, [...said, ...ownLines.flatMap((line) => line.figures)]) ||
      isRightFarther(input, calculation, adjustments, factors) ||
      isSummed(input, placed, calculation, { words, said, lines }) ||
      (isPartly(calculation) &&
        scope.spans.some((span) =>
          wordsIn(input.text.slice(offset + span.start, offset + span.end)).some((word) => leftOut.has(word)),
        )));
  const beyondSigns = words.find(
    (item) => !isSignOf(calculation, { start: item.start - offset, end: item.end - offset }),
  );
  return {
    words: (beyondSigns ?? words[0])?.text ?? heading ?? null,
    isSign: beyondSigns === undefined && words.length > 0,
    isExplained,
    isLabel: words.some(isInLabel),
    isAdjusted: near.some((item) => adjustments.includes(item.kind) && isBeside(item)) && mayBeAdjusted(calculation),
  };
}

/** Whether a span stands between two figures of a difference that is told in words. */
function isSignOf({ form, formula, operands, result, slip }: Calculation, { start, end }: Span): boolean {
  const isDifference = form === 'told' && formula.operator === '-';
  // "$12,000 with a 40% cache hit rate: $4,800": of a share that is taken off, all words before the result.
  if (isDifference && slip === 'share')
    return start >= Math.min(...operands.map((one) => one.start)) && end <= (result?.start ?? 0);
  return isDifference && operands.some((one, at) => one.end <= start && end <= (operands[at + 1]?.start ?? 0));
}

/** Whether a result is off by no more than taxes, discounts and allowances may make of it: an allowance may leave next to nothing, but none makes it ten times as much. */
function mayBeAdjusted({ computed, result }: Calculation): boolean {
  const ratio = (result?.quantity.value ?? 0) / computed;
  return ratio > 0 && ratio <= MOST_ADDED;
}

const MOST_ADDED = 5;

/** Whether words of tax or of a discount anywhere in the answer give the very share by which a result is off: "all prices with 19% VAT". */
function isRightFarther(
  input: DetectorInput,
  { computed, result }: Calculation,
  adjustments: readonly string[],
  factors: FactorWords,
): boolean {
  const stated = result?.quantity.value ?? 0;
  return evidenceOfKinds(input.evidence, adjustments).some(({ text }) =>
    figuresIn(text, factors).some((figure) => figure.some((factor) => isClose(computed * factor, stated, EXACTLY))),
  );
}

/** Word by word, a figure; for a check's options. */
export function factorWords(): OptionType {
  return {
    schema: { type: 'object', additionalProperties: { type: 'number', exclusiveMinimum: 0 }, minProperties: 1 },
    problem: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((figure) => typeof figure === 'number' && figure > 0)
        ? null
        : 'This option says what words stand for, as in { twice: 2, half: 0.5 }',
  };
}

/** Within so much, the figures of words farther off are those that a result is off by. */
const EXACTLY = 0.004;
/** Within so much, a stated result is the one that the qualifier's figure gives. */
const CLOSE = 0.03;
/** The same of one part of a sum: with several to choose from, more would explain too much. */
const CLOSER = 0.012;
/** Beyond so many figures nearby, some pair of them would explain anything. */
const FEW = 3;

interface Scope {
  readonly spans: readonly Span[];
  /** The sum's own sentences or lines, those right before and behind them, and what leads in to its list or table or follows it. */
  readonly around: readonly Span[];
  /** The labels of the lines and rows whose figures the sum takes. */
  readonly labels: readonly Span[];
  /** The words of the lead-ins that stand over the sum. */
  readonly headings: readonly string[];
}

/** Where words stand that go into a sum; offsets are those of its stretch. */
function scopeOf(blocks: readonly Block[], calculation: Calculation): Scope {
  const touched = blocks.flatMap((block, index) => {
    const span = wholeOf(block);
    return [...calculation.operands, ...(calculation.result ? [calculation.result] : [])].some((one) =>
      overlaps(span, one),
    )
      ? [index]
      : [];
  });
  const first = touched[0];
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return { spans: [], around: [], labels: [], headings: [] };
  const spans: Span[] = [];
  const labels: Span[] = [];
  for (let index = first; index <= last; index += 1) {
    const block = blocks[index]!;
    const label = labelOf(block);
    if (label) labels.push(sourceSpan(block, label));
    spans.push(...(block.kind === 'row' || last > first ? [wholeOf(block)] : sentencesAround(block, calculation)));
    if (label) spans.push(sourceSpan(block, label));
  }
  const before = leadIn(blocks, first);
  if (before) spans.push(...before.sentences.slice(-2).map((sentence) => sourceSpan(before.block, sentence)));
  const headings = touched.flatMap((index) =>
    blocks[index]!.labels.flatMap(({ text, source }) => (source === 'list' || source === 'outer' ? [text] : [])),
  );
  const around = [...spans, ...lineBefore(blocks, first), ...behind(blocks, calculation, last)];
  return { spans, around, labels, headings: [...new Set(headings)] };
}

/** The line above a sum's first one. */
function lineBefore(blocks: readonly Block[], index: number): Span[] {
  const before = blocks[index - 1];
  return before && groupAround(blocks, index).first < index ? [wholeOf(before)] : [];
}

/** What stands behind a sum: the next sentence, or the next line and what follows the list or the table. */
function behind(blocks: readonly Block[], calculation: Span, last: number): Span[] {
  const block = blocks[last]!;
  const isLine = block.kind === 'item' || block.kind === 'row';
  const sentences = isLine ? [] : sentencesIn(block).map((sentence) => sourceSpan(block, sentence));
  const next = sentences[sentences.findLastIndex((sentence) => overlaps(sentence, calculation)) + 1];
  if (next) return [next];
  const following = isLine ? [last + 1, groupAround(blocks, last).last + 1] : [last + 1];
  return [...new Set(following)].flatMap((index) => {
    const after = blocks[index];
    const [first] = after ? sentencesIn(after) : [];
    return after && first ? [sourceSpan(after, first)] : [];
  });
}

/** The evidence that overlaps one of these spans of a stretch, in the order of the text. */
function evidenceUnder(input: DetectorInput, spans: readonly Span[], offset: number): PlacedEvidence[] {
  const found = spans.flatMap(({ start, end }) =>
    evidenceAt(input.evidence, { start: start + offset, end: end + offset }),
  );
  return [...new Set(found)].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The sentences that hold a sum, and the one before them. */
function sentencesAround(block: Block, calculation: Span): Span[] {
  const sentences = sentencesIn(block).map((sentence) => sourceSpan(block, sentence));
  const first = sentences.findIndex((sentence) => overlaps(sentence, calculation));
  return first < 0
    ? [wholeOf(block)]
    : sentences.filter((sentence, index) => index === first - 1 || index === first || overlaps(sentence, calculation));
}

/** The paragraph above a list, a table or a line, where it leads in to it. */
function leadIn(blocks: readonly Block[], index: number): { block: Block; sentences: readonly Span[] } | null {
  const block = blocks[index]!;
  const isLine = block.kind === 'item' || block.kind === 'row';
  const start = isLine ? groupAround(blocks, index).first : index;
  const before = blocks[start - 1];
  if (!before) return null;
  if (!isLine && before.paragraph !== block.paragraph && !/:\s*$/.test(before.text)) return null;
  return { block: before, sentences: sentencesIn(before) };
}

function labelOf(block: Block): Span | null {
  const [cell] = block.cells;
  if (block.kind === 'row') return cell ?? null;
  return block.ownLabel > 0 ? { start: 0, end: block.ownLabel } : null;
}

function wholeOf(block: Block): Span {
  return sourceSpan(block, { start: 0, end: block.text.length });
}

/** The figure of a result, without the words behind it. */
function headOf({ start, end, text }: Span & { readonly text: string }): Span {
  return { start, end: Math.min(end, start + (/^\S+/.exec(text)?.[0].length ?? 1)) };
}

/** A text in which the figures that a sum reckons with are blank. */
function blanked(text: string, span: Span, own: readonly Span[]): string {
  let left = text;
  for (const { start, end } of own) {
    const from = Math.max(0, start - span.start);
    const to = Math.min(text.length, end - span.start);
    if (from < to) left = left.slice(0, from) + ' '.repeat(to - from) + left.slice(to);
  }
  return left;
}

function digitsOf(text: string): string {
  return text.replace(hasOnlyCommonSigns(text) ? /[A-Za-z]+/g : /\p{L}+/gu, ' ');
}

/** What one figure may do to a sum: 40% makes it 0.4, 0.6 or 1.4 of it. */
type Figure = readonly number[];

/** The figures and words of a text, each with the factors that it may stand for. */
function figuresIn(text: string, words: FactorWords): Figure[] {
  const found: number[][] = [];
  let before: number | undefined;
  const pattern = hasOnlyCommonSigns(text)
    ? /(?<![\d.,$€£¥])(\d+(?:,\d{3})*(?:\.\d+)?)(\s?(?:%|percent))?|[a-z][a-z\d]*/g
    : /(?<![\d.,$€£¥])(\d+(?:,\d{3})*(?:\.\d+)?)(\s?(?:%|percent))?|\p{L}[\p{L}\d]*/gu;
  for (const [all, digits, percent] of text.toLowerCase().matchAll(pattern)) {
    const value =
      digits === undefined ? words.get(all) : Number(digits.replace(/,/g, '')) / (percent === undefined ? 1 : 100);
    if (value === undefined || !(value > 0)) continue;
    if (percent !== undefined || value < 1) {
      found.push([value, 1 - value, 1 + value, 1 / (1 + value), 1 / (1 - value), 1 / value]);
      continue;
    }
    found.push([value, 1 / value, 1 - 1 / value, 1 + 1 / value]);
    if (before !== undefined) found.push([before / value, 1 - before / value, value / before]);
    before = value;
  }
  return found.map((figure) => figure.filter((one) => Number.isFinite(one) && one > 0 && one !== 1));
}

function isRight({ computed, result }: Calculation, figures: readonly Figure[]): boolean {
  const stated = result?.quantity.value ?? 0;
  const gives = (factor: number) => isClose(computed * factor, stated);
  if (figures.some((figure) => figure.some(gives))) return true;
  return (
    figures.length <= FEW &&
    figures.some((figure, index) =>
      figures.slice(index + 1).some((other) => figure.some((one) => other.some((two) => gives(one * two)))),
    )
  );
}

function isClose(one: number, other: number, share = CLOSE): boolean {
  return Math.abs(one - other) <= share * Math.abs(other);
}

interface Parts {
  readonly words: readonly PlacedEvidence[];
  readonly said: readonly Figure[];
  readonly lines: readonly { readonly label: Span; readonly figures: readonly Figure[] }[];
}

/** Whether one part of a sum, taken as often as its label says, or taken off, makes it right. */
function isSummed(
  input: DetectorInput,
  { offset, chunk }: PlacedChunk,
  calculation: Calculation,
  parts: Parts,
): boolean {
  const { operands, computed, result, formula } = calculation;
  if (!isSum(formula)) return false;
  const stated = result?.quantity.value ?? 0;
  let all = computed;
  let hasAll = false;
  for (const { start, end, quantity } of operands) {
    const block = chunk.blocks.find((one) => overlaps(wholeOf(one), { start, end }));
    const span = block ? wholeOf(block) : { start, end };
    const own = parts.lines.filter(({ label }) => overlaps(label, span)).flatMap(({ figures }) => figures);
    const isQualified = parts.words.some((item) =>
      overlaps(span, { start: item.start - offset, end: item.end - offset }),
    );
    const isNegative = input.text[offset + start - 1] === '(' && input.text[offset + end] === ')';
    const factors = [...own.flat(), ...parts.said.flat(), ...(isQualified || isNegative ? [-1] : [])];
    if (factors.some((factor) => isClose(computed + quantity.value * (factor - 1), stated, CLOSER))) return true;
    const times = isNegative ? -1 : own[0]?.[0];
    if (times === undefined) continue;
    all += quantity.value * (times - 1);
    hasAll = true;
  }
  return hasAll && isClose(all, stated, CLOSER);
}

/** Whether a sum is right without some of its parts: "300 ms + (400 ms in parallel) + 1.2 s = 1.5 s", "$20 + $5 (free) = $20". */
function isPartly({ form, operands, result, formula }: Calculation): boolean {
  const values = operands.map(({ quantity }) => quantity.value);
  // The names of lines and rows are no remarks on their sum.
  const isSentence = form === 'formula' || form === 'told';
  return isSentence && isSum(formula) && values.length <= MOST_PARTS && isPartSum(values, result?.quantity.value ?? 0);
}

const MOST_PARTS = 8;

function isSum(formula: Formula): boolean {
  return formula.operator === 'operand' || (formula.operator === '+' && isSum(formula.left) && isSum(formula.right));
}
