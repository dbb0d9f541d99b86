import { formatCount, formatMoney, formatPrice, formatPriceTokens } from './reference/format.js';
import { modelNamed, nameOfTable, type Reference, type ReferenceEntry } from './reference/reference.js';
import type { ReferenceModel } from './rubric/types.js';

/** What a cost model is made from. */
export interface CostModelInput {
  /** Queries a day. */
  readonly volume: number;
  /** Tokens of one query. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Names of models of the reference. */
  readonly tiers: readonly string[];
}

/** A model that a cost model can be made for. */
export interface Tier {
  readonly name: string;
  /** "$0.015 in, $0.045 out per 1K tokens · Mistral tiers, 2026". */
  readonly detail: string;
}

const DAYS_A_MONTH = 30;
/** Beyond it nobody reckons by hand, and figures lose digits. */
const MOST = 1e9;

/** The models that have a price, in the order of the reference. */
export function tiersOf(reference: Reference): Tier[] {
  return reference.entries.filter(hasPrice).map((entry) => ({ name: entry.model.name, detail: priceText(entry) }));
}

/** What is wrong with an input, as a sentence; null where a table can be made of it. */
export function costModelProblem(input: CostModelInput, reference: Reference): string | null {
  const counts: [string, number, number][] = [
    ['queries a day', input.volume, 1],
    ['input tokens', input.inputTokens, 0],
    ['output tokens', input.outputTokens, 0],
  ];
  for (const [name, value, least] of counts) {
    if (!Number.isInteger(value) || value < least || value > MOST)
      return `The number of ${name} must be a whole number from ${least} to ${formatCount(MOST)}.`;
  }
  if (input.inputTokens + input.outputTokens === 0) return 'A query has at least one token.';
  if (input.tiers.length === 0) return 'Choose at least one model.';
  const unknown = input.tiers.find((tier) => !priced(reference, tier));
  return unknown === undefined ? null : `There is no price for “${unknown}”.`;
}

/**
 * A table that says what one query costs by tier, and a day and a month of them, with the calculation in each cell. Every figure is exact, or rounded to the cent from
 * a dollar on, so that the review finds nothing to correct in it. Null where `costModelProblem` has something to say.
 */
export function costModelTable(input: CostModelInput, reference: Reference): string | null {
  if (costModelProblem(input, reference) !== null) return null;
  const { volume, inputTokens, outputTokens } = input;
  const tokens = [
    ...(inputTokens > 0 ? [counted(inputTokens, 'input token', 'input tokens')] : []),
    ...(outputTokens > 0 ? [counted(outputTokens, 'output token', 'output tokens')] : []),
  ].join(' and ');
  const queries = counted(volume, 'query', 'queries');
  const rows = input.tiers.flatMap((tier) => {
    const entry = priced(reference, tier);
    return entry ? [rowOf(entry, input)] : [];
  });
  return [
    `**${input.tiers.length > 1 ? 'Cost by tier' : 'Cost'}:** ${queries} a day, ${volume === 1 ? '' : 'each '}with ${tokens}.`,
    '',
    '| Tier | Cost per query | Cost per day | Cost per month |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function rowOf({ model }: ReferenceEntry, { volume, inputTokens, outputTokens }: CostModelInput): string {
  const { currency, input = 0, output } = model;
  const parts: [number, number][] =
    output === undefined || output === input
      ? [[inputTokens + outputTokens, input]]
      : [
          [inputTokens, input],
          [outputTokens, output],
        ];
  const used = parts.filter(([tokens]) => tokens > 0);
  const perQuery = exact(used.reduce((sum, [tokens, price]) => sum + (tokens * price) / 1000, 0));
  const products = used.map(([tokens, price]) => `${formatCount(tokens)} × ${priceOf(model, price)}`);
  const perDay = exact(perQuery * volume);
  const unit = formatPrice(perQuery, currency);
  const day = formatMoney(perDay, currency);
  const month = formatMoney(exact(perDay * DAYS_A_MONTH), currency);
  return `| ${model.name.replace(/\|/g, '\\|')} | ${products.join(' + ')} = ${unit} | ${formatCount(volume)} × ${unit} = ${day} | ${month} |`;
}

function priced(reference: Reference, tier: string): ReferenceEntry | null {
  const entry = modelNamed(reference, tier);
  return entry && hasPrice(entry) ? entry : null;
}

function hasPrice({ model }: ReferenceEntry): boolean {
  return model.input !== undefined && model.input > 0;
}

function priceText({ model, table }: ReferenceEntry): string {
  const { input = 0, output, priceTokens = 1000 } = model;
  const amounts =
    output === undefined ? amountOf(model, input) : `${amountOf(model, input)} in, ${amountOf(model, output)} out`;
  return `${amounts} per ${formatPriceTokens(priceTokens)} tokens · ${nameOfTable(table)}`;
}

/** "$2/1M": a price of a thousand tokens, for as many of them as the table counts by. */
function priceOf(model: ReferenceModel, per1K: number): string {
  return `${amountOf(model, per1K)}/${formatPriceTokens(model.priceTokens ?? 1000)}`;
}

function amountOf({ currency, priceTokens = 1000 }: ReferenceModel, per1K: number): string {
  return formatPrice((per1K * priceTokens) / 1000, currency);
}

/** Without the noise of binary fractions. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
