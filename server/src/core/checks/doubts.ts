import { overlaps } from '../answer/spans.js';
import { evidenceOf } from './evidenceIndex.js';
import type { Calculation, Formula, Operand } from '../calculations/findCalculations.js';
import { figureLike } from '../calculations/figures.js';
import { wordsIn } from '../calculations/gaps.js';
import { periodFactors, secondsOf } from '../calculations/periods.js';
import { readQuantities, type Quantity } from '../evidence/quantities.js';
import { formatCount } from '../reference/format.js';
import type { Detection, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceKinds, kindList, wordList } from './options.js';
import { sentenceOf } from './sentenceOf.js';

type Options = Readonly<Record<string, unknown>>;

/** A sum that is right in itself and made of the wrong figure, or a load that does not go with another. */
export const DOUBTS = ['users', 'calls', 'shares', 'average-off', 'peak-below', 'below-peak', 'at-average'] as const;

/** The options that name what a doubt rests on. */
export const DOUBT_OPTIONS = {
  'daily-users': evidenceKinds(),
  'run-calls': evidenceKinds(),
  'call-tokens': evidenceKinds(),
  share: evidenceKinds(),
  volume: evidenceKinds(),
  average: evidenceKinds(),
  peak: evidenceKinds(),
  sized: evidenceKinds(),
  qualifier: evidenceKinds(),
  split: evidenceKinds(),
  /** Words beside a capacity that say what becomes of the load above it. */
  'load-relief': wordList(),
};

/**
 * Finds what nobody can call wrong by its figures alone, as hints: all users where the answer states how many come on a day, one call's tokens where it states
 * how many calls a run has, the full cost of each tier summed although shares are stated, and a peak or a capacity below the average. `messages` is by doubt.
 */
export function doubtsIn(
  input: DetectorInput,
  options: Options,
  messages: Readonly<Record<string, string>>,
): Detection[] {
  const found: Detection[] = [];
  const add = (doubt: (typeof DOUBTS)[number], detection: Omit<Detection, 'message' | 'severity'>) => {
    const message = messages[doubt];
    if (message !== undefined) found.push({ ...detection, message, severity: 'hint' });
  };
  const sums = rightSums(input);
  addUsers(input, options, sums, add);
  addCalls(input, options, sums, add);
  addShares(input, options, sums, add);
  addLoads(input, options, add);
  return found;
}

type Add = (doubt: (typeof DOUBTS)[number], detection: Omit<Detection, 'message' | 'severity'>) => void;

/** A calculation that comes out, and where it stands. */
interface Sum {
  readonly calculation: Calculation;
  readonly result: Operand;
  readonly chunk: number;
  readonly offset: number;
  readonly section: string | null;
}

function rightSums(input: DetectorInput): Sum[] {
  return input.chunks.flatMap(({ chunk: { calculations }, offset, section, passedOver }, chunk) =>
    passedOver
      ? []
      : calculations.flatMap((calculation): Sum[] =>
          calculation.verdict === 'holds' && calculation.result !== null
            ? [{ calculation, result: calculation.result, chunk, offset, section: input.sections[section]?.id ?? null }]
            : [],
        ),
  );
}

/** "2M users, 200k daily active … 2M × 5 queries = 10M queries a day". */
function addUsers(input: DetectorInput, options: Options, sums: readonly Sum[], add: Add): void {
  const all = evidenceOf(input, options, 'daily-users').map((item) => ({ item, ...lastFigureIn(item) }));
  const [first] = all;
  if (!first || all.some(({ value }) => value !== first.value)) return;
  const { item: daily, value: active } = first;
  const totals = new Set(
    input.evidence.flatMap(({ kind, value }) =>
      kind === 'count' && value?.unit === 'user' && value.per.length === 0 && value.value > active ? [value.value] : [],
    ),
  );
  for (const { calculation, result, offset, section } of sums) {
    const { operands, formula } = calculation;
    if (!isProduct(formula) || !isOfDay(calculation, result)) continue;
    const users = operands.find(
      ({ quantity }) =>
        totals.has(quantity.value) &&
        (quantity.kind === 'number' || (quantity.kind === 'count' && quantity.unit === 'user')),
    );
    // A share of all users is another way to the same.
    const isTaken = operands.some(
      ({ quantity }) => quantity.kind === 'percentage' || quantity.value === active || quantity.value < 1,
    );
    if (!users || isTaken || active <= 0) continue;
    const right = (calculation.computed * active) / users.quantity.value;
    add('users', {
      ...placed(result, offset),
      section,
      names: {
        formula: calculation.told,
        all: users.text,
        some: first.text,
        figure: figureLike(right, result.quantity, result.text),
      },
      related: [{ ...placed(users, offset), message: users.text }, relatedTo(daily)],
    });
  }
}

function isOfDay({ operands }: Calculation, { quantity }: Operand): boolean {
  const isDay = (one: Operand['quantity']) => one.per.some(({ unit }) => unit === 'day');
  return isDay(quantity) || operands.some((operand) => isDay(operand.quantity));
}

/**
 * "Each run makes 8 calls of 500 tokens … 10,000 runs × 500 tokens × $0.002/1K = $10", "… 10,000 queries at $0.01 a call": what one call takes or costs, so
 * many times as there are runs. Where the runs have no noun in the sum, the answer states as many of them.
 */
function addCalls(input: DetectorInput, options: Options, sums: readonly Sum[], add: Add): void {
  const calls = onlyOne(
    evidenceOf(input, options, 'run-calls').filter(
      ({ value }) => value !== undefined && value.value >= 2 && value.unit !== 'token' && value.unit !== '',
    ),
  );
  const count = calls?.value?.value;
  if (!calls || count === undefined) return;
  const tokens = onlyOne(evidenceOf(input, options, 'call-tokens').filter(({ value }) => value?.unit === 'token'));
  const callUnit = calls.value?.unit ?? '';
  // "$0.01 per judge call" is of one of them alone, unless all are so called.
  const callWords = new Set(wordsIn(calls.text));
  const isPlainPrice = (text: string) =>
    wordsIn(text)
      .slice(0, -1)
      .every((word, at) => at < 2 || callWords.has(word));
  // "8 calls per run", "each run makes 8 calls".
  const said = sentenceText(input, calls);
  const isRun = (unit: string) =>
    unit !== callUnit && unit !== 'user' && unit !== 'token' && unit !== '' && namesUnit(said, unit);
  const runCounts = new Set(
    input.evidence.flatMap(({ kind, value }) =>
      (kind === 'rate' || kind === 'count') && value && isRun(value.unit) ? [value.value] : [],
    ),
  );
  for (const { calculation, result, offset, section } of sums) {
    const { operands, formula } = calculation;
    if (!isProduct(formula) || operands.length < 2) continue;
    const one = operands.find(
      ({ quantity: { kind, value, per }, text }) =>
        (kind === 'tokens' && value === tokens?.value?.value) ||
        (kind === 'money' && per.some(({ unit, amount }) => unit === callUnit && amount === 1) && isPlainPrice(text)),
    );
    const hasRuns = operands.some(({ quantity: { kind, unit, value } }) =>
      kind === 'count' || kind === 'rate' ? isRun(unit) : kind === 'number' && unit === '' && runCounts.has(value),
    );
    const isCounted = operands.some(
      ({ quantity: { kind, value, unit } }) => (kind !== 'money' && value === count) || unit === callUnit,
    );
    if (!one || !hasRuns || isCounted) continue;
    add('calls', {
      ...placed(result, offset),
      section,
      names: {
        formula: calculation.told,
        tokens: tokens && one.quantity.kind === 'tokens' ? figureIn(tokens).text : one.text,
        calls: figureIn(calls).text,
        figure: figureLike(calculation.computed * count, result.quantity, result.text),
      },
      related: [
        tokens && one.quantity.kind === 'tokens' ? relatedTo(tokens) : { ...placed(one, offset), message: one.text },
        relatedTo(calls),
      ],
    });
  }
}

function namesUnit(text: string, unit: string): boolean {
  const stem = unit.toLowerCase().replace(/y$/, '');
  return wordsIn(text).some((word) => word.startsWith(stem));
}

function sentenceText(input: DetectorInput, item: PlacedEvidence): string {
  const { start, end } = sentenceOf(input, item);
  return input.text.slice(start, end);
}

/** "10,000 × 500 × $0.015/1K = $75 … 10,000 × 500 × $0.002/1K = $10 … 80% on Small, 20% on Large: $75 + $10 = $85". */
function addShares(input: DetectorInput, options: Options, sums: readonly Sum[], add: Add): void {
  for (const { calculation, result, chunk, offset, section } of sums) {
    const { operands, formula } = calculation;
    if (result.quantity.kind !== 'money' || operands.length < 2 || !isSum(formula)) continue;
    const products = operands.map((operand) =>
      sums.filter(
        ({ calculation: other, result: { quantity } }) =>
          quantity.kind === 'money' && quantity.value === operand.quantity.value && isProduct(other.formula),
      ),
    );
    const volumes = products.map((some) => (some.length === 1 ? volumeOf(some[0]!.calculation) : undefined));
    const [volume] = volumes;
    if (!volume || volumes.some((other) => other?.quantity.value !== volume.quantity.value)) continue;
    const prices = products.map(([one]) => one?.calculation.operands.find(({ quantity }) => quantity.kind === 'money'));
    if (new Set(prices.map((price) => price?.quantity.value)).size !== operands.length) continue;
    const shares = sharesIn(input, options, chunk, operands.length);
    if (!shares) continue;
    add('shares', {
      ...placed(result, offset),
      section,
      names: { formula: calculation.told, volume: volume.text, shares: shares.map(({ text }) => text).join(' / ') },
      related: [...operands.map((one) => ({ ...placed(one, offset), message: one.text })), ...shares.map(relatedTo)],
    });
  }
}

/** How many a product is made for: its largest count. */
function volumeOf({ operands }: Calculation): Operand | undefined {
  let largest: Operand | undefined;
  for (const operand of operands) {
    const { kind, value } = operand.quantity;
    if (kind === 'percentage') return undefined;
    if ((kind === 'count' || kind === 'rate' || kind === 'number') && value > (largest?.quantity.value ?? 1))
      largest = operand;
  }
  return largest;
}

/** The shares that one sentence or the lines of a stretch give, as many as there are parts; together they are the whole. */
function sharesIn(input: DetectorInput, options: Options, chunk: number, count: number): PlacedEvidence[] | null {
  const shares = evidenceOf(input, options, 'share').filter((item) => item.chunk === chunk);
  const whole = shares.reduce((sum, { value }) => sum + (value?.value ?? 0), 0);
  return shares.length === count && Math.abs(whole - 100) < 0.5 ? shares : null;
}

/** A load in requests per second, or the like. */
interface Load {
  readonly item: PlacedEvidence;
  readonly perSecond: number;
  readonly unit: string;
}

/** A peak below the average, and a capacity below the peak or at the average. */
function addLoads(input: DetectorInput, options: Options, add: Add): void {
  const peaks = loadsOf(input, options, 'peak');
  const sized = loadsOf(input, options, 'sized');
  addAverages(input, options, add);
  if (peaks.length === 0 && sized.length === 0) return;
  const peak = onlyLoad(peaks);
  const average = onlyLoad(loadsOf(input, options, 'average')) ?? averageOf(input, options);
  if (
    peak &&
    average &&
    isAlike(peak, average) &&
    isOfAll(input, peak.item, average.item) &&
    peak.perSecond < average.perSecond * (1 - CLOSE)
  ) {
    add('peak-below', {
      ...spanOf(peak.item),
      section: peak.item.section,
      names: { peak: figureIn(peak.item).text, average: perSecondText(average) },
      related: [relatedTo(average.item)],
    });
  }
  const reliefs = new Set(kindList(options['load-relief']));
  for (const one of sized) {
    const { item, perSecond } = one;
    if (isRelieved(input, item, reliefs)) continue;
    // "Sized for a peak of 300": that is the peak.
    if (peaks.some((other) => other.item.start < item.end && item.start < other.item.end)) continue;
    // "Capacity: 600 QPS (peak 6,000)": the peak is that of the capacity.
    const aside = /^\s*\(([^)]*)\)/.exec(input.text.slice(item.end, item.end + 2 * NEARBY))?.[1] ?? '';
    if (peak && readQuantities(aside).some(({ value }) => value === peak.item.value?.value)) continue;
    if (peak && isAlike(one, peak) && perSecond < peak.perSecond * (1 - CLOSE)) {
      add('below-peak', {
        ...spanOf(item),
        section: item.section,
        names: { stated: item.text, peak: figureIn(peak.item).text },
        related: [relatedTo(peak.item)],
      });
    } else if (!peak && average && isAlike(one, average) && Math.abs(perSecond / average.perSecond - 1) < CLOSE) {
      add('at-average', {
        ...spanOf(item),
        section: item.section,
        names: { stated: item.text, average: figureIn(average.item).text },
        related: [relatedTo(average.item)],
      });
    }
  }
}

/** Whether words around a capacity, or right behind its sentence, say what becomes of more: "and autoscale to 60", "since a queue absorbs the peak". */
function isRelieved(input: DetectorInput, item: PlacedEvidence, reliefs: ReadonlySet<string>): boolean {
  const { text } = input;
  const onward = /^(?:(?!\n\s*\n)[^])*/.exec(text.slice(item.end, item.end + BEHIND))?.[0] ?? '';
  const said = wordsIn(`${text.slice(sentenceOf(input, item).start, item.start)} ${onward}`);
  return said.some((word) => reliefs.has(word));
}

/** How far behind a capacity a remark on it is looked for, in characters. */
const BEHIND = 200;

/** Whether a peak is that of what has the average, as far as words tell: not "80 QPS in the smallest region", nor behind the end of a clause. */
function isOfAll({ text }: DetectorInput, peak: PlacedEvidence, average: PlacedEvidence): boolean {
  if (!/^\s*(?:$|[.,;:)|\n])/.test(text.slice(peak.end, peak.end + NEARBY))) return false;
  const [first, second] = peak.start < average.start ? [peak, average] : [average, peak];
  return !/;|\. /.test(text.slice(first.end, second.start).replace(/\n\s*\n[^]*/, ''));
}

const NEARBY = 20;

/** "10M requests a day, 1,000 requests per second on average": in one paragraph, and by no count of a day's hours. */
function addAverages(input: DetectorInput, options: Options, add: Add): void {
  const averages = loadsOf(input, options, 'average');
  for (const stated of averages) {
    const volumes = evidenceOf(input, options, 'volume').flatMap((item) => volumeLoad(item) ?? []);
    const volume = onlyLoad(
      volumes.filter(({ item }) => item.chunk === stated.item.chunk && item.paragraph === stated.item.paragraph),
    );
    if (!volume || !isAlike(volume, stated)) continue;
    // "5M queries a day, of which 20% reach the model: 12 QPS on average."
    if (isQualified(input, options, volume.item, stated.item)) continue;
    const period = volume.item.value?.per[0]?.unit ?? '';
    const isOf = ({ perSecond }: Load) =>
      periodFactors(period, 'day').some((days) =>
        DAYS_OF_HOURS.some((hours) => {
          const computed = ((volume.item.value?.value ?? 0) * days) / (hours * 3600);
          return Math.abs(perSecond / computed - 1) <= ROUGH;
        }),
      );
    // Of two averages beside a volume, the one that it comes to is its own.
    const isAny = averages.some(
      (one) => one.item.chunk === stated.item.chunk && one.item.paragraph === stated.item.paragraph && isOf(one),
    );
    // So far off, they are not the same load.
    const isFar = Math.abs(Math.log10(stated.perSecond / volume.perSecond)) > FARTHEST;
    if (isAny || isFar) continue;
    add('average-off', {
      ...spanOf(stated.item),
      section: stated.item.section,
      names: {
        volume: figureIn(volume.item).text,
        figure: formatCount(Number(volume.perSecond.toPrecision(3))),
        stated: figureIn(stated.item).text,
      },
      related: [relatedTo(volume.item)],
    });
  }
}

/** Whether words in the sentences of two figures say that one is not all of the other. */
function isQualified(input: DetectorInput, options: Options, one: PlacedEvidence, other: PlacedEvidence): boolean {
  const first = Math.min(one.flow, other.flow);
  const last = Math.max(one.flow, other.flow);
  return [...evidenceOf(input, options, 'qualifier'), ...evidenceOf(input, options, 'split')].some(
    (item) =>
      item.chunk === one.chunk &&
      item.flow >= first &&
      item.flow <= last &&
      !overlaps(item, one) &&
      !overlaps(item, other),
  );
}

/** The hours of a day in which requests may come, and the round 100,000 seconds. */
const DAYS_OF_HOURS = [24, 100_000 / 3600, 8, 10, 12, 16];
const ROUGH = 0.2;
/** In powers of ten. */
const FARTHEST = 2.1;

/** Loads that are as close as this are the same, rounded. */
const CLOSE = 0.1;
const LONGEST_OF_LOAD = 60;
/** In seconds: a day. */
const SHORTEST_OF_VOLUME = 86_400;

function loadsOf(input: DetectorInput, options: Options, option: string): Load[] {
  return evidenceOf(input, options, option).flatMap((item): Load[] => {
    const load = loadOf(item);
    const seconds = secondsOf(item.value?.per[0]?.unit ?? '') ?? Infinity;
    return load && seconds <= LONGEST_OF_LOAD ? [load] : [];
  });
}

function loadOf(item: PlacedEvidence): Load | null {
  const { value } = item;
  const [per, ...others] = value?.per ?? [];
  const seconds = per ? secondsOf(per.unit) : undefined;
  if (!value || !per || seconds === undefined || others.length > 0 || value.max !== undefined) return null;
  if (value.unit === 'token' || value.unit === 'byte' || value.value <= 0) return null;
  return { item, perSecond: value.value / (per.amount * seconds), unit: value.unit };
}

/** The average that the answer's only volume comes to, over all hours of a day. */
function averageOf(input: DetectorInput, options: Options): Load | null {
  return onlyLoad(evidenceOf(input, options, 'volume').flatMap((item) => volumeLoad(item) ?? []));
}

/** A volume per day or longer as a load. */
function volumeLoad(item: PlacedEvidence): Load | null {
  const load = loadOf(item);
  const seconds = secondsOf(item.value?.per[0]?.unit ?? '') ?? 0;
  return load && seconds >= SHORTEST_OF_VOLUME && item.value?.bound === undefined ? load : null;
}

function onlyLoad(loads: readonly Load[]): Load | null {
  const [first] = loads;
  return first && loads.every(({ perSecond, unit }) => perSecond === first.perSecond && unit === first.unit)
    ? first
    : null;
}

/** Whether two loads are of the same things: "QPS" are queries, and so are requests. */
function isAlike(a: Load, b: Load): boolean {
  const isCall = ({ unit }: Load) => unit === 'query' || unit === 'request';
  return a.unit === b.unit || (isCall(a) && isCall(b));
}

function perSecondText({ item, perSecond }: Load): string {
  const seconds = secondsOf(item.value?.per[0]?.unit ?? '') ?? 1;
  const { text } = figureIn(item);
  return seconds <= LONGEST_OF_LOAD ? text : `${formatCount(Math.round(perSecond))}/s (${text})`;
}

function isProduct(formula: Formula): boolean {
  return (
    formula.operator === 'operand' || (formula.operator === '×' && isProduct(formula.left) && isProduct(formula.right))
  );
}

function isSum(formula: Formula): boolean {
  return formula.operator === 'operand' || (formula.operator === '+' && isSum(formula.left) && isSum(formula.right));
}

/** "2M users, 200k daily active": the words are about the last of the figures. */
function lastFigureIn({ text }: PlacedEvidence): { readonly text: string; readonly value: number } {
  // "2M DAU, 14 languages": a figure with a noun of its own counts something else.
  const last = readQuantities(text).findLast(({ unit }) => unit === '' || unit === 'user');
  return last ? { text: text.slice(last.start, last.end).replace(/\s+/g, ' '), value: last.value } : { text, value: 0 };
}

/** The figure in a piece of evidence, without the words around it: its own value's, else the largest. */
function figureIn({ text, value }: PlacedEvidence): { readonly text: string; readonly value: number } {
  const quantities = readQuantities(text);
  const found =
    quantities.find((quantity) => quantity.value === value?.value) ??
    quantities.reduce<Quantity | undefined>((most, one) => (most && most.value >= one.value ? most : one), undefined);
  return found
    ? { text: text.slice(found.start, found.end).replace(/\s+/g, ' '), value: found.value }
    : { text, value: 0 };
}

/** What an answer states once, or always alike. */
function onlyOne(items: readonly PlacedEvidence[]): PlacedEvidence | null {
  const [first] = items;
  const areAlike = items.every(({ value }) => value?.value === first?.value?.value && value?.max === undefined);
  return first?.value && areAlike ? first : null;
}

function placed({ start, end }: Operand, offset: number) {
  return { start: offset + start, end: offset + end };
}

function spanOf({ start, end }: PlacedEvidence) {
  return { start, end };
}

function relatedTo({ start, end, text }: PlacedEvidence) {
  return { start, end, message: text.replace(/\s+/g, ' ') };
}
