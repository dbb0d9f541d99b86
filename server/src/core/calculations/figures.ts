import { readQuantities, type Quantity } from '../evidence/quantities.js';
import { currencySign } from '../reference/format.js';
import { secondsOf } from './periods.js';

/** Whether a figure is one value, if only roughly: no range, and nothing above or below it. */
export function isOneValue({ max, bound }: Pick<Quantity, 'max' | 'bound'>): boolean {
  return max === undefined && bound !== 'at-most' && bound !== 'at-least';
}

/** A quantity's denominators, to compare: "1000 token", "1 query/1 day". */
export function perOf({ per }: Pick<Quantity, 'per'>): string {
  return per.map(({ amount, unit }) => `${amount} ${unit}`).join('/');
}

/**
 * Writes a value in the format of a quantity that the writer wrote: its currency sign, unit, thousands separators, magnitude ("k", "million") and
 * decimals; the decimals grow where the value needs more to be said within half a percent. `value` is in the quantity's base unit.
 */
export function figureLike(value: number, quantity: Pick<Quantity, 'kind' | 'value'>, text: string): string {
  const core = coreOf(text);
  if (core === undefined) return inDigits(value, quantity, text);
  const { number, before, after } = core;
  const magnitude = magnitudeAfter(after);
  // What one of the written number stands for in base units, its magnitude apart: 0.01 for cents, 3600 for hours.
  const written = Number(number.replace(/[,_\u202f\u2009\u00a0]/g, ''));
  const scale = magnitude?.value ?? 1;
  const unit = written === 0 || quantity.value === 0 ? 1 : Math.abs(quantity.value) / (written * scale);
  let mantissa = Math.abs(value) / (unit * scale);
  let tail = after;
  if (magnitude !== undefined && value !== 0) {
    const fitting = fittingMagnitude(mantissa * scale, magnitude);
    if (fitting !== undefined) {
      mantissa = (mantissa * scale) / fitting.value;
      tail = fitting.text + after.slice(magnitude.length);
    }
  }
  [mantissa, tail] = inLargerUnit(mantissa, tail, written);
  const sign = value < 0 && quantity.value >= 0 ? '-' : '';
  const isMoney = quantity.kind === 'money';
  return `${sign}${before}${writeNumber(mantissa, number, isMoney && magnitude === undefined)}${tail}`;
}

/** "30,000 MB" as "30 GB", where the writer wrote no such long number. */
function inLargerUnit(mantissa: number, tail: string, written: number): [mantissa: number, tail: string] {
  const [, blank = '', unit = ''] = /^(\s?)([A-Za-z]+)\b/.exec(tail) ?? [];
  const at = SIZE_UNITS.indexOf(unit);
  const larger = SIZE_UNITS[at + 1];
  if (at < 0 || larger === undefined || written >= 1000 || mantissa < LONG_NUMBER) return [mantissa, tail];
  return inLargerUnit(mantissa / 1000, blank + larger + tail.slice(blank.length + unit.length), written);
}

/** Each a thousand times the one before it. */
const SIZE_UNITS: readonly string[] = ['KB', 'MB', 'GB', 'TB', 'PB'];
const LONG_NUMBER = 10_000;

/** Instead of a figure that is written in words, one in digits, and the words behind it: "two thousand dollars a day" as "$200 a day". */
function inDigits(value: number, { kind, value: stated }: Pick<Quantity, 'kind' | 'value'>, text: string): string {
  const isCounted = kind !== 'money' && kind !== 'percentage' && kind !== 'duration';
  for (const { index } of text.matchAll(/\s|$/g)) {
    const [head, ...others] = readQuantities(text.slice(0, index));
    const isHead = head?.value === stated && others.length === 0 && (isCounted || head.kind === kind);
    if (isHead) return `${digitsOf(value, head, text.slice(0, index))}${text.slice(index)}`;
  }
  return plainFigure(value, 2);
}

function digitsOf(value: number, { kind, unit }: Quantity, text: string): string {
  if (kind === 'duration') return durationLike(value, text);
  const digits = plainFigure(value, kind === 'money' && !Number.isInteger(value) ? 2 : 0);
  if (kind === 'percentage') return `${digits}%`;
  if (kind === 'money') return `${value < 0 ? '-' : ''}${currencySign(unit)}${digits.replace(/^-/, '')}`;
  // "four hundred eighty streams"
  return unit === '' ? digits : `${digits} ${/\p{L}+$/u.exec(text)?.[0] ?? unit}`;
}

/** Seconds in the unit of a duration that is written in words: "five months". */
function durationLike(seconds: number, text: string): string {
  const unit = /(\p{L}+?)s?$/u.exec(text)?.[1] ?? '';
  const count = seconds / (secondsOf(unit.toLowerCase()) ?? 1);
  const digits = plainFigure(count, 1);
  return `${digits} ${unit || 'second'}${digits === '1' ? '' : 's'}`;
}

/** A value as digits with separators, at most so many decimals that its significant digits show. */
export function plainFigure(value: number, decimals: number): string {
  return grouped(trimDecimals(value, decimals), true);
}

interface Core {
  readonly before: string;
  readonly number: string;
  readonly after: string;
}

/** The first number of a quantity's words, with what stands before and after it. */
function coreOf(text: string): Core | undefined {
  const match = /\d[\d,_\u202f\u2009\u00a0]*(?:\.\d+)?|\.\d+/.exec(text);
  if (match === null) return undefined;
  const number = match[0].replace(/[,_\u202f\u2009\u00a0]+$/, '');
  return { before: text.slice(0, match.index), number, after: text.slice(match.index + number.length) };
}

/** The number that a figure is written with, magnitude included and unit aside: 15,000 of "$15K/month", 4 of "4 min". NaN where it is in words. */
export function writtenNumber(text: string): number {
  const core = coreOf(text);
  if (core === undefined) return NaN;
  return Number(core.number.replace(/[,_\u202f\u2009\u00a0]/g, '')) * (magnitudeAfter(core.after)?.value ?? 1);
}

interface Magnitude {
  readonly value: number;
  /** How it is written, and how much of the text it takes, its leading blank included. */
  readonly text: string;
  readonly length: number;
}

const MAGNITUDES: readonly (readonly [pattern: RegExp, value: number])[] = [
  [/^\s?(?:trillion)\b|^T\b/, 1e12],
  [/^\s?(?:billion|bn)\b|^B\b|^b\b/i, 1e9],
  [/^\s?(?:million|mn)\b|^M\b|^m\b/i, 1e6],
  [/^\s?thousand\b|^K\b|^k\b/, 1e3],
];

function magnitudeAfter(after: string): Magnitude | undefined {
  for (const [pattern, value] of MAGNITUDES) {
    const match = pattern.exec(after);
    if (match) return { value, text: match[0], length: match[0].length };
  }
  return undefined;
}

/** The magnitudes of one manner of writing: letters, or words. */
function fittingMagnitude(value: number, magnitude: Magnitude): { value: number; text: string } | undefined {
  if (value >= magnitude.value && value < magnitude.value * 1000) return undefined;
  // Nobody writes $0.3k for $300.
  if (value >= magnitude.value * 0.1 && value < magnitude.value && magnitude.value > 1e3) return undefined;
  const blank = /^\s/.exec(magnitude.text)?.[0] ?? '';
  const isWord = magnitude.text.trim().length > 2;
  const names: readonly (readonly [number, string])[] = isWord
    ? [
        [1e12, `${blank}trillion`],
        [1e9, `${blank}billion`],
        [1e6, `${blank}million`],
        [1, ''],
      ]
    : [
        [1e12, 'T'],
        [1e9, 'B'],
        [1e6, 'M'],
        [1e3, magnitude.text.trim() === 'K' || /[A-Z]/.test(magnitude.text) ? 'K' : 'k'],
        [1, ''],
      ];
  const found = names.find(([size]) => value >= size) ?? names[names.length - 1];
  return found === undefined || found[0] === magnitude.value ? undefined : { value: found[0], text: found[1] };
}

function writeNumber(value: number, like: string, isMoney: boolean): string {
  const decimals = (/\.(\d+)$/.exec(like)?.[1] ?? '').length;
  const digits = trimDecimals(value, decimals);
  const hasSeparators = /[,_\u202f\u2009\u00a0]/.test(like);
  const isLong = /^\d{4,}/.test(like);
  // Cents come in two digits: $0.5 is written $0.50.
  const cents = isMoney && /\.\d$/.test(digits) ? `${digits}0` : digits;
  // A figure without cents gets none that nobody wrote, but "$12.00" is written like "$13.00".
  const money = /\.00$/.test(cents) && (value >= 100 || !isMoney) && !/\.00$/.test(like) ? cents.slice(0, -3) : cents;
  return grouped(money, hasSeparators || !isLong, /[_\u202f\u2009\u00a0]/.exec(like)?.[0] ?? ',');
}

/** Rounds to so many decimals, or to more where the value would be off by more than half a percent; only cents keep their zeros. */
function trimDecimals(value: number, decimals: number): string {
  for (let places = decimals; places <= 12; places += 1) {
    const digits = value.toFixed(places);
    if (value !== 0 && Math.abs(Number(digits) - value) > Math.abs(value) * 0.005) continue;
    return places === 2 && decimals === 2 ? digits : digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  }
  return String(value);
}

function grouped(digits: string, separate: boolean, separator = ','): string {
  if (!separate) return digits;
  const [whole = '', fraction] = digits.split('.');
  const parts = whole.replace(/\B(?=(?:\d{3})+$)/g, separator);
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}
