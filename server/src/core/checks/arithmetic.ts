import type { Calculation, Operand } from '../calculations/findCalculations.js';
import { PERIODS, periodFactors } from '../calculations/periods.js';
import type { PlacedChunk } from '../answer/readAnswer.js';
import { cutAtWord, LONGEST_QUOTE } from '../quote.js';
import { formatCount } from '../reference/format.js';
import type { Fix, TextEdit } from '../types.js';
import { DOUBT_OPTIONS, DOUBTS, doubtsIn } from './doubts.js';
import type { Detection, Detector, DetectorInput, OptionType } from './detectors.js';
import { evidenceKinds, kindList, wordList } from './options.js';
import { factorWords, qualify, type Qualification, type QualifierWords } from './sumQualifiers.js';

/** The mistakes that a wrong result can show, and the two things that may explain one. */
const SLIPS = [
  'magnitude',
  'denominator',
  'period',
  'cents',
  'percent',
  'missing-operand',
  'peak',
  'rounding',
] as const;

/** The same said with a figure: `{factor}`, `{period}`, `{operand}`, `{qualifier}`. Where one is left out, the plain one stands for it. */
const TOLD_SLIPS = [
  'bulk-price',
  'share',
  'factor',
  'named-period',
  'named-operand',
  'added',
  'taken-off',
  'rounded-up',
  'qualified',
] as const;

/**
 * Finds each stated result that its operands do not give, on the result's words. What some reading explains (another period, rounded operands) is a
 * hint, and so is what words beside it may explain (a share, a discount); what their figures explain is nothing. What none explains has the check's own
 * severity, and a fix for the writer to take. What a right sum leaves in doubt (`doubts.ts`) is a hint as well.
 */
export const arithmetic: Detector = {
  id: 'arithmetic',
  options: {
    slips: textsBy([...SLIPS, ...TOLD_SLIPS], SLIPS),
    doubts: textsBy(DOUBTS, []),
    'lead-ins': wordList(),
    'left-out': wordList(),
    adjustment: evidenceKinds(),
    factors: factorWords(),
    ...DOUBT_OPTIONS,
  },
  required: ['slips'],
  isAbsence: false,
  needsOwner: false,
  applies: (input) =>
    input.chunks.some(({ chunk }) => chunk.calculations.some((one) => one.result !== null && one.isMoney)),
  detect(input, options) {
    const means: Means = {
      slips: options['slips'] as Readonly<Record<string, string>>,
      qualifiers: {
        kinds: kindList(options['qualifier']),
        adjustments: kindList(options['adjustment']),
        leadIns: new Set(kindList(options['lead-ins'])),
        leftOut: new Set(kindList(options['left-out'])),
        factors: new Map(Object.entries((options['factors'] ?? {}) as Readonly<Record<string, number>>)),
      },
    };
    const sums = input.chunks.flatMap((placed) =>
      placed.passedOver
        ? []
        : placed.chunk.calculations.flatMap((calculation) => toDetection(input, placed, calculation, means) ?? []),
    );
    const doubts = (options['doubts'] ?? {}) as Readonly<Record<string, string>>;
    return [...sums, ...doubtsIn(input, options, doubts)].sort((a, b) => a.start - b.start || a.end - b.end);
  },
};

/** What the check's data says of slips and of what qualifies a sum. */
interface Means {
  readonly slips: Readonly<Record<string, string>>;
  readonly qualifiers: QualifierWords;
}

function toDetection(
  input: DetectorInput,
  placed: PlacedChunk,
  calculation: Calculation,
  means: Means,
): Detection | null {
  const { verdict, result, slip, isRounding } = calculation;
  const isDoubtful = verdict === 'unclear' && (isRounding || slip !== undefined);
  if (result === null || (verdict !== 'fails' && !isDoubtful)) return null;
  const qualification = qualify(input, placed, calculation, means.qualifiers);
  const { words, isExplained } = qualification;
  if (
    isExplained ||
    isAdjusted(calculation, qualification) ||
    (isDoubtful && words !== null && !(qualification.isSign && slip === 'share')) ||
    isLeftOut(calculation, qualification)
  )
    return null;
  const isQualified = words !== null && !isPlainSlip(calculation, qualification);
  const isHint = isDoubtful || isQualified || isRoundedUp(calculation);
  const place = ({ start, end }: Operand) => ({ start: placed.offset + start, end: placed.offset + end });
  const span = place(result);
  const edit = isHint ? null : figureEdit(input.text.slice(span.start, span.end), result.text, calculation.figure);
  const fix: Fix | null = edit && {
    title: `Change to ${plain(calculation.figure)}`,
    edits: [{ start: span.start + edit.start, end: span.start + edit.end, newText: edit.newText }],
    needsWriter: true,
  };
  const why = isQualified
    ? qualification.isSign
      ? (means.slips[result.quantity.value > calculation.computed ? 'added' : 'taken-off'] ?? '')
      : (means.slips['qualified'] ?? '').replace('{qualifier}', plain(words ?? ''))
    : isRoundedUp(calculation)
      ? (means.slips['rounded-up'] ?? '')
      : slipWords(calculation, means.slips);
  return {
    ...span,
    section: input.sections[placed.section]?.id ?? null,
    names: {
      formula: formulaOf(input, placed, calculation),
      stated: plain(result.text),
      slip: why === '' ? '' : `: ${why}`,
    },
    related: calculation.operands.map((operand) => ({ ...place(operand), message: plain(operand.text) })),
    ...(isHint ? { severity: 'hint' as const } : {}),
    ...(fix === null ? {} : { fix }),
  };
}

/** "5 calls × 200 ms = 200 ms, as they run at once": the words say why an operand does not count. */
function isLeftOut({ slip }: Calculation, { words }: Qualification): boolean {
  return slip === 'missing-operand' && words !== null;
}

/** "3 × €500 = €1,785 with VAT": tax, a discount or an allowance goes into it. */
function isAdjusted(calculation: Calculation, { isAdjusted: isSaid }: Qualification): boolean {
  return isSaid && !isPowerOfTen(calculation);
}

/** A power of ten is a slip of the pen whatever stands beside it; but a line's label may be one of every ten, and an allowance may leave a tenth. */
function isPlainSlip(calculation: Calculation, { isLabel, isAdjusted: isSaid }: Qualification): boolean {
  const isLess = Math.abs(calculation.result?.quantity.value ?? 0) < Math.abs(calculation.computed);
  return !isLabel && !(isSaid && isLess) && isPowerOfTen(calculation);
}

function isPowerOfTen({ computed, result }: Calculation): boolean {
  const power = Math.log10(Math.abs(computed / (result?.quantity.value ?? 0)));
  return Number.isFinite(power) && Math.round(power) !== 0 && Math.abs(power - Math.round(power)) < EXACT;
}

/** "1,157 QPS × 2 = 2,500 QPS": to one or two digits, and on the safe side. */
function isRoundedUp({ verdict, slip, computed, result, form }: Calculation): boolean {
  const stated = result?.quantity.value ?? 0;
  const digits = digitCount(stated);
  return (
    verdict === 'fails' &&
    slip === undefined &&
    form === 'formula' &&
    stated > computed &&
    stated <= computed * MOST_ROUNDED_UP &&
    digits <= 2 &&
    digits < digitCount(computed)
  );
}

/** How many digits a figure has from its first to its last that is no zero. */
function digitCount(value: number): number {
  return Number(Math.abs(value).toPrecision(8)).toExponential().replace(/e.*$/, '').replace('.', '').length;
}

const MOST_ROUNDED_UP = 1.1;
/** In powers of ten: half a percent. */
const EXACT = 0.0022;
/** Beyond it, two figures have nothing to do with each other. */
const LARGEST_SLIP = 1e6;
/** Below it, a price was for a million rather than for a thousand. */
const MILLIONTHS = 1e-5;
/** A result that is off by more was not rounded. */
const MOST_ROUNDED = 0.05;

/** What is said of the mistake that a result shows, with its figure; empty where none is known. */
function slipWords(calculation: Calculation, slips: Readonly<Record<string, string>>): string {
  const { slip, isRounding, computed, operands } = calculation;
  const result = calculation.result!.quantity;
  const ratio = result.value / computed;
  if (isRounding && slip === undefined) {
    const why = ratio > 1 + MOST_ROUNDED ? slips['added'] : ratio < 1 - MOST_ROUNDED ? slips['taken-off'] : undefined;
    return why ?? slips['rounding'] ?? '';
  }
  if (slip === undefined) return isRounding ? (slips['rounding'] ?? '') : '';
  if (slip === 'magnitude') {
    const factor = Math.pow(10, Math.round(Math.abs(Math.log10(Math.abs(ratio)))));
    if (factor > LARGEST_SLIP) return '';
    if (factor > 10 && slips['factor'] !== undefined) return slips['factor'].replace('{factor}', formatCount(factor));
  }
  if (slip === 'bulk-price')
    return (slips[slip] ?? '').replace('{amount}', formatCount(ratio > MILLIONTHS ? 1000 : 1e6));
  if (slip === 'period' && slips['named-period'] !== undefined) {
    const unit = result.per.find((one) => PERIODS.includes(one.unit))?.unit;
    const period = PERIODS.find(
      (other) =>
        unit !== undefined &&
        other !== unit &&
        periodFactors(unit, other).some((factor) => Math.abs(ratio / factor - 1) < 0.02),
    );
    if (period !== undefined) return slips['named-period'].replace('{period}', period);
  }
  if (slip === 'missing-operand' && slips['named-operand'] !== undefined) {
    const left = operands.find(({ quantity }) => Math.abs(ratio * quantity.value - 1) < 0.02);
    if (left) return slips['named-operand'].replace('{operand}', plain(left.text).replace(/ \/ .*$/, ''));
  }
  return slips[slip] ?? '';
}

/** The sum as its writer wrote it up to the result, where that is one line without markup; else in signs. */
function formulaOf(input: DetectorInput, { offset }: PlacedChunk, calculation: Calculation): string {
  const { form, told, operands, figure } = calculation;
  const from = operands[0]?.start ?? 0;
  const to = operands.at(-1)?.end ?? 0;
  const written = plain(input.text.slice(offset + from, offset + to));
  const isWhole = operands.every(({ start, end }) => start >= from && end <= to) && operands.length > 1;
  const isTellable =
    form === 'formula' && isWhole && written.length <= LONGEST_WRITTEN && !/[=≈*_`|[\]()\n\\<>]/.test(written);
  const formula = isTellable ? `${written} = ${figure}` : told;
  return withFigure(formula).replace(/= (?=[≈~<>≤≥])/u, '');
}

/** A formula with what comes out, which a long one must not be cut off from. */
function withFigure(formula: string): string {
  if (formula.length <= LONGEST_QUOTE) return formula;
  const sign = formula.lastIndexOf(' = ');
  const result = formula.slice(sign);
  return `${cutAtWord(formula, Math.max(0, LONGEST_QUOTE - result.length - 2))} …${result}`;
}

/** Longer ones are told in their figures alone. */
const LONGEST_WRITTEN = 80;

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * The edit that makes a result the right figure, with offsets in its source. Where markup ends inside of it ("**$75** a day"), the number alone is replaced; null
 * where that cannot be found.
 */
function figureEdit(source: string, text: string, figure: string): TextEdit | null {
  const isWritten = source.replace(/\\(?=[$~])/g, '') === text && !/\n/.test(source);
  if (isWritten) return { start: 0, end: source.length, newText: figure };
  const [number, ...others] = source.match(NUMBER) ?? [];
  const [from] = text.match(NUMBER) ?? [];
  const [to] = figure.match(NUMBER) ?? [];
  const isNumberAlone =
    number !== undefined && number === from && to !== undefined && text.replace(from, to) === figure;
  if (!isNumberAlone || others.length > 0) return null;
  const start = source.indexOf(number);
  return { start, end: start + number.length, newText: to };
}

const NUMBER = /\d[\d,]*(?:\.\d+)?|\.\d+/g;

/** By name, what is said of it; those that are needed may not be left out. */
function textsBy(names: readonly string[], needed: readonly string[]): OptionType {
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
      ...(needed.length > 0 ? { required: [...needed] } : {}),
      additionalProperties: false,
    },
    problem: (value) => {
      const given = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
      const missing = names.find((name) => (needed.includes(name) || name in given) && typeof given[name] !== 'string');
      const unknown = Object.keys(given).find((name) => !names.includes(name));
      if (missing !== undefined) return `This option says what "${missing}" is`;
      return unknown === undefined ? null : `There is no mistake "${unknown}"; known are ${names.join(', ')}`;
    },
  };
}
