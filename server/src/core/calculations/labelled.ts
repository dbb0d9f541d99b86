import type { Block } from '../answer/blocks.js';
import { isSameList, isSameTable } from '../answer/blockGroups.js';
import { headOf, withUnitOf, type Head } from '../evidence/columnHeads.js';
import type { Per, Quantity } from '../evidence/quantities.js';
import { PERIODIC } from '../evidence/quantities/words.js';
import type { Calculation, Operand, ReadBlock } from './calculation.js';
import { isOneValue } from './figures.js';
import { saidIn, type CalculationWords } from './gaps.js';
import { judge, type Judgment } from './judge.js';
import { isSoMany } from './otherFigures.js';
import { isPeriod } from './periods.js';
import { chainOf, operandAt, statedCalculation } from './stated.js';

/**
 * Finds products over figures whose names say what they count: "- Cost per query: $0.02", "- Queries per day: 10,000", "- Cost per day: $200", as lines of a list or
 * a fence, as rows of a table, or as the cells of one row. The units must cancel to those of the result. One that does not come out is wrong only by a power of
 * ten or a price's denominator, where the names leave nothing else to be meant; else it is doubted. `known` are the places of results that were read already.
 */
export function findLabelled(
  blocks: readonly ReadBlock[],
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
  heads: Map<string, Head>,
): Calculation[] {
  const found: Calculation[] = [];
  const ofHead = (label: string): Head => headOf(label, heads);
  for (let first = 0; first < blocks.length;) {
    let last = first;
    while (last + 1 < blocks.length && isTogether(blocks[last]!.block, blocks[last + 1]!.block)) last += 1;
    const lines = blocks.slice(first, Math.min(last + 1, first + MOST_LINES));
    for (const group of mayHoldNames(lines, words) ? groupsOf(lines, first) : [])
      if (mayBeProduct(group, words)) {
        const names = group.map((name) => readName(name, ofHead, words));
        readGroup({ lines: names, blocks, first, last }, known, words, found);
      }
    first = last + 1;
  }
  return found;
}

function isTogether(block: Block, next: Block): boolean {
  if (block.kind === 'row') return isSameTable(block, next);
  return isSameList(block, next) || (block.kind === 'paragraph' && next.paragraph === block.paragraph);
}

/** Two factors and what comes out, and a word or sign of what one of them is for: without these no name need be read. */
function mayHoldNames(lines: readonly ReadBlock[], words: CalculationWords): boolean {
  let figures = 0;
  for (const { quantities } of lines) figures += quantities.length;
  if (figures < LEAST_FIGURES) return false;
  const isForOne = (text: string) =>
    text.includes('/') || [...words.denominators].some((word) => text.includes(` ${word} `));
  return lines.some(({ text }) => isForOne(text)) || lines[0]!.block.cells.some(({ label }) => isForOne(label));
}

function groupsOf(lines: readonly ReadBlock[], first: number): readonly (readonly Named[])[] {
  const [line] = lines;
  if (line!.block.kind === 'row') return cellsOf(lines, first);
  return [lines.length > 1 ? linesOf(lines, first) : clausesOf(line!, first)];
}

const LEAST_FIGURES = 3;
/** A longer list or table is data. */
const MOST_LINES = 12;
const MOST_COLUMNS = 6;

/** A name and what stands beside it. */
interface Named {
  readonly read: ReadBlock;
  readonly index: number;
  readonly label: string;
  readonly values: readonly Quantity[];
  /** What stands behind the only value, and above the lines. */
  readonly rest: string;
  readonly above: string;
}

/** The lines of a list or a fence: what stands before a colon or an equals sign is a line's name. */
function linesOf(lines: readonly ReadBlock[], first: number): Named[] {
  return lines.map((read, at) => {
    const { block, text, quantities } = read;
    const own = block.ownLabel > 0 ? block.ownLabel : text.search(/[:=]\s/) + 1;
    const values = quantities.filter(({ start }) => start >= own);
    const [value, second] = values;
    const start = value?.start ?? text.length;
    return {
      read,
      index: first + at,
      label: nameIn(text.slice(0, own > 0 ? own : start)),
      // "Price per 1M tokens $2": who knows what the first figure is.
      values: second === undefined && own === 0 && quantities.length > 1 ? [] : values,
      rest: value === undefined ? '' : text.slice(value.end),
      above: block.labels.flatMap((label) => (label.source === 'own' ? [] : [label.text])).join(' '),
    };
  });
}

/** The clauses of a line that names its figures: "Cost per query: $0.02. Queries per day: 10,000. Cost per day: $200." */
function clausesOf(read: ReadBlock, index: number): Named[] {
  const { block, text, quantities } = read;
  if (quantities.length < LEAST_FIGURES || (text.match(NAME_END) ?? []).length < LEAST_FIGURES) return [];
  const clauses: Named[] = [];
  let start = 0;
  let next = 0;
  for (const cut of [...text.matchAll(CLAUSE_END), null]) {
    const end = cut?.index ?? text.length;
    const own = text.slice(start, end).search(NAME_END) + 1;
    // Figures and clauses are gone through side by side: a line may have thousands of both.
    while (next < quantities.length && quantities[next]!.start < start + own) next++;
    const first = next;
    while (next < quantities.length && quantities[next]!.end <= end) next++;
    const values = quantities.slice(first, next);
    clauses.push({
      read,
      index,
      label: nameIn(text.slice(start, start + own)),
      values: own === 0 ? [] : values,
      rest: text.slice(values[0]?.end ?? end, end),
      above: block.labels.flatMap((label) => (label.source === 'own' ? [] : [label.text])).join(' '),
    });
    if (clauses.length === MOST_LINES) break;
    start = end + (cut?.[0].length ?? 0);
  }
  return clauses;
}

const NAME_END = /[:=]\s/g;
const CLAUSE_END = /[.;,]\s+|\s\/\s|\n/g;

/** The columns of a table whose first column names its rows, and the rows, whose cells the heads name. */
function cellsOf(rows: readonly ReadBlock[], first: number): Named[][] {
  const columns = rows[0]!.block.cells.length;
  if (columns < 2 || columns > MOST_COLUMNS) return [];
  const cellAt = (row: number, column: number, label: string): Named => {
    const read = rows[row]!;
    const cell = read.block.cells[column]!;
    const values = read.quantities.filter(({ start, end }) => start >= cell.start && end <= cell.end);
    const rest = read.text.slice(values[0]?.end ?? cell.start, cell.end);
    return { read, index: first + row, label: nameIn(label), values, rest, above: '' };
  };
  const groups = rows.map((read, row) => read.block.cells.map(({ label }, column) => cellAt(row, column, label)));
  for (let column = 1; column < columns; column += 1)
    groups.push(rows.map((read, row) => cellAt(row, column, read.text.slice(0, read.block.cells[0]!.end))));
  return groups;
}

function nameIn(text: string): string {
  return text.replace(/[\s:=–—-]+$/, '').trim();
}

/** Whether at least two names say for one of what their figures are: else nothing need be read. */
function mayBeProduct(group: readonly Named[], words: CalculationWords): boolean {
  const hasUnit = ({ label, values }: Named) =>
    values.length === 1 &&
    (label.includes('/') || saidIn(label).some((word) => words.denominators.has(word) || PERIODIC.has(word)));
  return group.filter(hasUnit).length > 1;
}

/** A figure with the units that its name gives it. */
interface Line extends Named {
  /** Null where a name or its figure is not understood. */
  readonly operand: Operand | null;
  readonly units: Units;
  /** The name's words that say neither what is paid nor for what. */
  readonly others: string;
}

/** Nouns and `$`, with how often each is a factor; time stands apart. */
interface Units {
  readonly nouns: ReadonlyMap<string, number>;
  readonly time: number;
}

const NO_UNITS: Units = { nouns: new Map(), time: 0 };

function readName(named: Named, headOf: (label: string) => Head, words: CalculationWords): Line {
  const { label, values, read } = named;
  const [value, second] = values;
  const others = othersIn(label, words);
  if (value === undefined || second !== undefined || !isOneValue(value))
    return { ...named, operand: null, units: NO_UNITS, others };
  const quantity = named.label === '' ? value : withName(value, label, headOf(label));
  const units = quantity === null ? null : unitsOf(quantity, words);
  if (quantity === null || units === null) return { ...named, operand: null, units: NO_UNITS, others };
  return { ...named, operand: { ...operandAt(read, value), quantity }, units, others };
}

function withName(value: Quantity, label: string, head: Head): Quantity | null {
  if (value.kind === 'money') {
    const periods = saidIn(label).flatMap((word): Per[] => {
      const unit = PERIODIC.get(word);
      return unit === undefined ? [] : [{ unit, amount: 1 }];
    });
    const own = new Set(value.per.map(({ unit }) => unit));
    // "10,000 queries: $16": of so many.
    if (head === undefined && /\d/.test(label)) return null;
    const named = (head?.kind === 'money' ? head.per : periods).filter(({ unit }) => !own.has(unit));
    return { ...value, per: [...value.per, ...named] };
  }
  if (head === undefined) return value.unit === '' ? null : value;
  // "$/1K tokens | 0.002".
  if (head.kind === 'money') return head.unit === '' || value.kind !== 'number' ? null : withUnitOf(value, head);
  if (value.kind === 'number' && value.unit === '') {
    // "Queries: 10,000 per day".
    if (value.per.length > 0) return { ...value, kind: 'rate', unit: head.unit };
    return withUnitOf(value, head);
  }
  if (value.kind === 'rate' && value.unit === '') return { ...value, unit: head.unit };
  if (value.unit !== head.unit) return value;
  const own = new Set(value.per.map(({ unit }) => unit));
  return { ...value, per: [...value.per, ...head.per.filter(({ unit }) => !own.has(unit))] };
}

function unitsOf({ kind, unit, per }: Quantity, words: CalculationWords): Units | null {
  const nouns = new Map<string, number>();
  let time = 0;
  const add = (noun: string, power: number) => {
    const name = words.requests.has(noun) ? 'request' : noun;
    nouns.set(name, (nouns.get(name) ?? 0) + power);
  };
  if (kind === 'money') add('$', 1);
  else if (kind === 'duration') time += 1;
  else if ((kind === 'count' || kind === 'rate' || kind === 'tokens') && unit !== '') add(unit, 1);
  else return null;
  for (const one of per) {
    if (isPeriod(one.unit)) time -= 1;
    else add(one.unit, -1);
  }
  return { nouns, time };
}

/** The words of a name before what it is for, those apart that say cost, period or total. */
function othersIn(label: string, words: CalculationWords): string {
  const said = saidIn(label.replace(/[/([].*$/, ''));
  const end = said.findIndex((word) => words.denominators.has(word));
  return said
    .slice(0, end < 0 ? said.length : end)
    .filter((word) => !words.costs.has(word) && !words.sumLeads.has(word) && !PERIODIC.has(word))
    .join(' ');
}

/** Lines that may be a product, and where among all blocks they stand. */
interface Group {
  readonly lines: readonly Line[];
  readonly blocks: readonly ReadBlock[];
  readonly first: number;
  readonly last: number;
}

function readGroup(
  group: Group,
  known: ReadonlySet<number | undefined>,
  words: CalculationWords,
  found: Calculation[],
): void {
  const { lines } = group;
  lines.forEach((line, at) => {
    const { operand } = line;
    if (operand === null || known.has(operand.start)) return;
    const isMoney = operand.quantity.kind === 'money';
    // "Setup: $500": of nothing that goes before.
    if (isMoney && line.units.nouns.size === 1 && line.units.time === 0 && line.others !== '') return;
    const factors = lines
      .slice(0, at)
      .filter((one) => one.operand !== null)
      .slice(-MOST_FACTORS);
    const products = productsOf(factors, line.units, isMoney).map((parts) => ({
      parts,
      judgment: judge(
        chainOf('×', parts.length),
        parts.map((part) => part.operand!),
        operand.quantity,
        operand.text,
      ),
    }));
    const right = products.find(({ judgment }) => judgment.verdict === 'holds');
    const told = right ?? (products.length === 1 ? doubted(products[0]!, group, at, words) : undefined);
    if (told === undefined) return;
    const statement = {
      form: line.read.block.kind === 'row' ? 'column' : 'total',
      block: line.index,
      formula: chainOf('×', told.parts.length),
      operands: told.parts.map((part) => part.operand!),
      result: operand,
    } as const;
    found.push(statedCalculation(statement, told.judgment));
  });
}

/** So many lines before a result may go into it. */
const MOST_FACTORS = 6;
const MOST_OPERANDS = 4;

/** The rows of two lines or more whose units come to those of a result; an amount comes of one amount. */
function productsOf(factors: readonly Line[], total: Units, isMoney: boolean): (readonly Line[])[] {
  const products: (readonly Line[])[] = [];
  for (let mask = 1; mask < 1 << factors.length; mask += 1) {
    const parts = factors.filter((_, at) => (mask & (1 << at)) !== 0);
    if (parts.length < 2 || parts.length > MOST_OPERANDS) continue;
    const amounts = parts.filter((part) => part.operand!.quantity.kind === 'money').length;
    if (amounts === (isMoney ? 1 : 0) && comesTo(parts, total)) products.push(parts);
  }
  return products;
}

function comesTo(parts: readonly Line[], total: Units): boolean {
  const left = new Map([...total.nouns].map(([noun, power]) => [noun, -power]));
  let time = -total.time;
  for (const { units } of parts) {
    for (const [noun, power] of units.nouns) left.set(noun, (left.get(noun) ?? 0) + power);
    time += units.time;
  }
  return time === 0 && [...left.values()].every((power) => power === 0);
}

interface Product {
  readonly parts: readonly Line[];
  readonly judgment: Judgment;
}

/** The only product that can be meant where it does not come out, as wrong as it is; undefined where something else may explain it. */
function doubted({ parts, judgment }: Product, group: Group, at: number, words: CalculationWords): Product | undefined {
  const line = group.lines[at]!;
  const before = group.lines.slice(0, at);
  const result = line.operand!.quantity;
  const ratio = result.value / judgment.computed;
  const unused = before.filter((one) => !parts.includes(one)).flatMap(({ values }) => values);
  // More of it, or one more amount.
  const explains = (one: Quantity) =>
    isSoMany(one, ratio) ||
    (one.kind === 'money' && Math.abs((result.value - judgment.computed) / one.value - 1) < CLOSELY);
  const isOther =
    judgment.verdict !== 'fails' ||
    !isUnderstood(parts, before, line, words) ||
    [...unused, ...quantitiesBeside(group)].some(explains);
  if (isOther) return undefined;
  const isSlip = judgment.slip === 'magnitude' || judgment.slip === 'denominator';
  if (!isSlip && (unused.length > 0 || !isPlain(parts, result, ratio))) return undefined;
  const amount = parts.find((part) => part.operand!.quantity.kind === 'money');
  const isSure =
    isSlip &&
    amount?.others === line.others &&
    [...parts, line].every(({ rest }) => /^[\s.;,)]*$/.test(rest)) &&
    !/\d/.test(line.above) &&
    !saidIn(line.above).some((word) => words.shares.has(word) || words.reductions.has(word)) &&
    !group.blocks.some(
      ({ quantities }, index) =>
        (index < group.first || index > group.last) && quantities.some((one) => isSoMany(one, ratio)),
    );
  if (isSure) return { parts, judgment };
  const { slip, ...plain } = judgment;
  return {
    parts,
    judgment: { ...plain, verdict: 'unclear', isRounding: !isSlip, ...(isSlip && slip ? { slip } : {}) },
  };
}

/** Whether all figures up to a result are understood, and no share, saving, peak, limit or other money among them. */
function isUnderstood(parts: readonly Line[], before: readonly Line[], line: Line, words: CalculationWords): boolean {
  const isAside = ({ label, rest, read, values }: Line) =>
    read.text.includes('%') ||
    values.some(({ kind }) => kind === 'multiplier') ||
    saidIn(`${label} ${rest}`).some(
      (word) => words.shares.has(word) || words.reductions.has(word) || words.peaks.has(word),
    );
  const isOther = (word: string) => (words.unsummed.has(word) && !words.costs.has(word)) || words.otherMoney.has(word);
  return (
    ![...before, line].some(isAside) &&
    before.every(({ operand, values }) => operand !== null || values.length === 0) &&
    // How time cancels is not certain.
    parts.every(({ operand }) => operand!.quantity.kind !== 'duration') &&
    !saidIn(`${line.label} ${line.rest}`).some(isOther)
  );
}

/** Whether a result is off by so little that something is added or taken off, and for no other period: by the year a price may be less. */
function isPlain(parts: readonly Line[], { per }: Quantity, ratio: number): boolean {
  const periods = new Set(parts.flatMap(({ operand }) => operand!.quantity.per.map(({ unit }) => unit)));
  const isOtherPeriod = per.some(({ unit }) => isPeriod(unit) && !periods.has(unit));
  return ratio > LEAST && ratio < MOST && Math.abs(ratio - 1) > TALK && !isOtherPeriod;
}

/** The figures right before and behind a group of lines. */
function quantitiesBeside({ blocks, first, last }: Group): readonly Quantity[] {
  return [...(blocks[first - 1]?.quantities ?? []), ...(blocks[last + 1]?.quantities ?? [])];
}

const CLOSELY = 0.05;
/** By so much a result is off before it is worth a word; further off, it is of something else. */
const TALK = 0.02;
const LEAST = 0.4;
const MOST = 2.5;
