import { sourceSpan } from '../answer/blocks.js';
import { groupAround } from '../answer/blockGroups.js';
import { wordsIn } from '../calculations/gaps.js';
import { secondsOf as periodSeconds } from '../calculations/periods.js';
import { readQuantities } from '../evidence/quantities.js';
import { figureNamed } from '../reference/reference.js';
import { formatCount, formatSeconds, formatSecondsRange } from '../reference/format.js';
import { blockOf } from './blockOf.js';
import type { Detection, Detector, DetectorInput, PlacedEvidence } from './detectors.js';
import { evidenceOf } from './evidenceIndex.js';
import { evidenceKinds, kindList, positiveNumber, wordList } from './options.js';
import { isRelieved, RELIEF_OPTIONS } from './relief.js';
import { modelsIn, sentenceOf, within } from './sentenceOf.js';

/**
 * Finds a stated response time that cannot be met: the stated output's tokens take longer to generate, or the named model takes longer, or the steps that a
 * sentence, a list or a table names add up to more. Where the time has several readings, or the answer says how it gets round it, there is nothing.
 */
export const infeasibleLatency: Detector = {
  id: 'infeasible-latency',
  options: {
    budget: evidenceKinds(),
    near: evidenceKinds(),
    ceiling: wordList(),
    length: evidenceKinds(),
    'longest-output': positiveNumber(),
    speed: evidenceKinds(),
    step: evidenceKinds(),
    'model-step': evidenceKinds(),
    'optional-step': evidenceKinds(),
    'step-part': evidenceKinds(),
    variance: evidenceKinds(),
    model: evidenceKinds(),
    ...RELIEF_OPTIONS,
    'unless-near': evidenceKinds(),
  },
  required: ['budget', 'length', 'step', 'model'],
  isAbsence: false,
  needsOwner: false,
  applies: (input, options) => claimsOf(input, options).length > 0,
  detect: (input, options) => claimsOf(input, options).flatMap(({ detection }) => detection ?? []),
};

type Options = Readonly<Record<string, unknown>>;

/** A response time that was held against something, and what came out. */
interface Claim {
  readonly detection: Detection | null;
}

function claimsOf(input: DetectorInput, options: Options): Claim[] {
  const budgets = evidenceOf(input, options, 'budget').filter(isResponseTime);
  const claims = [
    ...tokenClaims(input, options, budgets),
    ...budgets.flatMap((budget) => modelClaim(input, options, budget) ?? stepClaim(input, options, budget) ?? []),
    ...groupClaims(input, options, budgets),
  ];
  // One time has one reason to be out of reach.
  const seen = new Set<number>();
  return claims.filter(({ detection }) => {
    if (!detection) return true;
    const isNew = !seen.has(detection.start);
    seen.add(detection.start);
    return isNew;
  });
}

/** Tokens × the fast end of what one token takes: in one sentence; or in two that follow each other, where the answer states no other length or time. */
function tokenClaims(input: DetectorInput, options: Options, budgets: readonly PlacedEvidence[]): Claim[] {
  const perToken = figureNamed(input.reference, 'token-generation')?.value;
  const longest = Number(options['longest-output'] ?? Infinity);
  const lengths = evidenceOf(input, options, 'length').filter(
    ({ value }) => value !== undefined && value.bound !== 'at-most' && value.value > 0 && value.value <= longest,
  );
  if (perToken === undefined || lengths.length === 0) return [];
  const compare = (length: PlacedEvidence, budget: PlacedEvidence): Claim => {
    const tokens = length.value?.value ?? 0;
    const one = statedPerToken(input, options, length) ?? perToken;
    const seconds = tokens * one;
    // "500 tokens, 5 ms each": what one token takes is no response time.
    if (secondsOf(budget) <= perToken) return { detection: null };
    if (seconds <= secondsOf(budget) || isRelieved(input, options, [length, budget])) return { detection: null };
    // "40 tokens at 20 ms, 0.8 s": the writer has done the sum, and the shorter time is one token's.
    const { start, end } = sentenceOf(input, length);
    const isSummed = readQuantities(input.text.slice(start, end)).some(
      ({ kind, per, value }) =>
        kind === 'duration' && per.length === 0 && value > secondsOf(budget) && value >= seconds * SUMMED,
    );
    if (isSummed) return { detection: null };
    const sum = `${formatCount(tokens)} × ${formatSeconds(one)} = ${formatSeconds(seconds)}`;
    return { detection: detectionOf(budget, sum, [length]) };
  };
  const claims: Claim[] = [];
  for (const length of lengths) {
    const sentence = sentenceOf(input, length);
    if (hasNear(options, sentence.evidence)) continue;
    const near = timesIn(options, sentence.evidence).filter(isResponseTime);
    const [only] = near;
    const isOneOfEach = near.length === 1 && countOf(sentence.evidence, options, 'length') === 1;
    if (only && isOneOfEach && !isParted(input.text, length, only)) claims.push(compare(length, only));
  }
  if (claims.length > 0) return claims;
  const [length] = lengths;
  const [budget] = budgets;
  const isOneOfEach =
    new Set(lengths.map(({ value }) => value?.value)).size === 1 && new Set(budgets.map(secondsOf)).size === 1;
  if (!length || !budget || !isOneOfEach) return [];
  const isOpen = [length, budget].every((item) => !hasNear(options, sentenceOf(input, item).evidence));
  if (length.chunk !== budget.chunk || Math.abs(length.flow - budget.flow) > 1) return [];
  return isOpen ? [compare(length, budget)] : [];
}

/** By so little less may a time still be the sum of all tokens' times, rounded. */
const SUMMED = 0.95;

/** What one token takes by the answer's own speed ("at 200 tokens a second"): that of the length's sentence, else the stretch's only one. In seconds. */
function statedPerToken(input: DetectorInput, options: Options, length: PlacedEvidence): number | null {
  const all = evidenceOf(input, options, 'speed').flatMap((item) => {
    const { value } = item;
    const [per, ...others] = value?.per ?? [];
    const seconds = per ? periodSeconds(per.unit) : undefined;
    if (value?.unit !== 'token' || !per || others.length > 0 || seconds === undefined || value.value <= 0) return [];
    return item.chunk === length.chunk && seconds <= LONGEST_OF_SPEED
      ? [{ item, perToken: (per.amount * seconds) / value.value }]
      : [];
  });
  const near = all.filter(({ item }) => isSameSentence(item, length));
  const speeds = near.length > 0 ? near : all;
  const fastest = Math.min(...speeds.map(({ perToken }) => perToken));
  return Number.isFinite(fastest) ? fastest : null;
}

/** In seconds: tokens a minute are a model's speed, tokens an hour are a volume. */
const LONGEST_OF_SPEED = 60;

/** The one model that the sentence names against the one time that it gives. */
function modelClaim(input: DetectorInput, options: Options, budget: PlacedEvidence): Claim | null {
  const sentence = sentenceOf(input, budget);
  if (hasNear(options, sentence.evidence)) return null;
  const times = timesIn(options, sentence.evidence);
  const models = modelsIn(input, sentence, kindList(options['model']));
  const [model] = models ?? [];
  const latency = model?.entry.model.latency;
  if (!model || !latency || models?.length !== 1 || times.length !== 1) return null;
  if (secondsOf(budget) >= latency[0] || isRelieved(input, options, [budget])) return { detection: null };
  return { detection: detectionOf(budget, `${model.entry.model.name}, ${formatSecondsRange(latency)}`, []) };
}

/** The steps that the sentence lists, one after the other, against the time for all of them. */
function stepClaim(input: DetectorInput, options: Options, budget: PlacedEvidence): Claim | null {
  if (budget.value?.bound !== 'at-most' && !isCeiling(options, budget)) return null;
  const sentence = sentenceOf(input, budget);
  if (hasNear(options, sentence.evidence) || countOf(sentence.evidence, options, 'budget') !== 1) return null;
  const all = distinct(within(sentence.evidence, kindList(options['step']), sentence)).filter(
    (step) => isTime(step) && !isSame(step, budget),
  );
  // "… 1,200 ms generation = 1,700 ms": what stands behind the sign is the sum, unless each step has one.
  const listed = all.filter(({ text }) => !text.includes('='));
  const steps = listed.length > 0 ? listed : all;
  const names = new Set(steps.map(({ text }) => text.toLowerCase()));
  const [first] = steps;
  if (!first || steps.length < 2 || names.size !== steps.length) return null;
  // "2 s, of which generation …" is all of them; "generation 2 s, of which network …" counts one twice.
  if (sentence.evidence.some((item) => isOf(options, 'step-part', item) && item.start > first.start)) return null;
  return sumClaim(input, options, budget, steps);
}

/** Whether words say that a time is the most that it may be: "a latency budget of 2 s". */
function isCeiling(options: Options, { text }: PlacedEvidence): boolean {
  const words = new Set(kindList(options['ceiling']));
  return wordsIn(text).some((word) => words.has(word));
}

function sumClaim(
  input: DetectorInput,
  options: Options,
  budget: PlacedEvidence,
  steps: readonly PlacedEvidence[],
): Claim {
  const seconds = steps.reduce((sum, step) => sum + (step.value?.value ?? 0), 0);
  if (seconds <= secondsOf(budget) * SLACK || isRelieved(input, options, [budget, ...steps]))
    return { detection: null };
  const sum = `${steps.map((step) => formatSeconds(step.value?.value ?? 0)).join(' + ')} = ${formatSeconds(seconds)}`;
  return { detection: detectionOf(budget, sum, steps) };
}

/**
 * The steps that a list's or a table's lines name, against the time for all of them: stated in one of the lines or right above them; or anywhere, where it is
 * the answer's only one and a model's step is among them. Lines that go side by side, that not every answer takes, or that give percentiles are no sum.
 */
function groupClaims(input: DetectorInput, options: Options, budgets: readonly PlacedEvidence[]): Claim[] {
  if (budgets.length === 0) return [];
  const claims: Claim[] = [];
  const steps = evidenceOf(input, options, 'step').filter(isTime);
  let last: { chunk: number; block: number } | undefined;
  for (const step of steps) {
    if (last && step.chunk === last.chunk && step.block <= last.block) continue;
    const blocks = input.chunks[step.chunk]?.chunk.blocks ?? [];
    const group = groupAround(blocks, step.block);
    last = { chunk: step.chunk, block: group.last };
    if (group.last - group.first < 1) continue;
    const claim = groupClaim(input, options, budgets, steps, { chunk: step.chunk, ...group });
    if (claim) claims.push(claim);
  }
  return claims;
}

interface Lines {
  readonly chunk: number;
  readonly first: number;
  readonly last: number;
}

function groupClaim(
  input: DetectorInput,
  options: Options,
  budgets: readonly PlacedEvidence[],
  allSteps: readonly PlacedEvidence[],
  lines: Lines,
): Claim | null {
  const isIn = ({ chunk, block }: PlacedEvidence) =>
    chunk === lines.chunk && block >= lines.first && block <= lines.last;
  const isAbove = ({ chunk, block }: PlacedEvidence) => chunk === lines.chunk && block === lines.first - 1;
  const inside = budgets.filter(isIn);
  const above = budgets.filter(isAbove);
  const near = inside.length > 0 ? inside : above;
  const candidates = near.length > 0 ? near : budgets.filter(({ value }) => value?.bound === 'at-most');
  const [budget] = candidates;
  if (!budget || new Set((near.length > 0 ? near : budgets).map(secondsOf)).size !== 1) return null;
  const steps = distinct(
    allSteps.filter((step) => isIn(step) && (step.chunk !== budget.chunk || step.block !== budget.block)),
  );
  const blocks = new Set(steps.map(({ block }) => block));
  const names = new Set(steps.map((step) => nameOf(input, step)));
  // One time a line, and no name twice: two times of one step are two ways to go.
  if (steps.length < 2 || blocks.size !== steps.length || names.size !== steps.length) return null;
  const around = input.evidence.filter((item) => isIn(item) || isAbove(item) || isSameSentence(item, budget));
  const isDoubtful = around.some(
    (item) =>
      isOf(options, 'unless-near', item) ||
      (isOf(options, 'optional-step', item) && isIn(item)) ||
      (isOf(options, 'variance', item) && isIn(item) && (item.chunk !== budget.chunk || item.block !== budget.block)),
  );
  if (isDoubtful || steps.some((step) => hasPercentileLabel(input, step))) return null;
  if (around.some((item) => isIn(item) && isOf(options, 'step-part', item) && opensLine(input, item))) return null;
  if (steps.some((step) => isSetIn(input, step))) return null;
  const hasModel = around.some((item) => isOf(options, 'model-step', item) && isIn(item));
  if (near.length === 0 && !hasModel) return null;
  return sumClaim(input, options, budget, steps);
}

function isSameSentence(a: PlacedEvidence, b: PlacedEvidence): boolean {
  return a.chunk === b.chunk && a.flow === b.flow;
}

/** Whether a piece of evidence is the first of its line. */
function opensLine(input: DetectorInput, item: PlacedEvidence): boolean {
  const placed = input.chunks[item.chunk];
  const line = blockOf(input, item);
  return (
    line !== undefined && item.start === placed!.offset + sourceSpan(line, { start: 0, end: line.text.length }).start
  );
}

/** Whether a sign before its name sets a row in, as a part of the row above it: "- Reranking", "↳ Reranking". */
function isSetIn(input: DetectorInput, item: PlacedEvidence): boolean {
  const line = blockOf(input, item);
  return item.isRow && /^\s*(?:[-–—·•>↳└├]|\.\.)/.test(line?.text ?? '');
}

/** A column or a lead-in that gives percentiles: those of steps do not add up. */
function hasPercentileLabel(input: DetectorInput, item: PlacedEvidence): boolean {
  const labels = blockOf(input, item)?.labels ?? [];
  return labels.some(({ text, source }) => source !== 'heading' && PERCENTILE.test(text));
}

const PERCENTILE = /\bp(?:50|7\d|9\d)/i;

/** What a step is called: its row's first cell, its line's label, or its words without its time. */
function nameOf(input: DetectorInput, item: PlacedEvidence): string {
  const { text, ownLabel, isRow } = item;
  const there = blockOf(input, item);
  const cell = isRow ? there?.cells[0] : undefined;
  if (there && cell) return wordsOf(there.text.slice(cell.start, cell.end));
  if (ownLabel !== null) return wordsOf(ownLabel);
  let name = '';
  let from = 0;
  for (const { start, end } of readQuantities(text)) {
    name += text.slice(from, start);
    from = end;
  }
  return wordsOf(`${name}${text.slice(from)}`);
}

function wordsOf(text: string): string {
  return wordsIn(text)
    .filter((word) => word !== '')
    .join(' ');
}

function isTime({ value }: PlacedEvidence): boolean {
  return value !== undefined && value.unit === 's' && value.per.length === 0;
}

/** Steps are rounded figures: a sum a little above the whole is none to stop at. */
const SLACK = 1.1;

function detectionOf(budget: PlacedEvidence, sum: string, related: readonly PlacedEvidence[]): Detection {
  return {
    start: budget.start,
    end: budget.end,
    section: budget.section,
    names: { text: budget.text, sum },
    related: related.map((item) => ({ start: item.start, end: item.end, message: item.text })),
  };
}

/** Every time in a sentence, once each; told by the words of a whole answer's time where there are such. */
function timesIn(options: Options, evidence: readonly PlacedEvidence[]): PlacedEvidence[] {
  return distinct([
    ...evidence.filter((item) => isOf(options, 'budget', item)),
    ...evidence.filter((item) => isOf(options, 'near', item)),
  ]);
}

function isOf(options: Options, option: string, item: PlacedEvidence): boolean {
  return kindList(options[option]).includes(item.kind);
}

function countOf(evidence: readonly PlacedEvidence[], options: Options, option: string): number {
  return distinct(evidence.filter((item) => isOf(options, option, item))).length;
}

/** A semicolon parts statements about different things. */
function isParted(text: string, a: PlacedEvidence, b: PlacedEvidence): boolean {
  return text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)).includes(';');
}

function hasNear(options: Options, evidence: readonly PlacedEvidence[]): boolean {
  return evidence.some((item) => isOf(options, 'unless-near', item));
}

function isResponseTime({ value }: PlacedEvidence): boolean {
  return value !== undefined && value.unit === 's' && value.per.length === 0 && value.bound !== 'at-least';
}

/** The most that the time allows. */
function secondsOf({ value }: PlacedEvidence): number {
  return value?.max ?? value?.value ?? Infinity;
}

/** Two kinds may find one figure in overlapping words. */
function distinct(items: readonly PlacedEvidence[]): PlacedEvidence[] {
  const kept: PlacedEvidence[] = [];
  for (const item of items) if (!kept.some((other) => isSame(other, item))) kept.push(item);
  return kept;
}

function isSame(a: PlacedEvidence, b: PlacedEvidence): boolean {
  return a.start < b.end && b.start < a.end && a.value?.value === b.value?.value;
}
