import { PERIODIC } from '../evidence/quantities/words.js';

/**
 * By how much a unit of time is longer than a shorter one, in all counts that people use: a month has 30 days, 30.4, 31, or about 21 on which
 * people work. The usual count stands first.
 */
export function periodRatios(longer: string, shorter: string): readonly number[] {
  const key = `${longer}/${shorter}`;
  const known = RATIOS.get(key);
  if (known !== undefined) return known;
  const more = DAYS.get(longer);
  const less = PARTS_OF_DAY.get(shorter);
  const ratios =
    longer === shorter
      ? [1]
      : more !== undefined && less !== undefined
        ? more.flatMap((days) => less.map((parts) => days * parts))
        : [];
  RATIOS.set(key, ratios);
  return ratios;
}

/** The factors that turn a figure per `from` into one per `to`; empty where the units are unknown. */
export function periodFactors(from: string, to: string): readonly number[] {
  const up = periodRatios(to, from);
  return up.length > 0 ? up : periodRatios(from, to).map((ratio) => 1 / ratio);
}

/**
 * Whether a figure for a longer period is so many times that for a shorter one as no calendar and no working time explains: a day's figure as a month's for one by the
 * hour, a week's as a month's, or ten days' as a month's.
 */
export function isOddPeriod(from: string, to: string, ratio: number): boolean {
  return (ODD.get(`${from}/${to}`) ?? []).some((one) => Math.abs(ratio / one - 1) < 0.01);
}

const ODD: ReadonlyMap<string, readonly number[]> = new Map([
  ['hour/month', [24]],
  ['hour/year', [24, 168]],
  ['day/month', [7, 10]],
  ['day/year', [7, 10, 100]],
  ['week/year', [4, 12]],
]);

/** Whether a denominator is a unit of time. */
export function isPeriod(unit: string): boolean {
  return SECONDS.has(unit);
}

/** The unit of time that a word names: “day”, “daily”. */
export function periodIn(word: string): string | undefined {
  return PERIODIC.get(word) ?? (isPeriod(word) ? word : undefined);
}

/** The seconds of a unit of time: a month of 30 days, a year of 365. */
export function secondsOf(unit: string): number | undefined {
  return SECONDS.get(unit);
}

/** Units of time, the shortest first. */
export const PERIODS: readonly string[] = [
  'millisecond',
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
];

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['millisecond', 0.001],
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['week', 7 * 86_400],
  ['month', 30 * 86_400],
  ['quarter', 90 * 86_400],
  ['year', 365 * 86_400],
]);

/** Days in longer units: of the calendar, rounded, and those that people work. */
const DAYS: ReadonlyMap<string, readonly number[]> = new Map([
  ['day', [1]],
  ['week', [7, 5]],
  ['month', [30, 31, 30.4, 30.42, 30.44, 365 / 12, 28, 20, 21, 22, 23, 25]],
  ['quarter', [90, 91, 92, 91.25, 60, 63, 65]],
  ['year', [365, 360, 365.25, 366, 250, 252, 255, 260]],
]);

/** Parts of a day: also a rounded day of 100,000 seconds, and working days of 8 to 12 hours. */
const PARTS_OF_DAY: ReadonlyMap<string, readonly number[]> = new Map([
  ['day', [1]],
  ['hour', [24, 8, 10, 12]],
  ['minute', [1440, 480]],
  ['second', [86_400, 100_000, 28_800]],
  ['millisecond', [86_400_000]],
]);

const RATIOS = new Map<string, readonly number[]>([
  ['second/millisecond', [1000]],
  ['minute/second', [60]],
  ['minute/millisecond', [60_000]],
  ['hour/minute', [60]],
  ['hour/second', [3600]],
  ['hour/millisecond', [3_600_000]],
  ['month/week', [4, 4.3, 4.33, 4.345, 30 / 7, 52 / 12]],
  ['quarter/week', [13, 12]],
  ['quarter/month', [3]],
  ['year/week', [52, 50, 48, 52.14, 365 / 7]],
  ['year/month', [12]],
  ['year/quarter', [4]],
]);
