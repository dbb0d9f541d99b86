import { isSameList, isSameTable } from '../answer/blockGroups.js';
import type { Cell } from '../answer/blocks.js';
import { runsOfLettersAndDigits } from '../answer/letters.js';
import { headOf, withUnitOf, type Head } from '../evidence/columnHeads.js';
import type { Quantity } from '../evidence/quantities.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { goesOn } from './formulas.js';
import { readMarks, restOfSentence, saidIn, sentenceStart, wordsIn, type CalculationWords, type Mark } from './gaps.js';
import { judge, periodSlip, type Judgment } from './judge.js';
import { chainOf, operandAt, statedCalculation } from './stated.js';
import { isOneValue, perOf } from './figures.js';
import { findRuledRows, findRuledShares, type RuledRow } from './tableRules.js';

/**
 * Finds the sums that a table's or a list's last line states, and the columns of a table that are made of others. `formulas` are the calculations
 * that were found already: a line's amount is what its own calculation comes to.
 */
export function findTotals(
  blocks: readonly ReadBlock[],
  formulas: readonly Calculation[],
  words: CalculationWords,
  heads: Map<string, Head>,
): Calculation[] {
  const found: Calculation[] = [];
  let first = 0;
  while (first < blocks.length) {
    if (blocks[first]!.block.kind !== 'row') {
      first += 1;
      continue;
    }
    let last = first;
    while (last + 1 < blocks.length && isSameTable(blocks[last]!.block, blocks[last + 1]!.block)) last += 1;
    readTable(blocks, first, last, formulas, words, heads, found);
    first = last + 1;
  }
  const byBlock = new Map<number, Calculation>();
  for (const calculation of formulas) byBlock.set(calculation.block, calculation);
  blocks.forEach((read, index) => {
    readBehindList(blocks, index, words, found);
    if (read.block.kind !== 'row' && isTotal(ownLabel(read), words)) readList(blocks, index, byBlock, words, found);
    else if (read.block.kind !== 'row') {
      readTold(read, index, formulas, words, found);
      readBracketed(read, index, words, found);
    }
  });
  return found;
}

/** A table with more rows or columns is data, and no cost model. */
const MOST_ROWS = 100;
const MOST_COLUMNS = 10;

/** A row as a table's checks see it. */
interface Row extends RuledRow {
  readonly isTotal: boolean;
}

function readTable(
  blocks: readonly ReadBlock[],
  first: number,
  last: number,
  formulas: readonly Calculation[],
  words: CalculationWords,
  heads: Map<string, Head>,
  found: Calculation[],
): void {
  const columns = blocks[first]!.block.cells.length;
  if (last - first + 1 > MOST_ROWS || columns > MOST_COLUMNS || columns < 2 || last === first) return;
  if (!blocks.slice(first, last + 1).some(({ quantities }) => quantities.length > 0)) return;
  const labels = blocks[first]!.block.cells.map((cell) => cell.label);
  const rows: Row[] = [];
  const ruled: RuledRow[] = [];
  for (let index = first; index <= last; index += 1) {
    const read = blocks[index]!;
    const { cells } = read.block;
    const name = cells[0] ? read.text.slice(cells[0].start, cells[0].end) : '';
    const own = hasReduction(read.text, words)
      ? cells.map(() => undefined)
      : cells.map((cell, column) => headed(amountIn(read, cell), labels[column], heads));
    // "Cache discount", "Average": a row that is no part of a sum.
    const isPart = !hasUnsummedWord(name, words, false);
    const isOfTotal = isTotal(name, words);
    rows.push({ index, text: name, amounts: isPart ? own : cells.map(() => undefined), isTotal: isOfTotal });
    if (!isOfTotal) ruled.push({ index, text: name, amounts: own });
  }
  const hasShares = rows.some((row) => row.amounts.some((amount) => amount?.quantity.kind === 'percentage'));
  const parts = rows.filter((row) => !row.isTotal);
  const made = readMadeColumns(parts, columns, labels, words, found);
  const known = new Set([...formulas, ...found].map(({ result }) => result?.start));
  for (const [column, own] of findRuledRows(ruled, columns, known, words, found))
    if (!made.has(column)) made.set(column, own);
  if (ruled.some(({ amounts }) => amounts.some((amount) => amount?.quantity.kind === 'percentage')))
    findRuledShares(ruled, labels, known, words, found);
  for (let column = 1; column < columns; column += 1) {
    if (isUnsummed(labels[column] ?? '', words)) continue;
    // Shares, or a column of numbers, may weigh the parts; those that the parts are made of do not weigh them once more.
    const own = made.get(column) ?? [];
    const isWeighing = (amount: Operand | null | undefined, at: number) =>
      at > 0 && at !== column && !own.includes(at) && isFactor(amount);
    const isMade = made.has(column) && labels[column] !== undefined;
    readColumnTotal(rows, column, isMade, hasShares || rows.some((row) => row.amounts.some(isWeighing)), found);
  }
}

/** The quantity that a cell consists of. */
function amountIn(read: ReadBlock, cell: Cell): Operand | null | undefined {
  const content = read.text.slice(cell.start, cell.end);
  if (/^[\s—–-]*$/.test(content)) return null;
  let only: Operand | undefined;
  for (const quantity of read.quantities) {
    if (quantity.start >= cell.end) break;
    if (quantity.start < cell.start) continue;
    if (only !== undefined || quantity.end > cell.end) return undefined;
    only = operandAt(read, quantity);
  }
  // "$5 for storage" has a figure with words; "$5 × 3" or "5/7" is no amount, and "$5 + usage" is not all of one.
  if (only === undefined) return undefined;
  const rest = content.slice(only.quantity.end - cell.start);
  return /[\d×*/=]/.test(content.replace(only.text, '')) || rest.includes('+') ? undefined : only;
}

function readColumnTotal(
  rows: readonly Row[],
  column: number,
  isMade: boolean,
  isWeighed: boolean,
  found: Calculation[],
): void {
  let parts: Operand[] = [];
  let isWhole = true;
  let hadTotal = false;
  for (const row of rows) {
    const amount = row.amounts[column];
    if (!row.isTotal) {
      if (amount === undefined) isWhole = false;
      else if (amount !== null) parts.push(amount);
      continue;
    }
    if (amount && parts.length >= 2 && isWhole && !hadTotal) addSum(row.index, parts, amount, isWeighed, found, isMade);
    hadTotal = true;
    parts = [];
    isWhole = true;
  }
}

function isFactor(amount: Operand | null | undefined): boolean {
  const kind = amount?.quantity.kind;
  return kind === 'number' || kind === 'count' || kind === 'rate' || kind === 'multiplier';
}

/**
 * Adds the sum of some parts, unless they do not go together or the writer may have meant another thing than their sum. `isMade` where each of the parts is the
 * product of figures beside it.
 */
function addSum(
  block: number,
  parts: readonly Operand[],
  total: Operand,
  isWeighed: boolean,
  found: Calculation[],
  isMade = false,
): void {
  const { kind, unit } = total.quantity;
  // Products of each line's own figures are of nothing that another line has.
  const isSure = kind === 'money' || kind === 'tokens' || (isMade && kind === 'number');
  if (!isSure && kind !== 'duration' && kind !== 'count' && kind !== 'rate') return;
  const same = parts.every(
    ({ quantity }) => quantity.kind === kind && quantity.unit === unit && perOf(quantity) === perOf(parts[0]!.quantity),
  );
  if (!same || parts.some(({ quantity }) => quantity.bound !== undefined && quantity.bound !== 'about')) return;
  const formula = chainOf('+', parts.length);
  const judgment = judge(formula, parts, total.quantity, total.text);
  const values = parts.map(({ quantity }) => quantity.value);
  const stated = total.quantity.value;
  const isOther =
    isWeighed ||
    judgment.slip === 'period' ||
    periodSlip(stated / judgment.computed) ||
    isPartSum(values, stated) ||
    !isNear(stated / judgment.computed);
  const { start, end } = total;
  if (!isSure && judgment.verdict !== 'holds') {
    // Stages may go side by side, and users may be the same: what is more than all of them together has something added.
    const isMore = stated > judgment.computed * (1 + MORE);
    if (judgment.verdict !== 'fails' || isOther || !(isMore || judgment.slip === 'magnitude')) return;
    const doubt = { ...judgment, verdict: 'unclear', isRounding: judgment.slip === undefined } as const;
    const statement = { form: 'total', block, formula, operands: parts, result: total, span: { start, end } } as const;
    found.push(statedCalculation(statement, doubt));
    return;
  }
  const verdict = judgment.verdict === 'fails' && isOther ? 'unclear' : judgment.verdict;
  if (verdict === 'unclear' && (isOther || !judgment.isRounding)) return;
  found.push(
    statedCalculation(
      { form: 'total', block, formula, operands: parts, result: total, span: { start, end } },
      { ...judgment, verdict },
    ),
  );
}

/** How far from a line's amount its name and what goes on behind it stand, in characters. */
const NEARBY = 40;

/** By this share more than its parts, a total has a part that is not there. */
const MORE = 0.05;

/** A cell's amount with what its column's head says of it. */
function headed(
  amount: Operand | null | undefined,
  label: string | undefined,
  heads: Map<string, Head>,
): Operand | null | undefined {
  // A head is read for the figures below it; most columns have words.
  const head = amount && label !== undefined ? headOf(label, heads) : undefined;
  if (!amount || head === undefined) return amount;
  const { quantity } = amount;
  if (head.kind === 'money' && head.unit === '')
    return quantity.kind === 'money' && quantity.per.length === 0
      ? { ...amount, quantity: { ...quantity, per: head.per } }
      : amount;
  return { ...amount, quantity: withUnitOf(quantity, head) };
}

/** A total that is far from the sum, and by no power of ten, is a total of something else. */
function isNear(ratio: number): boolean {
  if (ratio > 0.4 && ratio < 2.5) return true;
  const power = Math.log10(ratio);
  return Math.abs(power - Math.round(power)) < 0.001;
}

/** Whether a total is the sum of only some of the parts, their mean, or their largest. */
export function isPartSum(values: readonly number[], stated: number): boolean {
  const near = (value: number) => Math.abs(value - stated) <= Math.abs(stated) * 0.002;
  const all = values.reduce((sum, value) => sum + value, 0);
  if (values.some(near) || near(all / values.length)) return true;
  if (values.length > 10) return values.some((value) => near(all - value));
  for (let mask = 1; mask < 1 << values.length; mask += 1) {
    let sum = 0;
    for (let at = 0; at < values.length; at += 1) if ((mask & (1 << at)) !== 0) sum += values[at] ?? 0;
    if (near(sum)) return true;
  }
  return false;
}

/**
 * Columns that are products or sums of other columns: where a rule gives every row's figure but one, that one is wrong. It takes three rows, so that no
 * chance makes a rule; of two rows, one that has a zero too many or too few is doubted. Returns by column those that all of its figures are made of.
 */
function readMadeColumns(
  rows: readonly Row[],
  columns: number,
  labels: readonly string[],
  words: CalculationWords,
  found: Calculation[],
): Map<number, readonly number[]> {
  const made = new Map<number, readonly number[]>();
  if (rows.length < 2) return made;
  const whole: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const first = rows[0]!.amounts[column];
    if (first && rows.every((row) => row.amounts[column]?.quantity.kind === first.quantity.kind)) whole.push(column);
  }
  for (const result of whole) {
    const kind = rows[0]!.amounts[result]!.quantity.kind;
    if (kind !== 'money' && kind !== 'tokens') continue;
    const others = whole.filter((column) => column !== result && !isPercentColumn(rows, column));
    for (const rule of rulesOver(others, isTotal(labels[result] ?? '', words))) {
      const judged: { row: Row; parts: Operand[]; total: Operand; judgment: Judgment }[] = [];
      let failures = 0;
      for (const row of rows) {
        const parts = rule.columns.map((column) => row.amounts[column]!);
        const total = row.amounts[result]!;
        const judgment = judge(rule.formula, parts, total.quantity, total.text);
        judged.push({ row, parts, total, judgment });
        if (judgment.verdict === 'holds') continue;
        // Most columns are made of no others, and two rows tell: a rule gives all figures but one, or it is none.
        failures += 1;
        if (judgment.verdict === 'unclear' || failures > 1) break;
      }
      if (judged.length < rows.length) continue;
      const holding = judged.filter(({ judgment }) => judgment.verdict === 'holds');
      const failing = judged.filter(({ judgment }) => judgment.verdict === 'fails');
      if (holding.length === rows.length && isProductRule(rule)) made.set(result, rule.columns);
      if (rows.length === 2) {
        const [wrong] = failing;
        if (holding.length !== 1 || wrong?.judgment.slip !== 'magnitude') continue;
        if (rule.columns.length !== 2 || !holding[0]!.parts.every(({ quantity: { value } }) => value !== 1)) continue;
        const { row, parts, total, judgment } = wrong;
        const statement = {
          form: 'column',
          block: row.index,
          formula: rule.formula,
          operands: parts,
          result: total,
        } as const;
        found.push(statedCalculation(statement, { ...judgment, verdict: 'unclear' }));
        break;
      }
      const isTelling = new Set(holding.map(({ total }) => total.quantity.value)).size >= 2;
      if (holding.length < 2 || holding.length + failing.length < judged.length || failing.length > 1 || !isTelling)
        continue;
      for (const { row, parts, total, judgment } of judged) {
        // Two rows that hold make a rule likely, and three make it sure enough to call the fourth wrong.
        const isLikely = holding.length < 3;
        if (judgment.verdict === 'fails' && !isNear(total.quantity.value / judgment.computed)) continue;
        if (judgment.verdict === 'fails' && isLikely && judgment.slip !== 'magnitude') continue;
        const isDoubt = judgment.verdict === 'fails' && isLikely;
        found.push(
          statedCalculation(
            { form: 'column', block: row.index, formula: rule.formula, operands: parts, result: total },
            isDoubt ? { ...judgment, verdict: 'unclear' } : judgment,
          ),
        );
      }
      break;
    }
  }
  return made;
}

function isProductRule({ formula }: ColumnRule): boolean {
  return formula.operator === '×';
}

function isPercentColumn(rows: readonly Row[], column: number): boolean {
  return rows[0]!.amounts[column]?.quantity.kind === 'percentage';
}

interface ColumnRule {
  readonly columns: readonly number[];
  readonly formula: Formula;
}

function rulesOver(others: readonly number[], isSum: boolean): ColumnRule[] {
  const rules: ColumnRule[] = [];
  if (isSum && others.length >= 2) rules.push({ columns: others, formula: chainOf('+', others.length) });
  for (let a = 0; a < others.length; a += 1) {
    for (let b = a + 1; b < others.length; b += 1) {
      const pair = [others[a]!, others[b]!];
      rules.push({ columns: pair, formula: chainOf('×', 2) });
      for (let c = b + 1; c < others.length; c += 1)
        rules.push({ columns: [...pair, others[c]!], formula: chainOf('×', 3) });
    }
  }
  return rules;
}

/** Lines above "Total: $1,050" of the same list or fence, each with one amount of money or a calculation that comes to one. */
function readList(
  blocks: readonly ReadBlock[],
  index: number,
  formulas: ReadonlyMap<number, Calculation>,
  words: CalculationWords,
  found: Calculation[],
): void {
  const read = blocks[index]!;
  if (formulas.has(index)) return;
  const total = onlyAmount(read);
  if (total === undefined || hasUnsummedWord(ownLabel(read), words, false)) return;
  // "$900 with reserve", "2,600 tokens plus the question".
  const { end } = read.quantities[0]!;
  if (goesOn(readMarks(read.text, end, Math.min(read.text.length, end + NEARBY), words))) return;
  const parts: Operand[] = [];
  for (let at = index - 1; at >= 0 && parts.length < MOST_ROWS; at -= 1) {
    const line = blocks[at]!;
    if (!isSameList(line.block, read.block)) break;
    const own = formulas.get(at);
    const part = own === undefined ? onlyAmount(line) : own.result;
    if (part === null || part === undefined || part.quantity.kind !== total.quantity.kind) {
      // A line of a list that is no amount makes the list something else; in a fence another group stands above.
      if (read.block.kind !== 'fence') return;
      break;
    }
    if (
      (ownLabel(line) === '' && own === undefined) ||
      isTotal(ownLabel(line), words) ||
      hasUnsummedWord(ownLabel(line), words, true) ||
      hasReduction(line.text, words)
    )
      return;
    parts.unshift(part);
  }
  if (parts.length >= 2) addSum(index, parts, total, false, found);
}

/** "Sums to 950 ms", "Total: $1,050", "1.2 s end to end, one after another": a paragraph that says what the list above it comes to. */
function readBehindList(
  blocks: readonly ReadBlock[],
  index: number,
  words: CalculationWords,
  found: Calculation[],
): void {
  const read = blocks[index]!;
  const above = blocks[index - 1];
  if (read.block.kind !== 'paragraph' || above?.block.kind !== 'item') return;
  const total = addedUp(read, words);
  if (total === undefined) return;
  if (!SUMMED.has(total.kind) || total.start > NEARBY || !isOneValue(total)) return;
  const before = saidIn(read.text.slice(0, total.start));
  const sentence = ` ${saidIn(restOfSentence(read.text, total.end, SENTENCE)).join(' ')} `;
  const isSum =
    before.every((word) => words.sumLeads.has(word) || words.sumLinks.has(word)) &&
    before.some((word) => words.sumLeads.has(word));
  const isInTurn = [...words.sequences].some((phrase) => sentence.includes(` ${phrase} `));
  if (!isSum && !(before.length === 0 && isInTurn)) return;
  const { end } = total;
  if (goesOn(readMarks(read.text, end, Math.min(read.text.length, end + NEARBY), words))) return;
  if (hasReduction(read.text, words) || read.text.slice(end, end + NEARBY).includes('%')) return;
  const parts: Operand[] = [];
  for (let at = index - 1; at >= 0 && isSameList(blocks[at]!.block, above.block); at -= 1) {
    const line = blocks[at]!;
    const part = onlyAmount(line);
    const { quantity } = part ?? {};
    const isPart =
      quantity?.kind === total.kind &&
      quantity.unit === total.unit &&
      isOneValue(quantity) &&
      quantity.per.length === 0 &&
      !hasUnsummedWord(line.text, words, false) &&
      !hasReduction(line.text, words);
    if (part === undefined || !isPart || parts.length === MOST_ROWS) return;
    parts.unshift(part);
  }
  if (parts.length < 2 || total.per.length > 0) return;
  // "Input: …, output: …. Total: $12": of several lists, or of what else was told before. What leads in the list is of it.
  const first = index - parts.length;
  const isLeadIn = /:\s*$/.test(blocks[first - 1]?.text ?? '');
  const earlier = blocks.slice(Math.max(0, first - MOST_ROWS), isLeadIn ? first - 1 : first);
  if (earlier.some(({ quantities }) => quantities.some(({ kind }) => kind === total.kind))) return;
  const amount = operandAt(read, total);
  if (total.kind !== 'duration') {
    addSum(index, parts, amount, false, found);
    return;
  }
  const formula = chainOf('+', parts.length);
  const judgment = judge(formula, parts, total, amount.text);
  const { computed, verdict } = judgment;
  // A sum that is said to be one has nothing that goes side by side; else only what is more than all of them tells.
  const isTold = isInTurn || before.some((word) => words.sumVerbs.has(word));
  if (verdict !== 'holds' && (verdict !== 'fails' || !isTold || !isNear(total.value / computed))) return;
  found.push(
    statedCalculation(
      { form: 'total', block: index, formula, operands: parts, result: amount },
      verdict === 'holds' ? judgment : { computed, verdict: 'unclear', isRounding: true },
    ),
  );
}

/** The first figure of a block; "adds up to 5,000 tokens" is no bound. */
function addedUp({ text, quantities }: ReadBlock, words: CalculationWords): Quantity | undefined {
  const [total] = quantities;
  if (
    total?.bound !== 'at-most' ||
    !saidIn(text.slice(0, total.start + NEARBY)).some((word) => words.sumVerbs.has(word))
  )
    return total;
  const { bound: _bound, ...plain } = total;
  return plain;
}

/** How much of a sentence is looked at behind a total, in characters. */
const SENTENCE = 120;

/** "1,500 × $3/M = $0.0045; 400 × $15/M = $0.006; total $0.0105": what several calculations of a paragraph come to, with a word for their sum. */
function readTold(
  read: ReadBlock,
  index: number,
  formulas: readonly Calculation[],
  words: CalculationWords,
  found: Calculation[],
): void {
  const { text, quantities } = read;
  if (quantities.length < LEAST_TOLD || !text.includes('=')) return;
  const own = formulas.filter(({ block, form, result, operands }) => {
    return block === index && form === 'formula' && result?.quantity.kind === 'money' && operands.length > 1;
  });
  const parts = own.flatMap(({ result, verdict }) => (result !== null && verdict === 'holds' ? [result] : []));
  const last = parts.at(-1);
  if (last === undefined || parts.length < 2 || parts.length < own.length) return;
  const at = quantities.findIndex((quantity) => operandAt(read, quantity).start === last.start) + 1;
  const total = quantities[at];
  if (at === 0 || total?.kind !== 'money') return;
  const between = text.slice(quantities[at - 1]!.end, total.start);
  // "= $120, output … = $90, so $210 a day".
  const isNamed = isTotal(between, words);
  if (!isNamed && !concludes(between, words)) return;
  const end = Math.min(text.length, total.end + NEARBY);
  if (goesOn(readMarks(text, total.end, end, words)) || hasReduction(text, words)) return;
  // Shares, and amounts that are in none of the calculations, may go into it.
  const known = new Set(own.flatMap(({ operands, result }) => [...operands, result!]).map(({ start }) => start));
  const others = quantities.filter(
    (quantity, place) =>
      place !== at &&
      (quantity.kind === 'percentage' || (quantity.kind === 'money' && !known.has(operandAt(read, quantity).start))),
  );
  const sums: Calculation[] = [];
  addSum(index, parts, operandAt(read, total), others.length > 0, sums);
  for (const sum of sums)
    found.push(isNamed || sum.verdict !== 'fails' ? sum : { ...sum, verdict: 'unclear', isRounding: true });
}

/** "A day, so": a few words, and one that draws a conclusion. */
function concludes(between: string, words: CalculationWords): boolean {
  const last = /^[\p{L} ]{0,20},? (\p{L}+)\s*$/u.exec(between)?.[1];
  return last !== undefined && words.conclusions.has(last.toLowerCase());
}

/** "2,500 tokens in ($0.0025) plus 500 out ($0.0020) = $0.0045": a sum of amounts that stand in brackets. */
function readBracketed(read: ReadBlock, index: number, words: CalculationWords, found: Calculation[]): void {
  const { text, quantities } = read;
  if (quantities.length < 3 || !text.includes('(')) return;
  const isBracketed = ({ kind, max, start, end }: Quantity) =>
    kind === 'money' && max === undefined && text.charAt(start - 1) === '(' && text.charAt(end) === ')';
  quantities.forEach((total, at) => {
    const last = quantities[at - 1];
    if (total.kind !== 'money' || total.max !== undefined || last === undefined || !isBracketed(last)) return;
    const [lead, second, third] = readMarks(text, last.end + 1, total.start, words);
    const says = lead?.kind === 'comma' ? second : lead;
    if (says === undefined || !LEADS_TO_SUM.has(says.kind) || (says === lead ? second : third) !== undefined) return;
    const parts = [operandAt(read, last)];
    let from = at - 1;
    for (let before = at - 2; before >= 0; before -= 1) {
      const one = quantities[before]!;
      if (!isBracketed(one)) continue;
      // What is added is said to be: a sign or its word, and what the next amount is for.
      const sign = /^\)\s*(\+|\p{L}+)\s[^.;!?()=×÷*]{0,60}\($/u.exec(text.slice(one.end, quantities[from]!.start))?.[1];
      if (sign !== '+' && !words.pluses.has(sign?.toLowerCase() ?? '')) break;
      parts.unshift(operandAt(read, one));
      from = before;
    }
    if (parts.length < 2 || found.some(({ result }) => result?.start === operandAt(read, total).start)) return;
    // "3 × 500 tokens ($0.002)": so often.
    const first = quantities[from]!.start;
    const start = sentenceStart(text, first, first);
    const end = Math.min(text.length, total.end + NEARBY);
    if (/[×*÷%]/.test(text.slice(start, total.end)) || goesOn(readMarks(text, total.end, end, words))) return;
    addSum(index, parts, operandAt(read, total), false, found);
  });
}

const LEADS_TO_SUM: ReadonlySet<Mark['kind']> = new Set(['=', '≈', 'said']);

/** Two products with their results, and a total. */
const LEAST_TOLD = 7;

function onlyAmount(read: ReadBlock): Operand | undefined {
  const [only, second] = read.quantities;
  // A line with more figures than its amount may be anything.
  return only !== undefined && second === undefined && SUMMED.has(only.kind) ? operandAt(read, only) : undefined;
}

/** What the lines of a list may add up to. */
const SUMMED: ReadonlySet<Quantity['kind']> = new Set(['money', 'tokens', 'duration']);

function ownLabel({ text, block, quantities }: ReadBlock): string {
  const [only, second] = quantities;
  const isAlone = only !== undefined && second === undefined;
  const before = isAlone ? text.slice(0, only.start) : '';
  // "Generation $480", "**Total: $1,050**".
  if (block.kind === 'item' && isAlone && (block.ownLabel === 0 || block.ownLabel > only.start)) {
    const isEnd = only.start <= NEARBY && /^[\s.]*$/.test(text.slice(only.end));
    return isEnd ? (/^\s*(\p{L}[^:=\d]*?)[\s:=–—-]*$/u.exec(before)?.[1] ?? '') : '';
  }
  if (block.ownLabel > 0) return text.slice(0, block.ownLabel);
  // "LLM        $600": columns set with blanks.
  return block.kind === 'fence' && isAlone && only.start <= NEARBY
    ? (/^\s*(\S.*?)\s{2,}$/.exec(before)?.[1] ?? '')
    : '';
}

function isTotal(label: string, words: CalculationWords): boolean {
  return label.length < 80 && words.totals.has(runsOfLettersAndDigits(label.toLowerCase()).join(' ').trim());
}

function isUnsummed(label: string, words: CalculationWords): boolean {
  return hasUnsummedWord(label, words, false);
}

function hasUnsummedWord(label: string, words: CalculationWords, isPart: boolean): boolean {
  return runsOfLettersAndDigits(label.toLowerCase()).some(
    (word) => words.unsummed.has(word) || (isPart && (words.periods.has(word) || words.singles.has(word))),
  );
}

function hasReduction(text: string, words: CalculationWords): boolean {
  return wordsIn(text.slice(0, 400)).some((word) => words.reductions.has(word));
}
