import type { Quantity } from '../evidence/quantities.js';
import { pairAfter } from '../answer/blocks.js';
import { isLetter } from '../answer/letters.js';
import { currencySign, formatCount, formatSeconds } from '../reference/format.js';
import { asWritten, isDescribed, pricedByTime } from './writtenConversions.js';
import type { Calculation, Formula, Operand, ReadBlock } from './calculation.js';
import { figureLike, plainFigure } from './figures.js';
import {
  hasDecimalComma,
  readMarks,
  restOfClause,
  restOfSentence,
  saidIn,
  sentenceStart,
  spoken,
  wordsIn,
  type CalculationWords,
  type Mark,
} from './gaps.js';
import { judge, swallowsDivision, unitOf, valueOfFormula, type Judgment, type OpenValue } from './judge.js';
import { comesOfOthers, isForSoMany, isSoMany } from './otherFigures.js';
import { isOddPeriod } from './periods.js';
import { judgeUnitTimes } from './unitTimes.js';
import { bindingOf, FIRST, operandAt, spanOf, statedCalculation, writeFormula } from './stated.js';

/**
 * Finds the calculations that are written with signs in one block: `10,000 × 500 × $0.015/1K = $75`, chains `a = b = c`, `$75 (10,000 × $0.0075)`,
 * and open ones that end in `=`. Time is linear in the block's text: between two quantities at most a hundred characters are looked at.
 */
export function findFormulas(read: ReadBlock, index: number, words: CalculationWords): Calculation[] {
  const { quantities } = read;
  if (quantities.length === 0 || !mayHoldFormula(read)) return [];
  const gaps = gapsOf(read, words);
  const found: Calculation[] = [];
  let first = 0;
  let goesOn = false;
  // The last quantity that is part of a finished calculation.
  let done = -1;
  while (first < quantities.length) {
    const run = readRun(read, gaps, first, words);
    if (run.links.length > 0 || run.isOpen) {
      // "$5 × 10 users and $3 × 5 = $65": what was left without a result may belong to the next one.
      const isPart =
        (goesOn && !endsBefore(read, first)) ||
        (done !== first - 1 && joinsEarlier(read, first)) ||
        goesOnFromAbove(read);
      readCalculations(read, index, isPart ? { ...run, isUnclear: true } : run, words, found);
      if (!isPart) readOnward(read, index, run.last, words, found);
      goesOn = run.links.every((link) => link.relation === undefined);
      if (!goesOn) done = run.last;
    } else goesOn &&= (gaps[first + 1] ?? []).length < 4;
    first = run.last + 1;
  }
  return found;
}

/** Whether a line begins with a plus sign: what it adds to stands above. */
function goesOnFromAbove({ block, text }: ReadBlock): boolean {
  return block.isPlus === true || /^\s*\+\s/.test(text);
}

/** Whether a sentence or clause ends between a figure and the one before it: "20 at $50 and 480 at $15: $1,000 + $7,200". */
function endsBefore({ text, quantities }: ReadBlock, index: number): boolean {
  return CLAUSE_END.test(text.slice(quantities[index - 1]?.end ?? 0, quantities[index]!.start));
}

const CLAUSE_END = /[.;:!?](?:\s|$)/;

/** What a calculation has at least: a sign of equality, an arrow, or an operator beside which a word can be one. */
const RELATION = /[=≈→⇒➜×✕*+÷]|->|\dx\d|\d\s?[x/]\s?\S/;

/**
 * Whether the quantity before a calculation may be one more of its operands, since it is of the same kind and stands in the same sentence: "2,000 tokens
 * in and 500 tokens out at $0.015 per 1K tokens = $0.0375".
 */
function joinsEarlier({ text, quantities }: ReadBlock, first: number): boolean {
  const own = quantities[first]!;
  const earlier = quantities[first - 1];
  if (earlier === undefined || own.start - earlier.end > NEARBY) return false;
  if (/[.;:!?|](?:\s|$)|[\n=]/.test(text.slice(earlier.end, own.start))) return false;
  const isCount = (quantity: Quantity) =>
    quantity.kind !== 'money' && quantity.kind !== 'duration' && quantity.kind !== 'percentage';
  return earlier.kind === own.kind || (isCount(earlier) && isCount(own));
}

/** With no sign of a calculation, only amounts of money can be one, rates or times: "10,000 queries at $0.0075 come to $75", "36,000 calls a day is 25 QPS". */
function mayHoldFormula({ text, quantities }: ReadBlock): boolean {
  if (RELATION.test(text)) return true;
  let money = 0;
  let rates = 0;
  let times = 0;
  for (const { kind } of quantities) {
    if (kind === 'money') money += 1;
    else if (kind === 'rate') rates += 1;
    else if (kind === 'duration') times += 1;
  }
  return money > 1 || rates > 1 || times > 1;
}

/** "$0.70 an hour is $16.80 a day and $5,040 a month": a result that came out, said once more for another period. */
function readOnward(read: ReadBlock, index: number, last: number, words: CalculationWords, found: Calculation[]): void {
  const { text, quantities } = read;
  const earlier = found.at(-1);
  const [left, right] = [quantities[last]!, quantities[last + 1]];
  if (right === undefined || earlier?.verdict !== 'holds' || left.kind !== 'money') return;
  if (earlier.result?.start !== operandAt(read, left).start || !isConversion(left, right, words)) return;
  const between = text
    .slice(left.end, right.start)
    .replace(/[\s,(]+/g, ' ')
    .trim()
    .toLowerCase();
  // Behind it, its clause ends: "and $200 a month for storage" is another cost.
  if (!words.onward.has(between) || !endsClause(text, right.end)) return;
  if (left.max !== undefined || right.max !== undefined) return;
  const operands = [operandAt(read, left)];
  const result = operandAt(read, right);
  const judgment = judge(FIRST, operands, right, result.text);
  const isSlip = judgment.verdict === 'fails' && judgment.slip === 'magnitude';
  if (judgment.verdict !== 'holds') {
    const whole = judge(earlier.formula, earlier.operands, right, result.text);
    if (whole.verdict === 'holds' || !isSlip || isReducedAfter(read, last + 1, words)) return;
  }
  found.push(statedCalculation({ form: 'formula', block: index, formula: FIRST, operands, result }, judgment));
}

/** The marks before each quantity, and after the last. */
function gapsOf({ text, quantities }: ReadBlock, words: CalculationWords): Mark[][] {
  const gaps: Mark[][] = [];
  let at = 0;
  for (const quantity of quantities) {
    gaps.push(readMarks(text, at, quantity.start, words));
    at = quantity.end;
  }
  gaps.push(readMarks(text, at, text.length, words));
  return gaps;
}

type Operator = '+' | '-' | '×' | '÷';
/** `→`: an arrow, or "or"; `⇒`: a double arrow, or "so"; `:`: a colon behind a product. These lead on, and need not equal. */
type Relation = '=' | '→' | '⇒' | ':' | 'said' | '()';

/** What links a quantity to the one before it. */
interface Link {
  readonly operator: Operator | undefined;
  readonly relation: Relation | undefined;
  /** Brackets that close before the sign and open after it. */
  readonly closes: number;
  readonly opens: number;
  readonly isUnclear: boolean;
  /** A product in words that may as well be a quotient: "500 tokens at 50 tokens a second". */
  readonly mayDivide: boolean;
}

/** Quantities in a row that signs link. */
interface Run {
  readonly first: number;
  readonly last: number;
  /** One fewer than the quantities. */
  readonly links: readonly Link[];
  /** Brackets that open right before the first quantity. */
  readonly opens: number;
  readonly isUnclear: boolean;
  readonly isOpen: boolean;
}

function readRun(
  { text, quantities }: ReadBlock,
  gaps: readonly Mark[][],
  first: number,
  words: CalculationWords,
): Run {
  const links: Link[] = [];
  const before = gaps[first] ?? [];
  // Brackets that are open on the present side of a relation; one that opened on an earlier side does not close here.
  let depth = opensAtEnd(before);
  const opens = depth;
  // "2.4 people (150 h each) × $4,900": the bracket only says what the figure before it is.
  const names = before.slice(0, before.length - opens);
  const isAside = first > 0 && opens > 0 && names.length < 2 && names.every(({ kind }) => kind === 'word');
  let last = first;
  let explains = false;
  const linkAt = (left: number, earlier: readonly Link[]) =>
    readLink(
      text,
      quantities[left]!,
      quantities[left + 1]!,
      gaps[left + 1] ?? [],
      words,
      earlier.length > 0 && earlier.every(({ operator }) => operator === '×' || operator === '÷'),
    );
  while (last + 1 < quantities.length && links.length < LONGEST_RUN) {
    const link = linkAt(last, links);
    if (link === undefined) break;
    // "480 at $15: $1,000 + $7,200": what stands behind is a sum of its own.
    if (link.relation === ':' && last + 2 < quantities.length && linkAt(last + 1, []) !== undefined) break;
    // What follows a bracket from further out belongs to another expression.
    if (link.closes > depth || (isAside && links.length === 0 && link.closes === opens)) break;
    if (link.relation === '()') {
      if (explains || links.length > 0) break;
      explains = true;
    }
    depth = (link.relation === undefined ? depth - link.closes : 0) + (link.relation === '()' ? 0 : link.opens);
    links.push(link);
    last += 1;
  }
  const after = gaps[last + 1] ?? [];
  // "1 234 × 2 = 2 468": figures right beside each other are one.
  const isTorn = (first > 0 && before.length === 0) || (last + 1 < quantities.length && after.length === 0);
  const isUnclear =
    isTorn ||
    isSymbolic(text, before, words) ||
    isModified(text, before) ||
    isPeriodOfOne(text, before, quantities[first]!, words) ||
    (goesOn(after) && !isNamed(text, after, words)) ||
    links.some((link) => link.isUnclear);
  return { first, last, links, opens, isUnclear, isOpen: isOpenEnd(text, after) };
}

function opensAtEnd(marks: readonly Mark[]): number {
  let count = 0;
  while (marks[marks.length - 1 - count]?.kind === '(') count += 1;
  return count;
}

/** Sums of more terms than this are no one's. */
const LONGEST_RUN = 64;
const MOST_WORDS = 5;

function readLink(
  text: string,
  left: Quantity,
  right: Quantity,
  marks: readonly Mark[],
  words: CalculationWords,
  isProduct: boolean,
): Link | undefined {
  let operator: Operator | undefined;
  let relation: Relation | undefined;
  let closes = 0;
  let opens = 0;
  let wordsBefore = 0;
  let wordsAfter = 0;
  let isUnclear = false;
  let mayDivide = false;
  let lineBefore = false;
  let openedAt = -1;
  for (let index = 0; index < marks.length; index += 1) {
    const { kind } = marks[index]!;
    const hasSign = operator !== undefined || relation !== undefined;
    switch (kind) {
      case 'word':
        if (lineBefore && !hasSign) return undefined;
        if (hasSign) wordsAfter += 1;
        else wordsBefore += 1;
        break;
      case 'of':
        if (marks.length === 1 && left.kind === 'percentage') operator = '×';
        else isUnclear = true;
        break;
      case '(':
        if (hasSign) opens += 1;
        else if (openedAt < 0) openedAt = index;
        else return undefined;
        break;
      case ')':
        if (!hasSign && openedAt >= 0) openedAt = -1;
        else if (hasSign && opens > 0 && wordsAfter > 0) opens -= 1;
        else if (!hasSign) closes += 1;
        else return undefined;
        break;
      case 'modifier':
        isUnclear = true;
        break;
      case 'qualifier':
        return undefined;
      case 'line':
        lineBefore = true;
        break;
      case 'comma': {
        const next = marks[index + 1]?.kind;
        if (next !== 'said' && next !== '=' && next !== '≈' && next !== '→') return undefined;
        isUnclear ||= next !== 'said' && next !== '→';
        break;
      }
      case 'dash':
        // "$100 - $40"; a dash with words beside it parts a sentence.
        if (marks.length !== 1) return undefined;
        operator = '-';
        break;
      case '×':
      case '÷':
      case '+':
      case '-':
        if (hasSign) {
          // "which is $75": the words of a relation may stand beside its sign, two operators are a symbol's.
          return undefined;
        }
        operator = kind;
        mayDivide =
          kind === '×' &&
          right.kind !== 'money' &&
          words.rates.has(text.slice(marks[index]!.start, marks[index]!.end).toLowerCase());
        break;
      case '=':
      case '≈':
      case '→':
      case 'said':
        // "Revenue $20,000 − cost $4,500": the name of what is taken off.
        if (operator !== undefined && kind === 'said' && isCost(text, marks[index]!, words)) {
          wordsAfter += 1;
          break;
        }
        if (operator !== undefined) return undefined;
        if (relation === undefined || relation === 'said') relation = relationOf(text, marks[index]!, words);
        break;
      case 'break':
        if (!isProduct || hasSign || !isColon(text, marks[index]!)) return undefined;
        relation = ':';
        break;
    }
  }
  if (operator === undefined && relation === undefined) {
    // "10 × 5 ≈50": the sign belongs to the quantity.
    if (marks.every((mark) => mark.kind === ')') && /^(?:≈|≃|≅|~=)/.test(text.slice(right.start, right.end)))
      relation = '=';
    // "$75 (10,000 × $0.0075)".
    else if (openedAt >= 0 && openedAt === marks.length - 1 && wordsBefore <= MOST_WORDS)
      return { operator, relation: '()', closes, opens: 1, isUnclear, mayDivide: false };
    else return undefined;
  } else if (openedAt >= 0) {
    // "$0.09 (= $0.05 + $0.04)": the bracket only sets it apart.
    if (relation === undefined) return undefined;
    opens += 1;
  }
  if (wordsBefore > MOST_WORDS || wordsAfter > MOST_WORDS) return undefined;
  return { operator, relation, closes, opens, isUnclear, mayDivide };
}

function relationOf(text: string, { kind, start, end }: Mark, words: CalculationWords): Relation {
  if (kind === 'said') return kind;
  if (kind !== '→') return '=';
  const sign = text.slice(start, end).toLowerCase();
  return sign === '=>' || sign === '⇒' || words.conclusions.has(sign) ? '⇒' : '→';
}

function isCost(text: string, { start, end }: Mark, words: CalculationWords): boolean {
  return words.costs.has(text.slice(start, end).toLowerCase());
}

function isColon(text: string, { start, end }: Mark): boolean {
  return end === start + 1 && /^:\s/.test(text.slice(start, start + 2));
}

const OPERATORS: ReadonlySet<Mark['kind']> = new Set(['×', '÷', '+', '-', 'of']);

/** Whether an operator stands before the first quantity: its left side is a name ("N × 5 = 10"). */
function isSymbolic(text: string, before: readonly Mark[], words: CalculationWords): boolean {
  for (let index = before.length - 1; index >= 0; index -= 1) {
    const { kind } = before[index]!;
    // "A run of 40,000", "a peak of 120 QPS": the figure's own name.
    if (kind === 'of' && index > 0 && holdsSoMany(text, before[index - 1]!, words)) return false;
    if (OPERATORS.has(kind)) return index > 0 || before.length > 1 || kind !== '+';
    if (kind !== 'word' && kind !== '(' && kind !== ')' && kind !== 'modifier') return false;
  }
  return false;
}

/** Whether a mark is a word for what the figure behind it is all of: "a run of", and not "the cheapest of". */
function holdsSoMany(text: string, { start, end }: Mark, words: CalculationWords): boolean {
  return words.wholes.has(text.slice(start, end).toLowerCase());
}

/** Whether a word before the first quantity changes it: "half of", "twice"; not the last word of the sentence before. */
function isModified(text: string, before: readonly Mark[]): boolean {
  const [other, last] = before.slice(-2);
  if (last?.kind === 'break' && /^[.!?]\s/.test(text.slice(last.start, last.start + 2))) return false;
  return other?.kind === 'modifier' || last?.kind === 'modifier';
}

/** "Every 10 s × 120 = 12 a second": a time between two of something divides, whatever the sign says. */
function isPeriodOfOne(
  text: string,
  before: readonly Mark[],
  { kind }: Quantity,
  { distributives }: CalculationWords,
): boolean {
  const last = before.at(-1);
  if (kind !== 'duration' || last === undefined) return false;
  const word = text.slice(last.start, last.end).toLowerCase();
  return word === 'per' || distributives.has(word);
}

/** Whether the two words behind a result are what a difference is called: "= $17,000 gross margin". */
function isNamed(text: string, [first, second]: readonly Mark[], words: CalculationWords): boolean {
  return second !== undefined && words.remainders.has(spoken(text.slice(first!.start, second.end)));
}

/** Whether the expression goes on after its last quantity with something that is no figure: "= $75 + tax". */
export function goesOn(after: readonly Mark[]): boolean {
  for (const [index, { kind }] of after.entries()) {
    if ((OPERATORS.has(kind) && kind !== 'of') || kind === 'modifier' || kind === 'qualifier') return true;
    if ((kind !== 'word' && kind !== '(') || index > 3) return false;
  }
  return false;
}

function isOpenEnd(text: string, after: readonly Mark[]): boolean {
  const at = after.findIndex((mark) => mark.kind !== 'word' && mark.kind !== ')');
  const sign = after[at];
  if (sign === undefined || (sign.kind !== '=' && sign.kind !== '≈')) return false;
  // In a table's cell, unless its result stands in the next one.
  return /^[ \t]*(?:$|\n|\?|…|_{2,}|\|(?![ \t]*[~≈]?[ \t]?\p{Sc}?[ \t]?\d))/u.test(text.slice(sign.end, sign.end + 20));
}

/** One side of a relation. */
interface Side {
  readonly first: number;
  readonly last: number;
  readonly formula: Formula | undefined;
  readonly relation: Relation | undefined;
}

function readCalculations(
  read: ReadBlock,
  index: number,
  run: Run,
  words: CalculationWords,
  found: Calculation[],
): void {
  const operands = operandsOf(read, run.first, run.last);
  const sides = sidesOf(run);
  const quotients = quotientsOf(run);
  const last = sides[sides.length - 1];
  if (sides.some((side) => side.formula === undefined)) return;
  if (hasDecimalComma(read.text, read.quantities[run.first]!.start, read.quantities[run.last]!.end)) return;
  const isUnclear =
    run.isUnclear ||
    isTornApart(read, run) ||
    operands.some(({ quantity, text }, at) => swallowsDivision(quantity, text) || isCalled(read, run.first + at));
  // The result's period may stand before or behind the calculation, or above it.
  const isReduced = () => isReducedAfter(read, run.last, words);
  const namesPeriod = () => {
    const { block, text, quantities } = read;
    const start = quantities[run.first]!.start;
    const end = quantities[run.last]!.end;
    const around = [text.slice(Math.max(0, start - NEARBY), start), text.slice(end, end + NEARBY)];
    for (const label of block.labels) around.push(label.text);
    for (const cell of block.cells) around.push(cell.label);
    return around.some((part) => wordsIn(part).some((word) => words.periods.has(word)));
  };
  const loadWord = () => loadWordAround(read, run, words);
  const add = (formula: Formula | undefined, result: number | undefined, relation: Relation) => {
    if (formula === undefined) return;
    const others = quotients.flatMap((other) => {
      const at = sides.findIndex((side) => side.formula === formula);
      return other[at]?.formula ?? [];
    });
    const calculation = calculationOf(index, operands, formula, result, relation, isUnclear, {
      others,
      namesPeriod,
      isReduced,
      isAtTimes: () => isAtTimes(read, operands[0]!.quantity, run.first + result!, words),
      loadWord,
      endsClause: () => endsClause(read.text, read.quantities[run.first + result!]!.end),
      isFirstOfSentence: () => opensSentence(read, run.first),
      isLastOfSentence: () => ENDS_SENTENCE.test(read.text.slice(read.quantities[run.first + result!]!.end)),
      isForSoMany: (ratio) => isForSoMany(read, run.first + result!, ratio),
      holdsSoMany: (ratio) =>
        read.quantities.some((one, at) => (at < run.first || at > run.last) && isSoMany(one, ratio)),
      saysShare: () => {
        const { start } = read.quantities[run.first]!;
        return wordsIn(read.text.slice(sentenceStart(read.text, start, NEARBY), start)).some((word) =>
          words.shares.has(word),
        );
      },
      isSigned: () => {
        const side = sides.find((one) => one.formula === formula);
        return side !== undefined && isSigned(read, run.first + side.first, run.first + side.last, words);
      },
      comesOfOthers: () =>
        isToldIn(read, run, words) && comesOfOthers(read, [run.first + result! - 1], run.first + result!),
    });
    if (calculation !== undefined) found.push(calculation);
  };
  for (let at = 1; at < sides.length; at += 1) {
    const left = sides[at - 1]!;
    const right = sides[at]!;
    const relation = right.relation ?? '=';
    const isLeftSingle = left.first === left.last;
    const isRightSingle = right.first === right.last;
    if (!isLeftSingle && isRightSingle) {
      const isAdded = addsToEarlier(read, run.first + left.first);
      const isEnd = isEndOfSum(sides[at - 2], left, operands[right.first]!, operands, isAdded);
      if (!isEnd) add(left.formula, right.first, relation);
    } else if (isLeftSingle && !isRightSingle) {
      // "One GPU = 90 tok/s × 32 = 2,880 tok/s": a name, and what comes out stands behind.
      const isName = sides[at + 1] !== undefined || !/\d/.test(operands[left.first]!.text);
      if (at === 1 && !isName) add(right.formula, left.first, relation);
    } else if (isLeftSingle && isRightSingle) {
      // "10 × 5 = 50 = $0.50": what stands for the right side is the nearest formula.
      const earlier = sides.slice(0, at - 1).findLast((side) => side.first !== side.last);
      const [from, to] = [operands[left.first]!.quantity, operands[right.first]!];
      // "500 examples, four minutes each = 33 hours": of all of them.
      if (isOfEach(read, run.first + left.first, words)) continue;
      if (relation !== '→' && relation !== '⇒' && POWER.test(operands[left.first]!.text))
        addPower(read, index, run.first + left.first, to, found);
      if (!isConversion(from, to.quantity, words)) {
        if (earlier === undefined && isLoad(from, to.quantity, words) && leads(read, run.first, words))
          addLoad(index, [operands[left.first]!], to, isUnclear, () => loadWord() === 'peak', found);
        continue;
      }
      // "With 0.4 s of overlap = 0.7 s": in one unit, nothing is converted.
      const first = operands[left.first]!;
      if (from.kind === 'duration' && unitOf(from, first.text) === unitOf(to.quantity, to.text)) continue;
      const isWhole =
        earlier !== undefined && judge(earlier.formula!, operands, to.quantity, to.text).verdict === 'holds';
      if (isWhole) continue;
      // "5 × 8 h = 40 h = 1 week": of work.
      const isOfWork = () =>
        [operands[left.first]!, to].some(({ quantity, text }) => unitOf(quantity, text) >= DAY) &&
        judge(left.formula!, operands, to.quantity, to.text).slip !== 'magnitude';
      if (earlier !== undefined && from.kind === 'duration' && isOfWork()) continue;
      const isLed = relation !== 'said' || from.kind === 'money' || leads(read, run.first, words);
      add(left.formula, right.first, isLed ? conversionRelation(relation, from) : '→');
    } else {
      // "10,000 × 500 = 5M tokens × $0.015/1K = $75": the result is the next side's first operand.
      const formula = left.formula!;
      const operand = operands[right.first]!;
      const judgment = judge(formula, operands, operand.quantity, operand.text);
      if (judgment.verdict === 'holds') add(formula, right.first, relation);
    }
  }
  if (run.isOpen && last !== undefined && last.first !== last.last && sides.length === 1)
    add(last.formula, undefined, '=');
}

/**
 * Whether a side is but the end of a sum, and its own figures do not give what stands behind it: "60 + 8 × 20 = 160 + 150 = 370", where 160 is what the last
 * term alone comes to, and "3 s (+2 × 120 ms = 3.24 s)".
 */
function isEndOfSum(
  earlier: Side | undefined,
  side: Side,
  result: Operand,
  operands: readonly Operand[],
  isAdded: boolean,
): boolean {
  const holds = (formula: Formula, { quantity, text }: Operand) =>
    judge(formula, operands, quantity, text).verdict === 'holds';
  const goesOn =
    earlier?.formula !== undefined &&
    earlier.first !== earlier.last &&
    !isProductOf(side.formula!) &&
    !holds(earlier.formula, operands[side.first]!);
  return (isAdded || goesOn) && !holds(side.formula!, result);
}

/** Whether a bracket begins with a plus sign: "3 s (+2 × 120 ms)" adds to what stands before it. */
function addsToEarlier({ text, quantities }: ReadBlock, first: number): boolean {
  const { start } = quantities[first]!;
  return /\(\s?\+\s?.?$/.test(text.slice(Math.max(0, start - 3), start + 1));
}

const DAY = 86_400;

/** Whether a word behind a quantity says that each of some others has so many. */
function isOfEach({ text, quantities }: ReadBlock, index: number, words: CalculationWords): boolean {
  const { start, end } = quantities[index]!;
  const next = quantities[index + 1]?.start ?? text.length;
  return wordsIn(text.slice(start, Math.min(next, end + NEARBY))).some((word) => words.distributives.has(word));
}

/** Whether words behind a quantity make it less than its operands: "$20/month × 12 = $200/year, two months free". */
export function isReducedAfter({ text, quantities }: ReadBlock, index: number, words: CalculationWords): boolean {
  const end = quantities[index]!.end;
  return wordsIn(text.slice(end, end + NEARBY / 2)).some((word) => words.reductions.has(word));
}

/**
 * Whether a figure for a longer time is a whole number of those for a shorter one, fewer than there are in it, and words behind it say when it counts: "$200 a day is
 * $800 a month, as it runs once a week", "… = $400/month (1st and 15th)".
 */
function isAtTimes({ text, quantities }: ReadBlock, one: Quantity, index: number, words: CalculationWords): boolean {
  const { value, end } = quantities[index]!;
  const times = value / one.value;
  if (times < 1 - ALMOST || Math.abs(times - Math.round(times)) > ALMOST) return false;
  const after = restOfSentence(text, end, NEARBY);
  return /\d/.test(after) || wordsIn(after).some((word) => words.frequencies.has(word));
}

const ALMOST = 0.01;

/** How far around a calculation a period may stand that is the result's; in characters. */
const NEARBY = 200;

/** Whether a function is called with a figure: "ceil(2.3)". */
function isCalled({ text, quantities }: ReadBlock, index: number): boolean {
  const { start } = quantities[index]!;
  return text.charAt(start - 1) === '(' && isLetter(text, start - 2);
}

/** Whether markup that is gone from the text stood between two digits: "2*3*4" is read as emphasis, and leaves "234". */
function isTornApart({ block: { map }, text, quantities }: ReadBlock, run: Run): boolean {
  const start = quantities[run.first]!.start;
  const end = quantities[run.last]!.end;
  for (let pair = pairAfter(map, start); pair < map.length; pair += 2) {
    const at = map[pair] ?? 0;
    if (at >= end) break;
    if (isDigit(text, at - 1) && /[\d$€£]/.test(text.charAt(at))) {
      if ((map[pair + 1] ?? 0) - (map[pair - 1] ?? 0) !== at - (map[pair - 2] ?? 0)) return true;
    }
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function operandsOf(read: ReadBlock, first: number, last: number): Operand[] {
  return read.quantities.slice(first, last + 1).map((quantity) => operandAt(read, quantity));
}

/** Cuts a run at its relations and reads each side; a side whose brackets do not match has no formula. Indexes count from the run's first. */
function sidesOf(run: Run): Side[] {
  const sides: Side[] = [];
  let first = 0;
  let relation: Relation | undefined;
  let opens = run.opens;
  for (let index = 0; index <= run.links.length; index += 1) {
    const link = run.links[index];
    if (link !== undefined && link.relation === undefined) continue;
    sides.push({ first, last: index, formula: parseSide(run, first, index, opens), relation });
    if (link === undefined) break;
    relation = link.relation;
    first = index + 1;
    opens = relation === '()' || link.opens === 0 ? 0 : link.opens;
  }
  return sides;
}

/** The sides of a run where some of the products that are told by a word of rates are quotients. */
function quotientsOf(run: Run): Side[][] {
  const places = run.links.flatMap(({ mayDivide }, at) => (mayDivide ? [at] : [])).slice(0, MOST_RATES);
  const found: Side[][] = [];
  for (let mask = 1; mask < 1 << places.length; mask += 1) {
    const links = run.links.map((link, at): Link => {
      const place = places.indexOf(at);
      return place >= 0 && (mask & (1 << place)) !== 0 ? { ...link, operator: '÷' } : link;
    });
    found.push(sidesOf({ ...run, links }));
  }
  return found;
}

const MOST_RATES = 3;

/** Precedence climbing over the operands `first` to `last`: × and ÷ before + and −, brackets before both. */
function parseSide(run: Run, first: number, last: number, opensBefore: number): Formula | undefined {
  const output: Formula[] = [];
  const waiting: (Operator | '(')[] = [];
  const apply = (): boolean => {
    const operator = waiting.pop();
    const right = output.pop();
    const left = output.pop();
    if (operator === undefined || operator === '(' || left === undefined || right === undefined) return false;
    output.push({ operator, left, right });
    return true;
  };
  for (let count = 0; count < opensBefore; count += 1) waiting.push('(');
  for (let index = first; index <= last; index += 1) {
    output.push({ operator: 'operand', operand: index });
    const link = run.links[index];
    if (link === undefined) break;
    for (let count = 0; count < link.closes; count += 1) {
      while (waiting.length > 0 && waiting[waiting.length - 1] !== '(') if (!apply()) return undefined;
      if (waiting.pop() === undefined && index < last) return undefined;
    }
    if (index === last) break;
    const { operator } = link;
    if (operator === undefined) return undefined;
    while (waiting.length > 0 && bindingOf(waiting[waiting.length - 1]) >= bindingOf(operator))
      if (!apply()) return undefined;
    waiting.push(operator);
    for (let count = 0; count < link.opens; count += 1) waiting.push('(');
  }
  while (waiting.length > 0) {
    // The last bracket of a side may close behind the run: "(10 × 5 = 50)".
    if (waiting[waiting.length - 1] === '(') waiting.pop();
    else if (!apply()) return undefined;
  }
  return output.length === 1 ? output[0] : undefined;
}

/** Whether nothing follows a figure in its clause. */
function endsClause(text: string, end: number): boolean {
  return /^\s*(?:[.;:,!?)|]|\n|$)/.test(text.slice(end, end + 9));
}

function opensSentence({ text, quantities }: ReadBlock, index: number): boolean {
  const { start } = quantities[index]!;
  return OPENS_SENTENCE.test(text.slice(Math.max(0, start - NEARBY), start));
}

const OPENS_SENTENCE = /(?:^|[.!?|]\s|\n)[\s(]*$/;
const ENDS_SENTENCE = /^\)?\s*(?:[.;!?](?:\s|$)|\||\n|$)/;

/** Whether the signs between the figures of a run are words: "two graders at $0.40 make $8,000". */
function isToldIn({ text, quantities }: ReadBlock, run: Run, words: CalculationWords): boolean {
  return run.links.some(({ operator }, at) => {
    if (operator === undefined) return false;
    const gap = text.slice(quantities[run.first + at]!.end, quantities[run.first + at + 1]!.start);
    return wordsIn(gap).some((word) => words.rates.has(word));
  });
}

/** Whether signs alone stand between the figures of a calculation, and behind it a word that says what it comes to: "4 × 12 GB is about 48 GB". */
function isSigned({ text, quantities }: ReadBlock, first: number, last: number, words: CalculationWords): boolean {
  const result = quantities[last + 1];
  if (result === undefined || first === last) return false;
  for (let at = first; at < last; at += 1)
    if (!SIGN.test(text.slice(quantities[at]!.end, quantities[at + 1]!.start))) return false;
  const said = readMarks(text, quantities[last]!.end, result.start, words).filter(
    ({ kind, start, end }) => kind !== 'word' || !isAside(text.slice(start, end).toLowerCase(), words),
  );
  const behind = saidIn(restOfClause(text, result.end, NEARBY));
  // "Is about 6 GB raw", and not "is 6 GB on each of them".
  if (behind.length > 1 || behind.some((word) => words.distributives.has(word) || words.shares.has(word))) return false;
  const [only, other] = said[0]?.kind === 'comma' ? said.slice(1) : said;
  return only?.kind === 'said' && other === undefined && words.equals.has(spoken(text.slice(only.start, only.end)));
}

/** Whether a result is of what its operands are of, or all are plain numbers. */
function isOfOne(operands: readonly Operand[], { quantity: { kind, unit } }: Operand): boolean {
  return kind === 'number'
    ? operands.every(({ quantity }) => quantity.kind === kind)
    : operands.some(({ quantity }) => quantity.unit === unit);
}

const SIGN = /^[\s)]*[×✕*÷/+−x][\s(]*$/;

/** Articles and words that say that a figure is rough. */
function isAside(word: string, words: CalculationWords): boolean {
  return words.articles.has(word) || words.roughs.has(word);
}

/** Whether a figure is its sentence's subject: "the limit for 10M requests a day is 1,200 QPS" is no sum. */
function leads({ text, quantities }: ReadBlock, index: number, words: CalculationWords): boolean {
  const { start } = quantities[index]!;
  const before = text.slice(Math.max(0, start - NEARBY), start);
  const sentence = before.slice(before.search(/[^.;!?|\n]*$/));
  // "1,000 agents, 6 calls an hour, that's 48,000 calls a day": a product.
  if ((quantities[index - 1]?.end ?? 0) > start - sentence.length) return false;
  return wordsIn(sentence.slice(sentence.search(/[^:,(]*$/))).every((word) => word === '' || words.leads.has(word));
}

/** Whether a volume of whatever comes in is told as the requests that a second sees: "120k questions a day is 1.4 QPS". */
function isLoad(left: Quantity, right: Quantity, words: CalculationWords): boolean {
  const isRate = ({ kind, per, max }: Quantity) =>
    kind === 'rate' && per.length === 1 && per[0]!.amount === 1 && max === undefined;
  return isRate(left) && isRate(right) && words.requests.has(right.unit) && LOAD_PERIODS.has(right.per[0]!.unit);
}

/** Adds such a load. One question may take several requests, so that only a zero too many or too few is worth a word, and no more than a hint. */
function addLoad(
  block: number,
  operands: readonly Operand[],
  result: Operand,
  isUnclear: boolean,
  isPeak: () => boolean,
  found: Calculation[],
): void {
  const judgment = judge(FIRST, operands, result.quantity, result.text);
  if (judgment.verdict !== 'holds' && (isUnclear || judgment.slip !== 'magnitude' || isPeak())) return;
  const verdict = judgment.verdict === 'holds' ? 'holds' : 'unclear';
  found.push(statedCalculation({ form: 'formula', block, formula: FIRST, operands, result }, { ...judgment, verdict }));
}

/** "0.95^10": a number to a power. */
const POWER = /^\d*\.?\d+\s?\^\s?\d+$/;

/** Adds what a number to a power is said to come to: "0.95^10 = 60%". */
function addPower(read: ReadBlock, block: number, at: number, result: Operand, found: Calculation[]): void {
  const { kind, unit, max, value } = result.quantity;
  if ((kind !== 'number' && kind !== 'percentage') || (unit !== '' && unit !== '%') || max !== undefined) return;
  const quantity = read.quantities[at]!;
  // "1 − 0.95^10", "5 × 0.9^3".
  if (/[-−–+×✕*÷/(^]\s*$/.test(read.text.slice(0, quantity.start))) return;
  if (!endsClause(read.text, read.quantities[at + 1]!.end)) return;
  const power = operandAt(read, quantity);
  const whole = kind === 'percentage' ? 100 : 1;
  const [base = NaN, exponent = NaN] = power.text.split('^').map(Number);
  // The base may be rounded.
  const half = 0.5 * 10 ** -(power.text.split('^')[0]!.trim().split('.')[1] ?? '').length;
  const [low, high] = [Math.max(0, base - half) ** exponent, (base + half) ** exponent];
  const stated = value / whole;
  const computed = base ** exponent * whole;
  const isRough = stated > low * (1 - ALMOST) && stated < high * (1 + ALMOST);
  if (!Number.isFinite(computed) || !(computed > 0)) return;
  const statement = { form: 'formula', block, formula: FIRST, operands: [power], result } as const;
  const isRight = isRough || Math.abs(stated * whole - computed) <= FAR_OFF * computed;
  found.push(statedCalculation(statement, { computed, verdict: isRight ? 'holds' : 'fails', isRounding: false }));
}

/** So far off, a power is no matter of rounding. */
const FAR_OFF = 0.1;

/** How a conversion is held to its words: what a price by the hour comes to in a month depends on hours that nobody states. */
function conversionRelation(relation: Relation, { kind, per }: Quantity): Relation {
  if (relation === '()') return '→';
  const isByTheHour = kind === 'money' && per.some(({ unit }) => unit === 'hour' || unit === 'minute');
  return relation === 'said' ? (isByTheHour ? '→' : '=') : relation;
}

/** Whether two quantities say the same thing in two units: the same kind and noun, with other periods or denominators. */
function isConversion(left: Quantity, right: Quantity, words: CalculationWords): boolean {
  const areRequests = words.requests.has(left.unit) && words.requests.has(right.unit);
  // "600,000 calls a day is about 7 per second".
  const isUnnamed = left.kind === 'rate' && right.unit === '';
  if (left.kind !== right.kind || (left.unit !== right.unit && !areRequests && !isUnnamed)) return false;
  if (left.kind === 'duration') return left.per.length === 0 && right.per.length === 0;
  if (left.kind !== 'money' && left.kind !== 'rate') return false;
  if (left.per.length !== right.per.length || left.per.length === 0) return false;
  const written = (quantity: Quantity) => quantity.per.map((one) => `${one.amount} ${one.unit}`).join();
  const nouns = (quantity: Quantity) =>
    quantity.per
      .map((one) =>
        /^(?:millisecond|second|minute|hour|day|week|month|quarter|year)$/.test(one.unit) ? 'time' : one.unit,
      )
      .join();
  return nouns(left) === nouns(right) && written(left) !== written(right);
}

/** What the words around a calculation say of its result; asked for only where it does not come out. */
interface Surroundings {
  /** The same calculation with quotients for products. */
  readonly others: readonly Formula[];
  readonly namesPeriod: () => boolean;
  readonly isReduced: () => boolean;
  /** Whether a figure for a longer time is so many times the one for a shorter, and words behind it say when it counts. */
  readonly isAtTimes: () => boolean;
  readonly loadWord: () => 'peak' | 'average' | null;
  readonly endsClause: () => boolean;
  /** Whether the calculation is the first thing in its sentence, and its result the last. */
  readonly isFirstOfSentence: () => boolean;
  readonly isLastOfSentence: () => boolean;
  /** Whether figures behind the result say that it is for so many times as much. */
  readonly isForSoMany: (ratio: number) => boolean;
  /** Whether any other figure of the paragraph says so, and whether words of the sentence do. */
  readonly holdsSoMany: (ratio: number) => boolean;
  readonly saysShare: () => boolean;
  /** Whether figures with nothing but signs between them lead on by a word that says what they come to. */
  readonly isSigned: () => boolean;
  /** Whether the signs are words, and figures further ahead give the result as well. */
  readonly comesOfOthers: () => boolean;
}

/** Whether the sentence around a calculation speaks of a peak or of the average. */
function loadWordAround({ text, quantities }: ReadBlock, run: Run, words: CalculationWords): 'peak' | 'average' | null {
  const start = quantities[run.first]!.start;
  const end = quantities[run.last]!.end;
  const sentence = `${text.slice(sentenceStart(text, start, NEARBY), start)} ${text.slice(start, end)} ${restOfSentence(text, end, NEARBY)}`;
  const found = wordsIn(sentence);
  if (found.some((word) => words.peaks.has(word))) return 'peak';
  return found.some((word) => words.averages.has(word)) ? 'average' : null;
}

/** A second, or a minute: the periods in which load is given. */
const LOAD_PERIODS = new Set(['second', 'minute']);
/** Above the average by so much, a load may be the peak. */
const MOST_OF_PEAK = 20;

function calculationOf(
  block: number,
  operands: readonly Operand[],
  formula: Formula,
  resultIndex: number | undefined,
  relation: Relation,
  isUnclearRun: boolean,
  around: Surroundings,
): Calculation | undefined {
  let isUnclear = isUnclearRun;
  const used = usedOperands(formula, operands);
  const result = resultIndex === undefined ? null : operands[resultIndex]!;
  if (result === null) {
    const { value, isUnclear: isOpenUnclear, dimension } = valueOfFormula(used.formula, used.operands);
    if (isUnclear || isOpenUnclear) return undefined;
    const figure = openFigure(value, dimension, used.operands);
    return {
      form: 'formula',
      block,
      ...spanOf(used.operands),
      ...used,
      result,
      computed: value,
      verdict: 'open',
      figure,
      told: `${writeFormula(used.formula, used.operands)} = ${figure}`,
      isRounding: false,
      isMoney: used.operands.some((operand) => operand.quantity.kind === 'money'),
    };
  }
  const judgment =
    judgeUnitTimes(used.formula, used.operands, result) ??
    judge(used.formula, used.operands, result.quantity, result.text);
  // Divided by nothing.
  if (!Number.isFinite(judgment.computed)) return undefined;
  if (judgment.verdict !== 'holds' && isDescribed(used.operands, result)) return undefined;
  const written =
    judgment.verdict === 'holds' ? null : asWritten(used.formula, used.operands, result, judgment.computed);
  // What comes out with the units carried along would be no repair.
  if (written === 'wrong') return undefined;
  if (written === 'right')
    return statedCalculation(
      { form: 'formula', block, ...used, result },
      { computed: result.quantity.value, verdict: 'holds', isRounding: false },
    );
  if (judgment.verdict !== 'holds') {
    const priced = pricedByTime(used.operands);
    const byTime = priced === used.operands ? undefined : judge(used.formula, priced, result.quantity, result.text);
    if (byTime?.verdict === 'holds') return statedCalculation({ form: 'formula', block, ...used, result }, byTime);
  }
  if (judgment.verdict !== 'holds' && around.others.length > 0) {
    for (const other of around.others) {
      const divided = usedOperands(other, operands);
      const quotient = judge(divided.formula, divided.operands, result.quantity, result.text);
      if (quotient.verdict === 'holds')
        return statedCalculation({ form: 'formula', block, ...divided, result }, quotient);
    }
    // A rate, a speed or a capacity: nobody knows what it is that does not come out.
    isUnclear = true;
  }
  // "3 + 4 / 2 = 3.5": brackets that are meant and not written.
  const isGrouped = () =>
    regroupings(used.formula).some(
      (other) => judge(other, used.operands, result.quantity, result.text).verdict === 'holds',
    );
  // An arrow leads on as often as it equals, and words mean more than signs: only money must come out there.
  const isWeak =
    relation !== '=' &&
    !(
      relation === 'said' &&
      result.quantity.kind === 'money' &&
      used.operands.some((operand) => operand.quantity.kind === 'money')
    );
  // "20M vectors × 768 × 4 bytes is about 6 GB": as good as a sign.
  const isSigned =
    relation === 'said' &&
    isWeak &&
    judgment.verdict === 'fails' &&
    isOfOne(used.operands, result) &&
    around.isSigned();
  const isBracketed =
    relation === '()' &&
    result.quantity.kind === 'money' &&
    used.operands.some((operand) => operand.quantity.kind === 'money') &&
    used.operands.length > 1;
  // "$30,000/day → $90,000/month": no change of plans is by ten, a hundred or a thousand times to another period.
  const isConverted =
    (relation === '→' || relation === '⇒') &&
    used.operands.length === 1 &&
    result.quantity.kind === 'money' &&
    judgment.verdict === 'fails' &&
    judgment.slip === 'magnitude' &&
    around.endsClause();
  // "$20/hour, so $480 a month": a day's figure.
  const [one, another] = used.operands;
  const isOdd =
    (relation === '→' || relation === '⇒') &&
    another === undefined &&
    result.quantity.kind === 'money' &&
    judgment.verdict === 'fails' &&
    !isUnclear &&
    one!.quantity.per.some(({ unit }) =>
      result.quantity.per.some((per) => isOddPeriod(unit, per.unit, result.quantity.value / one!.quantity.value)),
    );
  if (isOdd && around.endsClause() && !around.isReduced() && !around.isAtTimes()) {
    const { computed } = judgment;
    const doubt = { computed, verdict: 'unclear', isRounding: true } as const;
    return statedCalculation({ form: 'formula', block, ...used, result }, doubt);
  }
  const certainty = isUnclear ? null : certaintyOf(relation, used, result, judgment, around);
  const isDoubtful = isUnclear || (isWeak && !isBracketed && !isConverted && !isSigned && certainty !== 'sure');
  const isRounding = judgment.isRounding && !isDoubtful;
  // Cents that do not add up are no matter of rounding: nobody pays less than one.
  const isOff = Math.abs(judgment.computed - result.quantity.value) > HALF_A_CENT;
  const isWrongSum =
    isOff && (isRounding || judgment.verdict === 'holds') && isSumOfCents(used.formula, used.operands, result);
  const isLoad =
    judgment.verdict === 'fails' &&
    result.quantity.kind === 'rate' &&
    LOAD_PERIODS.has(result.quantity.per[0]?.unit ?? '') &&
    !used.operands.some(({ quantity }) => quantity.kind === 'rate' && LOAD_PERIODS.has(quantity.per[0]?.unit ?? ''));
  const load = isLoad ? around.loadWord() : null;
  const ratio = result.quantity.value / judgment.computed;
  // "10M requests a day = 1,000 QPS" may be the peak, unless it is said to be the average, or is a zero too many.
  const mayBePeak = isLoad && load === null && ratio > 1 && ratio < MOST_OF_PEAK && judgment.slip !== 'magnitude';
  const isWrong = (judgment.verdict === 'fails' && load !== 'peak' && !mayBePeak) || isWrongSum;
  if (isWrong && !isDoubtful && (around.isForSoMany(ratio) || around.comesOfOthers())) return undefined;
  if (isWrong && used.operands.length === 1 && ratio < 1 && around.isAtTimes()) return undefined;
  const isExcused = isDoubtful || (isWrong && (around.isReduced() || isGrouped()));
  const verdict =
    isWrong && !isExcused ? 'fails' : judgment.verdict === 'fails' || isWrong ? 'unclear' : judgment.verdict;
  // What is no equation at all ("2 × 3 → 5 finalists") is not worth a word.
  if (verdict === 'unclear' && isDoubtful && relation !== '=') {
    if (certainty === null || around.isForSoMany(ratio) || around.isReduced()) return undefined;
    const isSlip = judgment.slip === 'magnitude';
    return statedCalculation(
      { form: 'formula', block, ...used, result },
      { computed: judgment.computed, verdict, isRounding: !isSlip, ...(isSlip ? { slip: judgment.slip } : {}) },
    );
  }
  const { computed } = judgment;
  const slip = mayBePeak ? 'peak' : judgment.slip;
  const isNamed =
    slip !== undefined &&
    !isDoubtful &&
    load !== 'peak' &&
    (mayBePeak || !(verdict === 'unclear' && around.namesPeriod()));
  return statedCalculation(
    { form: 'formula', block, ...used, result },
    { computed, verdict, isRounding: isRounding && !isWrongSum, ...(isNamed ? { slip } : {}) },
  );
}

/**
 * How sure it is that what an arrow, a colon or "so" leads on to is a product's result, where it does not come out: the figure ends its sentence, and counts what the
 * product does. An arrow may as well lead to what is left after a change; but a tenfold figure is no saving.
 */
function certaintyOf(
  relation: Relation,
  { formula, operands }: { readonly formula: Formula; readonly operands: readonly Operand[] },
  { quantity: { kind, unit, per, value } }: Operand,
  { verdict, slip, computed }: Judgment,
  around: Surroundings,
): 'sure' | 'doubtful' | null {
  if ((relation !== ':' && relation !== '→' && relation !== '⇒') || verdict !== 'fails') return null;
  const isMoney = kind === 'money';
  const isSame = operands.some(
    ({ quantity }) => (quantity.kind === 'money') === isMoney && (isMoney || (unit !== '' && quantity.unit === unit)),
  );
  if (!isSame || !isProductOf(formula) || LOAD_PERIODS.has(per[0]?.unit ?? '') || !around.isLastOfSentence())
    return null;
  const ratio = value / computed;
  const isMore = ratio > 1;
  if (around.holdsSoMany(ratio)) return null;
  if (slip !== 'magnitude') return isMoney && (relation !== '→' || isMore) && isNearby(ratio) ? 'doubtful' : null;
  const isFirst = around.isFirstOfSentence();
  if (relation !== ':' && !isMore && (!isMoney || (relation === '→' && !isFirst))) return null;
  const isSure = relation === ':' || (isMoney && (relation === '⇒' || (isMore && isFirst)));
  return isSure && !around.saysShare() ? 'sure' : 'doubtful';
}

/** Whether a formula has two figures or more, and only multiplies and divides. */
function isProductOf(formula: Formula): boolean {
  const isFactor = (node: Formula): boolean => node.operator === 'operand' || isProductOf(node);
  return (formula.operator === '×' || formula.operator === '÷') && isFactor(formula.left) && isFactor(formula.right);
}

/** Whether a result is off by no more than what may be added or taken off unsaid. */
function isNearby(ratio: number): boolean {
  return ratio > 0.4 && ratio < 2.5;
}

const HALF_A_CENT = 0.005 * (1 + 1e-6);

/** Whether a formula only adds and subtracts amounts that are all written out to the cent, and so is its result. */
function isSumOfCents(formula: Formula, operands: readonly Operand[], result: Operand): boolean {
  const isSum = (node: Formula): boolean =>
    node.operator === 'operand' ||
    ((node.operator === '+' || node.operator === '-') && isSum(node.left) && isSum(node.right));
  const isExact = ({ quantity: { kind, bound, max, unit }, text }: Operand) =>
    (kind === 'money' || (kind === 'number' && unit === '')) &&
    bound === undefined &&
    max === undefined &&
    CENTS.test(text);
  return result.quantity.kind === 'money' && isSum(formula) && [...operands, result].every(isExact);
}

/** A figure with two decimals, and no magnitude behind it. */
const CENTS = /^[^\d]*\d[\d,]*\.\d\d(?!\d)(?!\s?(?:[kKmMbB]\b|thousand|million|billion|mn\b|bn\b))/;

/** A formula that mixes sums and products, read from the left and from the right. */
function regroupings(formula: Formula): Formula[] {
  const operators: Operator[] = [];
  const walk = (node: Formula): void => {
    if (node.operator === 'operand') return;
    walk(node.left);
    operators.push(node.operator);
    walk(node.right);
  };
  walk(formula);
  if (new Set(operators.map(bindingOf)).size < 2) return [];
  const operand = (index: number): Formula => ({ operator: 'operand', operand: index });
  let fromLeft = operand(0);
  operators.forEach((operator, index) => (fromLeft = { operator, left: fromLeft, right: operand(index + 1) }));
  let fromRight = operand(operators.length);
  for (let index = operators.length - 1; index >= 0; index -= 1)
    fromRight = { operator: operators[index]!, left: operand(index), right: fromRight };
  return [fromLeft, fromRight];
}

/** The operands that a formula uses, and the formula over them alone. */
function usedOperands(formula: Formula, operands: readonly Operand[]): { operands: Operand[]; formula: Formula } {
  const used: Operand[] = [];
  const walk = (node: Formula): Formula => {
    if (node.operator === 'operand') {
      used.push(operands[node.operand]!);
      return { operator: 'operand', operand: used.length - 1 };
    }
    const left = walk(node.left);
    return { operator: node.operator, left, right: walk(node.right) };
  };
  return { formula: walk(formula), operands: used };
}

/** The figure of an open calculation: in the currency or the unit of an operand, else a plain number. */
function openFigure(value: number, dimension: OpenValue['dimension'], operands: readonly Operand[]): string {
  if (dimension === 'money') {
    const money = operands.find((operand) => operand.quantity.kind === 'money')!;
    const sign = /^[^\d\s.,~≈<>]+/.exec(money.text)?.[0] ?? currencySign(money.quantity.unit);
    const digits = plainFigure(value, Number.isInteger(value) ? 0 : 2);
    // A code stands behind, a sign before.
    return /\p{L}$/u.test(sign) ? `${digits} ${money.quantity.unit}` : `${sign}${digits}`;
  }
  if (dimension === 'size') return sizeFigure(value);
  const kind = dimension === 'time' ? 'duration' : 'tokens';
  const [like, other] = operands.filter(({ quantity }) => quantity.kind === kind);
  const words = like === undefined ? undefined : /\d[\d.,]*\s?\p{L}+(?:\s\p{L}+)?$/u.exec(like.text)?.[0];
  if (like !== undefined && other === undefined && words !== undefined && like.quantity.per.length === 0)
    return figureLike(value, like.quantity, words);
  return dimension === 'time' ? formatSeconds(value) : plainFigure(value, 0);
}

/** Bytes in the largest unit that leaves a figure above one. */
function sizeFigure(bytes: number): string {
  const power = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(bytes) || 1) / 3)));
  return `${formatCount(Number((bytes / 1000 ** power).toPrecision(3)))} ${SIZES[power]}`;
}

const SIZES = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
