import type { Block } from '../answer/blocks.js';
import { readQuantities, type Quantity } from './quantities.js';

/**
 * The quantities of a table row with the units that stand in the heads of its columns: 300 below "Latency (ms)" is 0.3 s. Only a cell that is one bare figure
 * takes one. `heads` keeps what was read of each head, for the rows to come.
 */
export function withColumnUnits(
  block: Block,
  quantities: readonly Quantity[],
  heads: Map<string, Head>,
): readonly Quantity[] {
  if (block.kind !== 'row' || block.cells.length === 0) return quantities;
  let changed: Quantity[] | null = null;
  let column = 0;
  quantities.forEach((quantity, index) => {
    while (column < block.cells.length && block.cells[column]!.end < quantity.end) column++;
    const cell = block.cells[column];
    if (!cell || cell.label === '' || quantity.start < cell.start) return;
    const around = block.text.slice(cell.start, quantity.start) + block.text.slice(quantity.end, cell.end);
    if (around.trim() !== '') return;
    const head = headOf(cell.label, heads);
    if (!head || (head.kind === 'money' && head.unit === '')) return;
    const read = withUnitOf(quantity, head);
    if (read !== quantity) (changed ??= [...quantities])[index] = read;
  });
  return changed ?? quantities;
}

/** A bare figure with the unit of its column's head; any other quantity as it is. */
export function withUnitOf(quantity: Quantity, { kind, unit, per, value }: Quantity): Quantity {
  if (quantity.kind !== 'number' || quantity.unit !== '' || quantity.per.length > 0) return quantity;
  const max = quantity.max === undefined ? {} : { max: quantity.max * value };
  return { ...quantity, ...max, kind, unit, per, value: quantity.value * value };
}

/** What a column's head says of its figures: their kind and unit, and what one of them stands for. */
export type Head = Quantity | undefined;

/** The same as `readHead`, read once for all who ask with the same `heads`. */
export function headOf(label: string, heads: Map<string, Head>): Head {
  if (!heads.has(label)) heads.set(label, readHead(label));
  return heads.get(label);
}

/**
 * The unit in a column's head: "Cost ($)", "Tokens (K)", "$/day", "Requests/day", "Latency (ms)", "Users". It is read as the quantity that a one with this
 * unit is; nothing where the head names no unit.
 */
function readHead(label: string): Head {
  const text = currencyFirst(label.trim());
  const bare = text.replace(DENOMINATOR, '').replace(PERCENTILE, '');
  if (text === '' || text.length > LONGEST_HEAD || /\d/.test(bare)) return undefined;
  const inner = UNIT_IN_BRACKETS.exec(text) ?? UNIT_BEHIND.exec(text);
  const name = text.slice(0, inner?.index).trim().toLowerCase();
  const unit = (inner?.[1] ?? inner?.[2] ?? text).trim();
  // "Tokens (K)" are thousands of tokens.
  const forms =
    inner === null
      ? [withOne(text)]
      : /^[kKmMbB]$/.test(unit)
        ? [`1${unit} ${name}`, `1${unit}`]
        : [withOne(unit), `1 ${unit} ${name}`];
  for (const form of forms) {
    const [one, second] = readQuantities(form);
    if (one === undefined || second !== undefined || one.start > 0) continue;
    // "Tokens in" are tokens.
    if (one.end < form.length && one.kind !== 'tokens') continue;
    if (one.kind === 'number' && one.value === 1 && one.per.length === 0) continue;
    return one;
  }
  // "Cost/user", "Price per query": the figures below have a currency, and say not for what.
  for (const match of text.matchAll(/\s?\/|\s/g)) {
    const form = `$1${text.slice(match.index)}`;
    const [one] = readQuantities(form);
    if (one?.kind === 'money' && one.per.length > 0 && one.end === form.length && one.start === 0)
      return { ...one, unit: '' };
  }
  return undefined;
}

/** In UTF-16 units: a longer head is a sentence. */
const LONGEST_HEAD = 40;

/** "Cost per month in dollars" as "dollars per month", "Price per 1M tokens ($)" as "$ per 1M tokens". */
function currencyFirst(text: string): string {
  const [, denominator, currency] =
    /^[^\d(]*?\s(?:(per\s.+?)\s)?in\s(dollars?|euros?|USD|EUR|GBP|US\$|\$|€|£)$/i.exec(text) ??
    /^[^\d(/]*?(\sper\s[^()[\]]+?|\/[^()[\]]+?)\s?[([]((?:US)?[$€£¥₹]|USD|EUR|GBP)[)\]]$/i.exec(text) ??
    [];
  return currency === undefined ? text : `${currency} ${denominator?.trim() ?? ''}`.trim();
}

/** "USD per 1K queries": by how many. */
const DENOMINATOR = /\s?(?:\bper\b|\/)\s?1?,?(?:0{2,3})?\s?[kKmM]?\b/;

/** "$/day" as "$1/day", "ms" as "1 ms". */
function withOne(unit: string): string {
  const sign = /^(?:US)?[$€£¥₹]/.exec(unit)?.[0];
  return sign === undefined ? `1 ${unit}` : `${sign}1${unit.slice(sign.length)}`;
}

/** "Latency (ms)", "Cost [USD]". */
const UNIT_IN_BRACKETS = /[([]([^()[\]]{1,30})[)\]]\s*$/;

/** "Latency p95, ms", "Monthly $". */
const UNIT_BEHIND = /(?:,\s*([^\s,]{1,8})|(?<=\S)\s+([$€£¥₹]|USD|EUR|GBP))\s*$/;

/** "p95" in a head is no figure. */
const PERCENTILE = /\bp\d{2}\b/gi;
