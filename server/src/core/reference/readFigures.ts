import { readQuantities, type Quantity } from '../evidence/quantities.js';
import { formatPrice } from './format.js';

/** The fields of a model, in files and in the setting. */
export const MODEL_FIELDS: readonly string[] = ['names', 'tiers', 'size', 'window', 'input', 'output', 'latency'];

/** What is wrong with a model whose input has one currency and whose output another. */
export const CURRENCY_PROBLEM = 'The prices of one model are in one currency';

/** A value, with what makes it doubtful, or what is wrong with the text that should hold one. */
export type Figure<T extends object> =
  | { readonly value: T; readonly problem: null; readonly doubt: string | null }
  | { readonly value: null; readonly problem: string };

/** "$0.002 per 1K tokens", "$15 per 1M tokens", "2 cents/1K": the price of 1,000 tokens, and how many tokens it is given for. */
export function readPrice(text: string): Figure<{ per1K: number; currency: string; tokens: number }> {
  const quantity = onlyQuantity(text);
  const per = quantity?.per[0];
  const isPrice = quantity?.kind === 'money' && quantity.per.length === 1 && per?.unit === 'token';
  if (!isPrice || quantity.max !== undefined)
    return { value: null, problem: 'A price is an amount for a number of tokens, such as "$2 per 1M tokens"' };
  if (quantity.value < 0) return { value: null, problem: 'A price is not below zero' };
  const per1K = exact((quantity.value * 1000) / per.amount);
  const price = { per1K, currency: quantity.unit, tokens: per.amount };
  return { value: price, problem: null, doubt: doubtOf(text.trim(), price) };
}

/** A price that no model has, most likely for a slip between one token, a thousand and a million of them. */
function doubtOf(text: string, { per1K, currency }: { per1K: number; currency: string }): string | null {
  const [amount, tokens] =
    LIKE_DOLLARS.has(currency) && per1K > MOST_PER_1K
      ? [per1K * 1000, '1M']
      : per1K > 0 && per1K < LEAST_PER_1K
        ? [per1K, '1K']
        : [0, ''];
  return amount === 0
    ? null
    : `"${text}" comes to ${formatPrice(amount, currency)} per ${tokens} tokens: see whether the unit is right`;
}

/** Currencies of which one is about a dollar. */
const LIKE_DOLLARS: ReadonlySet<string> = new Set(['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD']);
/** Nobody has asked for more than $600 per million tokens yet, nor for less than a cent. */
const MOST_PER_1K = 1;
const LEAST_PER_1K = 0.000005;

/** "128K tokens", "128K" or 128000: a number of tokens. */
export function readWindow(text: string): Figure<{ tokens: number }> {
  // 2048 by itself would be read as a year.
  const quantity = onlyQuantity(/^\s*\d+\s*$/.test(text) ? `${text.trim()} tokens` : text);
  const isTokens = quantity?.kind === 'tokens' || (quantity?.kind === 'number' && quantity.unit === '');
  if (!isTokens || quantity.max !== undefined || quantity.per.length > 0 || quantity.value <= 0)
    return { value: null, problem: 'A window is a number of tokens, such as "128K tokens"' };
  return good({ tokens: quantity.value });
}

/** "200–400 ms", "1 s": the least and the most, in seconds. */
export function readLatency(text: string): Figure<{ seconds: readonly [number, number] }> {
  const quantity = onlyQuantity(text);
  if (quantity?.kind !== 'duration' || quantity.per.length > 0 || quantity.value <= 0)
    return { value: null, problem: 'A latency is a duration or a range, such as "200–400 ms"' };
  return good({ seconds: [quantity.value, quantity.max ?? quantity.value] as const });
}

/** A quantity above zero such as "20–50 ms per token"; `like` is a text that holds one of the unit that it must have, null where any will do. */
export function readFigure(text: string, like: string | null): Figure<{ value: number; max?: number }> {
  const quantity = onlyQuantity(text);
  if (!quantity) return { value: null, problem: 'A figure is one quantity, such as "20–50 ms per token"' };
  if (quantity.value <= 0) return { value: null, problem: 'A figure is above zero' };
  const [example] = like === null ? [] : readQuantities(like);
  if (example && unitOf(example) !== unitOf(quantity))
    return { value: null, problem: `The unit of this figure is that of "${like}"` };
  // "500 tokens per 10 pages" are 50 a page.
  const perOne = (value: number) => exact(quantity.per.reduce((part, { amount }) => part / amount, value));
  return good({
    value: perOne(quantity.value),
    ...(quantity.max === undefined ? {} : { max: perOne(quantity.max) }),
  });
}

/** "token/page" */
function unitOf({ unit, per }: Quantity): string {
  return [unit, ...per.map((one) => one.unit)].join('/');
}

function good<T extends object>(value: T): Figure<T> {
  return { value, problem: null, doubt: null };
}

/** The quantity that a text is, from its first character to its last. */
function onlyQuantity(text: string): Quantity | null {
  const trimmed = text.trim();
  const [quantity, second] = readQuantities(trimmed);
  if (!quantity || second || quantity.start !== 0 || quantity.end !== trimmed.length) return null;
  return quantity;
}

/** Without the noise of a division: 0.045 and not 0.045000000000000005. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
