import type { Span } from './answer/spans.js';
import { wordsIn } from './calculations/gaps.js';
import { isPeriod, periodFactors } from './calculations/periods.js';
import { formatCount, formatMoney } from './reference/format.js';
import type { Evidence, QuantityValue, Review } from './types.js';

/** An amount in other terms. */
export interface Conversions {
  /** The amount's own words. */
  readonly span: Span;
  /** "per query" → "$0.0075", the smallest first. */
  readonly figures: readonly { readonly per: string; readonly figure: string }[];
  /** The volumes that were reckoned with, in the writer's words. */
  readonly by: readonly string[];
  /** The unit of time that the figures were made from; null where time plays no part. */
  readonly from: string | null;
}

const SHOWN_PERIODS = ['day', 'month', 'year'] as const;
const SHOWN_OF_RATES = ['second', 'hour', 'day', 'month'] as const;

/**
 * What the amount or the rate at an offset is per day, month (30 days) and year (365 days), and per query where the answer says how many queries there are. Null
 * where none stands there or nothing can be told of it. Of a thing with several volumes, nobody knows which is meant.
 */
export function conversionsAt(review: Review, offset: number): Conversions | null {
  const at = (kind: string) =>
    review.evidence.find(
      (item) => item.kind === kind && item.start <= offset && offset <= item.end && isExact(item.value),
    );
  const amount = at('money');
  const rate = amount ? undefined : at('rate');
  if (rate) return ofRate(rate);
  const value = amount?.value;
  if (!amount || !value) return null;
  const units = value.per.map(({ unit }) => unit);
  if (value.per.some(({ amount: count }) => count !== 1) || value.per.length > 2) return null;
  const period = units.find(isPeriod);
  const thing = units.length === 0 ? ownerOf(review, amount) : units.find((unit) => !isPeriod(unit));
  if (units.length === 2 && (period === undefined || thing === undefined)) return null;
  const converted = period === undefined ? ofThing(review, value, thing) : ofPeriod(review, value, period, thing);
  return converted && converted.figures.length > 0
    ? { span: { start: amount.start, end: amount.end }, ...converted }
    : null;
}

/** "40 requests a second", and how many that are in a day. */
function ofRate(rate: Evidence): Conversions | null {
  const [volume] = volumesOf(rate);
  if (!volume) return null;
  const figures = SHOWN_OF_RATES.flatMap((shown) => {
    const count = rounded(volume.count * (periodFactors(volume.period, shown)[0] ?? 0));
    return count < LEAST_COUNT ? [] : [{ per: shown, figure: formatCount(count) }];
  });
  return { span: { start: rate.start, end: rate.end }, figures, by: [], from: volume.period };
}

/** Less of something in an hour or a second is nothing to picture. */
const LEAST_COUNT = 0.1;

/** To four digits: a rate is no account. */
function rounded(count: number): number {
  return Number(count.toPrecision(4));
}

/** What an amount is for one of, where the words of a unit cost around it name it: "one query costs $0.0075". Only what the answer counts can be that. */
function ownerOf(review: Review, { start, end, value }: Evidence): string | undefined {
  const cost = review.evidence.find(
    (item) => item.kind === 'unit-cost' && item.start < start && item.end >= end && item.value?.value === value?.value,
  );
  if (!cost) return undefined;
  const words = new Set(wordsIn(cost.text));
  const things = new Set(volumesIn(review).flatMap(({ thing }) => (words.has(thing) ? [thing] : [])));
  return things.size === 1 ? [...things][0] : undefined;
}

/** "$0.0075 per query" by "10,000 queries a day", or for a thousand of them where the answer gives no volume. */
function ofThing(review: Review, value: QuantityValue, thing: string | undefined): Omit<Conversions, 'span'> | null {
  const volume = thing === undefined ? null : rateOf(review, thing);
  if (!volume) {
    if (value.per.length === 0 || value.value >= LEAST_TO_SPEAK_OF || value.per[0]?.unit === 'token') return null;
    const figures = [
      { per: thing ?? '', figure: formatMoney(value.value, value.unit) },
      { per: formatCount(BULK), figure: formatMoney(value.value * BULK, value.unit) },
    ];
    return { figures, by: [], from: null };
  }
  const perPeriod = periodsOf(value.value * volume.count, volume.period, value.unit);
  return {
    figures: [{ per: thing ?? '', figure: formatMoney(value.value, value.unit) }, ...perPeriod],
    by: [volume.text],
    from: volume.period,
  };
}

/** An amount below one of its currency says more by the thousand. */
const LEAST_TO_SPEAK_OF = 1;
const BULK = 1000;

/** "$75 a day", and what that is for one query; "$2.70 per user per month", and what that is for all users. */
function ofPeriod(
  review: Review,
  value: QuantityValue,
  period: string,
  thing: string | undefined,
): Omit<Conversions, 'span'> | null {
  if (thing !== undefined) {
    const all = countOf(review, thing);
    const figures = periodsOf(value.value * (all?.count ?? 1), period, value.unit);
    return all
      ? { figures, by: [all.text], from: period }
      : { figures: figures.map(({ per, figure }) => ({ per: `${thing} per ${per}`, figure })), by: [], from: period };
  }
  const volume = onlyVolume(review);
  const factor = volume ? periodFactors(period, volume.period)[0] : undefined;
  const unit =
    volume && factor !== undefined
      ? [{ per: volume.thing, figure: formatMoney((value.value * factor) / volume.count, value.unit) }]
      : [];
  return {
    figures: [...unit, ...periodsOf(value.value, period, value.unit)],
    by: volume && unit.length > 0 ? [volume.text] : [],
    from: period,
  };
}

function periodsOf(amount: number, period: string, currency: string): { per: string; figure: string }[] {
  return SHOWN_PERIODS.flatMap((shown) => {
    const factor = periodFactors(period, shown)[0];
    return factor === undefined ? [] : [{ per: shown, figure: formatMoney(amount * factor, currency) }];
  });
}

interface Volume {
  readonly thing: string;
  readonly count: number;
  readonly period: string;
  readonly text: string;
}

/** How often a thing happens, where the answer says it once, or always the same. */
function rateOf(review: Review, thing: string): Volume | null {
  return agreed(volumesIn(review).filter((volume) => volume.thing === thing));
}

/** The only volume of the answer. */
function onlyVolume(review: Review): Volume | null {
  const volumes = volumesIn(review);
  return new Set(volumes.map(({ thing }) => thing)).size === 1 ? agreed(volumes) : null;
}

function volumesIn(review: Review): Volume[] {
  return review.evidence.flatMap(volumesOf);
}

/** The volume that a piece of evidence states, if it does: so many things in a unit of time. */
function volumesOf({ kind, value, text }: Evidence): Volume[] {
  const [per, ...others] = value?.per ?? [];
  const isVolume = kind === 'rate' && per && others.length === 0 && isPeriod(per.unit) && per.amount === 1;
  if (!isVolume || !isExact(value) || !value?.unit || value.unit === 'token' || value.unit === 'byte') return [];
  return [{ thing: value.unit, count: value.value, period: per.unit, text }];
}

function agreed(volumes: readonly Volume[]): Volume | null {
  const [first] = volumes;
  const areSame = volumes.every(({ count, period }) => count === first?.count && period === first.period);
  return first && first.count > 0 && areSame ? first : null;
}

/** How many of a thing there are, where the answer gives one number of them. */
function countOf(review: Review, thing: string): { count: number; text: string } | null {
  const counts = review.evidence.filter(
    ({ kind, value }) => kind === 'count' && value?.unit === thing && value.per.length === 0 && isExact(value),
  );
  const [first] = counts;
  if (!first?.value || counts.some(({ value }) => value?.value !== first.value?.value)) return null;
  return { count: first.value.value, text: first.text };
}

function isExact(value: Evidence['value']): boolean {
  return value !== undefined && value.max === undefined && value.value > 0;
}

/** The conversions as a line of markdown, and below it what they were reckoned by: "$0.0075 per query · $75 per day · …". */
export function describeConversions({ figures, by, from }: Conversions): string {
  const line = figures.map(({ per, figure }) => `${figure.replace(/\$/g, '\\$')} per ${per}`).join(' · ');
  const volumes = by.length > 0 ? [`at ${by.join(', ').replace(/([\\*_$`[\]<])/g, '\\$1')}`] : [];
  const reckoned = [
    ...volumes,
    ...(from === null
      ? []
      : [
          calendarOf(
            from,
            figures.some(({ per }) => per.endsWith('year')),
          ),
        ]),
  ].join('; ');
  return reckoned === '' ? line : `${line}\n\n${reckoned}`;
}

/** How long a month or a year was taken to be, by the unit of time that the others were made from. */
function calendarOf(period: string, hasYear: boolean): string {
  if (period === 'year') return 'a year of 12 months and 365 days';
  if (period === 'quarter') return 'a quarter of 3 months and 90 days';
  if (period === 'week') return `a month of 4 weeks${hasYear ? ', a year of 52' : ''}`;
  if (period === 'month') return `a month of 30 days${hasYear ? ', a year of 12 months' : ''}`;
  const days = `a month of 30 days${hasYear ? ', a year of 365' : ''}`;
  return period === 'day' ? days : `a day of 24 hours, ${days}`;
}
